import json
from itertools import pairwise
from pathlib import Path

import pytest
from edi_hit_command import edi_hit
from pyx12_oracle import accepts

EXAMPLES = Path(__file__).parents[2] / "examples"
FAULTY = EXAMPLES / "faulty" / "three-claims-two-faulty.837"


def adjudicate(*arguments: object) -> dict[str, object]:
    done = edi_hit("adjudicate", *arguments, "--as-of", "2025-08-01", "--format", "json")
    assert "Traceback" not in done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return {**found, "exit": done.returncode}


def decisions(out: Path) -> dict[str, dict[str, object]]:
    rows = [json.loads(line) for line in (out / "decisions.ndjson").read_text().splitlines()]
    return {row["claim"]: row for row in rows}


def test_the_summary_has_the_documented_keys_and_amounts(tmp_path: Path) -> None:
    found = adjudicate(EXAMPLES / "*.837", "--out", tmp_path / "out")
    assert found["exit"] == 0
    assert (found["claims"], found["lines"], found["denied_lines"]) == (12, 19, 2)
    assert (found["charged"], found["allowed"], found["paid"]) == ("5600.00", "2418.22", "1895.89")
    assert found["patient_responsibility"] == "483.63"
    assert found["unknown"] == 19
    assert len(found["files"]) == 9
    assert all(Path(path).is_file() for path in found["outputs"])


def test_a_faulty_file_has_its_good_claim_answered(tmp_path: Path) -> None:
    found = adjudicate(FAULTY, "--out", tmp_path)
    assert found["exit"] == 1
    rows = decisions(tmp_path)
    assert rows["FAULTY-A"]["state"] == "rejected"
    assert "X12-ENV-19" in rows["FAULTY-A"]["reason"]
    assert rows["FAULTY-C"]["state"] == "rejected"
    assert "X12-ENV-10" in rows["FAULTY-C"]["reason"]
    assert (rows["GOOD-B"]["state"], rows["GOOD-B"]["paid"]) == ("paid", "139.64")
    text = (tmp_path / "three-claims-two-faulty.835").read_text()
    assert "GOOD-B" in text
    assert "FAULTY" not in text


def test_a_decision_has_the_documented_shape(tmp_path: Path) -> None:
    adjudicate(EXAMPLES / "02-later-visits.837", "--out", tmp_path)
    decision = decisions(tmp_path)["EX02-A"]
    assert {"claim", "benefit", "payer", "state", "status", "charge", "allowed", "paid"} <= set(decision)
    line = decision["lines"][0]
    assert {"line", "control", "code", "modifiers", "date", "units", "charge", "allowed", "paid"} <= set(line)
    assert line["adjustments"][0] == {"group": "CO", "carc": "45", "amount": "71.89"}
    rule = next(rule for rule in line["rules"] if rule["id"] == "HIT-PAY-GAF")
    assert set(rule) == {"id", "answer", "detail", "source"}


def test_a_locality_that_cannot_be_told_is_said_and_the_other_claims_go_on(tmp_path: Path) -> None:
    text = (EXAMPLES / "02-later-visits.837").read_text()
    (tmp_path / "ca.837").write_text(
        text.replace("N4*BIRMINGHAM*AL*352030012~\nDMG", "N4*OAKLAND*CA*946120001~\nDMG")
    )
    (tmp_path / "al.837").write_text(text.replace("EX02-A", "OTHER"))
    found = adjudicate(tmp_path / "ca.837", tmp_path / "al.837", "--out", tmp_path / "out")
    assert found["exit"] == 4
    assert "zip_locality" in found["missing_tables"]
    rows = decisions(tmp_path / "out")
    assert (rows["EX02-A"]["state"], rows["EX02-A"].get("paid")) == ("unanswered", None)
    assert "--tables" in rows["EX02-A"]["reason"]
    assert rows["OTHER"]["state"] == "paid"


def test_an_unknown_code_is_unanswered(tmp_path: Path) -> None:
    text = (EXAMPLES / "02-later-visits.837").read_text().replace("HC:G0068", "HC:G9999")
    (tmp_path / "a.837").write_text(text)
    found = adjudicate(tmp_path / "a.837", "--out", tmp_path / "out")
    assert (found["exit"], found["states"]["unanswered"]) == (0, 1)


def test_results_are_overwritten_only_by_force_and_stale_ones_go(tmp_path: Path) -> None:
    source, out = tmp_path / "a.837", tmp_path / "out"
    source.write_bytes((EXAMPLES / "01-first-visit.837").read_bytes())
    adjudicate(source, "--out", out)
    again = edi_hit("adjudicate", source, "--out", out)
    assert again.returncode == 2
    assert "--force" in again.stderr
    source.write_bytes((EXAMPLES / "09-commercial-per-diem.837").read_bytes())
    adjudicate(source, "--out", out, "--force")
    assert not (out / "a.835").exists()


def test_two_inputs_that_would_write_the_same_name_are_wrong_usage(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.837").write_bytes((EXAMPLES / "01-first-visit.837").read_bytes())
    done = edi_hit("adjudicate", tmp_path / "one", tmp_path / "two", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "a.835" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('unknwon = "pend"', "unknwon"),
        ('unknown = "maybe"', "unknown"),
        ("deductible_left = -1", "deductible_left"),
        ("unknown = ", "settings.toml"),
    ],
)
def test_wrong_settings_are_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "settings.toml").write_text(text)
    done = edi_hit(
        "adjudicate",
        EXAMPLES / "01-first-visit.837",
        "--out",
        tmp_path / "out",
        "--config",
        tmp_path / "settings.toml",
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_value_that_holds_a_usual_delimiter_is_written_with_others(tmp_path: Path) -> None:
    text = (EXAMPLES / "01-first-visit.837").read_text()
    text = text.replace("*", "|").replace("MAPLE", "MA*PLE").replace("HC:", "HC>").replace("ABK:", "ABK>")
    text = text.replace("12:B:1", "12>B>1").replace("|:~", "|>~")
    (tmp_path / "a.837").write_text(text)
    found = adjudicate(tmp_path / "a.837", "--out", tmp_path / "out")
    assert found["exit"] == 0
    assert "|MA*PLE|" in (tmp_path / "out" / "a.835").read_text()


def test_every_sample_of_other_projects_runs_to_its_end(tmp_path: Path, samples_837p: Path) -> None:
    found = adjudicate(samples_837p, "--out", tmp_path)
    assert found["exit"] == 3
    assert found["claims"] == sum(file["claims"] for file in found["files"])
    states = {row["state"] for row in decisions(tmp_path).values()}
    assert states == {"unanswered", "rejected"}
    assert not list(tmp_path.glob("*.835"))
    for file in found["files"]:
        assert file["claims"] or file["errors"], file["file"]


def test_every_file_is_acknowledged_and_pyx12_accepts_it(tmp_path: Path) -> None:
    adjudicate(EXAMPLES / "*.837", "--out", tmp_path)
    written = sorted([*tmp_path.glob("*.999"), *tmp_path.glob("*.277ca")])
    assert len(written) == 2 * len(list(EXAMPLES.glob("*.837")))
    assert [path.name for path in written if not accepts(path)] == []


def test_the_acknowledgements_name_the_faulty_claim_alone(tmp_path: Path) -> None:
    adjudicate(FAULTY, "--out", tmp_path)
    for kind in ("999", "277ca"):
        assert accepts(tmp_path / f"{FAULTY.stem}.{kind}")
    lines = (tmp_path / f"{FAULTY.stem}.277ca").read_text().splitlines()
    answers = [pair for pair in pairwise(lines) if pair[0] in ("TRN*2*FAULTY-A~", "TRN*2*GOOD-B~")]
    assert answers == [
        ("TRN*2*FAULTY-A~", "STC*A7:187*20250801*U*250~"),
        ("TRN*2*GOOD-B~", "STC*A2:20*20250801*WQ*250~"),
    ]
    sets = (tmp_path / f"{FAULTY.stem}.999").read_text().splitlines()
    assert [line for line in sets if line.startswith(("IK5", "AK9"))] == [
        "IK5*E*5~",
        "IK5*R*4~",
        "AK9*P*2*2*1~",
    ]


def test_a_rule_that_rejects_claim_and_set_is_named_once(tmp_path: Path) -> None:
    text = (EXAMPLES / "01-first-visit.837").read_text()
    body = text.replace("BHT*0019*00*", "BHT*0019*XX*").replace("*12:B:1*Y*", "*12:B:1*X*")
    assert body.count("*XX*") >= 1
    assert body.count("*12:B:1*X*") >= 1
    faulty = tmp_path / "both.837"
    faulty.write_text(body)
    adjudicate(faulty, "--out", tmp_path / "out")
    reasons = [row["reason"] for row in decisions(tmp_path / "out").values()]
    assert reasons == ["rejected before adjudication by X12-ELE-07"] * len(reasons)
    assert reasons


def test_quiet_still_says_what_was_wrong(tmp_path: Path) -> None:
    text = (EXAMPLES / "02-later-visits.837").read_text()
    (tmp_path / "good.837").write_text(text)
    done = edi_hit("-q", "adjudicate", tmp_path / "good.837", "--out", tmp_path / "good")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (tmp_path / "ca.837").write_text(
        text.replace("N4*BIRMINGHAM*AL*352030012~\nDMG", "N4*OAKLAND*CA*946120001~\nDMG")
    )
    (tmp_path / "cut.837").write_text(text[:900])
    (tmp_path / "warned.837").write_text(text.replace("N3*48 PINE AVE~", "N3*48 PINE AVE*~"))
    inputs = [tmp_path / f"{name}.837" for name in ("ca", "cut", "warned")]
    done = edi_hit("adjudicate", "-q", *inputs, "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (4, "")
    assert "missing table zip_locality" in done.stderr
    assert f"{tmp_path / 'cut.837'}:" in done.stderr
    assert "X12-ENV-14" in done.stderr
    assert "warned.837" not in done.stderr


def test_a_file_without_claims_is_said_to_hold_none(tmp_path: Path) -> None:
    remittance = EXAMPLES / "remittances" / "02-later-visits.835"
    done = edi_hit("adjudicate", remittance, "--out", tmp_path, "--as-of", "2025-08-01")
    assert done.returncode == 0
    assert done.stderr == f"{remittance}: holds no claim (837P, 837I)\n"

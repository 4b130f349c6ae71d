"""`edi-hit reconcile`: texts, documents, tables and pages, exit codes."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import msgspec
import pytest
from edi_hit_command import edi_hit
from remittance_files import written

from edi_hit.jobs.adjudicate import adjudicate
from edi_hit.jobs.inputs import find_inputs
from edi_hit.sample import sample_remittances

EXAMPLES = Path(__file__).parents[2] / "examples"
CLAIM = "CLP*EX02-A*1*670*412.56*"
LINE = "SVC*HC:G0068*250*139.64*"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of adjudicating the examples."""
    out = tmp_path_factory.mktemp("out")
    adjudicate(find_inputs([str(EXAMPLES / "02-later-visits.837")]), out, as_of=date(2024, 6, 1))
    return out


@pytest.fixture
def expected(run: Path) -> Path:
    return run / "02-later-visits.835"


@pytest.fixture
def actual(expected: Path, tmp_path: Path) -> Path:
    """The expected 835 with ten dollars less on its first line, balanced."""
    text = expected.read_text()
    for old, new in [
        ("BPR*I*412.56*", "BPR*I*402.56*"),
        (CLAIM, CLAIM.replace("412", "402")),
        (LINE, LINE.replace("139", "129")),
        ("CAS*CO*45*71.89*", "CAS*CO*45*81.89*"),
        ("TRN*1*SIM", "TRN*1*EFT"),
    ]:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "actual.835"
    path.write_text(text)
    return path


def test_a_file_agrees_with_itself(expected: Path) -> None:
    done = edi_hit("reconcile", expected, expected)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 claim compared, 0 differences, 0.00 at stake\n")


def test_text_says_what_is_lost_why_and_what_to_do(expected: Path, actual: Path, run: Path) -> None:
    done = edi_hit("reconcile", expected, actual, "--decisions", run / "decisions.ndjson")
    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "Claim EX02-A, line 1 G0068 2025-03-05: underpaid, 10.00 at stake"
    assert lines[1].startswith("    expected 139.64, actual 129.64, reason CO 45, trace EFT")
    assert lines[2].startswith("    HIT-PAY-GAF: ")
    assert lines[3].startswith("    next: The payer allowed less than expected")
    assert "  by kind: underpaid 1 (10.00)" in lines
    assert "  by reason: CO 45 1 (10.00)" in lines
    assert "expected: 1 claim payment, paid 412.56" in lines
    assert "actual:   1 claim payment, paid 402.56" in lines


def test_the_json_document(expected: Path, actual: Path, run: Path) -> None:
    decisions = run / "decisions.ndjson"
    done = edi_hit("reconcile", expected, actual, "--decisions", decisions, "--format", "json")
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert (document["matched"], document["at_stake"]) == (1, "10.00")
    assert document["by_kind"] == {"underpaid": {"count": 1, "amount": "10.00"}}
    assert document["by_reason"] == {"CO 45": {"count": 1, "amount": "10.00"}}
    assert document["actual"]["files"][0]["errors"] == 0
    (difference,) = document["differences"]
    wanted = {
        "kind": "underpaid",
        "claim": "EX02-A",
        "line": 1,
        "expected": "139.64",
        "actual": "129.64",
        "amount": "10.00",
        "rule": "HIT-PAY-GAF",
    }
    assert difference.items() >= wanted.items()
    assert difference["next_step"]


def test_a_denial_that_was_expected_names_its_rule(run: Path, tmp_path: Path) -> None:
    """The second visit in sixty days is denied by HIT-INIT-60; here the payer pays it."""
    out = tmp_path / "out"
    adjudicate(
        find_inputs([str(EXAMPLES / "04-first-visit-within-60-days.837")]), out, as_of=date(2024, 6, 1)
    )
    path = out / "04-first-visit-within-60-days.835"
    text = path.read_text()
    denial = re.search(r"SVC\*HC:(\w+)\*(\d+)\*0\*[^~]*~\s*(?:DTM[^~]*~\s*)CAS\*CO\*119\*\2~", text)
    assert denial is not None
    paid = denial.group().replace(f"*{denial[2]}*0*", f"*{denial[2]}*{denial[2]}*", 1)
    (tmp_path / "a.835").write_text(text.replace(denial.group(), paid[: paid.index("CAS")]))
    decisions = out / "decisions.ndjson"
    done = edi_hit("reconcile", path, tmp_path / "a.835", "--decisions", decisions, "--format", "json")
    rules = [(one["kind"], one["rule"]) for one in json.loads(done.stdout)["differences"]]
    assert rules == [("paid though denied", "HIT-INIT-60")]


def test_the_table_is_safe_in_a_spreadsheet(tmp_path: Path) -> None:
    head, claims = next(iter(sample_remittances(5, 1)))
    named = [msgspec.structs.replace(claim, claim_id="=1+1") for claim in claims[:1]]
    expected = written(tmp_path / "e.835", (head, named))
    actual = written(tmp_path / "a.835", (head, claims[1:2] or claims[:1]))
    done = edi_hit("reconcile", expected, actual, "--format", "csv", "-o", tmp_path / "d.csv")
    assert done.returncode == 1
    assert done.stdout == ""
    rows = list(csv.DictReader(io.StringIO((tmp_path / "d.csv").read_text("utf-8"))))
    assert rows[0]["claim"] == "'=1+1"
    assert [row["kind"] for row in rows] == ["claim missing", "claim unexpected"]


def test_an_output_is_not_overwritten_without_force(expected: Path, tmp_path: Path) -> None:
    out = tmp_path / "d.csv"
    out.write_text("mine")
    arguments = ("reconcile", expected, expected, "--format", "csv", "-o", out)
    assert edi_hit(*arguments).returncode == 2
    assert out.read_text() == "mine"
    assert edi_hit(*arguments, "--force").returncode == 0
    assert out.read_text().startswith("kind,claim,line,")


def test_the_page_escapes_and_needs_nothing_from_elsewhere(expected: Path, tmp_path: Path) -> None:
    actual = tmp_path / "a.835"
    actual.write_text(expected.read_text().replace("CLP*EX02-A*", "CLP*<b>A&B*"))
    done = edi_hit("reconcile", expected, actual, "--format", "html")
    assert done.returncode == 0
    assert "&lt;b&gt;A&amp;B" in done.stdout
    assert "<b>A" not in done.stdout
    assert not re.search(r"(?:src|href)=|@import|url\(", done.stdout)


def test_findings_are_on_standard_error_without_data(expected: Path, actual: Path) -> None:
    actual.write_text(actual.read_text().replace("BPR*I*402.56*", "BPR*I*999.99*"))
    done = edi_hit("reconcile", expected, actual)
    assert "error X12-835-BAL-04" in done.stderr
    assert "999.99" not in done.stderr
    quiet = edi_hit("-q", "reconcile", expected, expected)
    assert (quiet.returncode, quiet.stderr) == (0, "")


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"not X12", 3), (b"", 3)],
    ids=["text", "empty"],
)
def test_what_is_not_x12_is_exit_code_3(expected: Path, tmp_path: Path, content: bytes, code: int) -> None:
    (tmp_path / "a.835").write_bytes(content)
    done = edi_hit("reconcile", expected, tmp_path / "a.835")
    assert done.returncode == code
    assert "claim missing" in done.stdout
    assert "Traceback" not in done.stderr


def test_wrong_usage_is_exit_code_2(expected: Path, tmp_path: Path) -> None:
    assert edi_hit("reconcile", expected).returncode == 2
    assert edi_hit("reconcile", expected, tmp_path / "none.835").returncode == 2
    (tmp_path / "d.ndjson").write_text('{"claim": "A"}\n{"claims": 1}\n')
    done = edi_hit("reconcile", expected, expected, "--decisions", tmp_path / "d.ndjson")
    assert done.returncode == 2
    assert "line 2 is no decision" in done.stderr


def test_several_actual_files_and_a_folder(expected: Path, actual: Path, tmp_path: Path) -> None:
    folder = tmp_path / "era"
    folder.mkdir()
    actual.rename(folder / "one.835")
    done = edi_hit("reconcile", expected, folder, "--format", "json")
    assert json.loads(done.stdout)["at_stake"] == "10.00"


DOCS = Path(__file__).parents[2] / "docs"
ERA = EXAMPLES / "remittances" / "02-later-visits.835"


def shown_in(page: str, command: str) -> str:
    """What a page of the docs shows as the output of a command."""
    text = (DOCS / page).read_text("utf-8")
    start = text.index("\n", text.index(f"$ edi-hit {command} ")) + 1
    return text[start : text.index("```", start)]


def test_the_docs_show_what_the_commands_print(tmp_path: Path) -> None:
    out = tmp_path / "results"
    adjudicate(find_inputs([str(EXAMPLES / "02-later-visits.837")]), out, as_of=date(2025, 8, 1))
    expected = out / "02-later-visits.835"
    done = edi_hit("reconcile", expected, ERA, "--decisions", out / "decisions.ndjson")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == shown_in("reconcile.md", "reconcile")
    posted = edi_hit("post", ERA, "-o", tmp_path / "posting")
    assert (posted.returncode, posted.stderr) == (0, "")
    assert posted.stdout == shown_in("post.md", "post")

import gzip
import json
from pathlib import Path

from edi_hit_command import edi_hit

EXAMPLES = Path(__file__).parents[2] / "examples"
GOOD = EXAMPLES / "01-first-visit.837"
FAULTY = EXAMPLES / "faulty" / "three-claims-two-faulty.837"


def test_a_good_file_is_accepted() -> None:
    done = edi_hit("validate", GOOD)
    assert done.returncode == 0
    assert "accepted; 1 claim in 1 transaction set, 0 errors, 0 warnings" in done.stdout


def test_findings_come_with_their_place() -> None:
    done = edi_hit("validate", "--format", "json", FAULTY)
    assert done.returncode == 1
    (file,) = json.loads(done.stdout)["files"]
    assert file["accepted"] is False
    assert file["claims"] == 3
    date, count = file["findings"]
    data = FAULTY.read_bytes()
    assert (date["rule"], date["segment_id"], date["element"], date["loop"]) == (
        "X12-ENV-19",
        "DTP",
        3,
        "2400",
    )
    assert data[date["offset"] :].startswith(b"20250231")
    assert (date["claim"], date["value"], date["ack"]) == ("FAULTY-A", "20250231", "IK403 8")
    assert (count["rule"], count["transaction"], count["element"]) == ("X12-ENV-10", "0002", 1)
    assert data[count["offset"] :].startswith(b"99*0002")


def test_values_can_be_left_out() -> None:
    for form in ("text", "json", "ndjson"):
        done = edi_hit("validate", "--no-values", "--format", form, FAULTY)
        assert "20250231" not in done.stdout
        assert "X12-ENV-19" in done.stdout


def test_ndjson_gives_one_finding_a_line() -> None:
    done = edi_hit("validate", "--format", "ndjson", FAULTY)
    assert [json.loads(line)["rule"] for line in done.stdout.splitlines()] == ["X12-ENV-19", "X12-ENV-10"]


def test_standard_input_and_gzip(tmp_path: Path) -> None:
    packed = tmp_path / "claims.837.gz"
    packed.write_bytes(gzip.compress(GOOD.read_bytes()))
    assert edi_hit("validate", packed).returncode == 0
    assert edi_hit("validate", "-", stdin=GOOD.read_bytes()).returncode == 0
    assert edi_hit("validate", "-", stdin=packed.read_bytes()).returncode == 0


def test_a_bad_file_among_good_ones_does_not_stop_them_and_the_highest_code_wins(tmp_path: Path) -> None:
    (tmp_path / "a.837").write_bytes(GOOD.read_bytes())
    (tmp_path / "b.txt").write_text("this is no X12")
    (tmp_path / "c.837").write_bytes(FAULTY.read_bytes())
    (tmp_path / "d.837").write_bytes(GOOD.read_bytes())
    done = edi_hit("validate", tmp_path)
    assert done.returncode == 3
    assert done.stdout.count("accepted;") == 2
    assert done.stdout.count("rejected;") == 2
    assert "does not begin with an ISA" in done.stdout


def test_not_x12_empty_and_cut_off_exit_with_3(tmp_path: Path) -> None:
    data = GOOD.read_bytes()
    inputs = {
        "empty": b"",
        "blank": b" \n ",
        "text": b"hello",
        "cut in ISA": data[:60],
        "cut in a segment": data[:500],
        "cut after a segment": data[: data.index(b"CLM*")],
        "half a gzip": gzip.compress(data)[:200],
    }
    for name, content in inputs.items():
        path = tmp_path / "x.837"
        path.write_bytes(content)
        done = edi_hit("validate", path)
        assert (name, done.returncode) == (name, 3)
        assert "rejected" in done.stdout
        assert "Traceback" not in done.stderr


def test_a_name_that_fits_nothing_is_wrong_usage() -> None:
    done = edi_hit("validate", "no-such-file.837")
    assert done.returncode == 2
    assert "no such file" in done.stderr


def test_an_unreadable_file_exits_with_4_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.837").symlink_to("/proc/self/mem")
    (tmp_path / "b.837").write_bytes(GOOD.read_bytes())
    done = edi_hit("validate", tmp_path / "a.837", tmp_path / "b.837")
    assert done.returncode == 4
    assert "cannot be read" in done.stdout
    assert "b.837: accepted" in done.stdout


def test_text_shows_the_segment_with_the_element_marked() -> None:
    lines = edi_hit("validate", FAULTY).stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if "DTP*472*D8*20250231" in line)
    assert lines[at + 1].strip() == "^" * 8
    assert lines[at + 1].index("^") == lines[at].index("20250231")


def test_html_shows_findings_marked_and_escaped(tmp_path: Path) -> None:
    path = tmp_path / "a.837"
    path.write_text(GOOD.read_text().replace("EX01-A", "<i>A</i>").replace("20250305", "20250231"))
    done = edi_hit("validate", "--format", "html", path)
    assert done.returncode == 1
    assert "<mark>20250231</mark>" in done.stdout
    assert "claim &lt;i&gt;A&lt;/i&gt;" in done.stdout
    assert "<i>" not in done.stdout
    assert "http" not in done.stdout


def test_snip_types_choose_what_is_looked_for() -> None:
    assert edi_hit("validate", "--snip", "1-2", FAULTY).returncode == 1
    assert edi_hit("validate", "--snip", "3", FAULTY).returncode == 0
    assert edi_hit("validate", "--snip", "8", FAULTY).returncode == 2


def test_fail_on_sets_what_makes_the_exit_code_1(tmp_path: Path) -> None:
    warned = tmp_path / "warned.837"
    warned.write_text(GOOD.read_text().replace("N3*12 OAK ST~", "N3*12 OAK ST*~"))
    assert edi_hit("validate", warned).returncode == 0
    assert edi_hit("validate", "--fail-on", "warning", warned).returncode == 1
    assert edi_hit("validate", "--fail-on", "never", FAULTY).returncode == 0


def test_findings_past_a_limit_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "strays.837"
    path.write_text(GOOD.read_text().replace("LX*1~\n", "LX*1~\n" + "ZZZ*1~\n" * 50))
    done = edi_hit("validate", "--max-findings", 3, path)
    assert done.returncode == 1
    assert done.stdout.count("error X12-STR-03") == 3
    assert f"{path}: 47 more of X12-STR-03 not shown" in done.stdout
    assert "51 errors" in done.stdout
    page = edi_hit("validate", "--format", "html", "--max-findings", 3, path).stdout
    assert page.count("<strong>X12-STR-03</strong>") == 3
    assert "47 more of X12-STR-03 not shown" in page
    assert edi_hit("validate", "--format", "json", "--max-findings", 3, path).returncode == 2

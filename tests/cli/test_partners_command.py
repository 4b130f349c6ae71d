"""`edi-hit partners`, and `--partner` of other commands, as they are typed."""

import json
from pathlib import Path

from edi_hit_command import edi_hit

EXAMPLES = Path(__file__).parents[2] / "examples"
CLEARINGHOUSE = EXAMPLES / "partners" / "clearinghouse.toml"
CONTRACTOR = EXAMPLES / "partners" / "medicare-contractor.toml"


def test_check_tells_each_profile_and_each_fault(tmp_path: Path) -> None:
    done = edi_hit("partners", "check", CLEARINGHOUSE, CONTRACTOR)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('name = "X"')
    done = edi_hit("partners", "check", wrong, CONTRACTOR)
    assert done.returncode == 2
    assert str(wrong) in done.stderr
    assert "riverbend-part-b" in done.stdout


def test_check_tells_profiles_apart(tmp_path: Path) -> None:
    again = tmp_path / "again.toml"
    again.write_text(CONTRACTOR.read_text())
    done = edi_hit("partners", "check", CONTRACTOR, again)
    assert done.returncode == 2
    assert "the same name" in done.stderr


def test_show_fills_in_the_defaults() -> None:
    shown = json.loads(edi_hit("partners", "show", CONTRACTOR).stdout)
    assert shown["duplicates"]["file_days"] == 3650
    assert shown["naming"]["output"] == "{partner}_{day}_{id}.{type}"


def test_validate_and_adjudicate_hold_files_against_a_profile(tmp_path: Path) -> None:
    first = EXAMPLES / "01-first-visit.837"
    done = edi_hit("validate", first, "--partner", CONTRACTOR, "--ack-dir", tmp_path / "acks")
    assert done.returncode == 0
    assert "PART B CONTRACTOR" in (tmp_path / "acks" / "01-first-visit.277ca").read_text()
    done = edi_hit("validate", first, "--partner", CLEARINGHOUSE, "--format", "json")
    assert done.returncode == 1
    rules = {finding["rule"] for finding in json.loads(done.stdout)["files"][0]["findings"]}
    assert {"X12-PARTNER-01", "HARBOR-02"} <= rules
    done = edi_hit(
        "adjudicate", first, "--partner", CLEARINGHOUSE, "--out", tmp_path / "o", "--format", "json"
    )
    assert json.loads(done.stdout)["states"]["rejected"] == 1

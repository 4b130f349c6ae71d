"""`edi-hit codes` as it is typed."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from edi_hit.cli.main import edi_hit_command


def run(*arguments: str) -> Result:
    return CliRunner().invoke(edi_hit_command, ["codes", *arguments])


def test_everything_the_tables_say_with_dates_source_and_confidence():
    result = run("j1559")
    assert result.exit_code == 0
    assert result.output.startswith("J1559\n")
    assert "Hizentra" in result.output
    assert "only with modifier JB" in result.output
    assert "in effect: from 2019-01-01 through 2020-12-31" in result.output
    assert "in effect: from 2021-01-01\n" in result.output
    assert "source: MLN" in result.output or "MLN Matters MM11880" in result.output
    assert "(verified (membership))" in result.output


def test_on_a_day_only_what_holds_then():
    before, after = run("G0068", "--on", "2020-06-30"), run("G0068", "--on", "2024-06-30")
    assert "transitional" in before.output
    assert "permanent" not in before.output
    assert "permanent" in after.output
    assert "transitional" not in after.output


def test_code_of_other_days_says_which():
    result = run("J1170", "--on", "2025-01-01")
    assert result.exit_code == 1
    assert "J1170: no table has it on 2025-01-01; on other days:" in result.output
    assert "through 2024-09-30" in result.output
    assert run("J1170", "--on", "2024-09-30").exit_code == 0


def test_unknown_code_is_said_and_does_not_hide_the_known():
    result = run("E0781", "Z9Z9Z")
    assert result.exit_code == 1
    assert "Z9Z9Z: no table has this code" in result.output
    assert "ambulatory pump" in result.output


def test_json_has_a_statement_for_each_row():
    result = run("CO", "NONE1", "--format", "json")
    assert result.exit_code == 1
    known, unknown = json.loads(result.output)["codes"]
    assert (known["code"], known["known"], known["others"]) == ("CO", True, [])
    assert known["statements"][0]["kind"] == "adjustment group (CAS01)"
    assert known["statements"][0]["source"]
    assert known["statements"][0]["confidence"] == "verified"
    assert unknown == {"code": "NONE1", "known": False, "statements": [], "others": []}


def test_a_table_of_the_users_is_read(tmp_path: Path):
    table = tmp_path / "contractors.csv"
    table.write_text("payer_id,contractor_type\nMYMAC,DME_MAC\n")
    assert run("MYMAC").exit_code == 1
    result = run("MYMAC", "--tables", str(table))
    assert result.exit_code == 0
    assert "DME_MAC" in result.output
    assert str(table) in result.output or "contractors.csv" in result.output


def test_wrong_usage():
    assert run().exit_code == 2
    assert run("CO", "--on", "yesterday").exit_code == 2
    assert run("CO", "--tables", "no-such-file.csv").exit_code == 2


def test_help_has_two_examples():
    assert run("--help").output.count("  edi-hit codes ") == 2

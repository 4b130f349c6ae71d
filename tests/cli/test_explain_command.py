"""`edi-hit explain` as it is typed: a biller's words for what was decided."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from edi_hit.cli.main import edi_hit_command

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def decisions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run")
    files = [str(path) for path in sorted(EXAMPLES.glob("*.837"))]
    CliRunner().invoke(edi_hit_command, ["adjudicate", *files, "--out", str(out), "--as-of", "2025-08-01"])
    return out / "decisions.ndjson"


def explained(*arguments: str) -> Result:
    return CliRunner().invoke(edi_hit_command, ["explain", *arguments])


def words(result: Result) -> str:
    return " ".join(result.output.split())


def test_a_paid_line_shows_its_arithmetic_and_what_was_let_pass(decisions: Path) -> None:
    said = words(explained("EX02-A", "--decisions", str(decisions)))
    assert "Claim EX02-A: paid under medicare_hit: charged 670.00, allowed 526.22, paid 412.56" in said
    assert "192.97 x 0.923 = 178.11 (computed)" in said
    assert "charge 250.00 - 71.89 (CO 45) - 35.62 (PR 2) - 2.85 (CO 253) = paid 139.64" in said
    assert "the patient owes 35.62 of it (group PR)" in said
    assert "not known: HIT-TIMELY, HIT-GEN-EXPRESS" in said


def test_a_denied_line_names_rule_earlier_claim_codes_change_road_and_deadline(decisions: Path) -> None:
    said = words(explained("EX04-B", "--decisions", str(decisions)))
    assert "denied under medicare_hit" in said
    assert "An initial visit follows 60 days without a visit: not met (HIT-INIT-60)" in said
    assert "it rests on claim EX04-A, line 1: G0068 on 2025-03-03" in said
    assert "CO 119 N640: suggested here: CMS's own codes for this rule were not found" in said
    assert "change: Bill the subsequent code of the category" in said
    assert "road: Ask the contractor for a reopening" in said
    assert "until: one year from the remittance" in said
    assert "source: 42 CFR 405.980(a)(3)" in said


def test_a_claim_that_is_not_answered_says_why(decisions: Path) -> None:
    said = words(explained("EX09-A", "--decisions", str(decisions)))
    assert "unanswered under commercial" in said
    assert "commercial" in said


def test_json_has_the_same(decisions: Path) -> None:
    result = explained("EX04-B", "--decisions", str(decisions), "--format", "json")
    (found,) = json.loads(result.output)["explanations"]
    line = found["lines"][0]
    assert (found["claim"], found["state"], line["decided"]) == ("EX04-B", "denied", "denied")
    assert line["reasons"][0]["rule"] == "HIT-INIT-60"
    assert line["reasons"][0]["earlier"] == {
        "claim": "EX04-A", "line": 1, "code": "G0068", "date": "2025-03-03",
    }  # fmt: skip
    assert line["road_source"].startswith("42 CFR 405.980")
    assert result.exit_code == 0


def test_a_claim_that_is_not_there_is_exit_code_1(decisions: Path) -> None:
    result = explained("NOBODY", "--decisions", str(decisions))
    assert result.exit_code == 1
    assert "no decision on this claim" in result.output


def test_a_file_that_holds_no_decisions_is_named_with_its_line(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ndjson"
    wrong.write_text('{"claim": "A1"}\nnot json\n')
    result = explained("B", "--decisions", str(wrong))
    assert result.exit_code != 0
    assert "line 2 is no decision" in str(result.exception)


def test_control_characters_of_a_claim_number_do_not_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "decisions.ndjson"
    row = {
        "claim": "A\u001b1",
        "benefit": None,
        "payer": "",
        "state": "rejected",
        "charge": None,
        "reason": "r",
    }
    path.write_text(json.dumps(row) + "\n")
    result = explained("A\u001b1", "--decisions", str(path))
    assert "\u001b" not in result.output
    assert "\\x1b" in result.output

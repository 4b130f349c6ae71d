"""`edi-hit rules` as it is typed, and the list of rules behind it."""

import json
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from edi_hit.cli.main import edi_hit_command
from edi_hit.jobs import declared_rules as room_list
from edi_hit.jobs.declared_rules import ROOMS, declared_rules


def run(*arguments: str) -> Result:
    return CliRunner().invoke(edi_hit_command, ["rules", *arguments])


def declaring_packages() -> set[str]:
    root = Path(str(files("edi_hit")))
    found = root.rglob("rules.toml")
    return {".".join(("edi_hit", *path.parent.relative_to(root).parts)) for path in found}


def test_every_package_with_rules_is_listed():
    assert set(ROOMS) == declaring_packages()


def test_rules_are_those_of_the_rooms_in_their_order():
    declared = []
    for room in ROOMS:
        text = (files(room) / "rules.toml").read_text(encoding="utf-8")
        declared += list(tomllib.loads(text))
    assert list(declared_rules()) == declared
    assert all(rule_id == rule.id for rule_id, rule in declared_rules().items())


def test_an_id_declared_twice_is_refused(monkeypatch):
    monkeypatch.setattr(room_list, "ROOMS", ("edi_hit.x12", "edi_hit.x12"))
    with pytest.raises(ValueError, match="declared twice"):
        declared_rules()


def test_list_has_a_line_for_each_rule():
    result = run()
    assert result.exit_code == 0
    lines = [line.split(maxsplit=1) for line in result.output.splitlines()]
    assert [rule_id for rule_id, _ in lines] == list(declared_rules())
    told = dict(lines)
    assert told["X12-ENV-01"].startswith("SNIP 1")
    assert told["X12-ENV-01"].endswith("ISA does not have its fixed widths")
    for rule in declared_rules().values():
        if rule.outcome:
            assert told[rule.id].split()[0] == rule.outcome


def test_one_rule_with_everything_declared_of_it():
    rule = declared_rules()["X12-ENV-01"]
    result = run("x12-env-01")
    assert result.exit_code == 0
    for text in (rule.title, rule.source, rule.confidence, rule.looks_at, rule.bad, rule.good, rule.hint):
        assert text in result.output
    assert "SNIP level:   1, error" in result.output
    assert "TA1 024" in result.output


def test_benefit_rule_with_its_codes_and_how_sure_they_are():
    rule = next(r for r in declared_rules().values() if r.carc and r.rarc and r.codes_confidence)
    result = run(rule.id)
    assert f"{rule.group} {rule.carc} {' '.join(rule.rarc)} ({rule.codes_confidence})" in result.output
    assert rule.bad in result.output
    assert rule.good in result.output


def test_unknown_id_suggests_the_nearest():
    begun = run("X12-ENV-1")
    assert begun.exit_code == 2
    assert "there is no rule X12-ENV-1; did you mean X12-ENV-1" in begun.output
    mistyped = run("X12-EVN-01")
    assert mistyped.exit_code == 2
    assert "did you mean X12-ENV-01" in mistyped.output
    nothing_near = run("QQQQ")
    assert nothing_near.exit_code == 2
    assert "did you mean" not in nothing_near.output


def test_json_has_every_field():
    rules = json.loads(run("--format", "json").output)["rules"]
    assert [rule["id"] for rule in rules] == list(declared_rules())
    one = json.loads(run("X12-ENV-03", "--format", "json").output)["rules"]
    assert [(rule["id"], rule["snip"], rule["severity"]) for rule in one] == [("X12-ENV-03", 1, "warning")]


def test_help_has_two_examples():
    assert run("--help").output.count("  edi-hit rules") == 2


def test_each_case_of_a_rule_has_its_codes_marked_as_suggested():
    output = run("HIT-BENE-PARTB").output
    assert "codes (before): PR 26 (suggested; CMS's own codes not found)" in output
    assert "codes (after): PR 27 (suggested; CMS's own codes not found)" in output
    assert "put right by: Ask the contractor for a redetermination" in output


def test_the_users_codes_are_shown_in_place_of_ours(tmp_path):
    config = tmp_path / "settings.toml"
    config.write_text('[codes.HIT-POS]\ngroup = "PR"\ncarc = "58"\nrarc = ["N428"]\n')
    assert "PR 58 N428 (configured; your settings)" in run("HIT-POS", "--config", str(config)).output
    (rule,) = json.loads(run("HIT-POS", "--config", str(config), "--format", "json").output)["rules"]
    assert [(codes["key"], codes["carc"]) for codes in rule["codes"]] == [("HIT-POS", "58")]


def test_codes_for_no_rule_are_refused(tmp_path):
    config = tmp_path / "settings.toml"
    config.write_text('[codes.HIT-NOWHERE]\ngroup = "PR"\ncarc = "58"\n')
    result = run("--config", str(config))
    assert "HIT-NOWHERE" in str(result.exception)

"""Every rule of the X12 and guide rooms is declared whole, once, and can be found by what the code names."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

import edi_hit
from edi_hit.rules import Severity, load_rules

ROOMS = ("edi_hit.x12", "edi_hit.guides")


@pytest.mark.parametrize("room", ROOMS)
def test_declarations_are_whole(room: str) -> None:
    rules = load_rules(room)
    assert rules
    for rule_id, rule in rules.items():
        assert rule.id == rule_id
        for field in ("title", "source", "looks_at", "confidence", "bad", "good"):
            assert getattr(rule, field).strip(), (rule_id, field)
        assert rule.bad != rule.good
        assert rule.snip in (1, 2, 4)
        assert rule.severity in tuple(Severity)


@pytest.mark.parametrize("room", ROOMS)
def test_ids_stand_once_in_their_file(room: str) -> None:
    text = (files(room) / "rules.toml").read_text(encoding="utf-8")
    found = re.findall(r"^\[(\S+)\]$", text, re.MULTILINE)
    assert len(found) == len(set(found)) == len(load_rules(room))


def test_ids_are_unique_over_the_rooms() -> None:
    found = [rule_id for room in ROOMS for rule_id in load_rules(room)]
    assert len(found) == len(set(found))


def test_acknowledgement_codes_have_a_known_form() -> None:
    for room in ROOMS:
        for rule in load_rules(room).values():
            assert rule.ack is None or re.fullmatch(r"(TA1 \d{3}|IK(304|403|502) I?\d+|AK905 \d+)", rule.ack)


def test_every_rule_the_code_names_is_declared() -> None:
    root = Path(edi_hit.__file__).parent
    declared = {rule_id for room in ROOMS for rule_id in load_rules(room)}
    for room in ("x12", "guides", "mapping", "claims"):
        for path in (root / room).rglob("*.py"):
            named = set(re.findall(r'"(X12-(?:ENV-\d+|STR-\d+|GUIDE-\d+|SNIP\d))"', path.read_text("utf-8")))
            assert named <= declared, path.name

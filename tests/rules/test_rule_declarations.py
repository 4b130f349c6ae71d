"""Every rule of the X12 and guide rooms is declared whole, once, and can be found by what the code names."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

import edi_hit
from edi_hit.jobs.declared_rules import declared_rules
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


def named_in_code() -> dict[str, set[str]]:
    """The X12 rule ids that stand in the code as texts, with the files they stand in."""
    root = Path(edi_hit.__file__).parent
    found: dict[str, set[str]] = {}
    for path in root.rglob("*.py"):
        for rule_id in re.findall(r'"(X12-[A-Z0-9][A-Z0-9-]*[A-Z0-9])"', path.read_text("utf-8")):
            found.setdefault(rule_id, set()).add(path.name)
    return found


def test_every_rule_the_code_names_is_declared() -> None:
    named = named_in_code()
    assert {"X12-ENV-01", "X12-SEG-05", "X12-ELE-I10", "X12-837-01"} <= set(named)
    assert {rule_id: files for rule_id, files in named.items() if rule_id not in declared_rules()} == {}


def test_every_rule_declared_is_named_in_the_code() -> None:
    named = named_in_code()
    assert [rule_id for room in ROOMS for rule_id in load_rules(room) if rule_id not in named] == []


def test_every_room_s_rules_have_a_source_and_two_examples() -> None:
    for rule_id, rule in declared_rules().items():
        assert all(text.strip() for text in (rule.title, rule.source, rule.bad, rule.good)), rule_id
        assert rule.bad != rule.good, rule_id

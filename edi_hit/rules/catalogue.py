"""Reads a room's `rules.toml`: the one place where each of its rules is declared."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from edi_hit.rules.rule import Rule


@cache
def load_rules(package: str) -> dict[str, Rule]:
    """Give the rules declared in `rules.toml` of `package`, by id, in the file's order.

    Raises `ValueError` (through msgspec) when a declaration lacks a field or has an unknown one:
    that is a fault of the package, found by its tests.
    """
    text = (files(package) / "rules.toml").read_text(encoding="utf-8")
    rules = {}
    for rule_id, body in tomllib.loads(text).items():
        unknown = set(body) - set(Rule.__struct_fields__)
        if unknown:
            raise ValueError(f"{package}: rule {rule_id} has unknown fields {sorted(unknown)}")
        rules[rule_id] = msgspec.convert({"id": rule_id, **body}, Rule)
    return rules

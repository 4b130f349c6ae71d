"""The one table of the group code, CARC and remark codes each rule leads to, and how sure they are."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from edi_hit.benefits.reason_codes import Origin, RuleCodes
from edi_hit.profiles import RunSettings
from edi_hit.rules import ConfigError, Rule, load_rules


@cache
def packaged_codes() -> Mapping[str, RuleCodes]:
    """Give the codes of all rules by key, as they stand in `adjustment_codes.csv`."""
    text = (files("edi_hit.benefits") / "adjustment_codes.csv").read_text(encoding="utf-8")
    rows = (_row(row) for row in csv.DictReader(text.splitlines()))
    return {row.key: row for row in rows}


def _row(row: dict[str, str]) -> RuleCodes:
    return RuleCodes(
        rule=row["rule"],
        case=row["case"],
        group=row["group"],
        carc=row["carc"],
        rarc=tuple(row["rarc"].split()),
        origin=Origin(row["origin"]),
        confidence=row["confidence"],
    )


def codes_of(rule_id: str, case: str, settings: RunSettings) -> RuleCodes | None:
    """Give the codes of a rule in a case: the user's, else ours; None where it has none."""
    key = f"{rule_id}:{case}" if case else rule_id
    own = settings.codes.get(key)
    if own is not None:
        return RuleCodes(rule_id, case, own.group, own.carc, own.rarc, Origin.CONFIGURED, "your settings")
    return packaged_codes().get(key)


def all_codes(rule_id: str, settings: RunSettings) -> tuple[RuleCodes, ...]:
    """Give the codes of every case of a rule."""
    cases = [row.case for row in packaged_codes().values() if row.rule == rule_id]
    found = (codes_of(rule_id, case, settings) for case in cases)
    return tuple(codes for codes in found if codes is not None)


def require_known(settings: RunSettings) -> None:
    """Refuse settings that give codes to what is no rule, or none with codes; raises `ConfigError`."""
    strange = sorted(set(settings.codes) - set(packaged_codes()))
    if strange:
        raise ConfigError(f"codes: no rule with codes is called {', '.join(strange)}")


def load_benefit_rules(package: str) -> dict[str, Rule]:
    """Give the rules a package of benefits declares, with their packaged codes filled in."""
    return {rule_id: _with_codes(rule) for rule_id, rule in load_rules(package).items()}


def _with_codes(rule: Rule) -> Rule:
    codes = packaged_codes().get(rule.id)
    if codes is None:
        return rule
    said = f"{codes.origin}; {codes.confidence}"
    return msgspec.structs.replace(
        rule, group=codes.group, carc=codes.carc, rarc=codes.rarc, codes_confidence=said
    )

"""Reads a partner's profile, and tells what in it contradicts itself."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from edi_hit.profiles.acknowledgment_forms import PARTY_FORMS, acknowledgment_faults
from edi_hit.profiles.partner import Partner, PartnerDelimiters, Work
from edi_hit.profiles.partner_rule import PartnerRule, RuleKind
from edi_hit.profiles.read_toml import read_toml
from edi_hit.profiles.setting_forms import text_faults

_NAME_FIELDS = frozenset({"partner", "day", "id", "type"})
_NAME_TEXT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_DELIMITER = re.compile(r"[!-/:-@\[-`{-~\r\n\x1c-\x1f]")


def read_partner(path: Path) -> Partner:
    """Read a partner's profile from a TOML file.

    Raises `ConfigError`, naming the file and each setting that is unknown, wrong or contradicts another.
    """
    return read_toml(path, Partner, partner_faults)


def partner_faults(partner: Partner) -> Iterator[str]:
    """Yield what is wrong with values of the right kind, each with the setting it is in."""
    yield from text_faults(partner.sender, PARTY_FORMS, "sender")
    yield from text_faults(partner.receiver, PARTY_FORMS, "receiver")
    yield from acknowledgment_faults(partner.acknowledgments, "acknowledgments")
    yield from _delimiter_faults(partner.delimiters)
    yield from _name_faults(partner.naming.output)
    if partner.work is not None and (partner.work.do is Work.TRANSLATE) is not bool(partner.work.to):
        yield "work.to: the form to translate to is wanted, and only where do is translate"
    ids = Counter(rule.id for rule in partner.rules)
    yield from (f"rules: the id {rule_id} is given twice" for rule_id, count in ids.items() if count > 1)
    for rule in partner.rules:
        yield from (f"rules: {rule.id}: {fault}" for fault in _rule_faults(rule))


def _delimiter_faults(delimiters: PartnerDelimiters) -> Iterator[str]:
    chosen = (delimiters.element, delimiters.component, delimiters.repetition, delimiters.terminator)
    if not all(_DELIMITER.fullmatch(one) for one in chosen):
        yield "delimiters: punctuation, line breaks or separators 1C to 1F are wanted"
    if len(set(chosen)) < len(chosen):
        yield "delimiters: four different ones are wanted"


def _name_faults(template: str) -> Iterator[str]:
    """Yield what keeps a template from giving names that are safe and differ from file to file."""
    try:
        fields = {field for _, field, form, turned in Formatter().parse(template) if field is not None}
        plain = all(not form and not turned for _, _, form, turned in Formatter().parse(template))
    except ValueError:
        fields, plain = set(), False
    if not plain or fields - _NAME_FIELDS or not fields >= {"id", "type"}:
        yield "naming.output: a text with {id} and {type}, and {partner} or {day} where wanted"
        return
    if not _NAME_TEXT.fullmatch(template.format(partner="p", day="20250101", id="0", type="999")):
        yield "naming.output: letters, digits, full stops, hyphens and underscores are wanted"


def _rule_faults(rule: PartnerRule) -> Iterator[str]:
    if rule.element is not None and not rule.segment:
        yield "an element is of a segment: give segment too"
    if rule.component is not None and rule.element is None:
        yield "a component is of an element: give element too"
    if rule.kind is RuleKind.ALLOWED and (rule.element is None or not rule.values):
        yield "allowed values need an element, and values"
    if rule.kind is not RuleKind.ALLOWED and rule.values:
        yield "values are for rules of kind allowed"

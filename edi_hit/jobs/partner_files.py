"""Profiles of trading partners from files, checked against the guides and against each other."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from edi_hit.guides import LoopNode, catalogue, guide
from edi_hit.jobs.declared_rules import declared_rules
from edi_hit.jobs.forms import LOOPS, form_named
from edi_hit.mapping.checks import place_name
from edi_hit.profiles import Partner, PartnerRule, read_partner
from edi_hit.rules import ConfigError
from edi_hit.x12 import Interchange


def checked_partner(path: Path) -> Partner:
    """Read a profile and hold it against the guides.

    Raises `ConfigError` with every fault: see `read_partner`; a guide, a loop or a segment that is not there,
    a rule id that is one of ours, a form nothing is translated to.
    """
    partner = read_partner(path)
    faults = list(_faults(partner))
    if faults:
        raise ConfigError("\n".join(f"{path}: {fault}" for fault in faults))
    return partner


def checked_partners(paths: Iterable[Path]) -> dict[str, Partner]:
    """Read profiles, by name. Raises `ConfigError` where one is faulty or two cannot be told apart."""
    partners = [checked_partner(path) for path in paths]
    for what, keys in (
        ("name", [(partner.name,) for partner in partners]),
        ("sender and receiver", [_parties(partner) for partner in partners]),
    ):
        twice = [key for key, count in Counter(keys).items() if count > 1]
        if twice:
            raise ConfigError(f"two partners have the same {what}: {' '.join(twice[0])}")
    return {partner.name: partner for partner in partners}


def partner_for(partners: Iterable[Partner], interchange: Interchange) -> Partner | None:
    """Give whose interchange it is: that of its sender and receiver, else the only one of its sender."""
    senders = [
        partner for partner in partners if partner.sends(interchange.sender_qualifier, interchange.sender)
    ]
    receiver = (interchange.receiver_qualifier, interchange.receiver)
    meant = [one for one in senders if (one.receiver.qualifier, one.receiver.id) == receiver]
    found = meant or senders
    return found[0] if len(found) == 1 else None


def _parties(partner: Partner) -> tuple[str, ...]:
    sender, receiver = partner.sender, partner.receiver
    return sender.qualifier, sender.id, receiver.qualifier, receiver.id


def _faults(partner: Partner) -> Iterator[str]:
    yield from _unknown_guides(partner.guides, "guides")
    if partner.work is not None and partner.work.to:
        try:
            form_named(partner.work.to, partner.work.view or None, LOOPS)
        except ConfigError as error:
            yield f"work.to: {error}"
    ours = declared_rules()
    for rule in partner.rules:
        if rule.id in ours:
            yield f"rules: {rule.id}: the id is that of another rule"
        unknown = list(_unknown_guides(rule.guides, f"rules: {rule.id}: guides"))
        yield from unknown or _without_place(rule, partner.guides)


def _unknown_guides(names: Iterable[str], setting: str) -> Iterator[str]:
    known = catalogue()
    yield from (f"{setting}: {name} is none of {', '.join(known)}" for name in names if name not in known)


def _without_place(rule: PartnerRule, sent: tuple[str, ...]) -> Iterator[str]:
    """Say where a rule looks at what none of its guides has."""
    names = rule.guides or tuple(name for name in sent if name in catalogue()) or tuple(catalogue())
    if not any(_has_place(guide(name).root, rule) for name in names):
        yield f"rules: {rule.id}: {place_name(rule)} is in none of {', '.join(names)}"


def _has_place(node: LoopNode, rule: PartnerRule) -> bool:
    """Whether this loop or one below it is, or has, what a rule looks at."""
    if node.id == rule.loop and (not rule.segment or _has_segment(node, rule)):
        return True
    return any(_has_place(child, rule) for child in node.loops)


def _has_segment(node: LoopNode, rule: PartnerRule) -> bool:
    segment_id, _, qualifier = rule.segment.partition("*")
    return any(
        segment.id == segment_id
        and (not qualifier or not segment.codes or qualifier in segment.codes)
        and len(segment.elements) >= (rule.element or 0)
        for segment in node.segments
    )

"""Says in 277CA codes what a finding means for its claim (table `claim_status.toml`)."""

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from edi_hit.acks.claim_acknowledgment import ClaimStatusCode
from edi_hit.rules import Finding

_OWN = re.compile(r"STC ([A-Z]\d):(\d+)(?::(\w+))?", re.ASCII)
INSTITUTIONAL = "837I"


class StatusRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the table: category and status, and how sure we are of them."""

    status: str
    source: str
    confidence: str


class EntityRows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which status codes need an entity, and which entity a loop is."""

    needed: frozenset[str]
    loops: dict[str, str]
    institutional_loops: dict[str, str]


class StatusTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table: status by rule, by place, by SNIP type (`0`: any other)."""

    rules: dict[str, StatusRow]
    places: dict[str, StatusRow]
    types: dict[str, StatusRow]
    entity: EntityRows


@cache
def status_table() -> StatusTable:
    """The table, read once."""
    text = (files("edi_hit.acks") / "claim_status.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), StatusTable)


def status_of(finding: Finding, guide_name: str) -> ClaimStatusCode:
    """Give category, status and entity for a finding of a claim of this guide (`837P`)."""
    category, status, entity = _codes(finding)
    if not entity and status in status_table().entity.needed:
        entity = _entity(finding.loop or "", guide_name)
    return ClaimStatusCode(category, status, entity)


def _codes(finding: Finding) -> tuple[str, str, str]:
    """Category, status and, where it is fixed, the entity."""
    table = status_table()
    own = _OWN.fullmatch(finding.ack or "")
    row = table.rules.get(finding.rule)
    if row is None and own is not None:
        return own[1], own[2], own[3] or ""
    if row is None:
        places = (table.places[place] for place in _places(finding) if place in table.places)
        row = next(places, None) or table.types.get(str(finding.snip)) or table.types["0"]
    category, _, status = row.status.partition(":")
    return category, status, ""


def _places(finding: Finding) -> tuple[str, ...]:
    """The names of the finding's place, the most exact first."""
    segment_id = finding.segment_id or ""
    if not finding.element:
        return (segment_id,)
    element = f"{segment_id}-{finding.element:02d}"
    if not finding.component:
        return element, segment_id
    return f"{element}-{finding.component:02d}", element, segment_id


def _entity(loop: str, guide_name: str) -> str:
    rows = status_table().entity
    if guide_name == INSTITUTIONAL and loop in rows.institutional_loops:
        return rows.institutional_loops[loop]
    return rows.loops.get(loop, "")

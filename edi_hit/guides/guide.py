"""Finds the guide of a transaction set and gives it compiled."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from edi_hit.guides.compile import compile_map
from edi_hit.guides.corrections import corrections
from edi_hit.guides.node import LoopNode
from edi_hit.rules import GuideNotFoundError


class GuideEntry(msgspec.Struct, frozen=True):
    """A catalogue row: the guide's own id, the set it is for, its map, its unit loops, its sibling ids.

    In each loop of `paths`, or below it, a unit must stand. `claim_id` is the element of a unit's opening
    segment that names a claim, e.g. `CLM01`; empty where units are no claims.
    """

    id: str
    title: str
    set: str
    map: str
    units: tuple[str, ...]
    claim_id: str = ""
    siblings: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


class Guide(msgspec.Struct, frozen=True):
    """A compiled guide: `name` as people say it (`837P`), its catalogue row, and the node of its ST."""

    name: str
    entry: GuideEntry
    root: LoopNode


@cache
def catalogue() -> dict[str, GuideEntry]:
    """The guides this package carries, by name."""
    text = (files("edi_hit.guides") / "catalogue.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, GuideEntry])


@cache
def guide(name: str, units: tuple[str, ...] | None = None) -> Guide:
    """Give a guide by name, e.g. `837P`, to be read by other `units` than the catalogue's where given.

    Compiled once a process. Raises `GuideNotFoundError`.
    """
    entry = catalogue().get(name)
    if entry is None:
        raise GuideNotFoundError(f"no guide named {name}; known: {', '.join(catalogue())}")
    if units is not None:
        entry = msgspec.structs.replace(entry, units=units)
    return Guide(name, entry, compile_map(entry.map, entry.units, corrections(name)))


def guide_for(kind: str, guide_id: str) -> tuple[Guide, bool] | None:
    """Find the guide for ST01 `kind` and the id in ST03 or GS08.

    Gives the guide and whether the id is its own (else a sibling's); None where none fits.
    """
    for name, entry in catalogue().items():
        if entry.set == kind and (guide_id == entry.id or guide_id in entry.siblings):
            return guide(name), guide_id == entry.id
    return None

"""Corrections to pyx12's maps: data, one file for each guide that needs any, each entry with its reason.

A correction names a place of the map (by the map's own ids, wrapper loops included), what stands there, and
what should. Where neither stands there the map has changed, and the guide is not compiled from it.
"""

import tomllib
from importlib.resources import files

import msgspec
from lxml import etree

from edi_hit.rules import GuideNotFoundError


class Fields(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a correction speaks of: the loop around, the position, the usage, the codes allowed."""

    parent: str | None = None
    pos: str | None = None
    usage: str | None = None
    codes: tuple[str, ...] | None = None


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry: a loop, or a segment in it, or an element of that; what `was` in the map and is to be `now`.

    `source` says how it is known.
    """

    loop: str
    was: Fields
    now: Fields
    reason: str
    source: str
    segment: str | None = None
    element: int | None = None

    @property
    def place(self) -> str:
        """How messages call the place, e.g. `ST_LOOP/BHT/06`."""
        parts = [self.loop, self.segment, None if self.element is None else f"{self.element:02d}"]
        return "/".join(part for part in parts if part is not None)


def corrections(name: str) -> tuple[Correction, ...]:
    """The corrections to the map of guide `name`."""
    file = files("edi_hit.guides") / "corrections" / f"{name}.toml"
    if not file.is_file():
        return ()
    entries = tomllib.loads(file.read_text(encoding="utf-8"))["correction"]
    return msgspec.convert(entries, tuple[Correction, ...])


def correct(root: etree._Element, entries: tuple[Correction, ...]) -> None:
    """Correct a map in place. Raises `GuideNotFoundError` where an entry does not fit the map."""
    for entry in entries:
        places = list(_places(root, entry))
        if not places:
            raise GuideNotFoundError(f"the guide map has changed: it has no {entry.place} to correct")
        for place in places:
            _set_fields(root, place, entry)


def _places(root: etree._Element, entry: Correction) -> list[etree._Element]:
    found = root.findall(f".//loop[@xid='{entry.loop}']")
    if entry.segment is not None:
        found = [segment for loop in found for segment in loop.findall(f"segment[@xid='{entry.segment}']")]
    if entry.element is not None:
        seq = f"{entry.element:02d}"
        found = [child for segment in found for child in segment if child.findtext("seq") == seq]
    return found


def _set_fields(root: etree._Element, place: etree._Element, entry: Correction) -> None:
    for field in Fields.__struct_fields__:
        was, now = getattr(entry.was, field), getattr(entry.now, field)
        stands = _value(place, field)
        if now is None or stands == now:
            continue
        if stands != was:
            raise GuideNotFoundError(f"the guide map has changed: {entry.place} has another {field}")
        _set_field(root, place, field, now)


def _value(place: etree._Element, field: str) -> str | tuple[str, ...] | None:
    if field == "parent":
        above = place.getparent()
        return None if above is None else above.get("xid")
    if field == "codes":
        return tuple(code.text or "" for code in place.iter("code"))
    return place.findtext(field)


def _set_field(root: etree._Element, place: etree._Element, field: str, value: str | tuple[str, ...]) -> None:
    if field == "parent":
        (above,) = root.findall(f".//loop[@xid='{value}']")
        above.append(place)
    elif field == "codes":
        (holder,) = place.iter("valid_codes")
        for code in list(holder):
            holder.remove(code)
        for text in value:
            etree.SubElement(holder, "code").text = text
    else:
        (child,) = place.findall(field)
        child.text = str(value)

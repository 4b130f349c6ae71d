"""What a claim says, as one digest: two claims with the same are one claim sent twice."""

import hashlib
from collections.abc import Iterator, Mapping

from edi_hit.guides import Loop, Unit

_IN_LOOPS: Mapping[str, Mapping[str, tuple[int, ...]]] = {
    "2300": {"CLM": (1, 2, 5), "DTP": (1, 2, 3)},
    "2400": {"SV1": (1, 2, 4), "SV2": (1, 2, 3, 5), "DTP": (1, 2, 3)},
}
"""The elements that make a claim: id, charge, place and frequency; of a line what, when, how much."""

_PERSON = {"2010BA": "NM1", "2010CA": "NM1"}
_PROVIDER = {"2010AA": "NM1"}


def claim_digest(unit: Unit) -> str | None:
    """Give the SHA-256 of what a claim of an 837 says, in hexadecimal; None for any other unit.

    It covers the billing provider, the person, the claim's id, charge, place of service and frequency code
    (a replacement is another claim), its dates, and each line's code, charge, units and dates.
    """
    if unit.guide.entry.set != "837":
        return None
    digest = hashlib.sha256()
    for part in (*_above(unit.loop), *_of(unit.loop)):
        digest.update(part.encode() + b"\n")
    return digest.hexdigest()


def _above(unit: Loop) -> Iterator[str]:
    for holder, names in (("2000A", _PROVIDER), ("2000B", _PERSON), ("2000C", _PERSON)):
        above = unit.above(holder)
        for loop in above.loops if above is not None else ():
            if loop.id in names and loop.segments:
                elements = loop.segments[0][1]
                yield "\x1d".join((loop.id, *elements[3:5], *elements[9:10]))


def _of(loop: Loop) -> Iterator[str]:
    wanted = _IN_LOOPS.get(loop.id, {})
    for _, elements, _ in loop.segments:
        positions = wanted.get(elements[0])
        if positions is not None:
            chosen = [elements[at] if len(elements) > at else "" for at in positions]
            yield "\x1d".join((elements[0], *chosen))
    for child in loop.loops:
        if child.id in _IN_LOOPS:
            yield from _of(child)

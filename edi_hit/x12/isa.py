"""Reads the one fixed-width segment: where ISA starts, how wide it is, which delimiters it sets."""

import re

import msgspec

from edi_hit.x12.delimiters import Delimiters

ISA_LENGTH = 106
"""Characters of a well-formed ISA with its terminator (X12-ENV-01)."""

WIDTHS = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)
LOOKAHEAD = 512
"""Bytes wanted after the first of an ISA to read it, even where its widths are wrong."""

_LEAD = re.compile(rb"(?:\xef\xbb\xbf|[\x00\t\r\n ])*")
_NEXT = re.compile(rb"[\r\n\t ]*(?:GS|TA1|IEA)")


class IsaShape(msgspec.Struct, frozen=True):
    """An ISA found in bytes: its length with terminator, its delimiters, and whether its widths hold.

    `text` are its bytes without line breaks inside, where lines were wrapped.
    """

    length: int
    text: bytes
    delimiters: Delimiters
    well_formed: bool


def leading_length(data: bytes) -> int:
    """Bytes before ISA that carry nothing: a byte order mark, blanks, line breaks (X12-ENV-04)."""
    match = _LEAD.match(data)
    return match.end() if match else 0


def starts_isa(data: bytes, at: int = 0) -> bool:
    """Whether `data` at `at` reads like the start of an ISA: `ISA` and a separator."""
    separator = data[at + 3 : at + 4]
    return data[at : at + 3] == b"ISA" and len(separator) == 1 and not separator.isalnum()


def read_isa(data: bytes, at: int = 0) -> IsaShape | None:
    """Read the ISA that starts at `data[at]`; None where no delimiters can be had from it.

    An ISA of the wrong width is still read where its 16 elements and what follows them (GS, TA1 or IEA)
    show beyond doubt where it ends.
    """
    if not starts_isa(data, at):
        return None
    data = data[at : at + LOOKAHEAD]
    if _fixed_width_holds(data):
        return _shape(ISA_LENGTH, data[:ISA_LENGTH], True)
    unwrapped = data.translate(None, b"\r\n")
    if _fixed_width_holds(unwrapped):
        return _shape(_wrapped_length(data), unwrapped[:ISA_LENGTH], True)
    length = _counted_length(data)
    return None if length is None else _shape(length, data[:length], False)


def _shape(length: int, text: bytes, well_formed: bool) -> IsaShape:
    return IsaShape(length, text, _delimiters(text), well_formed)


def _wrapped_length(data: bytes) -> int:
    """Length of the first `ISA_LENGTH` bytes of `data` that are no line breaks, with the line breaks."""
    kept = [position for position, byte in enumerate(data) if byte not in b"\r\n"]
    return kept[ISA_LENGTH - 1] + 1


def _fixed_width_holds(data: bytes) -> bool:
    if len(data) < ISA_LENGTH:
        return False
    separator, position = data[3], 3
    for width in WIDTHS:
        if data[position] != separator or separator in data[position + 1 : position + 1 + width]:
            return False
        position += width + 1
    return data[position] != separator and not chr(data[position]).isalnum()


def _counted_length(data: bytes) -> int | None:
    separator, position = data[3:4], 3
    for _ in range(15):
        position = data.find(separator, position + 1)
        if position < 0:
            return None
    end = position + 3
    if len(data) < end or data[end - 1 : end].isalnum() or not _NEXT.match(data, end):
        return None
    return end


def _delimiters(text: bytes) -> Delimiters:
    element = chr(text[3])
    component, terminator = chr(text[-2]), chr(text[-1])
    repetition = text.split(text[3:4])[11].decode("latin-1")
    usable_component = _usable(component, (element, terminator))
    return Delimiters(
        element=element,
        component=component if usable_component else None,
        terminator=terminator,
        repetition=repetition if _usable(repetition, (element, terminator, component)) else None,
    )


def _usable(character: str, others: tuple[str, ...]) -> bool:
    return len(character) == 1 and not character.isalnum() and character != " " and character not in others

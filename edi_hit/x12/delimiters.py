"""The four delimiters of one interchange, and the fixed form segments are split in.

Inside the package every segment uses the same four control characters, whatever the interchange uses, so
that patterns are compiled once and a terminator `]` or a repetition separator `U` breaks nothing. The
exchange of bytes is a permutation: it keeps offsets and can always be undone.
"""

import re
from functools import cached_property
from typing import Final

import msgspec

TERMINATOR: Final = "\x1c"
ELEMENT: Final = "\x1d"
REPETITION: Final = "\x1e"
COMPONENT: Final = "\x1f"

NORMAL: Final = (TERMINATOR, ELEMENT, REPETITION, COMPONENT)


class Delimiters(msgspec.Struct, frozen=True, dict=True):
    """Delimiters of one interchange, each one character, as ISA gives them (X12-ENV-02).

    `repetition` or `component` is None where ISA11 or ISA16 cannot serve as one: a letter or digit, a
    blank, or the same character as another delimiter.
    """

    element: str
    component: str | None
    terminator: str
    repetition: str | None = None

    @cached_property
    def own(self) -> bytes:
        """The delimiters of the interchange, as bytes."""
        return bytes(raw for raw, _ in self._pairs())

    @cached_property
    def to_normal(self) -> bytes:
        """Translation table: bytes of the interchange to the fixed form."""
        table = bytearray(range(256))
        for raw, normal in self._pairs():
            holder = table.index(normal)
            table[raw], table[holder] = table[holder], table[raw]
        return bytes(table)

    @cached_property
    def to_raw(self) -> bytes:
        """Translation table back: the inverse permutation of `to_normal`."""
        table = bytearray(256)
        for raw, normal in enumerate(self.to_normal):
            table[normal] = raw
        return bytes(table)

    @cached_property
    def pictures(self) -> dict[int, str]:
        """For control characters of the data that the fixed form uses as delimiters: their pictures.

        Keyed by what such a character has become in the fixed form; shown as U+241C to U+241F.
        """
        return {
            self.to_normal[ord(normal)]: chr(0x2400 + ord(normal))
            for normal in NORMAL
            if ord(normal) not in self.own
        }

    @cached_property
    def strange(self) -> re.Pattern[str]:
        """Finds such characters, other control characters and line breaks, in the fixed form."""
        return re.compile(f"[\x00-\x1b\x7f{re.escape(''.join(map(chr, self.pictures)))}]")

    def raw(self, text: str) -> bytes:
        """Give the interchange's own bytes for `text` in the fixed form (latin-1)."""
        return text.encode("latin-1").translate(self.to_raw)

    def shown(self, text: str) -> str:
        """Give `text` with the interchange's own delimiters in place of those of the fixed form."""
        return text.translate({normal: chr(raw) for raw, normal in self._pairs()})

    def _pairs(self) -> list[tuple[int, int]]:
        own = (self.terminator, self.element, self.repetition, self.component)
        return [(ord(raw), ord(normal)) for raw, normal in zip(own, NORMAL, strict=True) if raw]


HIPAA_USUAL = Delimiters(element="*", component=":", terminator="~", repetition="^")

"""Chooses delimiters that no value of what is to be written holds."""

from collections.abc import Iterable

from edi_hit.rules import DelimiterClashError
from edi_hit.x12.delimiters import HIPAA_USUAL, NORMAL, Delimiters

CANDIDATES = "*:~^|>!`<{}\\[]@#$%&;=?+"
"""Tried in this order: first the usual four, then what names and addresses hold least."""


class CharacterCollector:
    """Takes segments as a writer does, and only notes which characters their values hold."""

    def __init__(self) -> None:
        self.characters: set[str] = set()

    def start_set(self, kind: str, guide: str = "") -> None:
        """Take the start of a set: it holds no value of its own."""

    def segment(self, elements: list[str]) -> None:
        """Note the characters of a segment."""
        for element in elements:
            self.characters.update(element)

    def segments(self, texts: Iterable[str]) -> None:
        """Note the characters of segments, their separators with them."""
        self.characters.update(*texts)

    def end_set(self) -> None:
        """Take the end of a set."""


def free_delimiters(characters: set[str]) -> Delimiters:
    """Give delimiters that are not among `characters`; the usual ones where they are free.

    Raises `DelimiterClashError` where fewer than four candidates are free.
    """
    used = characters - set(NORMAL)
    usual = (
        HIPAA_USUAL.element,
        HIPAA_USUAL.component or "",
        HIPAA_USUAL.terminator,
        HIPAA_USUAL.repetition or "",
    )
    spare = [candidate for candidate in CANDIDATES if candidate not in used and candidate not in usual]
    chosen = []
    for character in usual:
        if character in used:
            if not spare:
                raise DelimiterClashError("the values hold every character that could serve as delimiter")
            character = spare.pop(0)
        chosen.append(character)
    element, component, terminator, repetition = chosen
    return Delimiters(element=element, component=component, terminator=terminator, repetition=repetition)

"""The text of a segment that is composed: its elements in the fixed form, without empty ends."""

import re
from collections.abc import Sequence
from typing import Final

from edi_hit.rules import ComposeError
from edi_hit.x12.delimiters import COMPONENT, ELEMENT, REPETITION

_ALL_SEPARATORS: Final = COMPONENT + REPETITION + ELEMENT
_EMPTY_END: Final = COMPONENT + ELEMENT
_EMPTY_COMPONENTS: Final = re.compile(rf"{COMPONENT}+(?={ELEMENT}|\Z)")


def without_empty_ends(text: str) -> str:
    """A segment in the fixed form without the separators that nothing follows (X12-ENV-16)."""
    if COMPONENT in text:
        text = _EMPTY_COMPONENTS.sub("", text)
    return text.rstrip(_ALL_SEPARATORS)


def fixed_form(elements: Sequence[str]) -> str:
    """A segment, given as elements, in the fixed form without empty ends.

    Raises `ComposeError` where a value holds a separator of elements.
    """
    text = ELEMENT.join(elements)
    if text.count(ELEMENT) != len(elements) - 1:
        raise ComposeError(f"a value of segment {elements[0]} holds a separator")
    return without_empty_ends(text) if text[-1:] in _ALL_SEPARATORS or _EMPTY_END in text else text

"""Notes which characters the values of a receipt hold, so that delimiters can be chosen that none has."""

import re
from typing import Final

from edi_hit.acks.plain_text import is_plain, plain
from edi_hit.acks.receipt import Receipt
from edi_hit.rules import DelimiterClashError
from edi_hit.x12 import COMPONENT, ELEMENT, REPETITION, TERMINATOR, Delimiters, free_delimiters

_LETTERS_AND_THE_LIKE: Final = re.compile(r"[\w .,'/-]*", re.ASCII)

_CONTROL = Delimiters(element=ELEMENT, component=COMPONENT, terminator=TERMINATOR, repetition=REPETITION)
"""The delimiters of last resort: control characters, which no plain text holds."""


def note_characters(receipt: Receipt, *texts: str) -> None:
    """Note the characters of texts that an acknowledgement will repeat."""
    if _LETTERS_AND_THE_LIKE.fullmatch("".join(texts)) is not None:
        return
    for text in texts:
        if _LETTERS_AND_THE_LIKE.fullmatch(text) is None:
            receipt.characters.update(text if is_plain(text) else plain(text))


def delimiters_for(receipt: Receipt, *texts: str) -> Delimiters:
    """Give delimiters that no text of the receipt, nor any of `texts`, holds: the usual ones where free."""
    note_characters(receipt, *texts)
    try:
        return free_delimiters(receipt.characters)
    except DelimiterClashError:
        return _CONTROL

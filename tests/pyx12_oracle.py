"""pyx12 as oracle: does the reference implementation accept a file?"""

import contextlib
import io
import logging
import re
from functools import cache
from pathlib import Path
from typing import TextIO

import pyx12.errors
import pyx12.map_if
import pyx12.params
import pyx12.x12n_document

from edi_hit.guides import catalogue

_SETTINGS = pyx12.params.params()
pyx12.map_if.load_map_file = cache(pyx12.map_if.load_map_file)
"""It would read a map anew for each file, which takes longer than most files do."""

_CERTIFICATE = re.compile(r"PWK\*CT\*(?:A[BDFG]|NS)")
_PLB = re.compile(r"\nPLB\*[^~]*~")
_END = re.compile(r"\nSE\*(\d+)\*")

_NO_VERDICT = (pyx12.errors.EngineError, AttributeError)
"""What it raises for a guide it has no map of, and for segments before the first GS."""


def accepts(path: Path) -> bool:
    """Whether pyx12 finds no error in the file (its 999 is not asked for: it cannot write one for an 835)."""
    return _accepts(str(path))


def verdict(path: Path) -> bool | None:
    """Whether pyx12 accepts a file, helped over what makes it fail: a byte order mark, characters outside
    ASCII, the id of a sibling edition. None where it says nothing all the same: it has no map of the guide.
    """
    text = path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    text = "".join(character if character.isascii() else "A" for character in text)
    for entry in catalogue().values():
        for sibling in entry.siblings:
            text = re.sub(rf"\b{sibling}\b", entry.id, text)
    try:
        return _accepts(io.StringIO(text, newline=None))
    except _NO_VERDICT:
        return None


def finds_no_error(data: bytes) -> bool:
    """Whether pyx12 finds no error in a composed file, but for what it takes for one by mistake.

    Its map of the 837P leaves BHT06 31 out and takes a certificate of medical necessity (PWK*CT*AB) for any
    other paper, as our corrections say; it allows a single PLB in an 835.
    """
    text = _CERTIFICATE.sub("PWK*CT*BM", data.decode().replace("*31~\nNM1*41", "*CH~\nNM1*41"))
    more = text.count("\nPLB*") - 1
    if more > 0:
        text = _PLB.sub("", text, count=more)
        text = _END.sub(lambda end: f"\nSE*{int(end.group(1)) - more}*", text)
    return _accepts(io.StringIO(text))


def _accepts(source: str | TextIO) -> bool:
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    with contextlib.redirect_stderr(io.StringIO()):
        return bool(
            pyx12.x12n_document.x12n_document(param=_SETTINGS, src_file=source, fd_997=None, fd_html=None)
        )

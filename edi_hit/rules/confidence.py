"""How sure a figure, a rule or a code is, in words for a person."""

import re
from functools import lru_cache

_MARK = re.compile(r"UNVERIFIED(?: \(memory\))?( of\b)?")


@lru_cache(maxsize=1024)
def in_words(confidence: str) -> str:
    """Give what a table says of how sure it is, its mark `UNVERIFIED (memory)` in plain words."""
    return _MARK.sub(_plain, confidence)


def _plain(mark: re.Match[str]) -> str:
    return "not verified against" if mark[1] else "not verified against the source"

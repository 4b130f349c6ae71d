"""Which rules bear on which ground of medical review: read from `review_grounds.toml`."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def review_grounds() -> dict[str, list[str]]:
    """Give the ids of the rules by ground."""
    text = (files("edi_hit.benefits.medicare_hit") / "review_grounds.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)

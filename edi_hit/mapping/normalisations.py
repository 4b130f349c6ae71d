"""What composing changes of the form of what was read, as data: shown in docs/mapping.md, and tested."""

import tomllib
from importlib.resources import files

import msgspec


class Normalisation(msgspec.Struct, frozen=True):
    """A change of form: what it is, and segments before and after; `kind` is the guide of the example."""

    what: str
    kind: str
    read: tuple[str, ...]
    composed: tuple[str, ...]


def normalisations() -> tuple[Normalisation, ...]:
    """All changes of form."""
    text = (files("edi_hit.mapping") / "normalisations.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["normalisation"], tuple[Normalisation, ...])

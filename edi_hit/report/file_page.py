"""A page to read of X12 files: each claim and claim payment as a card, with what is wrong in its place."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import jinja2
import msgspec

from edi_hit.report.cards import Card
from edi_hit.rules import Finding


class CardFile(msgspec.Struct, frozen=True):
    """One file of the page: its name; its cards, and the findings of no card; then, in words, its verdict."""

    label: str
    entries: Iterable[Card | Finding]
    verdict: list[str]


def file_page(read: Iterable[CardFile]) -> Iterator[str]:
    """Yield the HTML of the page in parts; files and entries are taken one at a time. All text is escaped.

    The page names patients: it is for those who may read the files.
    """
    stream = _template().stream(files=read)
    stream.enable_buffering(64)
    yield from stream


@cache
def _template() -> jinja2.Template:
    text = (files("edi_hit.report") / "file_page.html.j2").read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.tests["card"] = lambda entry: isinstance(entry, Card)
    return environment.from_string(text)

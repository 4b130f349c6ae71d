"""The templates of the page, laid over those of the report room."""

from collections.abc import Iterator
from functools import cache

import jinja2

from edi_hit.report.templates import environment


def page(name: str, **values: object) -> Iterator[str]:
    """Yield the HTML of a page in parts. All text is escaped."""
    stream = _environment().get_template(name).stream(**values)
    stream.enable_buffering(64)
    yield from stream


@cache
def _environment() -> jinja2.Environment:
    own = jinja2.PackageLoader("edi_hit.exchange.http", "page")
    return environment().overlay(
        loader=jinja2.ChoiceLoader([own, jinja2.PackageLoader("edi_hit.report", "")])
    )

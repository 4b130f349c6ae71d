"""A page of findings: each file, its claims, each segment with the element marked. No remote resource."""

from collections.abc import Iterable, Iterator

import msgspec

from edi_hit.rules import Finding


class PageFinding(msgspec.Struct, frozen=True):
    """A finding and its segment in three parts: before the fault, the fault, after it; empty if not shown."""

    finding: Finding
    before: str = ""
    fault: str = ""
    after: str = ""


class PageFile(msgspec.Struct, frozen=True):
    """One file of the page: its name, its findings, and, once those are through, its verdict in words."""

    label: str
    findings: Iterable[PageFinding]
    verdict: list[str]


def findings_page(checked: Iterable[PageFile]) -> Iterator[str]:
    """Yield the HTML of the page in parts; files and findings are taken one at a time."""
    from edi_hit.report.templates import environment

    stream = environment().get_template("findings_page.html.j2").stream(files=checked)
    stream.enable_buffering(64)
    yield from stream

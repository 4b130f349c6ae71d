"""A finding as lines of text for a terminal."""

from collections.abc import Iterator

from edi_hit.rules import Finding

_VALUE_LIMIT = 80


def finding_lines(finding: Finding) -> Iterator[str]:
    """Yield the finding's line and, indented, its value and hint where it has them."""
    place = _place(finding)
    ack = f" [{finding.ack}]" if finding.ack else ""
    where = f" at {place}" if place else ""
    yield f"{finding.file or ''}: {finding.severity} {finding.rule}{where}: {finding.message}{ack}"
    if finding.value:
        yield f"    value: {shown(finding.value)}"
    if finding.hint:
        yield f"    {finding.hint}"


def _place(finding: Finding) -> str:
    parts = []
    if finding.segment_id:
        element = f"{finding.element:02d}" if finding.element else ""
        component = f"-{finding.component}" if finding.component else ""
        parts.append(f"{finding.segment_id}{element}{component}")
    if finding.loop:
        parts.append(f"Loop {finding.loop}")
    if finding.transaction:
        parts.append(f"set {finding.transaction}, segment {finding.segment}")
    if finding.claim:
        parts.append(f"claim {shown(finding.claim)}")
    if finding.offset is not None:
        parts.append(f"byte {finding.offset}")
    return ", ".join(parts)


def shown(value: str) -> str:
    """A value of a file with control characters made visible, cut where it is long."""
    cut = value if len(value) <= _VALUE_LIMIT else value[:_VALUE_LIMIT] + "..."
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in cut)

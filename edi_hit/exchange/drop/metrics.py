"""The figures of a drop as a text file for a Prometheus collector (node exporter's textfile format)."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from edi_hit.exchange.drop.layout import make_private
from edi_hit.exchange.drop.status import DropStatus
from edi_hit.jobs.output_files import written_whole


class _Figure(NamedTuple):
    """A figure: its name, kind and text; of which part of the status, told apart by which fields."""

    name: str
    kind: str
    what: str
    part: str
    labels: tuple[str, ...]
    value: str


_FOLDER, _OPEN, _CLOSED = ("folder",), ("folder", "state"), ("folder", "fate")
_FIGURES = (
    _Figure("inbound_files", "gauge", "Files waiting in inbound.", "folders", _FOLDER, "waiting"),
    _Figure("inbound_oldest_seconds", "gauge", "Age of the oldest.", "folders", _FOLDER, "oldest_seconds"),
    _Figure("free_bytes", "gauge", "Room left on the file system.", "folders", _FOLDER, "free_bytes"),
    _Figure("open_files", "gauge", "Files taken, not closed.", "open", _OPEN, "files"),
    _Figure("open_oldest_seconds", "gauge", "Age of the oldest of them.", "open", _OPEN, "oldest_seconds"),
    _Figure("closed_files_total", "counter", "Files closed, by their end.", "totals", _CLOSED, "files"),
    _Figure("closed_bytes_total", "counter", "Bytes of those files.", "totals", _CLOSED, "bytes"),
    _Figure("closed_claims_total", "counter", "Claims in those files.", "totals", _CLOSED, "claims"),
    _Figure("closed_seconds_total", "counter", "From taking to closing them.", "totals", _CLOSED, "seconds"),
)


def write_metrics(path: Path, status: DropStatus) -> None:
    """Write the figures, whole, over the last. All workers of a drop write the same. Raises `OSError`."""
    make_private(path.parent)
    with written_whole(path, force=True) as stream:
        for line in metric_lines(status):
            stream.write(line.encode() + b"\n")


def metric_lines(status: DropStatus) -> Iterator[str]:
    """Give the figures line by line."""
    for figure in _FIGURES:
        yield from _head(figure.name, figure.kind, figure.what)
        for one in getattr(status, figure.part):
            labels = ",".join(f'{label}="{getattr(one, label)}"' for label in figure.labels)
            yield f"edi_hit_drop_{figure.name}{{{labels}}} {getattr(one, figure.value)}"
    yield from _head("workers", "gauge", "Workers that hold a file now.")
    yield f"edi_hit_drop_workers {len(status.workers)}"
    yield from _head("people_to_reopen", "gauge", "People left to edi-hit ledger reopen.")
    yield f"edi_hit_drop_people_to_reopen {status.people_to_reopen}"
    yield from _head("audit_entries", "gauge", "Entries of the audit trail.")
    yield f"edi_hit_drop_audit_entries {status.audit.partition(':')[0]}"


def _head(name: str, kind: str, what: str) -> tuple[str, str]:
    return f"# HELP edi_hit_drop_{name} {what}", f"# TYPE edi_hit_drop_{name} {kind}"

"""The figures of a drop as a text file for a Prometheus collector (node exporter's textfile format)."""

from collections.abc import Iterator
from pathlib import Path

from edi_hit.exchange.drop.layout import make_private
from edi_hit.exchange.drop.status import DropStatus
from edi_hit.jobs.output_files import written_whole

Samples = list[tuple[dict[str, str], int]]


def write_metrics(path: Path, status: DropStatus) -> None:
    """Write the figures, whole, over the last. All workers of a drop write the same. Raises `OSError`."""
    make_private(path.parent)
    with written_whole(path, force=True) as stream:
        for line in metric_lines(status):
            stream.write(line.encode() + b"\n")


def metric_lines(status: DropStatus) -> Iterator[str]:
    """Give the figures line by line."""
    folders = [({"folder": one.folder}, one) for one in status.folders]
    opened = [({"folder": one.folder, "state": one.state}, one) for one in status.open]
    totals = [({"folder": one.folder, "fate": one.fate}, one) for one in status.totals]
    yield from _metric(
        "inbound_files", "gauge", "Files waiting in inbound.", [(of, one.waiting) for of, one in folders]
    )
    yield from _metric(
        "inbound_oldest_seconds",
        "gauge",
        "Age of the oldest file in inbound.",
        [(of, one.oldest_seconds) for of, one in folders],
    )
    yield from _metric(
        "free_bytes", "gauge", "Room left on the file system.", [(of, one.free_bytes) for of, one in folders]
    )
    yield from _metric(
        "open_files",
        "gauge",
        "Files taken, not closed.",
        [(of, one.files) for of, one in opened],
    )
    yield from _metric(
        "open_oldest_seconds",
        "gauge",
        "Age of the oldest file taken and not closed.",
        [(of, one.oldest_seconds) for of, one in opened],
    )
    for name, what in (
        ("files", "Files closed, by where they ended."),
        ("bytes", "Bytes of those files."),
        ("claims", "Claims in those files."),
        ("seconds", "Time from taking to closing those files, summed."),
    ):
        counted: Samples = [(of, getattr(one, name)) for of, one in totals]
        yield from _metric(f"closed_{name}_total", "counter", what, counted)
    workers: Samples = [({}, len(status.workers))]
    yield from _metric("workers", "gauge", "Workers that hold a file now.", workers)
    entries: Samples = [({}, int(status.audit.partition(":")[0]))]
    yield from _metric("audit_entries", "gauge", "Entries of the audit trail.", entries)


def _metric(name: str, kind: str, what: str, samples: Samples) -> Iterator[str]:
    full = f"edi_hit_drop_{name}"
    yield f"# HELP {full} {what}"
    yield f"# TYPE {full} {kind}"
    for labels, value in samples:
        inside = ",".join(f'{label}="{text}"' for label, text in labels.items())
        yield f"{full}{{{inside}}} {value}" if inside else f"{full} {value}"

"""X12 to remittances to X12 for every 835 sample: equal and whole, or refused with the reader's findings."""

import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from composed_ahead import composed_ahead
from composed_values import lost, values_of
from sample_files import each_sample, sample_paths
from structure_diff import differences

from edi_hit.guides import GuideEvent, SetRead, Unit, read_loops
from edi_hit.jobs.checked_units import checked_units
from edi_hit.reference import Tables
from edi_hit.remits import (
    ClaimPayment,
    PaymentInSet,
    PaymentRecord,
    Remittance,
    RemittanceRecord,
    remittances_of,
    write_remittances,
)
from edi_hit.rules import ComposeError, EdiHitError, Finding
from edi_hit.x12 import ComposeWriter, Event, header_of, read_events


class Read(msgspec.Struct):
    """One transaction set as read: its records, its loops, all findings."""

    payments: list[PaymentRecord]
    remittance: Remittance | None
    units: list[Unit]
    end: SetRead
    findings: list[Finding]


def sets_of(source: Path | bytes) -> list[Read]:
    events: list[Event | GuideEvent] = list(checked_units(read_loops(read_events(source)), Tables.packaged()))
    found: list[Read] = []
    payments: list[PaymentRecord] = []
    units: list[Unit] = []
    findings: list[Finding] = []
    end: SetRead | None = None
    for event in remittances_of(events):
        if isinstance(event, Unit | SetRead):
            end = event if isinstance(event, SetRead) else end
        elif isinstance(event, Finding):
            findings.append(event)
        elif isinstance(event, PaymentRecord):
            payments.append(event)
        elif isinstance(event, RemittanceRecord) and end is not None:
            units = [u for u in events if isinstance(u, Unit) and u.transaction_set is event.transaction_set]
            found.append(Read(payments, event.remittance, units, end, findings))
            payments, findings = [], []
    return found


def composed(read: Read, source: Path, *, strict: bool) -> bytes | ComposeError:
    assert read.remittance is not None
    payments = [record.payment for record in read.payments if record.payment is not None]
    out = written(read.remittance, payments, source, strict=strict)
    ahead = written(read.remittance, composed_ahead(read.remittance, payments), source, strict=strict)
    if isinstance(out, bytes):
        assert ahead == out
    else:
        assert isinstance(ahead, ComposeError)
        assert (str(ahead), ahead.findings) == (str(out), out.findings)
    return out


def written(
    remittance: Remittance, claims: Sequence[PaymentInSet], source: Path, *, strict: bool
) -> bytes | ComposeError:
    stream = io.BytesIO()
    writer = ComposeWriter(stream, header_of(source))
    try:
        writer.start()
        write_remittances(writer, [(remittance, claims)], strict=strict)
    except ComposeError as error:
        return error
    writer.end()
    return stream.getvalue()


def place(finding: Finding) -> tuple[str, str | None, str | None, int | None]:
    return finding.rule, finding.loop, finding.segment_id, finding.element


def whole(read: Read, again: Read) -> None:
    """Both sets say the same, and hold the same values."""
    assert differences(again.remittance, read.remittance) == []
    before: list[ClaimPayment | None] = [record.payment for record in read.payments]
    assert differences([record.payment for record in again.payments], before) == []
    for unit, other in zip(read.units, again.units, strict=True):
        assert lost(unit.loop, other.loop) == Counter()
    assert values_of(read.end.loop) - values_of(again.end.loop) == Counter()


@each_sample("835", x12=True)
@pytest.mark.parametrize("strict", [True, False])
def test_each_set_is_composed_whole_or_refused_with_the_readers_findings(sample: Path, strict: bool) -> None:
    for read in sets_of(sample):
        told = {place(finding) for finding in read.findings}
        if read.remittance is None or any(record.payment is None for record in read.payments):
            assert any(finding.is_error for finding in read.findings)
            continue
        try:
            out = composed(read, sample, strict=strict)
        except EdiHitError:
            continue
        if isinstance(out, ComposeError):
            assert strict
            assert {place(finding) for finding in out.findings} <= told
        elif strict or not any(finding.is_error and finding.snip in (1, 2) for finding in read.findings):
            (again,) = sets_of(out)
            whole(read, again)


def test_the_samples_have_sets_to_compose(capsys: pytest.CaptureFixture[str]) -> None:
    paths = sample_paths("835", x12=True)
    if not paths:
        pytest.skip("the public sample files are not here")
    every = [(path, read) for path in paths for read in sets_of(path) if read.remittance is not None]
    made = 0
    for path, read in every:
        if all(record.payment is not None for record in read.payments):
            try:
                made += isinstance(composed(read, path, strict=True), bytes)
            except EdiHitError:
                continue
    with capsys.disabled():
        print(f"\n835: {made} of {len(every)} transaction sets composed, the others refused", end="")
    assert made >= 5

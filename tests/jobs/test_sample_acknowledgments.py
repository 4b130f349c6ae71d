"""Each real file is acknowledged: validly, by what was found in it, with counts and totals that agree."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from ack_run import without_dateless_ta1s
from pyx12_oracle import accepts
from sample_files import each_sample

from edi_hit.acks import (
    Acknowledgment,
    BilledProvider,
    ClaimAcknowledgment,
    ClaimBatch,
    ImplementationAcknowledgment,
    SegmentError,
    Ta1,
    read_acknowledgments,
)
from edi_hit.acks.claim_acknowledgment import PatientStatuses, ReceiverTrace
from edi_hit.acks.guide_answers import can_answer
from edi_hit.acks.mapping_277ca import (
    BILLED_PROVIDER,
    INFORMATION_RECEIVER,
    INFORMATION_SOURCE,
    PATIENT_STATUSES,
)
from edi_hit.acks.mapping_999 import GROUP_ACKNOWLEDGMENT, SET_ACKNOWLEDGMENT
from edi_hit.acks.put_loop import put_loop
from edi_hit.guides import guide, guide_for
from edi_hit.jobs.acknowledge import Acknowledger
from edi_hit.jobs.inputs import InputFile, find_inputs
from edi_hit.jobs.validate import FileCheck
from edi_hit.rules import Finding, NotX12Error
from edi_hit.x12 import ELEMENT, Group, GroupStart, Segment, SetStart, TransactionSet, read_events

ENVELOPE = ("ISA", "GS", "ST", "BHT", "HL", "SE", "GE", "IEA")


class Acknowledged(msgspec.Struct):
    """A sample, what was found in it, and the files written for it."""

    source: Path
    findings: list[Finding]
    files: dict[str, Path]

    def read(self, kind: str) -> list[Acknowledgment | Finding]:
        return list(read_acknowledgments(self.files[kind])) if kind in self.files else []

    @property
    def groups(self) -> list[ImplementationAcknowledgment]:
        return [item for item in self.read("999") if isinstance(item, ImplementationAcknowledgment)]


@pytest.fixture
def acknowledged(tmp_path: Path, sample: Path) -> Acknowledged:
    (item,) = find_inputs([str(sample)])
    check = FileCheck(item, acknowledger=Acknowledger(tmp_path, date(2026, 1, 5)))
    findings = list(check.findings())
    told = check.summary().acknowledgment
    assert told is not None
    assert {str(path) for path in tmp_path.iterdir()} == set(told.files)
    return Acknowledged(sample, findings, {Path(name).suffix[1:]: Path(name) for name in told.files})


@each_sample()
def test_what_is_written_is_valid(acknowledged: Acknowledged, tmp_path: Path) -> None:
    for kind, path in acknowledged.files.items():
        data = without_dateless_ta1s(path.read_bytes())
        path.write_bytes(data)
        assert list(FileCheck(InputFile(str(path), kind, kind)).findings()) == [], path.read_text()
        for interchange in re.split(rb"(?m)^(?=ISA)", data)[1:]:
            (tmp_path / "one").write_bytes(interchange)
            assert accepts(tmp_path / "one"), interchange.decode()


@each_sample()
def test_what_is_read_back_is_what_was_written(acknowledged: Acknowledged) -> None:
    """Objects read from a file, written again, give its segments."""
    for kind, path in acknowledged.files.items():
        events = (event for event in read_events(path) if isinstance(event, Segment))
        sets = [list(event.elements) for event in events if event.id not in ENVELOPE]
        found = acknowledged.read(kind)
        assert not [item for item in found if isinstance(item, Finding)]
        assert list(written_again(found)) == sets


def written_again(found: Iterable[Acknowledgment | Finding]) -> Iterator[list[str]]:
    segments = Segments()
    provider: BilledProvider | None = None
    for item in found:
        if isinstance(item, ImplementationAcknowledgment):
            segments.put_group(item)
        elif isinstance(item, ClaimBatch):
            source = guide("277CA").root.loop("2000A")
            put_loop(segments, INFORMATION_SOURCE.write(item.source, source))
            put_loop(segments, INFORMATION_RECEIVER.write(item.receiver, source.loop("2000B")))
        elif isinstance(item, ClaimAcknowledgment):
            level = guide("277CA").root.loop("2000A").loop("2000B").loop("2000C")
            if item.provider is not provider:
                provider = item.provider
                put_loop(segments, BILLED_PROVIDER.write(provider, level))
            patient = PatientStatuses(item.patient, (item.claim,))
            put_loop(segments, PATIENT_STATUSES.write(patient, level.loop("2000D")))
    return iter(segments.found)


class Segments:
    """Takes composed segments as they would be read."""

    def __init__(self) -> None:
        self.found: list[list[str]] = []

    def start_set(self, kind: str, guide: str = "") -> None: ...

    def end_set(self) -> None: ...

    def segment(self, elements: list[str]) -> None: ...

    def segments(self, texts: Sequence[str]) -> None:
        self.found += [text.split(ELEMENT) for text in texts]

    def put_group(self, told: ImplementationAcknowledgment) -> None:
        root = guide("999").root
        whole = GROUP_ACKNOWLEDGMENT.write(told, root)
        whole.loops = [SET_ACKNOWLEDGMENT.write(one, root.loop("2000")) for one in told.sets]
        put_loop(self, whole)


@each_sample()
def test_each_group_has_one_999_with_right_counts(acknowledged: Acknowledged) -> None:
    groups = inbound(acknowledged)
    told = acknowledged.groups
    assert [one.control_number for one in told] == [sets[0].group.control_number for sets in groups]
    for answer, sets in zip(told, groups, strict=True):
        numbers = [one.control_number for one in sets]
        listed = [one.control_number for one in answer.sets]
        accepted = sum(one.accepted for one in answer.sets)
        assert [number for number in numbers if number in listed] == listed
        assert answer.received == len(sets)
        assert answer.accepted == accepted
        whole = {
            0: "R",
            len(sets): "E" if any(one.code == "E" for one in answer.sets) or answer.errors else "A",
        }
        assert answer.code == whole.get(accepted, "P")
        assert all(bool(one.errors) == (one.code != "A") for one in answer.sets)
        unknown = [one.control_number for one in sets if guide_for(one.kind, one.guide) is None]
        refused = [one for one in answer.sets if {"1", "I6"} & set(one.errors)]
        assert [one.control_number for one in refused] == [number for number in unknown if number in listed]
        assert all(one.code == "R" for one in refused)


def inbound(acknowledged: Acknowledged) -> list[list[TransactionSet]]:
    """The transaction sets of a sample, group by group: those whose GS an AK1 can repeat."""
    groups: list[list[TransactionSet]] = []
    with suppress(NotX12Error):
        for event in read_events(acknowledged.source):
            if isinstance(event, GroupStart):
                groups.append([])
            elif isinstance(event, SetStart):
                groups[-1].append(event.transaction_set)
    return [sets for sets in groups if sets and sets[0].kind != "999" and can_be_named(sets[0].group)]


def can_be_named(group: Group) -> bool:
    return can_answer(["AK1", group.functional_id, group.control_number, group.version])


@each_sample()
def test_findings_are_told_at_their_place(acknowledged: Acknowledged) -> None:
    """IK3 with the loop, CTX with CLM01, IK4 for an element: for each error of types 1, 2 and 4."""
    sets = [(group.control_number, one) for group in acknowledged.groups for one in group.sets]
    for finding in acknowledged.findings:
        in_999 = finding.is_error and finding.snip in (1, 2, 4)
        if in_999 and (finding.ack or "").startswith(("IK304", "IK403")):
            place = (finding.group, finding.transaction)
            named = [one for group, one in sets if (group, one.control_number) == place]
            assert not named or any(tells(e, finding, one.kind) for one in named for e in one.segments), (
                finding
            )


def tells(error: SegmentError, finding: Finding, kind: str) -> bool:
    """Whether IK3, CTX and IK4 say what the finding says; `kind` is ST01."""
    loop, ack = finding.loop or "", finding.ack or ""
    elements = [(one.position, one.component, one.code) for one in error.elements]
    return (
        (error.segment_id, error.position) == (finding.segment_id, finding.segment)
        and error.loop == (loop[:4] if loop[:1].isdigit() else "")
        and error.claim_id == ((finding.claim or "")[:35] if kind == "837" else "")
        and (
            (finding.element, finding.component, ack[6:]) in elements
            if ack.startswith("IK403")
            else error.code in (("2", "6") if ack == "IK304 2" else (ack[6:],))
        )
    )


@each_sample()
def test_totals_of_a_277ca_add_up(acknowledged: Acknowledged) -> None:
    found = [item for item in acknowledged.read("277ca") if not isinstance(item, Ta1 | Finding)]
    batches = [item for item in found if isinstance(item, ClaimBatch)]
    claims = [item for item in found if isinstance(item, ClaimAcknowledgment)]
    for batch in batches:
        assert batch.receiver is not None
        assert_adds_up(batch.receiver.trace, [c for c in claims if c.batch is batch])
    for provider in {id(c.provider): c.provider for c in claims}.values():
        assert provider is not None
        assert_adds_up(provider.trace, [c for c in claims if c.provider is provider])
    accepted_sets = [one for group in acknowledged.groups for one in group.sets if one.accepted]
    assert len(batches) <= len(accepted_sets)
    for item in claims:
        codes = [code for report in item.claim.statuses for code in report.codes]
        assert all(code.category == "A2" for code in codes) or all(code.rejects for code in codes)


def assert_adds_up(trace: ReceiverTrace | object, claims: list[ClaimAcknowledgment]) -> None:
    charges = {True: Decimal(0), False: Decimal(0)}
    for item in claims:
        charges[item.claim.accepted] += item.claim.statuses[0].charge or 0
    counts = [sum(item.claim.accepted is state for item in claims) for state in (True, False)]
    told = msgspec.to_builtins(trace)
    assert [told.get("accepted", 0), told.get("rejected", 0)] == counts
    amounts = [Decimal(told.get(f"{name}_amount") or 0) for name in ("accepted", "rejected")]
    assert amounts == [charges[True], charges[False]]

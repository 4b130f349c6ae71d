"""Makes acknowledgements of text for tests, and asks pyx12 and our own reader what they think of them."""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec
from pyx12_oracle import accepts

from edi_hit.acks import (
    Acknowledged,
    Acknowledgment,
    AcknowledgmentFile,
    Dispatch,
    ImplementationAcknowledgment,
    Receipt,
    ReceiptBuilder,
    Ta1,
    read_acknowledgments,
    write_acknowledgments,
)
from edi_hit.guides import Loop, Unit, read_loops
from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy
from edi_hit.rules import Finding, Severity
from edi_hit.x12 import Segment, place_of, read_events

DISPATCH = Dispatch(date(2025, 1, 4), "0930", date(2025, 1, 3), 77)

WHOLE_SETS = AcknowledgmentPolicy(isolate_claims=False)
"""A fault of one claim rejects its set."""

Checks = Callable[[Unit], tuple[Finding, ...]]
"""What checks find in a claim beside what the guide finds."""


class Answer(msgspec.Struct):
    """The acknowledgements of one input, by the ending of their files."""

    files: dict[str, bytes]
    done: Acknowledged
    receipt: Receipt

    def body(self, kind: str) -> list[str]:
        """The segments of a file, without terminators."""
        return [line.rstrip("~") for line in self.files[kind].decode("ascii").splitlines()]

    def sets(self, kind: str) -> list[str]:
        """The segments between GS and GE, both left out, and without ST and SE."""
        outside = ("ISA", "GS", "TA1", "ST", "SE", "GE", "IEA")
        return [segment for segment in self.body(kind) if segment.split("*")[0] not in outside]

    def read(self, kind: str) -> list[Acknowledgment | Finding]:
        """The file read back."""
        return list(read_acknowledgments(self.files[kind]))

    def groups(self) -> list[ImplementationAcknowledgment]:
        """The 999s read back."""
        return [item for item in self.read("999") if isinstance(item, ImplementationAcknowledgment)]

    def ta1s(self, kind: str = "999") -> list[Ta1]:
        """The TA1s read back."""
        return [item for item in self.read(kind) if isinstance(item, Ta1)]


def receipt_of(
    data: bytes, policy: AcknowledgmentPolicy | None = None, checks: Checks | None = None
) -> Receipt:
    """Read `data` and give its receipt."""
    receipt = Receipt.in_memory()
    builder = ReceiptBuilder(receipt, policy)
    for event in _checked(read_loops(read_events(data)), checks):
        builder.add(event)
    return receipt


def _checked(events: Iterable[object], checks: Checks | None) -> Iterator[object]:
    """Put the findings of `checks` before their unit and into it, as a job does."""
    for event in events:
        found = checks(event) if checks and isinstance(event, Unit) else ()
        yield from found
        if isinstance(event, Unit) and found:
            yield msgspec.structs.replace(event, findings=event.findings + found)
        else:
            yield event


def acknowledge(
    data: bytes, policy: AcknowledgmentPolicy | None = None, checks: Checks | None = None
) -> Answer:
    """Read `data` and write its acknowledgements."""
    return answer_to(receipt_of(data, policy, checks), policy)


def answer_to(receipt: Receipt, policy: AcknowledgmentPolicy | None = None) -> Answer:
    """Write the acknowledgements of a receipt."""
    streams: dict[str, io.BytesIO] = {}

    def open_file(file: AcknowledgmentFile) -> io.BytesIO:
        assert file.value not in streams
        return streams.setdefault(file.value, io.BytesIO())

    done = write_acknowledgments(receipt, DISPATCH, open_file, policy)
    return Answer({kind: stream.getvalue() for kind, stream in streams.items()}, done, receipt)


def assert_valid(answer: Answer, folder: Path) -> None:
    """pyx12 accepts every file, and our own reader finds nothing in any.

    pyx12 is given one interchange at a time: it misses the group after a TA1 in the second one of a file.
    """
    for kind, data in answer.files.items():
        assert findings_of(data) == [], kind
        for interchange in re.split(rb"(?m)^(?=ISA)", data)[1:]:
            path = folder / f"written.{kind}"
            path.write_bytes(interchange)
            assert accepts(path), interchange.decode()


def without_dateless_ta1s(data: bytes) -> bytes:
    """pyx12 crashes on a TA1 that repeats a date or a time that is none."""
    return b"".join(line for line in data.splitlines(keepends=True) if not _is_dateless_ta1(line.decode()))


def _is_dateless_ta1(line: str) -> bool:
    if not line.startswith("TA1"):
        return False
    _, _, day, time, *_ = re.split(r"[^0-9A-Z]", line)
    try:
        datetime.strptime(day + time, "%y%m%d%H%M")
    except ValueError:
        return True
    return False


def findings_of(data: bytes) -> list[Finding]:
    """What our own reader finds in `data`."""
    return [event for event in read_loops(read_events(data)) if isinstance(event, Finding)]


def at_claims(**errors: tuple[str, str]) -> Checks:
    """Checks that find one error of SNIP type 3 at CLM02 of the claims named: rule and `ack`."""

    def checks(unit: Unit) -> tuple[Finding, ...]:
        number = unit.loop.opener_element(1)
        if number not in errors:
            return ()
        rule, ack = errors[number]
        return (finding_at(unit, "CLM", rule=rule, ack=ack, element=2),)

    return checks


def finding_at(unit: Unit, segment_id: str, number: int = 1, **fields: object) -> Finding:
    """A type 3 finding at the segment of a claim with this id, the first or a later one."""
    for segment, loop in _segments(unit.loop):
        if segment.id == segment_id:
            number -= 1
            if number == 0:
                place = place_of(segment, unit.transaction_set) | {"loop": loop.id}
                claim = unit.loop.opener_element(1)
                told = {"snip": 3, "severity": Severity.ERROR, "message": "wrong", "claim": claim}
                return Finding(**(place | told | fields))
    raise AssertionError(segment_id)


def _segments(loop: Loop) -> Iterator[tuple[Segment, Loop]]:
    for _, _, segment in loop.segments:
        assert segment is not None
        yield segment, loop
    for child in loop.loops:
        yield from _segments(child)

"""Reads ISA, GS and ST into values and lists what is wrong with them (X12-ENV-02, 05, 06, 07, 08, 11, 22)."""

import tomllib
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from edi_hit.rules import Severity
from edi_hit.x12.events import Group, Interchange, TransactionSet
from edi_hit.x12.segment import Segment

Fault = tuple[str, str, int | None, str | None]
"""Rule id, message, element, acknowledgement code."""


@cache
def _codes() -> dict[str, Any]:
    return tomllib.loads((files("edi_hit.x12") / "envelope_codes.toml").read_text(encoding="utf-8"))


def number(text: str) -> int | None:
    """The value of a count element; None where it is no plain number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else None


def same_number(left: str, right: str) -> bool:
    """Whether two control numbers are equal; padding with zeros does not matter in GS06 and GE02."""
    return left == right or (number(left) is not None and number(left) == number(right))


def interchange(segment: Segment) -> Interchange:
    """Read an ISA."""
    e = [*segment.elements, *[""] * 16]
    return Interchange(
        segment=segment,
        sender_qualifier=e[5],
        sender=e[6].rstrip(),
        receiver_qualifier=e[7],
        receiver=e[8].rstrip(),
        date=e[9],
        time=e[10],
        version=e[12],
        control_number=e[13],
        acknowledgment_requested=e[14],
        usage=e[15],
    )


def group(segment: Segment, within: Interchange) -> Group:
    """Read a GS."""
    e = [*segment.elements, *[""] * 8]
    return Group(
        segment=segment,
        interchange=within,
        functional_id=e[1],
        sender=e[2],
        receiver=e[3],
        control_number=e[6],
        version=e[8],
    )


def transaction_set(segment: Segment, within: Group, ordinal: int) -> TransactionSet:
    """Read an ST."""
    e = [*segment.elements, *[""] * 3]
    return TransactionSet(
        segment=segment,
        group=within,
        ordinal=ordinal,
        kind=e[1],
        control_number=e[2],
        guide=e[3] or within.version,
    )


@cache
def party_qualifiers() -> frozenset[str]:
    """The codes ISA05 and ISA07 may have."""
    return frozenset(_codes()["isa"]["5"]["codes"])


def isa_faults(segment: Segment) -> Iterator[Fault]:
    """List what is wrong with an ISA."""
    e = [*segment.elements, *[""] * 16]
    delimiters = segment.delimiters
    if len(segment.elements) != 17:
        yield "X12-ENV-01", "the ISA segment cannot be read", None, "TA1 024"
        return
    if e[12] != "00501":
        yield "X12-ENV-05", "ISA12 is not 00501", 12, "TA1 017"
    elif delimiters.repetition is None:
        yield "X12-ENV-02", "ISA11 cannot serve as repetition separator; none is used", 11, "TA1 026"
    if delimiters.component is None:
        yield "X12-ENV-02", "ISA16 cannot serve as component separator", 16, "TA1 027"
    for element, rule in _codes()["isa"].items():
        if e[int(element)] not in rule["codes"]:
            yield "X12-ENV-06", f"ISA{int(element):02d} is not in its code list", int(element), rule["ack"]
    if not _has_form(e[9], 6, "%y%m%d"):
        yield "X12-ENV-22", "ISA09 is not a date of the form YYMMDD", 9, "TA1 014"
    if not _has_form(e[10], 4, "%H%M"):
        yield "X12-ENV-22", "ISA10 is not a time of the form HHMM", 10, "TA1 015"
    if not (len(e[13]) == 9 and number(e[13]) is not None):
        yield "X12-ENV-07", "ISA13 is not nine digits", 13, "TA1 018"


def _has_form(text: str, digits: int, form: str) -> bool:
    """Whether a text is a date, or a time, of this form and number of digits."""
    if len(text) != digits or number(text) is None:
        return False
    try:
        datetime.strptime(text, form)
    except ValueError:
        return False
    return True


def isa_severity(rule: str, element: int | None) -> Severity:
    """ISA11 that cannot separate, and the long list of ISA05/07, are common in real files: warnings."""
    lenient = (rule == "X12-ENV-02" and element == 11) or (rule == "X12-ENV-06" and element in (5, 7))
    return Severity.WARNING if lenient else Severity.ERROR


def st_faults(segment: Segment, current: TransactionSet, first_kind: str) -> Iterator[Fault]:
    """List what is wrong with an ST inside its group; `first_kind` is ST01 of the group's first set."""
    expected = _codes()["functional_ids"].get(current.kind)
    if expected is not None and current.group.functional_id != expected:
        yield "X12-ENV-08", "GS01 does not fit the transaction set in its group", 1, "AK905 1"
    if first_kind and first_kind != current.kind:
        yield "X12-ENV-08", "a group holds one kind of transaction set", 1, "AK905 1"
    third = [*segment.elements, "", "", ""][3]
    if current.kind == "837" and third != current.group.version:
        yield "X12-ENV-11", "ST03 is not the guide id given in GS08", 3, "IK502 19"
    if current.kind == "835" and third:
        yield "X12-ENV-11", "ST03 is not used in an 835", 3, "IK502 19"


def st_severity(rule: str, current: TransactionSet) -> Severity:
    """An 835 with ST03 is accepted with a warning."""
    return Severity.WARNING if rule == "X12-ENV-11" and current.kind == "835" else Severity.ERROR

"""Takes from the loops of an 837 what a 277CA repeats: submitter, billing provider, patient, claim, lines."""

import sys
from bisect import bisect_right
from decimal import Decimal
from typing import Final

import msgspec

from edi_hit.acks.claim_acknowledgment import ClaimStatusCode
from edi_hit.acks.claim_statuses import INSTITUTIONAL
from edi_hit.acks.receipt import CENTS, ZERO, ClaimReceipt, LineReceipt
from edi_hit.acks.submission import Submission
from edi_hit.guides import Loop
from edi_hit.mapping.convert import read_number
from edi_hit.mapping.elements import component_of
from edi_hit.mapping.parts import Party
from edi_hit.x12 import COMPONENT

NPI: Final = "XX"
TAX_NUMBER: Final = "FI"
_TAX_REFERENCES: Final = ("EI", "SY")
_PATIENT_QUALIFIERS: Final = ("MI", "II")
_PROPERTY_CASUALTY_ID: Final = "1W"
_SERVICE_DATE: Final = "472"
_STATEMENT_DATES: Final = "434"


def submission_of(root: Loop) -> Submission:
    """Read the head of an 837."""
    reference = _element(_first(root, "BHT"), 3)
    return Submission(reference, _name_in(root, "1000A"), _name_in(root, "1000B"))


def provider_of(loop: Loop) -> Party:
    """The billing provider of Loop 2000A: by NPI, or by tax number where no NPI was sent."""
    name_loop = _child(loop, "2010AA")
    name = _party(name_loop)
    if name.id_qualifier == NPI or name_loop is None:
        return name
    for _, elements, _ in name_loop.segments:
        if elements[0] == "REF" and _element(elements, 1) in _TAX_REFERENCES:
            number = _element(elements, 2)
            return msgspec.structs.replace(name, id_qualifier=TAX_NUMBER, id=number)
    return name


def patient_of(unit: Loop) -> Party:
    """The patient of a claim with the member id: his own, or that of the subscriber he depends on."""
    subscriber_loop, patient_loop = unit.above("2000B"), unit.above("2000C")
    subscriber = _name_in(subscriber_loop, "2010BA")
    if patient_loop is None:
        return _with_member_id(subscriber, subscriber.id_qualifier, subscriber.id)
    person_loop = _child(patient_loop, "2010CA")
    number = subscriber.id or _property_casualty_id(person_loop)
    return _with_member_id(_party(person_loop), subscriber.id_qualifier, number)


def _with_member_id(person: Party, qualifier: str, number: str) -> Party:
    kind = qualifier if qualifier in _PATIENT_QUALIFIERS else _PATIENT_QUALIFIERS[0]
    return msgspec.structs.replace(person, entity="1", id_qualifier=kind, id=number)


def _property_casualty_id(loop: Loop | None) -> str:
    for _, elements, _ in loop.segments if loop else ():
        if elements[0] == "REF" and _element(elements, 1) == _PROPERTY_CASUALTY_ID:
            return _element(elements, 2)
    return ""


def claim_of(unit: Loop, guide_name: str, patient: Party, payer_claim_number: str) -> ClaimReceipt:
    """The claim of a 2300 loop, without status codes."""
    claim: list[str] = []
    clearinghouse_number = days = ""
    for _, elements, _ in unit.segments:
        segment_id = elements[0]
        if segment_id == "CLM":
            claim = elements
        elif segment_id == "REF" and elements[1:2] == ["D9"]:
            clearinghouse_number = _element(elements, 2)
        elif segment_id == "DTP" and elements[1:2] == [_STATEMENT_DATES]:
            days = _element(elements, 3)
    lines = [loop for loop in unit.loops if loop.node.id == "2400"]
    first, last = _service_days(lines, days[:8], days[-8:])
    return ClaimReceipt(
        claim_id=_element(claim, 1),
        charge=dollars(_element(claim, 2)),
        patient=patient,
        first_day=first,
        last_day=last,
        payer_claim_number=payer_claim_number,
        clearinghouse_number=clearinghouse_number,
        bill_type=_bill_type(claim) if guide_name == INSTITUTIONAL else "",
        lines=len(lines),
    )


def _service_days(lines: list[Loop], first: str, last: str) -> tuple[str, str]:
    """The first and the last day of the lines, and of the days given; empty where there are none."""
    for loop in lines:
        for _, elements, _ in loop.segments:
            if elements[0] == "DTP" and len(elements) > 3 and elements[1] == _SERVICE_DATE:
                days = elements[3]
                if not first or days[:8] < first:
                    first = days[:8]
                if days[-8:] > last:
                    last = days[-8:]
    return first, last


def line_at(unit: Loop, index: int) -> Loop | None:
    """The service line (2400) that holds the segment with this index in the input; None where none does."""
    after = bisect_right(unit.loops, index, key=_start)
    loop = unit.loops[after - 1] if after else None
    return loop if loop is not None and loop.node.id == "2400" else None


def line_of(loop: Loop, codes: tuple[ClaimStatusCode, ...]) -> LineReceipt:
    """A service line with its status codes."""
    service = _first(loop, "SV1") or _first(loop, "SV2")
    at = {"SV1": (1, 2, 4), "SV2": (2, 3, 5)}.get(_element(service, 0), (1, 2, 4))
    references = {_element(e, 1): _element(e, 2) for _, e, _ in loop.segments if e[0] == "REF"}
    dates = {_element(e, 1): _element(e, 3) for _, e, _ in loop.segments if e[0] == "DTP"}
    return LineReceipt(
        procedure=_element(service, at[0]),
        charge=dollars(_element(service, at[1])),
        units=_element(service, at[2]),
        revenue_code=_element(service, 1) if at[0] == 2 else "",
        control_number=references.get("6R", "") or _element(_first(loop, "LX"), 1),
        dates=dates.get(_SERVICE_DATE, ""),
        codes=codes,
    )


def _bill_type(claim: list[str]) -> str:
    """Facility type and frequency: 331, say."""
    parts = [*_element(claim, 5).split(COMPONENT), "", "", ""]
    return parts[0] + parts[2] if parts[0] and parts[2] else ""


def dollars(text: str) -> Decimal:
    """Dollars; zero for what is no amount: a fault of the syntax, which rejects the set."""
    try:
        return read_number(text).quantize(CENTS)
    except ValueError:
        return ZERO


def _first(loop: Loop, segment_id: str) -> list[str]:
    return next((elements for _, elements, _ in loop.segments if elements[0] == segment_id), [])


def _element(elements: list[str], position: int) -> str:
    return component_of(elements, position, None)


def _child(loop: Loop | None, loop_id: str) -> Loop | None:
    return next((child for child in loop.loops if child.id == loop_id), None) if loop else None


def _name_in(loop: Loop | None, loop_id: str) -> Party:
    return _party(_child(loop, loop_id))


def _party(loop: Loop | None) -> Party:
    e = [*(_first(loop, "NM1") if loop else []), *[""] * 10]
    return Party(
        entity=e[2],
        last_name=e[3],
        first_name=e[4],
        middle_name=e[5],
        prefix=e[6],
        suffix=e[7],
        id_qualifier=e[8],
        id=e[9],
    )


def _start(loop: Loop) -> int:
    """Where a loop begins in the input; those held without segments are the last."""
    opener = loop.segments[0][2] if loop.segments else None
    return sys.maxsize if opener is None else opener.index

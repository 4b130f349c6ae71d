"""The declaration of the 277CA (005010X214): it writes claim acknowledgements and reads them back."""

from collections.abc import Iterator, Sequence

from edi_hit.acks.claim_acknowledgment import (
    BatchHead,
    BilledProvider,
    ClaimStatus,
    ClaimStatusCode,
    InformationReceiver,
    InformationSource,
    LineStatus,
    PatientStatuses,
    ProviderTrace,
    ReceiverTrace,
    SourceName,
    SourceReceipt,
    StatusReport,
)
from edi_hit.mapping.convert import DATE, INTEGER, MONEY, NUMBER, write_date
from edi_hit.mapping.date_fields import Day, Days
from edi_hit.mapping.declaration import Child
from edi_hit.mapping.elements import component_of
from edi_hit.mapping.fields import Constant, Element, Field, RepeatedField, Run, Spot, Values, convert
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.party_mapping import name_fields, party, references
from edi_hit.rules import ComposeError
from edi_hit.x12 import COMPONENT

_CODES_AT = (1, 10, 11)
"""The elements of STC that hold a status code."""


class StatusReports(RepeatedField, frozen=True):
    """Every STC of a loop: its status codes, day, action, charge and message."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The one segment read."""
        return ("STC",)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The parts of the codes; day, action, charge, message."""
        codes = tuple((at, component) for at in _CODES_AT for component in (1, 2, 3))
        return (*codes, (2, None), (3, None), (4, None), (12, None))

    def read(self, elements: list[str], values: Values) -> bool:
        """Add what one STC says."""
        parts = [[component_of(elements, at, c) for c in (1, 2, 3)] for at in _CODES_AT]
        day, charge = component_of(elements, 2, None), component_of(elements, 4, None)
        report = StatusReport(
            codes=tuple(ClaimStatusCode(*code) for code in parts if any(code)),
            effective_on=convert(DATE, day, 2) if day else None,
            action=component_of(elements, 3, None),
            charge=convert(MONEY, charge, 4) if charge else None,
            message=component_of(elements, 12, None),
        )
        values.setdefault(self.name, []).append(report)
        return True

    def segments(self, value: Sequence[StatusReport]) -> Iterator[list[str]]:
        """Give one STC for each report."""
        for report in value:
            if len(report.codes) > len(_CODES_AT):
                raise ComposeError("STC has room for three status codes")
            day = write_date(report.effective_on) if report.effective_on else ""
            charge = "" if report.charge is None else MONEY.write(report.charge)
            elements = ["STC", "", day, report.action, charge]
            if report.message or len(report.codes) > 1:
                elements += [*[""] * 7, report.message]
            for at, code in zip(_CODES_AT, report.codes, strict=False):
                elements[at] = _composite(code)
            while not elements[-1]:
                elements.pop()
            yield elements

    def position(self, index: int = 0, part: str = "") -> Spot:
        """STC01, or another part of the report."""
        at = {"effective_on": 2, "action": 3, "charge": 4, "message": 12}.get(part)
        return (1, 1) if at is None else (at, None)


def _composite(code: ClaimStatusCode) -> str:
    """The parts of a status code in one element."""
    text = COMPONENT.join((code.category, code.status, code.entity))
    if text.count(COMPONENT) > 2:
        raise ComposeError("a value holds a separator")
    return text.rstrip(COMPONENT)


def _totals(accepted: str, rejected: str) -> tuple[Field, ...]:
    """QTY with these qualifiers, and the amounts that go with them."""
    return (
        Element("accepted", f"QTY*{accepted}", 2, INTEGER),
        Element("rejected", f"QTY*{rejected}", 2, INTEGER),
        Element("accepted_amount", "AMT*YU", 2, MONEY),
        Element("rejected_amount", "AMT*YY", 2, MONEY),
    )


BATCH_HEAD = LoopMapping(
    BatchHead,
    [
        Element("reference", "BHT", 3),
        Element("created_on", "BHT", 4, DATE),
        Element("created_at", "BHT", 5),
    ],
    constants=[Constant("BHT", 1, "0085"), Constant("BHT", 2, "08"), Constant("BHT", 6, "TH")],
)

SOURCE_RECEIPT = LoopMapping(
    SourceReceipt,
    [
        Element("trace_number", "TRN*1", 2),
        Day("received_on", "DTP*050"),
        Day("processed_on", "DTP*009"),
    ],
)

SOURCE_NAME = LoopMapping(SourceName, [*name_fields("NM1*PR"), Element("entity_code", "NM1*PR", 1)])

INFORMATION_SOURCE = LoopMapping(
    InformationSource,
    children=[
        Child("name", "2100A", SOURCE_NAME),
        Child("receipts", "2200A", SOURCE_RECEIPT, many=True),
    ],
)

RECEIVER_TRACE = LoopMapping(
    ReceiverTrace, [Element("batch", "TRN*2", 2), StatusReports("statuses"), *_totals("90", "AA")]
)

INFORMATION_RECEIVER = LoopMapping(
    InformationReceiver,
    children=[Child("name", "2100B", party("NM1*41")), Child("trace", "2200B", RECEIVER_TRACE)],
)

PROVIDER_TRACE = LoopMapping(
    ProviderTrace,
    [
        Element("trace_number", "TRN*1", 2),
        StatusReports("statuses"),
        references("references", "REF*0B"),
        *_totals("QA", "QC"),
    ],
)

BILLED_PROVIDER = LoopMapping(
    BilledProvider,
    children=[Child("name", "2100C", party("NM1*85")), Child("trace", "2200C", PROVIDER_TRACE)],
)

LINE_STATUS = LoopMapping(
    LineStatus,
    [
        Element("procedure_qualifier", "SVC", 1, component=1),
        Element("procedure_code", "SVC", 1, component=2),
        Run("modifiers", "SVC", range(3, 7), of_element=1),
        Element("charge", "SVC", 2, MONEY),
        Element("revenue_code", "SVC", 4),
        Element("units", "SVC", 7, NUMBER),
        StatusReports("statuses"),
        Element("control_number", "REF*FJ", 2),
        Element("prescription_number", "REF*XZ", 2),
        Days("service_dates", "DTP*472"),
    ],
)

CLAIM_STATUS = LoopMapping(
    ClaimStatus,
    [
        Element("claim_id", "TRN*2", 2),
        StatusReports("statuses"),
        Element("payer_claim_number", "REF*1K", 2),
        Element("clearinghouse_number", "REF*D9", 2),
        Element("bill_type", "REF*BLT", 2),
        Days("service_dates", "DTP*472"),
    ],
    children=[Child("lines", "2220D", LINE_STATUS, many=True)],
)

PATIENT_STATUSES = LoopMapping(
    PatientStatuses,
    children=[
        Child("name", "2100D", party("NM1*QC")),
        Child("claims", "2200D", CLAIM_STATUS, many=True),
    ],
)

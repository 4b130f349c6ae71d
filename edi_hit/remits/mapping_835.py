"""The declaration of the 835 (005010X221A1): which field stands in which loop, segment and element."""

from collections.abc import Sequence
from datetime import date

from edi_hit.mapping.convert import DATE, MONEY, NUMBER, PERIOD, TEXT, write_date
from edi_hit.mapping.draft import Draft
from edi_hit.mapping.elements import component_of
from edi_hit.mapping.fields import (
    Constant,
    Day,
    Element,
    FieldBase,
    Run,
    Spot,
    Values,
    WrongValue,
    convert,
)
from edi_hit.mapping.loop_mapping import Child, LoopMapping, Nested
from edi_hit.mapping.parts import Amount, Party, Period, Quantity
from edi_hit.mapping.party_mapping import name_fields, references
from edi_hit.mapping.repeated_fields import Adjustments, Contacts, Each, EachValue
from edi_hit.remits.remittance import (
    ClaimPayment,
    Payee,
    Payer,
    Payment,
    ProviderAdjustment,
    Remittance,
    ServicePayment,
)
from edi_hit.x12 import COMPONENT

_AMOUNT = (("qualifier", 1, None, TEXT), ("amount", 2, None, MONEY))
_QUANTITY = (("qualifier", 1, None, TEXT), ("quantity", 2, None, NUMBER))
_ADDRESS = (
    Element("line1", "N3", 1),
    Element("line2", "N3", 2),
    Element("city", "N4", 1),
    Element("state", "N4", 2),
    Element("postal_code", "N4", 3),
)


ENDS = "service_dates:ends"
"""Where the ends of a period wait while the segments of a loop are read; no field of a structure."""


class ServiceDays(FieldBase, frozen=True):
    """The service dates of Loop 2110: DTM*472 for one day, DTM*150 and DTM*151 for a period."""

    name: str
    label: str = "DTM*472"
    many: bool = True

    @property
    def labels(self) -> tuple[str, ...]:
        """The three uses of DTM are one segment of the guide."""
        return (self.label,)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Qualifier and day."""
        return ((1, None), (2, None))

    def read(self, elements: list[str], values: Values) -> bool:
        """Take one end of the period, or both; what does not go with those held is not this field's."""
        code = component_of(elements, 1, 1)
        ends: dict[str, date] = values.setdefault(ENDS, {})
        if code in ends or (ends and "472" in (code, *ends)):
            return False
        ends[code] = convert(DATE, component_of(elements, 2, None), 2)
        days = Period(ends.get("150", ends[code]), ends.get("151", ends[code]))
        if days.start > days.end:
            raise WrongValue(PERIOD, 2, None)
        values[self.name] = days
        return True

    def write(self, value: Period, draft: Draft) -> None:
        """Write one DTM for a day, two for a period."""
        if value.is_day:
            draft.add(self.label, ["DTM", "472", write_date(value.start)])
        else:
            draft.add(self.label, ["DTM", "150", write_date(value.start)])
            draft.add(self.label, ["DTM", "151", write_date(value.end)])

    def position(self, index: int = 0, part: str = "") -> Spot:
        """DTM02."""
        return 2, None


class ProviderAdjustments(FieldBase, frozen=True):
    """PLB segments: provider, fiscal year end, and up to six reasons with their amounts."""

    name: str
    labels: tuple[str, ...] = ("PLB",)
    many: bool = True

    @property
    def spots(self) -> tuple[Spot, ...]:
        """PLB01, PLB02, and six times two elements."""
        return tuple((at, None) for at in range(1, 15))

    def read(self, elements: list[str], values: Values) -> bool:
        """Add the reasons of one PLB; one without any reason is not this field's."""
        held = _reasons_at(elements)
        year_end = convert(DATE, component_of(elements, 2, None), 2)
        for at in held:
            reason, _, reference = elements[at].partition(COMPONENT)
            amount = convert(MONEY, component_of(elements, at + 1, None), at + 1)
            item = ProviderAdjustment(elements[1], year_end, reason, amount, reference)
            values.setdefault(self.name, []).append(item)
        return bool(held)

    def write(self, value: Sequence[ProviderAdjustment], draft: Draft) -> None:
        """Add one PLB for each provider and year, six reasons at most in each."""
        for key in dict.fromkeys((item.provider_id, item.fiscal_year_end) for item in value):
            reasons = [item for item in value if (item.provider_id, item.fiscal_year_end) == key]
            for start in range(0, len(reasons), 6):
                elements = ["PLB", key[0], write_date(key[1])]
                for item in reasons[start : start + 6]:
                    code = f"{item.reason}{COMPONENT}{item.reference}" if item.reference else item.reason
                    elements += [code, MONEY.write(item.amount)]
                draft.add("PLB", elements)

    def items(self, elements: list[str]) -> int:
        """The reasons of one PLB."""
        return len(_reasons_at(elements))

    def position(self, index: int = 0, part: str = "") -> Spot:
        """The amount of the reason `index` of a PLB, or another part of it."""
        if part in ("provider_id", "fiscal_year_end"):
            return (1 if part == "provider_id" else 2), None
        at = 3 + 2 * index
        return {"reason": (at, 1), "reference": (at, 2)}.get(part, (at + 1, None))


def _reasons_at(elements: list[str]) -> list[int]:
    return [at for at in range(3, len(elements), 2) if any(elements[at : at + 2])]


def _party(name: str, label: str) -> Nested:
    return Nested(name, Party, name_fields(label))


PAYER = LoopMapping(
    Payer,
    [
        Element("name", "N1*PR", 2),
        Element("id_qualifier", "N1*PR", 3),
        Element("id", "N1*PR", 4),
        *_ADDRESS,
        references("references", "REF*2U", "REF*EO", "REF*HI", "REF*NF"),
        Contacts("contacts", ("PER*CX", "PER*BL", "PER*IC")),
    ],
)

PAYEE = LoopMapping(
    Payee,
    [
        Element("name", "N1*PE", 2),
        Element("id_qualifier", "N1*PE", 3),
        Element("id", "N1*PE", 4),
        *_ADDRESS,
        references("references", "REF*0B", "REF*D3", "REF*PQ", "REF*TJ"),
    ],
)

_PAYMENT = Nested(
    "payment",
    Payment,
    (
        Element("handling", "BPR", 1),
        Element("amount", "BPR", 2, MONEY),
        Element("credit_debit", "BPR", 3),
        Element("method", "BPR", 4),
        Element("payment_format", "BPR", 5),
        Element("sender_bank_qualifier", "BPR", 6),
        Element("sender_bank", "BPR", 7),
        Element("sender_account_qualifier", "BPR", 8),
        Element("sender_account", "BPR", 9),
        Element("originating_company", "BPR", 10),
        Element("originating_supplement", "BPR", 11),
        Element("receiver_bank_qualifier", "BPR", 12),
        Element("receiver_bank", "BPR", 13),
        Element("receiver_account_qualifier", "BPR", 14),
        Element("receiver_account", "BPR", 15),
        Element("paid_on", "BPR", 16, DATE),
        Element("trace_number", "TRN", 2),
        Element("payer_tax_id", "TRN", 3),
        Element("trace_supplement", "TRN", 4),
        Element("receiver_id", "REF*EV", 2),
        Day("production_date", "DTM*405", DATE, at=2, form_at=None),
    ),
)

REMITTANCE = LoopMapping(
    Remittance,
    [ProviderAdjustments("provider_adjustments")],
    nested=[_PAYMENT],
    children=[Child("payer", "1000A", PAYER), Child("payee", "1000B", PAYEE)],
    constants=[Constant("TRN", 1, "1")],
)

SERVICE_PAYMENT = LoopMapping(
    ServicePayment,
    [
        Element("procedure_qualifier", "SVC", 1, component=1),
        Element("procedure_code", "SVC", 1, component=2),
        Run("modifiers", "SVC", 3, 6, of_element=1),
        Element("charge", "SVC", 2, MONEY),
        Element("paid", "SVC", 3, MONEY),
        Element("revenue_code", "SVC", 4),
        Element("units_paid", "SVC", 5, NUMBER),
        Element("submitted_qualifier", "SVC", 6, component=1),
        Element("submitted_code", "SVC", 6, component=2),
        Run("submitted_modifiers", "SVC", 3, 6, of_element=6),
        Element("units_submitted", "SVC", 7, NUMBER),
        ServiceDays("service_dates"),
        Adjustments("adjustments"),
        Element("control_number", "REF*6R", 2),
        references("references", "REF*1S", "REF*0B", "REF*0K"),
        Each("amounts", ("AMT",), Amount, _AMOUNT),
        Each("quantities", ("QTY",), Quantity, _QUANTITY),
        EachValue("remark_codes", "LQ", "HE"),
    ],
)

CLAIM_PAYMENT = LoopMapping(
    ClaimPayment,
    [
        Element("claim_id", "CLP", 1),
        Element("status", "CLP", 2),
        Element("charge", "CLP", 3, MONEY),
        Element("paid", "CLP", 4, MONEY),
        Element("patient_responsibility", "CLP", 5, MONEY),
        Element("filing_indicator", "CLP", 6),
        Element("payer_claim_number", "CLP", 7),
        Element("place_of_service", "CLP", 8),
        Element("frequency", "CLP", 9),
        Adjustments("adjustments"),
        Element("reimbursement_rate", "MOA", 1, NUMBER),
        Run("remark_codes", "MOA", 3, 7),
        references("references", "REF*1L", "REF*0B"),
        Day("statement_from", "DTM*232", DATE, at=2, form_at=None, only=True),
        Day("statement_through", "DTM*233", DATE, at=2, form_at=None, only=True),
        Day("received_on", "DTM*050", DATE, at=2, form_at=None),
        Contacts("contacts", ("PER*CX",)),
        Each("amounts", ("AMT",), Amount, _AMOUNT),
        Each("quantities", ("QTY",), Quantity, _QUANTITY),
    ],
    nested=[
        _party("patient", "NM1*QC"),
        _party("insured", "NM1*IL"),
        _party("rendering_provider", "NM1*82"),
        _party("crossover_carrier", "NM1*TT"),
    ],
    children=[Child("lines", "2110", SERVICE_PAYMENT, many=True)],
)

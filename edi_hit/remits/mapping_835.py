"""The declaration of the 835 (005010X221A1): which field stands in which loop, segment and element."""

from edi_hit.mapping.adjudication_parts import INPATIENT_FIELDS, OUTPATIENT_FIELDS, InpatientAdjudication
from edi_hit.mapping.convert import DATE, MONEY, NUMBER
from edi_hit.mapping.date_fields import Day
from edi_hit.mapping.declaration import Child, Nested
from edi_hit.mapping.fields import Constant, Element, Run
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.parts import Amount, Party, Quantity
from edi_hit.mapping.party_mapping import ADDRESS, name_fields, references
from edi_hit.mapping.repeated_fields import Adjustments, Contacts, Each, EachValue, Part
from edi_hit.remits.claim_group import ClaimGroup, ProviderSummary, ProviderSupplement
from edi_hit.remits.claim_payment import ClaimPayment, ServicePayment
from edi_hit.remits.remittance import Payee, Payer, Payment, Remittance, RemittanceDelivery
from edi_hit.remits.remittance_fields import ProviderAdjustments, ServiceDays

_AMOUNTS = Each("amounts", ("AMT",), Amount, (Part("qualifier", 1), Part("amount", 2, MONEY)))
_QUANTITIES = Each("quantities", ("QTY",), Quantity, (Part("qualifier", 1), Part("quantity", 2, NUMBER)))


def _party(name: str, label: str) -> Nested:
    return Nested(name, Party, name_fields(label))


def _day(name: str, label: str, only: bool = False) -> Day:
    """A day in DTM02, which has no format beside it."""
    return Day(name, label, at=2, form_at=None, only=only)


PAYER = LoopMapping(
    Payer,
    [
        Element("name", "N1*PR", 2),
        Element("id_qualifier", "N1*PR", 3),
        Element("id", "N1*PR", 4),
        references("references", "REF*2U", "REF*EO", "REF*HI", "REF*NF"),
        Contacts("contacts", ("PER*CX", "PER*BL", "PER*IC")),
    ],
    nested=[ADDRESS],
)

PAYEE = LoopMapping(
    Payee,
    [
        Element("name", "N1*PE", 2),
        Element("id_qualifier", "N1*PE", 3),
        Element("id", "N1*PE", 4),
        references("references", "REF*0B", "REF*D3", "REF*PQ", "REF*TJ"),
    ],
    nested=[
        ADDRESS,
        Nested(
            "delivery",
            RemittanceDelivery,
            (Element("method", "RDM", 1), Element("name", "RDM", 2), Element("address", "RDM", 3)),
        ),
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
        Element("currency", "CUR", 2),
        Element("receiver_id", "REF*EV", 2),
        Element("version", "REF*F2", 2),
        _day("production_date", "DTM*405"),
    ),
)

REMITTANCE = LoopMapping(
    Remittance,
    [ProviderAdjustments("provider_adjustments")],
    nested=[_PAYMENT],
    children=[Child("payer", "1000A", PAYER), Child("payee", "1000B", PAYEE)],
    constants=[Constant("TRN", 1, "1"), Constant("CUR", 1, "PR")],
)

_SUMMARY = Nested(
    "summary",
    ProviderSummary,
    (
        Element("provider_id", "TS3", 1),
        Element("facility_type", "TS3", 2),
        Element("fiscal_period_end", "TS3", 3, DATE),
        Element("claims", "TS3", 4, NUMBER),
        Element("charge", "TS3", 5, MONEY),
        Element("msp_payer", "TS3", 13, MONEY),
        Element("non_lab_charge", "TS3", 15, MONEY),
        Element("hcpcs_reported_charge", "TS3", 17, MONEY),
        Element("hcpcs_payable", "TS3", 18, MONEY),
        Element("professional_component", "TS3", 20, MONEY),
        Element("msp_patient_liability", "TS3", 21, MONEY),
        Element("patient_reimbursement", "TS3", 22, MONEY),
        Element("pip_claims", "TS3", 23, NUMBER),
        Element("pip_adjustment", "TS3", 24, MONEY),
    ),
)

_SUPPLEMENT = Nested(
    "supplement",
    ProviderSupplement,
    (
        Element("drg", "TS2", 1, MONEY),
        Element("federal_specific", "TS2", 2, MONEY),
        Element("hospital_specific", "TS2", 3, MONEY),
        Element("disproportionate_share", "TS2", 4, MONEY),
        Element("capital", "TS2", 5, MONEY),
        Element("indirect_medical_education", "TS2", 6, MONEY),
        Element("outlier_days", "TS2", 7, NUMBER),
        Element("day_outlier", "TS2", 8, MONEY),
        Element("cost_outlier", "TS2", 9, MONEY),
        Element("average_drg_days", "TS2", 10, NUMBER),
        Element("discharges", "TS2", 11, NUMBER),
        Element("cost_report_days", "TS2", 12, NUMBER),
        Element("covered_days", "TS2", 13, NUMBER),
        Element("noncovered_days", "TS2", 14, NUMBER),
        Element("msp_pass_through", "TS2", 15, MONEY),
        Element("average_drg_weight", "TS2", 16, NUMBER),
        Element("pps_capital_fsp_drg", "TS2", 17, MONEY),
        Element("pps_capital_hsp_drg", "TS2", 18, MONEY),
        Element("pps_dsh_drg", "TS2", 19, MONEY),
    ),
)

CLAIM_GROUP = LoopMapping(ClaimGroup, [Element("number", "LX", 1)], nested=[_SUMMARY, _SUPPLEMENT])

SERVICE_PAYMENT = LoopMapping(
    ServicePayment,
    [
        Element("procedure_qualifier", "SVC", 1, component=1),
        Element("procedure_code", "SVC", 1, component=2),
        Run("modifiers", "SVC", range(3, 7), of_element=1),
        Element("charge", "SVC", 2, MONEY),
        Element("paid", "SVC", 3, MONEY),
        Element("revenue_code", "SVC", 4),
        Element("units_paid", "SVC", 5, NUMBER),
        Element("submitted_qualifier", "SVC", 6, component=1),
        Element("submitted_code", "SVC", 6, component=2),
        Run("submitted_modifiers", "SVC", range(3, 7), of_element=6),
        Element("submitted_description", "SVC", 6, component=7),
        Element("units_submitted", "SVC", 7, NUMBER),
        ServiceDays("service_dates"),
        Adjustments("adjustments"),
        references("references", "REF*1S"),
        Element("control_number", "REF*6R", 2),
        references("rendering_references", "REF*0B"),
        EachValue("policies", "REF*0K", 2),
        _AMOUNTS,
        _QUANTITIES,
        EachValue("remark_codes", "LQ", 2, "HE"),
        EachValue("drug_reject_codes", "LQ", 2, "RX"),
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
        Element("drg", "CLP", 11),
        Element("drg_weight", "CLP", 12, NUMBER),
        Element("discharge_fraction", "CLP", 13, NUMBER),
        Adjustments("adjustments"),
        *OUTPATIENT_FIELDS,
        references("references", "REF*1L"),
        references("rendering_references", "REF*0B"),
        _day("statement_from", "DTM*232", only=True),
        _day("statement_through", "DTM*233", only=True),
        _day("coverage_expired_on", "DTM*036"),
        _day("received_on", "DTM*050"),
        Contacts("contacts", ("PER*CX",)),
        _AMOUNTS,
        _QUANTITIES,
    ],
    nested=[
        _party("patient", "NM1*QC"),
        _party("insured", "NM1*IL"),
        _party("corrected_insured", "NM1*74"),
        _party("rendering_provider", "NM1*82"),
        _party("crossover_carrier", "NM1*TT"),
        _party("corrected_payer", "NM1*PR"),
        _party("other_subscriber", "NM1*GB"),
        Nested(
            "inpatient",
            InpatientAdjudication,
            (*INPATIENT_FIELDS, Element("pps_operating_outlier", "MIA", 2, MONEY)),
        ),
    ],
    children=[Child("lines", "2110", SERVICE_PAYMENT, many=True)],
    context=["group"],
)

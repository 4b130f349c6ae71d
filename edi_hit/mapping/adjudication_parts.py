"""What a payer says of an inpatient or outpatient claim: MIA and MOA, in the 835 and the 837."""

from decimal import Decimal

import msgspec

from edi_hit.mapping.convert import MONEY, NUMBER
from edi_hit.mapping.declaration import Nested
from edi_hit.mapping.fields import Element, Field, Run


class InpatientAdjudication(msgspec.Struct, frozen=True, omit_defaults=True):
    """MIA: amounts in dollars, days as counts, remark codes (RARC).

    `covered` is MIA01, covered days or visits. FSP and HSP are the federal and the hospital specific part
    of a DRG payment, DSH the disproportionate share, IME indirect medical education, MSP Medicare secondary
    payer.
    """

    covered: Decimal
    pps_operating_outlier: Decimal | None = None
    lifetime_psychiatric_days: Decimal | None = None
    drg_amount: Decimal | None = None
    disproportionate_share: Decimal | None = None
    msp_pass_through: Decimal | None = None
    pps_capital: Decimal | None = None
    pps_capital_fsp_drg: Decimal | None = None
    pps_capital_hsp_drg: Decimal | None = None
    pps_capital_dsh_drg: Decimal | None = None
    old_capital: Decimal | None = None
    pps_capital_ime: Decimal | None = None
    pps_operating_hsp_drg: Decimal | None = None
    cost_report_days: Decimal | None = None
    pps_operating_fsp_drg: Decimal | None = None
    pps_capital_outlier: Decimal | None = None
    indirect_teaching: Decimal | None = None
    professional_component: Decimal | None = None
    remark_codes: tuple[str, ...] = ()
    pps_capital_exception: Decimal | None = None


INPATIENT_FIELDS: tuple[Field, ...] = (
    Element("covered", "MIA", 1, NUMBER),
    Element("lifetime_psychiatric_days", "MIA", 3, NUMBER),
    Element("drg_amount", "MIA", 4, MONEY),
    Element("disproportionate_share", "MIA", 6, MONEY),
    Element("msp_pass_through", "MIA", 7, MONEY),
    Element("pps_capital", "MIA", 8, MONEY),
    Element("pps_capital_fsp_drg", "MIA", 9, MONEY),
    Element("pps_capital_hsp_drg", "MIA", 10, MONEY),
    Element("pps_capital_dsh_drg", "MIA", 11, MONEY),
    Element("old_capital", "MIA", 12, MONEY),
    Element("pps_capital_ime", "MIA", 13, MONEY),
    Element("pps_operating_hsp_drg", "MIA", 14, MONEY),
    Element("cost_report_days", "MIA", 15, NUMBER),
    Element("pps_operating_fsp_drg", "MIA", 16, MONEY),
    Element("pps_capital_outlier", "MIA", 17, MONEY),
    Element("indirect_teaching", "MIA", 18, MONEY),
    Element("professional_component", "MIA", 19, MONEY),
    Run("remark_codes", "MIA", (5, 20, 21, 22, 23)),
    Element("pps_capital_exception", "MIA", 24, MONEY),
)
"""MIA as the 837I has it; the 835 has MIA02 besides."""
INPATIENT = Nested("inpatient", InpatientAdjudication, INPATIENT_FIELDS)

OUTPATIENT_FIELDS: tuple[Field, ...] = (
    Element("reimbursement_rate", "MOA", 1, NUMBER),
    Element("hcpcs_payable", "MOA", 2, MONEY),
    Run("remark_codes", "MOA", range(3, 8)),
    Element("esrd_paid", "MOA", 8, MONEY),
    Element("professional_component", "MOA", 9, MONEY),
)

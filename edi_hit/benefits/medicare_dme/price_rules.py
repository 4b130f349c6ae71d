"""Rules on the price of a line."""

from decimal import Decimal

from edi_hit.benefits.engine.bill import Bill
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, unknown
from edi_hit.benefits.medicare_dme.equipment_price import EquipmentPrice
from edi_hit.benefits.medicare_dme.own_rules import OWN
from edi_hit.reference import amount_text
from edi_hit.rules import Answer


@OWN.check("DME-PRICE")
def priced(context: LineContext) -> Ruling:
    """Whether the fee is loaded."""
    if context.price is None:
        return unknown(str(context.obstacle or "no price"))
    return met(f"{context.price.fee_text} ({context.price.rate_status})")


@OWN.step("DME-A4221-WEEK")
def weeks_beyond(bill: Bill, due: Decimal) -> Ruling:
    """Take off the charge for weekly supplies beyond the weeks of the line."""
    if not isinstance(bill.price, EquipmentPrice) or not bill.price.excess:
        return not_applicable()
    said = f"{amount_text(bill.price.excess)} of the charge is for units beyond one a week"
    return Ruling(Answer.MET, said, amount=bill.price.excess)

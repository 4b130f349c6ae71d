"""What a payer with a contract pays after another payer: as its contract says, else not known."""

from decimal import Decimal

from edi_hit.benefits.commercial.contract_lookup import missing_setting
from edi_hit.benefits.commercial.contract_price import ContractPrice
from edi_hit.benefits.coordination.own_rules import COORDINATION
from edi_hit.benefits.engine.bill import Bill
from edi_hit.benefits.engine.ruling import Ruling, not_applicable
from edi_hit.reference import amount_text
from edi_hit.rules import Answer


@COORDINATION.step("COB-PAY")
def paid_after_another(bill: Bill, due: Decimal) -> Ruling:
    """Take off what the earlier payer's decision takes of the payment.

    Raises `ReferenceDataMissing` where the contract does not say how the payer pays second.
    """
    if bill.prior is None:
        return not_applicable()
    if not isinstance(bill.price, ContractPrice) or not bill.price.pays_second:
        raise missing_setting("pays_second", "word on how the payer pays after another", bill.on)
    left = bill.prior.left_of(bill.charge)
    paid = max(min(left, due - bill.prior.paid), Decimal(0))
    detail = (
        f"{amount_text(due)} less {amount_text(bill.prior.paid)} paid before, "
        f"no more than {amount_text(left)} left: {amount_text(paid)}"
    )
    return Ruling(Answer.MET, detail, amount=due - paid)

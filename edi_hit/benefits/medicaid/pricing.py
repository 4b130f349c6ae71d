"""The price of a Medicaid line: the program's fees, loaded as a contract."""

import msgspec

from edi_hit.benefits.commercial import pricing
from edi_hit.benefits.commercial.contract_price import ContractPrice
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.price import PricingError
from edi_hit.benefits.medicaid.program import asked_by_program


def quote(context: LineContext) -> ContractPrice | PricingError:
    """Price a line by the fees loaded for the payer; gives and raises what the commercial quote does."""
    price = pricing.quote(context)
    if isinstance(price, PricingError):
        return price
    asked = asked_by_program(context, "pays_second", "")
    return msgspec.structs.replace(price, pays_second=asked.value) if asked else price

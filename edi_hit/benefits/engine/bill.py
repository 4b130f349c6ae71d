"""What the payment steps work on."""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.benefits.engine.line_price import LinePrice
from edi_hit.benefits.engine.prior_payer import PriorPayment
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables


class Bill(msgspec.Struct, frozen=True):
    """A priced line: dollars charged and allowed, and what is left of the year's Part B deductible.

    `deductible_left` None means that it is not known. `price` is what `allowed` was taken from; `prior` what
    earlier payers decided, None where the payer pays first.
    """

    charge: Decimal
    allowed: Decimal
    deductible_left: Decimal | None
    on: date
    tables: Tables
    settings: RunSettings = RunSettings()
    price: LinePrice | None = None
    prior: PriorPayment | None = None

"""What the payment steps work on."""

from datetime import date
from decimal import Decimal
from typing import Final

from edi_hit.benefits.engine.line_price import LinePrice
from edi_hit.benefits.engine.prior_payment import PriorPayment
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables


class Bill:
    """A priced line: dollars charged and allowed, and what is left of the year's Part B deductible.

    `deductible_left` None means that it is not known. `price` is what `allowed` was taken from; `prior` what
    earlier payers decided, None where the payer pays first.
    """

    def __init__(
        self,
        charge: Decimal,
        allowed: Decimal,
        deductible_left: Decimal | None,
        on: date,
        tables: Tables,
        settings: RunSettings | None = None,
        price: LinePrice | None = None,
        prior: PriorPayment | None = None,
    ) -> None:
        self.charge: Final = charge
        self.allowed: Final = allowed
        self.deductible_left: Final = deductible_left
        self.on: Final = on
        self.tables: Final = tables
        self.settings: Final = settings or RunSettings()
        self.price: Final = price
        self.prior: Final = prior

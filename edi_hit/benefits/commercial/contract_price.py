"""The price of a line by contract."""

from decimal import Decimal
from typing import ClassVar

import msgspec

from edi_hit.reference import amount_text, cents, plain

_HUNDRED = Decimal(100)


class ContractPrice(msgspec.Struct, frozen=True):
    """The price of a line by contract, in dollars.

    `excess` is what of the charge is for units beyond one a day; `full` the fee of the other units, and
    `share` the per cent of it that is paid with `mark`, SH or SJ. `allowed` is the lesser of that and the
    charge without the excess. `full_text` is how `full` comes about, in figures. `pays_second` is how the
    payer pays after another, empty where the contract does not say.
    """

    code: str
    allowed: Decimal
    full: Decimal
    full_text: str
    excess: Decimal = Decimal(0)
    mark: str = ""
    share: Decimal = _HUNDRED
    pays_second: str = ""

    rate_status: ClassVar[str] = "loaded"

    @property
    def fee(self) -> Decimal:
        """The fee as far as it is paid, whatever was charged."""
        return cents(self.full * self.share / _HUNDRED)

    @property
    def fee_text(self) -> str:
        """How the fee comes about, in figures."""
        if not self.mark:
            return self.full_text
        return f"{self.full_text}; {plain(self.share)}% of it with {self.mark} = {amount_text(self.fee)}"

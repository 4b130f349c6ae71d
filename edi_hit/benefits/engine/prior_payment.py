"""What earlier payers paid of a line."""

from decimal import Decimal

import msgspec


class PriorPayment(msgspec.Struct, frozen=True):
    """Dollars that earlier payers paid on a line, and took off it without the patient owing them.

    What is left of the charge after both is what the patient would owe.
    """

    paid: Decimal
    taken_off: Decimal

    def left_of(self, charge: Decimal) -> Decimal:
        """Give what earlier payers left with the patient."""
        return max(charge - self.paid - self.taken_off, Decimal(0))

    def allowed_of(self, charge: Decimal) -> Decimal:
        """Give what earlier payers allowed, whatever part of it they left with the patient."""
        return max(charge - self.taken_off, Decimal(0))

"""What every benefit's price of a line can say of itself."""

from decimal import Decimal
from typing import Protocol


class LinePrice(Protocol):
    """The price of a line: the dollars allowed, how they come about in figures, and how sure they are."""

    @property
    def allowed(self) -> Decimal:
        """Dollars in whole cents, never above the charge."""

    @property
    def fee_text(self) -> str:
        """How the fee comes about, in figures."""

    @property
    def rate_status(self) -> str:
        """`published`, `computed` or `loaded`."""

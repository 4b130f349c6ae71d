"""When the permanent home infusion therapy benefit began."""

from datetime import date, timedelta
from typing import Final

from edi_hit.benefits.medicare_part_b.parameters import parameters

FIRST_DAY: Final = parameters().permanent_benefit.first_day
"""The first date of service of the permanent benefit; before it the transitional benefit applied."""

DAY_BEFORE: Final = FIRST_DAY - timedelta(days=1)


def is_permanent(on: date) -> bool:
    """Whether a date of service falls under the permanent home infusion therapy benefit, not before it."""
    return on >= FIRST_DAY

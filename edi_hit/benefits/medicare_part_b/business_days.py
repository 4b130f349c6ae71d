"""Days on which a contractor works: Monday to Friday. Federal holidays are not known here."""

from datetime import date, timedelta
from functools import lru_cache

from edi_hit.benefits.medicare_part_b.parameters import Recycling

_WORKDAYS = 5


def add_business_days(start: date, count: int) -> date:
    """Give the day that lies `count` business days after `start`; from a weekend Monday is the first."""
    before = min(start.weekday(), _WORKDAYS - 1)
    weeks, days = divmod(before + count, _WORKDAYS)
    monday = start - timedelta(days=start.weekday())
    return monday + timedelta(weeks=weeks, days=days)


@lru_cache(maxsize=1024)
def next_look(received_on: date, as_of: date, schedule: Recycling) -> date | None:
    """Give the first day after `as_of` on which a claim is looked at again; None where time has run out."""
    for look in range(1, schedule.looks + 1):
        day = add_business_days(received_on, schedule.business_days * look // schedule.looks)
        if day > as_of:
            return day
    return None

"""What a benefit is to the engine: a name, the rules it asks, and how it prices a line."""

from collections.abc import Callable

import msgspec

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.line_price import LinePrice
from edi_hit.benefits.engine.price import PricingError
from edi_hit.benefits.engine.rule_book import RuleBook

Quote = Callable[[LineContext], LinePrice | PricingError]
"""Prices a line, which has no price yet; raises `PricingError` or `ReferenceDataMissing` where it cannot.

What stands in the way of most lines, as that nothing is loaded to price by, is given, not raised.
"""


class Benefit(msgspec.Struct, frozen=True):
    """A benefit that is built."""

    name: str
    book: RuleBook
    quote: Quote

"""What a benefit is to the engine: a name, the rules it asks, and how it prices a line."""

from collections.abc import Callable
from datetime import date

import msgspec

from edi_hit.benefits.engine.price import Price
from edi_hit.benefits.engine.rule_book import RuleBook
from edi_hit.claims.claim import Claim, ServiceLine
from edi_hit.reference import Tables

Quote = Callable[[Claim, ServiceLine, date, Tables], Price]
"""Prices a line; raises `PricingError` or `ReferenceDataMissing` where it cannot."""


class Benefit(msgspec.Struct, frozen=True):
    """A benefit that is built."""

    name: str
    book: RuleBook
    quote: Quote

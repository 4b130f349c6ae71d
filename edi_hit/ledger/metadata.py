"""What all tables of the ledger share: the metadata object and the type of money."""

from decimal import Decimal

from sqlalchemy import BigInteger, Dialect, MetaData
from sqlalchemy.types import TypeDecorator

METADATA = MetaData()


class Cents(TypeDecorator[Decimal]):
    """Dollars, stored as whole cents: exact, and the same in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Turn dollars into cents; raises `ValueError` for a part of a cent."""
        if value is None:
            return None
        scaled = value.scaleb(2)
        cents = int(scaled)
        if cents != scaled:
            raise ValueError("not in whole cents")
        return cents

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Turn cents into dollars."""
        return None if value is None else Decimal(value).scaleb(-2)

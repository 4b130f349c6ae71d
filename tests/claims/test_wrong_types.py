"""Claims made in Python with values of other types than declared are refused, with the field."""

import io
from decimal import Decimal
from typing import Any

import pytest
from claim_text import GOOD, record
from msgspec.structs import replace
from written_back import HEADER

from edi_hit.claims import write_claims
from edi_hit.mapping.parts import Unmapped
from edi_hit.rules import ComposeError


@pytest.mark.parametrize(
    ("field", "value", "path"),
    [
        ("subscriber", None, "subscriber"),
        ("accident_on", "2025-01-01", "accident_on"),
        ("claim_id", 5, "claim_id"),
        ("charge", "1e5", "charge"),
        ("lines", ("x",), "lines[0]"),
        ("unmapped", (Unmapped(()),), "unmapped"),
        ("claim_id", "\ud800", ""),
    ],
)
@pytest.mark.parametrize("strict", [True, False])
def test_a_field_of_another_type(field: str, value: Any, path: str, strict: bool) -> None:
    claim = record(*GOOD).claim
    assert claim is not None
    stream = io.BytesIO()
    with pytest.raises(ComposeError) as refused:
        write_claims([replace(claim, **{field: value})], stream, HEADER, strict=strict)
    assert refused.value.path == path
    assert b"CLM*" not in stream.getvalue()


def test_an_amount_of_many_digits() -> None:
    claim = record(*GOOD).claim
    assert claim is not None
    with pytest.raises(ComposeError, match="charge: a value is no X12 number"):
        write_claims([replace(claim, charge=Decimal("1E+30"))], io.BytesIO(), HEADER)

"""Spans of days, and what it means that a history is complete."""

from datetime import date

import pytest

from edi_hit.benefits.facts import ClaimFacts, supplier_key
from edi_hit.benefits.spans import Span, cover
from edi_hit.mapping.parts import Party

JANUARY = Span(date(2025, 1, 1), date(2025, 1, 31))
FEBRUARY = Span(date(2025, 2, 1), date(2025, 2, 28))
LATER = Span(date(2025, 3, 2))


@pytest.mark.parametrize(
    ("spans", "start", "end", "covered"),
    [
        ((JANUARY,), date(2025, 1, 1), date(2025, 1, 31), True),
        ((JANUARY,), date(2025, 1, 1), date(2025, 2, 1), False),
        ((JANUARY,), date(2024, 12, 31), date(2025, 1, 5), False),
        ((FEBRUARY, JANUARY), date(2025, 1, 15), date(2025, 2, 28), True),
        ((JANUARY, LATER), date(2025, 1, 15), date(2025, 3, 5), False),
        ((LATER,), date(2025, 3, 2), date(2030, 1, 1), True),
        ((JANUARY, JANUARY), date(2025, 1, 1), date(2025, 1, 31), True),
        ((), date(2025, 1, 1), date(2025, 1, 1), False),
    ],
)
def test_spans_cover_days(spans: tuple[Span, ...], start: date, end: date, covered: bool) -> None:
    assert cover(spans, start, end) is covered


def test_a_span_holds_both_its_ends_and_an_open_one_every_later_day() -> None:
    assert [JANUARY.holds(date(2025, 1, day)) for day in (1, 31)] == [True, True]
    assert not JANUARY.holds(date(2024, 12, 31))
    assert not JANUARY.holds(date(2025, 2, 1))
    assert LATER.holds(date(2099, 1, 1))


def test_a_history_is_complete_by_declaration_or_by_its_spans() -> None:
    day = date(2025, 1, 10)
    assert not ClaimFacts().is_complete(day, day)
    assert ClaimFacts(complete=True).is_complete(day, day)
    assert ClaimFacts(complete_spans=(JANUARY,)).is_complete(day, day)
    assert not ClaimFacts(complete_spans=(FEBRUARY,)).is_complete(day, day)


def test_what_is_left_out_is_unknown() -> None:
    facts = ClaimFacts()
    assert (facts.supplier, facts.received_on, facts.as_of, facts.deductible_left) == (None, None, None, {})


def test_a_supplier_is_known_by_its_npi_else_its_tax_id() -> None:
    assert supplier_key(Party(id_qualifier="XX", id="1234567893", tax_id="12-3456789")) == "1234567893"
    assert supplier_key(Party(tax_id="12-3456789")) == "123456789"

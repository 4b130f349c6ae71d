import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edi_hit.formats.csv_table import CsvTable, neutralised, text_of


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert neutralised(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "A=1", "CO 45", "1-2", "é"])
def test_other_texts_stay(text: str) -> None:
    assert neutralised(text) == text


@given(st.text(st.sampled_from("=+-@'\t\r\n A1\uff1d"), max_size=6))
def test_a_text_is_had_back_and_never_run(text: str) -> None:
    cell = neutralised(text)
    assert text_of(cell) == text
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"))


def test_values_are_written_exactly() -> None:
    stream = io.BytesIO()
    table = CsvTable(stream, ["a", "b", "c", "d", "e"])
    table.row([Decimal("-1.10"), None, date(2025, 1, 2), 3, 'say "é", now'])
    assert stream.getvalue().decode() == 'a,b,c,d,e\r\n-1.10,,2025-01-02,3,"say ""é"", now"\r\n'

import doctest
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edi_hit.identifiers import InvalidIdentifier, ein, hcpcs, icd10, mbi, ndc, npi, taxonomy, zip_code

MODULES = [ein, hcpcs, icd10, mbi, ndc, npi, taxonomy, zip_code]
MBI_LETTERS = "ACDEFGHJKMNPQRTUVWXY"

VALID = [
    (npi, "1234567893", "1234567893"),
    (npi, " 1234-567893 ", "1234567893"),
    (npi, "1245319599", "1245319599"),
    (mbi, "1EG4-TE5-MK73", "1EG4TE5MK73"),
    (mbi, "9y99yy9yy99", "9Y99YY9YY99"),
    (ndc, "00002-7597-01", "00002759701"),
    (ndc, "0002-7597-01", "00002759701"),
    (ndc, "50242-040-62", "50242004062"),
    (ndc, "60575-4112-1", "60575411201"),
    (ndc, "00002759701", "00002759701"),
    (icd10, "I10", "I10"),
    (icd10, "E11.9", "E119"),
    (icd10, "C7A.00", "C7A00"),
    (icd10, "U07.1", "U071"),
    (icd10, "T80.211A", "T80211A"),
    (icd10, "O9A.211", "O9A211"),
    (hcpcs, "G0068", "G0068"),
    (hcpcs, "j1559", "J1559"),
    (hcpcs, "99601", "99601"),
    (hcpcs, "0001U", "0001U"),
    (hcpcs, "1036F", "1036F"),
    (taxonomy, "251F00000X", "251F00000X"),
    (taxonomy, "332BP3500X", "332BP3500X"),
    (taxonomy, "225XP0200X", "225XP0200X"),
    (ein, "12-3456789", "123456789"),
    (zip_code, "00501", "00501"),
    (zip_code, "36201-0001", "362010001"),
]
INVALID = [
    (npi, ""),
    (npi, "1234567890"),
    (npi, "123456789"),
    (npi, "12345678933"),
    (npi, "123456789X"),
    (npi, "\u0661234567893"),
    (mbi, ""),
    (mbi, "0EG4TE5MK73"),
    (mbi, "1EGXTE5MK73"),
    (mbi, "1EG44E5MK73"),
    (mbi, "1EG4TE5M273"),
    (mbi, "1EG4TE5MK7A"),
    (mbi, "1EG4TE5MK733"),
    (ndc, ""),
    (ndc, "0002759701"),
    (ndc, "000027597011"),
    (ndc, "0002-759-01"),
    (ndc, "0000275970A"),
    (ndc, "00002-759701"),
    (icd10, "E"),
    (icd10, "E1"),
    (icd10, "EE1"),
    (icd10, "250.00"),
    (icd10, "S72.001AA"),
    (icd10, "E119."),
    (icd10, "E11.9.1"),
    (hcpcs, "G006"),
    (hcpcs, "GG068"),
    (hcpcs, "G00688"),
    (taxonomy, "251F00000"),
    (taxonomy, "251F000000"),
    (taxonomy, "HOMEINFUSX"),
    (ein, "12345678"),
    (ein, "12345678A"),
    (zip_code, "3620"),
    (zip_code, "362010"),
    (zip_code, "K1A0B1"),
]


@pytest.mark.parametrize(("module", "written", "number"), VALID)
def test_valid_numbers_are_given_in_compact_form(module: ModuleType, written: str, number: str) -> None:
    assert module.validate(written) == number
    assert module.is_valid(written)
    assert module.compact(written) == number
    assert module.validate(module.format(number)) == number


@pytest.mark.parametrize(("module", "written"), INVALID)
def test_invalid_numbers_are_refused_without_being_repeated(module: ModuleType, written: str) -> None:
    assert not module.is_valid(written)
    with pytest.raises(InvalidIdentifier) as refusal:
        module.validate(written)
    assert isinstance(refusal.value, ValueError)
    assert not written or written not in str(refusal.value)


@pytest.mark.parametrize(
    ("module", "number", "printed"),
    [
        (npi, "1234567893", "1234567893"),
        (mbi, "1EG4TE5MK73", "1EG4-TE5-MK73"),
        (ndc, "00002759701", "00002-7597-01"),
        (icd10, "T80211A", "T80.211A"),
        (icd10, "I10", "I10"),
        (hcpcs, "g0068", "G0068"),
        (taxonomy, "251f00000x", "251F00000X"),
        (ein, "123456789", "12-3456789"),
        (zip_code, "362010001", "36201-0001"),
        (zip_code, "36201", "36201"),
    ],
)
def test_numbers_as_they_are_printed(module: ModuleType, number: str, printed: str) -> None:
    assert module.format(number) == printed


@given(st.from_regex(r"[0-9]{9}", fullmatch=True).filter(str.isascii))
def test_every_nine_digits_have_one_check_digit(first_nine: str) -> None:
    valid = [digit for digit in "0123456789" if npi.is_valid(first_nine + digit)]
    assert valid == [npi.check_digit(first_nine)]


@given(st.integers(0, 999_999_999), st.integers(0, 9), st.integers(1, 9))
def test_one_mistyped_digit_of_an_npi_is_noticed(first_nine: int, place: int, shift: int) -> None:
    text = f"{first_nine:09d}"
    number = text + npi.check_digit(text)
    wrong = str((int(number[place]) + shift) % 10)
    assert not npi.is_valid(number[:place] + wrong + number[place + 1 :])


@given(st.data())
def test_every_number_of_the_documented_form_is_an_mbi(data: st.DataObject) -> None:
    digit, letter = "0123456789", MBI_LETTERS
    positions = ["123456789", letter, digit + letter, digit, letter, digit + letter, digit, letter, letter]
    number = "".join(data.draw(st.sampled_from(allowed)) for allowed in [*positions, digit, digit])
    assert mbi.validate(number) == number
    place = data.draw(st.integers(1, 10))
    assert not mbi.is_valid(number[:place] + data.draw(st.sampled_from("SLOIBZ")) + number[place + 1 :])


@given(st.text(max_size=20), st.sampled_from(MODULES))
def test_any_text_is_accepted_or_refused_but_nothing_else(text: str, module: ModuleType) -> None:
    if module.is_valid(text):
        assert module.validate(text).isascii()
        assert module.validate(module.validate(text)) == module.validate(text)
    module.format(text)


@pytest.mark.parametrize("module", MODULES)
def test_documented_examples_hold(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0

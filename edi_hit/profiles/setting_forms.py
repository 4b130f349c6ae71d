"""The forms that texts and amounts of settings must have, so that an X12 file can carry them."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

import msgspec

LARGEST_DEDUCTIBLE = Decimal(1_000_000)
"""No deductible of a year is larger, in dollars."""

_CENT_EXPONENT = -2
_ID_CHARACTER = r"(?![*:~^|])[!-~]"


class TextForm(msgspec.Struct, frozen=True):
    """What a text must look like: a pattern for the whole of it, and the same in words."""

    pattern: str
    wanted: str

    def fits(self, text: str) -> bool:
        """Whether the whole text has the form."""
        return re.fullmatch(self.pattern, text) is not None


def printable(least: int, most: int) -> TextForm:
    """Printable ASCII, from `least` to `most` characters."""
    words = f"{least} to {most} printable ASCII characters, no blank at either end,"
    return TextForm(rf"(?=.{{{least},{most}}}\Z)(?:[!-~](?:[ -~]*[!-~])?)?", words)


def or_nothing(form: TextForm) -> TextForm:
    """The same form for a text that may be left empty."""
    return TextForm(rf"(?:{form.pattern})?", f"nothing, or {form.wanted}")


INTERCHANGE_ID = TextForm(
    rf"{_ID_CHARACTER}(?:(?:{_ID_CHARACTER}| ){{0,13}}{_ID_CHARACTER})",
    "2 to 15 printable ASCII characters without * : ~ ^ |,",
)
"""ISA06 and ISA08 (15 characters), which are GS02 and GS03 (2 to 15 characters) too."""


def text_faults(settings: object, forms: Mapping[str, TextForm], under: str) -> Iterator[str]:
    """Yield what is wrong with the texts of a settings structure; `under` is where it stands in the file."""
    for name, form in forms.items():
        if not form.fits(getattr(settings, name)):
            yield f"{under}.{name}: {form.wanted} are wanted"


def is_deductible(amount: Decimal) -> bool:
    """Whether an amount can be what is left of a deductible: whole cents, 0 to a million dollars."""
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or not 0 <= amount <= LARGEST_DEDUCTIBLE:
        return False
    return exponent >= _CENT_EXPONENT or amount == amount.quantize(Decimal("0.01"))

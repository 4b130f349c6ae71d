"""Texts that may stand in a segment: right by type, length and codes of the guide, and by what they say."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from edi_hit.guides import SegmentNode
from edi_hit.guides.dictionary import external_codes
from edi_hit.guides.element import NOT_USED, CompositeNode, ElementNode
from edi_hit.identifiers import npi
from edi_hit.mapping.convert import write_date
from edi_hit.mapping.fields import Spot

T = TypeVar("T")

CREATED = date(2025, 1, 3)
"""The day a transaction set was made: after all that it tells of, but for the birth of the patient."""

_FIRST, _DAYS = date(2024, 1, 1), 366
_BORN, _YEARS_OF_DAYS = date(1930, 1, 1), 27_000
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_INNER = _LETTERS + " -.,'/()&"
_OTHER_GENERATION = frozenset({"BK", "BF", "BJ", "PR", "BN", "BR", "BQ", "CAH"})
"""Qualifiers of ICD-9 codes, which may not stand beside ICD-10, and one that is no longer in use."""
_REASONS = ("1", "2", "3", "45", "97", "119")
_REMARKS = ("M15", "M76", "N130", "N115", "MA01")
_NINE_DIGITS = ("EI", "SY", "TJ", "FI")


def element_at(node: SegmentNode, spot: Spot) -> ElementNode | CompositeNode:
    """What the guide says of an element or component."""
    held = node.elements[spot[0] - 1]
    if isinstance(held, CompositeNode) and spot[1] is not None:
        return held.components[spot[1] - 1]
    return held


def is_used(node: SegmentNode, spot: Spot) -> bool:
    """Whether the guide has a use for an element or component."""
    return node.elements[spot[0] - 1].usage != NOT_USED and element_at(node, spot).usage != NOT_USED


class Texts:
    """Chooses texts; numbers that may not come twice in a claim do not come twice."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._number = 0
        self._turns: dict[tuple[str, ...], int] = {}

    def of(self, node: SegmentNode, spot: Spot, before: Mapping[Spot, str]) -> str:
        """A text for one spot; `before` holds those of the spots before it."""
        element = element_at(node, spot)
        assert isinstance(element, ElementNode), (node.label, spot)
        qualifier = before.get(_spot_before(spot), "")
        said = _SAID_BY_NUMBER.get(element.number)
        text = said(self, node, spot, qualifier) if said else ""
        return text or self._of_element(element)

    def _of_element(self, element: ElementNode) -> str:
        codes = element.codes - _OTHER_GENERATION
        if element.external:
            codes |= frozenset(_REMARKS) if element.external == "remark_code" else _EXTERNAL[element.external]
        if codes:
            return self._in_turn(sorted(codes))
        if element.type == "R" or element.type.startswith("N"):
            return self._amount(element)
        if element.type == "TM":
            return self.time()
        if element.type == "DT":
            return self.day()
        return self._letters(element.low, element.high)

    def _in_turn(self, codes: list[str]) -> str:
        """One code after the other, from any on: so that many come in one structure."""
        listed = tuple(codes)
        turn = self._turns.get(listed, self.random.randrange(len(codes))) + 1
        self._turns[listed] = turn
        return codes[turn % len(codes)]

    def _letters(self, low: int, high: int) -> str:
        most = min(high, 60 if self.random.random() < 0.1 else 8)
        size = max(low, self.random.randint(min(low, most), most))
        inner = "".join(self.random.choice(_INNER) for _ in range(size - 2))
        return (self.random.choice(_LETTERS) + inner + self.random.choice(_LETTERS))[:size]

    def _amount(self, element: ElementNode) -> str:
        if element.number == "782":
            return self.dollars()
        digits = min(element.high, 4)
        whole = str(self.random.randint(10 ** (max(element.low, 1) - 1), 10**digits - 1))
        if element.type == "R" and element.high > 5 and self.random.random() < 0.5:
            return f"{whole}.{self.random.randint(1, 9)}"
        return whole

    def dollars(self) -> str:
        """An amount, never zero."""
        return f"{self.random.randint(0, 9999)}.{self.random.randint(1, 99):02d}"

    def digits(self, count: int) -> str:
        """A number of so many digits."""
        return "".join(self.random.choice("123456789") for _ in range(count))

    def npi(self) -> str:
        """A provider number with its check digit."""
        number = "1" + self.digits(8)
        return number + npi.check_digit(number)

    def day(self) -> str:
        """A day of the year before."""
        return write_date(_FIRST + timedelta(self.random.randrange(_DAYS)))

    def birthday(self) -> str:
        """A day long before."""
        return write_date(_BORN + timedelta(self.random.randrange(_YEARS_OF_DAYS)))

    def time(self) -> str:
        """A time of day."""
        return f"{self.random.randrange(24):02d}{self.random.randrange(60):02d}"

    def span(self) -> str:
        """Two days, in their order."""
        return "-".join(sorted((self.day(), self.day())))

    def formatted(self, form: str) -> str:
        """A date or time in the format `form`."""
        by_form = {"RD8": self.span, "TM": self.time, "DT": lambda: self.day() + self.time()}
        return by_form.get(form, self.day)()

    def shuffled(self, things: Iterable[T]) -> list[T]:
        """Things in any order."""
        found = list(things)
        self.random.shuffle(found)
        return found

    def unique(self) -> int:
        """A number that did not come before."""
        self._number += 1
        return self._number


def _spot_before(spot: Spot) -> Spot:
    return (spot[0], spot[1] - 1) if spot[1] is not None else (spot[0] - 1, None)


def _identifier(texts: Texts, node: SegmentNode, spot: Spot, qualifier: str) -> str:
    """NM109 and N104: payers and providers are told apart by it."""
    if qualifier == "XX":
        return texts.npi()
    return texts.digits(9) if qualifier in _NINE_DIGITS else f"ID{texts.unique()}"


def _reference(texts: Texts, node: SegmentNode, spot: Spot, qualifier: str) -> str:
    if node.id == "PRV":
        return f"{texts.digits(3)}R{texts.digits(5)}X"
    if node.id != "REF" or spot[1] is not None:
        return ""
    if qualifier == "HPI":
        return texts.npi()
    return texts.digits(9) if qualifier in _NINE_DIGITS else f"R{texts.unique()}"


def _industry_code(texts: Texts, node: SegmentNode, spot: Spot, qualifier: str) -> str:
    """Codes of HI, and of LQ."""
    if node.id == "LQ":
        return texts.random.choice(_REMARKS) if qualifier == "HE" else ""
    if qualifier in ("ABK", "ABF", "ABJ", "APR", "ABN"):
        return f"E{texts.unique():05d}"
    return texts.digits(7 if qualifier in ("BBR", "BBQ") else 3 if qualifier == "DR" else 2)


def _product(texts: Texts, node: SegmentNode, spot: Spot, qualifier: str) -> str:
    if qualifier == "N4":
        return texts.digits(11)
    if qualifier == "HC":
        return f"G{texts.digits(4)}"
    is_revenue_code = spot[1] is None and node.id in ("SV2", "SVD", "SVC", "HCP") and not qualifier
    return texts.digits(4) if is_revenue_code else ""


def _formatted(texts: Texts, node: SegmentNode, spot: Spot, form: str) -> str:
    return texts.birthday() if node.id == "DMG" else texts.formatted(form)


def _date(texts: Texts, node: SegmentNode, spot: Spot, qualifier: str) -> str:
    return write_date(CREATED) if node.id == "BHT" else ""


_SAID_BY_NUMBER: dict[str, Callable[[Texts, SegmentNode, Spot, str], str]] = {
    "67": _identifier,
    "127": _reference,
    "116": lambda texts, node, spot, qualifier: texts.digits(9),
    "234": _product,
    "373": _date,
    "1034": lambda texts, node, spot, qualifier: texts.random.choice(_REASONS),
    "1251": _formatted,
    "1271": _industry_code,
    "1328": lambda texts, node, spot, qualifier: str(spot[1]),
    "1339": lambda texts, node, spot, qualifier: texts.digits(2),
}
"""What a value says, by the number of its X12 data element; nothing where any text will do."""

_EXTERNAL = external_codes()

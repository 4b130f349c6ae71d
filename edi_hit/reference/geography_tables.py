"""The tables that place a home in a Medicare locality and give the locality's adjustment factor."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from edi_hit.reference.cells import Cells
from edi_hit.reference.layout import Layout
from edi_hit.reference.locality import Locality

_LARGEST_FACTOR = Decimal(5)


class GafWeights(msgspec.Struct, frozen=True):
    """The shares of work, practice expense and malpractice cost in a GAF."""

    work: Decimal
    pe: Decimal
    mp: Decimal
    confidence: str
    source: str
    effective_from: date
    effective_through: date | None

    def combine(self, work: Decimal, pe: Decimal, mp: Decimal) -> Decimal:
        """Compute a GAF from the three GPCIs, rounded half up to the three decimals CMS publishes."""
        factor = self.work * work + self.pe * pe + self.mp * mp
        return factor.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP)

    def arithmetic(self, work: Decimal, pe: Decimal, mp: Decimal) -> str:
        """Write the computation out for a reader."""
        return f"{self.work} x {work} + {self.pe} x {pe} + {self.mp} x {mp}"


class Gaf(msgspec.Struct, frozen=True):
    """A locality's geographic adjustment factor for a calendar year.

    `status` is `computed` (from GPCIs, see `arithmetic` or `gpcis`) or `loaded` (CMS's Addendum D or a
    user's own table). `gpcis` are work, practice expense and malpractice where they are known.
    """

    locality: Locality
    year: int
    factor: Decimal
    locality_name: str
    state: str
    status: str
    source: str
    confidence: str
    gpcis: tuple[Decimal, Decimal, Decimal] | None = None
    arithmetic: str = ""


class ZipLocality(msgspec.Struct, frozen=True):
    """A ZIP code's locality in one quarter; `plus_four` says only the nine-digit ZIP code decides."""

    zip_code: str
    locality: Locality
    state: str
    plus_four: bool
    year_quarter: str


class ServedState(msgspec.Struct, frozen=True):
    """A state that a locality serves beside the state it is named after."""

    locality: Locality
    state: str


def locality_in(cells: Cells) -> Locality:
    """Read `mac` and `locality_number`, putting back lost leading zeros."""
    return Locality(cells.digits("mac", 5), cells.digits("locality_number", 2))


def factor_in(cells: Cells, column: str) -> Decimal:
    """Read a GPCI or GAF; refuses what cannot be one, such as a percentage."""
    factor = cells.amount(column)
    if not 0 < factor < _LARGEST_FACTOR:
        raise ValueError(f"{column} is not a factor near 1")
    return factor


def _gaf(cells: Cells) -> Gaf:
    columns = ("work_gpci", "pe_gpci", "mp_gpci")
    gpcis = None
    if all(cells.text(column, "") for column in columns):
        work, pe, mp = (factor_in(cells, column) for column in columns)
        gpcis = (work, pe, mp)
    return Gaf(
        locality=locality_in(cells),
        year=cells.year(),
        factor=factor_in(cells, "gaf"),
        locality_name=cells.text("locality_name", ""),
        state=cells.code("state"),
        status=cells.status(),
        source=cells.source(),
        confidence=cells.confidence(),
        gpcis=gpcis,
    )


def _gaf_weights(cells: Cells) -> GafWeights:
    work, pe, mp = (cells.amount(column) for column in ("work_weight", "pe_weight", "mp_weight"))
    if min(work, pe, mp) < 0:
        raise ValueError("a weight is below zero")
    if work + pe + mp != 1:
        raise ValueError("the three weights do not sum to 1")
    period = cells.period()
    return GafWeights(
        work, pe, mp, cells.confidence(), cells.source(), period.effective_from, period.effective_through
    )


def _zip_locality(cells: Cells) -> ZipLocality:
    zip_code = cells.text("zip_code").replace("-", "")
    if not re.fullmatch(r"[0-9]{5}(?:[0-9]{4})?", zip_code):
        raise ValueError("zip_code has neither five nor nine digits")
    year_quarter = cells.text("year_quarter")
    if not re.fullmatch(r"20[0-9]{2}[1-4]", year_quarter):
        raise ValueError("year_quarter is not a year and a quarter 1 to 4")
    return ZipLocality(
        zip_code=zip_code,
        locality=locality_in(cells),
        state=cells.text("state", "").upper(),
        plus_four=cells.text("plus_four", "0") in ("1", "Y"),
        year_quarter=year_quarter,
    )


def _served_state(cells: Cells) -> ServedState:
    return ServedState(locality_in(cells), cells.code("state"))


def locality_key(locality: Locality) -> tuple[str, str]:
    """Give the key under which a locality's rows stand."""
    return (locality.mac, locality.number)


def quarter_of(on: date) -> str:
    """Give the year and quarter of a date as CMS writes it, e.g. `20251`."""
    return f"{on.year}{(on.month + 2) // 3}"


HIT_GAF = Layout(
    "hit_gaf",
    ("calendar_year", "mac", "locality_number", "state", "gaf"),
    _gaf,
    lambda row: locality_key(row.locality),
)
GAF_WEIGHTS = Layout("gaf_weights", ("work_weight", "pe_weight", "mp_weight"), _gaf_weights, lambda row: ())
ZIP_LOCALITY = Layout(
    "zip_locality",
    ("zip_code", "mac", "locality_number", "year_quarter"),
    _zip_locality,
    lambda row: (row.zip_code, row.year_quarter),
)
LOCALITY_STATES = Layout(
    "locality_states",
    ("mac", "locality_number", "state"),
    _served_state,
    lambda row: (*locality_key(row.locality), row.state),
)

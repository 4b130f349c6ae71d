"""From a home to its Medicare locality, and from a locality to its adjustment factor."""

import re
from datetime import date

import msgspec

from edi_hit.reference.geography_tables import (
    GAF_WEIGHTS,
    HIT_GAF,
    LOCALITY_STATES,
    ZIP_LOCALITY,
    Gaf,
    GafWeights,
    ZipLocality,
    locality_key,
    quarter_of,
)
from edi_hit.reference.locality import Locality
from edi_hit.reference.store import MOST_KEPT, TableStore
from edi_hit.rules import ReferenceDataMissing

_ZIP = re.compile(r"([0-9]{5})(?:-?([0-9]{4}))?")
_FIVE_DIGITS = 5


class AddressError(ValueError):
    """An address is wrong in itself, whatever is loaded; the message holds nothing of it."""


class Geography:
    """The geographic look-ups over the tables of one run."""

    def __init__(self, store: TableStore) -> None:
        """Take the tables; what is worked out from them is kept."""
        self._store = store
        self._served: dict[int, dict[str, tuple[Locality, ...]]] = {}
        self._gafs: dict[tuple[Locality, date], Gaf] = {}
        self._homes: dict[tuple[str, str | None, int, int], Locality] = {}
        self._zip_quarters: frozenset[str] | None = None
        self._known_states: frozenset[str] | None = None

    def gaf(self, locality: Locality, on: date) -> Gaf:
        """Give a locality's factor in the year of `on`.

        Raises `ReferenceDataMissing`: the message tells a year without any factors from a locality that
        the year's factors do not have.
        """
        found = self._gafs.get((locality, on))
        if found is None:
            found = self._gaf(locality, on)
            if len(self._gafs) >= MOST_KEPT:
                self._gafs.clear()
            self._gafs[locality, on] = found
        return found

    def _gaf(self, locality: Locality, on: date) -> Gaf:
        entry = self._store.table(HIT_GAF).at(locality_key(locality), on)
        if entry is not None:
            return self._with_arithmetic(entry.value, on)
        info = self._store.info(HIT_GAF.name)
        if self._by_state(on):
            raise info.missing(f"there is no locality {locality} in {on.year}")
        raise info.missing(f"no geographic adjustment factors for {on.year} are loaded (locality {locality})")

    def weights(self, on: date) -> GafWeights:
        """Give the weights of the GPCIs in a GAF on a day; raises `ReferenceDataMissing`."""
        return self._store.require(GAF_WEIGHTS, (), on, "the weights of the GPCIs in a GAF")

    def _with_arithmetic(self, row: Gaf, on: date) -> Gaf:
        weights = self._store.table(GAF_WEIGHTS).at((), on)
        if row.status != "computed" or row.arithmetic or row.gpcis is None or weights is None:
            return row
        return msgspec.structs.replace(row, arithmetic=weights.value.arithmetic(*row.gpcis))

    def localities_of_state(self, state: str, on: date) -> tuple[Locality, ...]:
        """Give the localities that serve homes in a state in the year of `on`, sorted."""
        return self._by_state(on).get(state.upper(), ())

    def _by_state(self, on: date) -> dict[str, tuple[Locality, ...]]:
        if on.year not in self._served:
            served: dict[str, set[Locality]] = {}
            current = [row.value for row in self._store.table(HIT_GAF) if row.period.holds(on)]
            for row in current:
                served.setdefault(row.state, set()).add(row.locality)
            known = {row.locality for row in current}
            for other in self._store.table(LOCALITY_STATES):
                if other.value.locality in known:
                    served.setdefault(other.value.state, set()).add(other.value.locality)
            self._served[on.year] = {state: tuple(sorted(found)) for state, found in served.items()}
        return self._served[on.year]

    def locality_of_zip(self, zip_code: str, on: date) -> Locality | None:
        """Give the locality of a five- or nine-digit ZIP code; None where the table lacks the code.

        Raises `ReferenceDataMissing` when no ZIP table is loaded for the year, and when the code lies in
        several localities and its nine digits are not in the table; `AddressError` for another form.
        """
        row = self._zip_row(zip_code, on)
        if not self._quarters(on):
            raise self._store.info(ZIP_LOCALITY.name).missing(f"no ZIP code table for {on.year} is loaded")
        if row is not None and _lies_in_several(row):
            raise self._in_several()
        return row.locality if row else None

    def _in_several(self) -> ReferenceDataMissing:
        info = self._store.info(ZIP_LOCALITY.name)
        return info.missing("the ZIP code lies in several localities and its nine digits are not loaded")

    def _quarters(self, on: date) -> list[str]:
        """Give the loaded quarters of the year of `on`, best first: the last one begun, else the next."""
        if self._zip_quarters is None:
            self._zip_quarters = frozenset(row.value.year_quarter for row in self._store.table(ZIP_LOCALITY))
        if not self._zip_quarters:
            return []
        loaded = {quarter for quarter in self._zip_quarters if quarter.startswith(str(on.year))}
        begun = {quarter for quarter in loaded if quarter <= quarter_of(on)}
        return sorted(begun, reverse=True) + sorted(loaded - begun)

    def _zip_row(self, zip_code: str, on: date) -> ZipLocality | None:
        """Give the row of the nine digits, else of the five; raises `AddressError` for another form."""
        written = _ZIP.fullmatch(zip_code.strip())
        if not written:
            raise AddressError("the ZIP code has neither five nor nine digits")
        five, four = written[1], written[2]
        table = self._store.table(ZIP_LOCALITY)
        codes = [five + four, five] if four else [five]
        for code in codes:
            for quarter in self._quarters(on):
                rows = table.of((code, quarter))
                if rows:
                    return rows[0].value
        return None

    def locality_of_home(self, state: str, zip_code: str | None, on: date) -> Locality:
        """Give the locality of a home: by its ZIP code where a ZIP table decides, else by its state.

        Raises `ReferenceDataMissing` where neither decides, and `AddressError` where the state is none that
        the tables know, the ZIP code has another form, or it lies in another state.
        """
        asked = (state, zip_code, on.year, on.month)
        found = self._homes.get(asked)
        if found is None:
            found = self._locality_of_home(state, zip_code, on)
            if len(self._homes) >= MOST_KEPT:
                self._homes.clear()
            self._homes[asked] = found
        return found

    def _locality_of_home(self, state: str, zip_code: str | None, on: date) -> Locality:
        if state.upper() not in self._states():
            raise AddressError("the state of the home is none that the tables know")
        localities = self.localities_of_state(state, on)
        row = self._zip_row(zip_code, on) if zip_code is not None else None
        if row is not None:
            by_zip = self._decided_by_zip(row, state.upper(), alone=len(localities) == 1)
            if by_zip is not None:
                return by_zip
        if len(localities) == 1:
            return localities[0]
        if not localities:
            known = "no locality serves" if self._by_state(on) else "no localities are loaded to serve"
            raise self._store.info(HIT_GAF.name).missing(f"{known} the state {state} in {on.year}")
        message = f"{state} has {len(localities)} localities in {on.year}, and no ZIP code table decides"
        raise self._store.info(ZIP_LOCALITY.name).missing(message)

    def _decided_by_zip(self, row: ZipLocality, state: str, *, alone: bool) -> Locality | None:
        """Give the ZIP code's locality; a code in several localities leaves a state of one to decide.

        A locality that serves several states is right for each of them, whatever state the row names.
        """
        served = {row.state, *self._states_of(row.locality)} - {""}
        agrees = not served or state in served
        if _lies_in_several(row):
            if alone and agrees:
                return None
            raise self._in_several()
        if not agrees:
            raise AddressError("the ZIP code lies in another state than the one given")
        return row.locality

    def _states(self) -> frozenset[str]:
        """Give the states that any table names, in any year."""
        if self._known_states is None:
            named = [row.value.state for row in self._store.table(HIT_GAF)]
            named += [row.value.state for row in self._store.table(LOCALITY_STATES)]
            named += [row.value.state for row in self._store.table(ZIP_LOCALITY)]
            self._known_states = frozenset(named) - {""}
        return self._known_states

    def _states_of(self, locality: Locality) -> set[str]:
        """Give the states a locality serves, in any year."""
        rows = self._store.table(HIT_GAF).of(locality_key(locality))
        others = self._store.table(LOCALITY_STATES)
        beside = {row.value.state for row in others if row.value.locality == locality}
        return {row.value.state for row in rows} | beside


def _lies_in_several(row: ZipLocality) -> bool:
    """Whether a row stands for five digits that lie in several localities."""
    return row.plus_four and len(row.zip_code) == _FIVE_DIGITS

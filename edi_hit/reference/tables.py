"""`Tables`: every look-up of the package, over our data and whatever files the user lays over it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from edi_hit.reference import code_texts
from edi_hit.reference.adjustment_codes import (
    CARC,
    CLAIM_STATUS_CODES,
    GROUP_CODES,
    PLB_CODES,
    RARC,
    AdjustmentCode,
    RemittanceCode,
)
from edi_hit.reference.cells import Cells
from edi_hit.reference.code_texts import CodeText
from edi_hit.reference.dated import Entry
from edi_hit.reference.dme_tables import DRUG_LIMITS, EQUIPMENT_FEES, DrugLimit, EquipmentFee
from edi_hit.reference.geography import Geography
from edi_hit.reference.geography_tables import Gaf, GafWeights
from edi_hit.reference.hit_tables import (
    HIT_BENEFITS,
    HIT_CODES,
    HIT_DRUGS,
    HIT_RATES,
    HitCode,
    HitDrug,
    HitRate,
)
from edi_hit.reference.home_therapy_tables import (
    ACCREDITORS,
    EXCLUDED_DRUGS,
    IVIG_DIAGNOSES,
    IVIG_DRUGS,
    Accreditor,
    ExcludedDrug,
    IvigDiagnosis,
    IvigDrug,
)
from edi_hit.reference.infusion_tables import DRUG_UNITS, THERAPY_CODES, DrugUnit, TherapyCode
from edi_hit.reference.layout import Layout
from edi_hit.reference.locality import Locality
from edi_hit.reference.medicaid_tables import MEDICAID_RULES, MedicaidRule
from edi_hit.reference.medicare_tables import (
    CONTRACTORS,
    PART_B_DEDUCTIBLE,
    PUMP_CODES,
    SEQUESTRATION,
    Contractor,
    Deductible,
    PumpCode,
    Sequestration,
)
from edi_hit.reference.payer_tables import PAYERS, Payer
from edi_hit.reference.store import MOST_KEPT, TableByCode, TableStore
from edi_hit.reference.user_files import USER_LAYOUTS, read_user_files
from edi_hit.rules import ReferenceDataMissing

T = TypeVar("T")


class Tables:
    """The reference tables of a run. Files are read when a table is first asked for.

    Look-ups of money (`hit_rate`, `gaf`, `sequestration`, `part_b_deductible`) raise
    `ReferenceDataMissing` where the answer is not known, naming the table and how to load it. Look-ups of
    codes give None for a code the table does not have; `is_checked` tells whether that None, on a date,
    means *no* or *unknown*.
    """

    def __init__(self, store: TableStore | None = None) -> None:
        """Take the loaded tables; see `packaged` and `with_files` for the usual ways."""
        self._store = store or TableStore()
        self._hit_codes: frozenset[str] | None = None
        self._visit_codes: frozenset[str] | None = None
        self._by_therapy: dict[str, list[TherapyCode]] | None = None
        self._drug_rows: dict[tuple[str, date], tuple[HitDrug, ...]] = {}
        self._visits: dict[tuple[str, date], HitCode | None] = {}
        self._geography = Geography(self._store)
        self._contractors = TableByCode(self._store, CONTRACTORS)
        self._drug_units = TableByCode(self._store, DRUG_UNITS)
        self._pump_codes = TableByCode(self._store, PUMP_CODES)
        self._therapy_codes = TableByCode(self._store, THERAPY_CODES)

    @staticmethod
    def packaged() -> "Tables":
        """Give the tables of this package alone; always the same object."""
        return _packaged()

    @classmethod
    def with_files(cls, paths: Iterable[Path]) -> "Tables":
        """Give our tables overlaid with the user's files (a folder stands for the tables in it).

        Raises `ConfigError` for a file that is not recognised or has faulty rows, listing file, line and
        what is wrong; nothing is loaded then.
        """
        return cls(TableStore(read_user_files(paths)))

    def with_rows_below(self, rows: Mapping[str, Iterable[Mapping[str, str]]]) -> "Tables":
        """Give these tables with rows kept elsewhere, by table and in its columns, under the user's files.

        Raises `ValueError` for a row that is none of the table.
        """
        if not rows:
            return self
        entries = {
            name: [USER_LAYOUTS[name].entry(Cells(row, loaded=True, source="ledger")) for row in some]
            for name, some in rows.items()
        }
        return Tables(self._store.with_rows_below(entries))

    # Home infusion therapy

    def hit_codes(self) -> frozenset[str]:
        """Give the G-codes of the home infusion therapy benefit."""
        if self._hit_codes is None:
            rows = self._store.table(HIT_CODES)
            self._hit_codes = frozenset(row.key[0] for row in rows if row.value.benefit in HIT_BENEFITS)
        return self._hit_codes

    def hit_code(self, hcpcs: str, on: date) -> HitCode | None:
        """Give what a home infusion therapy G-code is on a day; None for any other code or day."""
        found = self.visit_code(hcpcs, on)
        return found if found is not None and found.benefit in HIT_BENEFITS else None

    def visit_codes(self) -> frozenset[str]:
        """Give every visit code there is: the G-codes and Q2052."""
        if self._visit_codes is None:
            self._visit_codes = frozenset(row.key[0] for row in self._store.table(HIT_CODES))
        return self._visit_codes

    def visit_code(self, hcpcs: str, on: date) -> HitCode | None:
        """Give what a visit code is on a day, a G-code or Q2052; None for any other code or day."""
        if hcpcs not in self.visit_codes():
            return None
        try:
            return self._visits[hcpcs, on]
        except KeyError:
            found = self._visit(hcpcs, on)
        if len(self._visits) >= MOST_KEPT:
            self._visits.clear()
        self._visits[hcpcs, on] = found
        return found

    def _visit(self, hcpcs: str, on: date) -> HitCode | None:
        entry = self._store.table(HIT_CODES).at((hcpcs,), on)
        if entry is None:
            return None
        if self._store.known(HIT_CODES, entry, on):
            return entry.value
        return msgspec.structs.replace(entry.value, certain=False)

    def hit_rate(self, hcpcs: str, on: date) -> HitRate:
        """Give the national amount in dollars a day; raises `ReferenceDataMissing`."""
        return self._store.require(HIT_RATES, (hcpcs,), on, f"the national amount of {hcpcs}")

    def hit_drug_rows(self, hcpcs: str, on: date) -> tuple[HitDrug, ...]:
        """Give every standing of a drug code on a day, whatever modifier each one needs."""
        table = self._store.table(HIT_DRUGS)
        keys = table.keys_of(hcpcs)
        if not keys:
            return ()
        found = self._drug_rows.get((hcpcs, on))
        if found is None:
            rows = [table.at(key, on) for key in keys]
            found = tuple([self._standing(entry, on) for entry in rows if entry is not None])
            if len(self._drug_rows) >= MOST_KEPT:
                self._drug_rows.clear()
            self._drug_rows[hcpcs, on] = found
        return found

    def _standing(self, entry: Entry[HitDrug], on: date) -> HitDrug:
        known = self._store.known(HIT_DRUGS, entry, on)
        return entry.value if known else msgspec.structs.replace(entry.value, certain=False)

    def hit_drug(self, hcpcs: str, modifiers: Collection[str], on: date) -> HitDrug | None:
        """Give a drug's standing on a day, its required modifier being among `modifiers`.

        The row with a required modifier comes before the row without. None says that no row fits: the
        code may still qualify with a modifier that is absent, see `hit_drug_rows`.
        """
        best: HitDrug | None = None
        for row in self.hit_drug_rows(hcpcs, on):
            wanted = row.modifier_required
            if (not wanted or wanted in modifiers) and (best is None or wanted > best.modifier_required):
                best = row
        return best

    def excluded_drug(self, hcpcs: str, on: date) -> ExcludedDrug | None:
        """Give why a drug is no home infusion drug on a day; None where it is not known to be excluded."""
        entry = self._store.table(EXCLUDED_DRUGS).at((hcpcs,), on)
        return entry.value if entry else None

    def ivig_drug(self, hcpcs: str) -> IvigDrug | None:
        """Give what is known of an immune globulin given intravenously."""
        return self._always(IVIG_DRUGS, hcpcs)

    def ivig_diagnosis(self, icd10: str) -> IvigDiagnosis | None:
        """Give a diagnosis (without point) that home IVIG is known to be covered for."""
        return self._always(IVIG_DIAGNOSES, icd10)

    def accreditor(self, organization: str) -> Accreditor | None:
        """Give what is known of an organization that accredits suppliers."""
        return self._always(ACCREDITORS, organization)

    # Per diems and drugs

    def therapy_code(self, code: str) -> TherapyCode | None:
        """Give what a per diem, catheter or nursing code is for."""
        return self._therapy_codes.row(code)

    def therapy_codes(self, therapy: str | None = None) -> Sequence[TherapyCode]:
        """Give the codes of a therapy, such as `anti_infective`, or of all, in the table's order."""
        if therapy is None:
            return [entry.value for entry in self._store.table(THERAPY_CODES)]
        if self._by_therapy is None:
            self._by_therapy = {}
            for entry in self._store.table(THERAPY_CODES):
                self._by_therapy.setdefault(entry.value.therapy, []).append(entry.value)
        return self._by_therapy.get(therapy, ())

    def drug_unit(self, hcpcs: str) -> DrugUnit | None:
        """Give what one unit of a drug code is."""
        return self._drug_units.row(hcpcs)

    def ended_on(self, hcpcs: str) -> date | None:
        """Give the last day a drug code was valid; None where it is not known to have ended."""
        rows = self._store.table(DRUG_UNITS).of((hcpcs,))
        return rows[0].period.effective_through if rows else None

    def equipment_fee(self, hcpcs: str, modifiers: Iterable[str], state: str, on: date) -> EquipmentFee:
        """Give the fee of equipment or a supply on a day; raises `ReferenceDataMissing`.

        A row for one of the modifiers comes before one without, a row for the state before one for all.
        """
        table = self._store.table(EQUIPMENT_FEES)
        for modifier in (*modifiers, ""):
            for place in (state, ""):
                entry = table.at((hcpcs, modifier, place), on)
                if entry is not None:
                    return entry.value
        info = self._store.info(EQUIPMENT_FEES.name)
        raise info.missing(f"the fee of {hcpcs} is not known for {on.isoformat()}")

    def drug_limit(self, hcpcs: str, on: date) -> DrugLimit | None:
        """Give the payment limit of a drug on a day; None where it is not loaded."""
        entry = self._store.table(DRUG_LIMITS).at((hcpcs,), on)
        return entry.value if entry else None

    def missing_drug_limit(self, hcpcs: str, on: date) -> ReferenceDataMissing:
        """Say that the payment limit of a drug is not loaded, and how it is."""
        info = self._store.info(DRUG_LIMITS.name)
        return info.missing(f"the payment limit of {hcpcs} is not known for {on.isoformat()}")

    def has_dme_prices(self) -> bool:
        """Whether any fee of equipment or limit of a drug is loaded."""
        return bool(
            self._store.user_entries(EQUIPMENT_FEES.name) or self._store.user_entries(DRUG_LIMITS.name)
        )

    # Geography

    def gaf(self, locality: Locality, on: date) -> Gaf:
        """Give a locality's geographic adjustment factor; raises `ReferenceDataMissing`."""
        return self._geography.gaf(locality, on)

    def gaf_weights(self, on: date) -> GafWeights:
        """Give the weights of the GPCIs in a computed factor; raises `ReferenceDataMissing`."""
        return self._geography.weights(on)

    def localities_of_state(self, state: str, on: date) -> tuple[Locality, ...]:
        """Give the localities that serve homes in a state (two letters) in the year of `on`, sorted."""
        return self._geography.localities_of_state(state, on)

    def locality_of_zip(self, zip_code: str, on: date) -> Locality | None:
        """Give the locality of a five- or nine-digit ZIP code; None where CMS's file lacks the code.

        Raises `ReferenceDataMissing` when no ZIP table is loaded for the year, and when a ZIP code lies in
        several localities and its nine digits are not in the table; `AddressError` for another form.
        """
        return self._geography.locality_of_zip(zip_code, on)

    def locality_of_home(self, state: str, zip_code: str | None, on: date) -> Locality:
        """Give the locality of a home: by ZIP code where a ZIP table decides, else by a one-locality state.

        Raises `ReferenceDataMissing` where neither decides, and `AddressError` where the state is none that
        the tables know, the ZIP code has another form, or it lies in another state.
        """
        return self._geography.locality_of_home(state, zip_code, on)

    # Medicare

    def pump_code(self, hcpcs: str) -> PumpCode | None:
        """Give what a pump or supply code says about the benefit."""
        return self._pump_codes.row(hcpcs)

    def sequestration(self, on: date) -> Sequestration:
        """Give the sequestration in percent of the payment; raises `ReferenceDataMissing`."""
        return self._store.require(SEQUESTRATION, (), on, "the sequestration percentage")

    def part_b_deductible(self, on: date) -> Deductible:
        """Give the Part B deductible of the year in dollars; raises `ReferenceDataMissing`."""
        return self._store.require(PART_B_DEDUCTIBLE, (), on, "the Part B deductible")

    def contractor(self, payer_id: str) -> Contractor | None:
        """Give what the contractor behind a payer id administers."""
        return self._contractors.row(payer_id)

    def payer(self, payer_id: str) -> Payer | None:
        """Give the benefit of a payer that is no Medicare contractor; None where no file says it."""
        return self._always(PAYERS, payer_id)

    def medicaid_rule(self, program: str, rule: str, code: str, on: date) -> MedicaidRule | None:
        """Give what a Medicaid program asks of a code on a day; None where no row says it.

        The row of the whole code comes before one of its beginning, and that before one of any code.
        """
        table = self._store.table(MEDICAID_RULES)
        for length in range(len(code), -1, -1):
            entry = table.at((program, rule, code[:length]), on)
            if entry is not None:
                return entry.value
        return None

    # Remittance codes

    def carc(self, code: str) -> AdjustmentCode | None:
        """Give a claim adjustment reason code."""
        return self._always(CARC, code)

    def rarc(self, code: str) -> AdjustmentCode | None:
        """Give a remittance advice remark code."""
        return self._always(RARC, code)

    def group_code(self, code: str) -> RemittanceCode | None:
        """Give a claim adjustment group code (CAS01)."""
        return self._always(GROUP_CODES, code)

    def claim_status_code(self, code: str) -> RemittanceCode | None:
        """Give a claim status code (CLP02)."""
        return self._always(CLAIM_STATUS_CODES, code)

    def provider_adjustment_code(self, code: str) -> RemittanceCode | None:
        """Give a reason of a provider adjustment (PLB03-1)."""
        return self._always(PLB_CODES, code)

    def describe(self, code: str) -> list[CodeText]:
        """Give everything any table says about a code."""
        return code_texts.describe(self._store, code)

    # The tables themselves

    def checked_through(self, table: str) -> date:
        """Give the last date a table is known to be right for.

        Raises `ReferenceDataMissing` for a table that has no rows until a file is loaded, `KeyError` for an
        unknown name.
        """
        through = self._store.checked_through(table)
        if through is None:
            raise self._store.info(table).missing(f"the table {table} is not loaded")
        return through

    def is_checked(self, table: str, on: date) -> bool:
        """Whether a table is known to be right on `on`: beyond that, a missing row means *unknown*."""
        return self._store.is_checked(table, on)

    def _always(self, layout: Layout[T], code: str) -> T | None:
        """Give the row of a code in a table without dates, the user's first."""
        return self._store.table(layout).value(code)


@cache
def _packaged() -> Tables:
    return Tables()

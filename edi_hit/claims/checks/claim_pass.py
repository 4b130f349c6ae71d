"""What the checks of 837 claims know of the claim at hand and of the loops above it."""

from typing import Final

from edi_hit.claims.checks.code_forms_837 import (
    Diagnosis,
    Pointers,
    drug_code_faults,
    institutional_code_faults,
    read_diagnosis,
    read_pointers,
    revenue_code_faults,
    taxonomy_faults,
)
from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks import Faults, UnitPass, Verdicts
from edi_hit.mapping.checks.reason_codes import day, unknown_reason
from edi_hit.reference import Tables

LAST_DAY: Final = "99999999"
FIRST_DAY: Final = ""
"""Bounds of dates that are not known."""

ProviderId = tuple[str, str]
"""NM108 and NM109."""


class OtherPayer:
    """A payer of Loop 2320: its id (2330B NM109), what it paid (AMT*D) and adjusted (CAS), in cents.

    `adjusted` is None where an amount cannot be read.
    """

    __slots__ = ("adjusted", "id", "paid", "paid_at")

    def __init__(self) -> None:
        self.id = ""
        self.paid: int | None = None
        self.paid_at: Placed | None = None
        self.adjusted: int | None = 0


class LinePayer:
    """What one payer paid and adjusted of a line, in cents (Loops 2430); None where it cannot be read.

    `at` is its first SVD, or the CAS that came without one.
    """

    __slots__ = ("adjusted", "at", "paid")

    def __init__(self, at: Placed, paid: int | None = 0) -> None:
        self.at = at
        self.paid = paid
        self.adjusted: int | None = 0


class PayerTotal:
    """What one payer paid of all lines, in cents, and by how much its lines do not balance.

    `paid` is None where an amount cannot be read; `at` is the first segment of a `LinePayer`.
    """

    __slots__ = ("at", "paid", "short")

    def __init__(self, at: Placed) -> None:
        self.at = at
        self.paid: int | None = 0
        self.short = 0


class ClaimPass(UnitPass):
    """The claim at hand, gathered while its segments pass, and what was learned above it."""

    __slots__ = (
        "_gathered",
        "_tables",
        "admission",
        "billing",
        "born",
        "charged",
        "charges_read",
        "claim",
        "compounds",
        "control_numbers",
        "created",
        "diagnoses",
        "diagnosis_codes",
        "diagnosis_positions",
        "diagnosis_segments",
        "drug_codes",
        "institutional_codes",
        "line",
        "line_charge",
        "line_number",
        "line_payer",
        "line_payers",
        "lines",
        "listed_diagnoses",
        "odd_diagnoses",
        "patient_paid",
        "payer_claim_number",
        "payer_totals",
        "payers",
        "plain_diagnoses",
        "pointers",
        "providers",
        "reasons",
        "responsibilities",
        "responsibility",
        "revenue_codes",
        "statement_end",
        "subscriber",
        "taxonomies",
        "total",
    )

    def __init__(self, tables: Tables) -> None:
        super().__init__(__package__)
        self._tables = tables
        self.taxonomies: Verdicts[Faults] = Verdicts(taxonomy_faults)
        self.drug_codes: Verdicts[Faults] = Verdicts(drug_code_faults)
        self.revenue_codes: Verdicts[Faults] = Verdicts(revenue_code_faults)
        self.institutional_codes: Verdicts[Faults] = Verdicts(institutional_code_faults)
        self.diagnoses: Verdicts[Diagnosis] = Verdicts(read_diagnosis)
        self.plain_diagnoses: set[str] = set()
        self.pointers: Verdicts[Pointers] = Verdicts(read_pointers)
        self.diagnosis_segments: list[Placed] = []
        self.diagnosis_codes: set[str] = set()
        self.providers: dict[str, ProviderId] = {}
        self.responsibilities: set[str] = set()
        self.payers: list[OtherPayer] = []
        self.payer_totals: dict[str, PayerTotal] = {}
        self.control_numbers: set[str] = set()
        self.compounds: dict[str, list[Placed]] = {}
        self.line_payers: dict[str, LinePayer] = {}
        self._gathered = (
            self.diagnosis_segments,
            self.diagnosis_codes,
            self.providers,
            self.responsibilities,
            self.payers,
            self.payer_totals,
            self.control_numbers,
            self.compounds,
            self.line_payers,
        )
        self.start_set()
        self.start_provider()
        self.start_subscriber()
        self.start_claim()

    def start_set(self, created: str = LAST_DAY) -> None:
        """A transaction set made on day `created` (CCYYMMDD) begins."""
        self.created = created
        on = day(created)
        self.reasons: Verdicts[Faults] = Verdicts(lambda code: unknown_reason(self._tables, code, on))

    def start_provider(self) -> None:
        """A Loop 2000A begins."""
        self.billing: ProviderId | None = None

    def start_subscriber(self) -> None:
        """A Loop 2000B begins."""
        self.subscriber: Placed | None = None
        self.responsibility = ""
        self.born = FIRST_DAY

    def start_patient(self) -> None:
        """A Loop 2000C begins."""
        self.born = FIRST_DAY

    def start_claim(self) -> None:
        """A Loop 2300 begins: forget the last claim."""
        self.claim: Placed | None = None
        self.total: int | None = None
        self.payer_claim_number: Placed | None = None
        self.patient_paid: Placed | None = None
        self.admission: Placed | None = None
        self.statement_end = LAST_DAY
        self.diagnosis_positions = self.listed_diagnoses = 0
        self.odd_diagnoses = False
        self.charged = 0
        self.lines = self.charges_read = self.line_number = 0
        for gathered in self._gathered:
            if gathered:
                gathered.clear()
        self.line: Placed | None = None
        self.line_charge: int | None = None
        self.line_payer: LinePayer | None = None

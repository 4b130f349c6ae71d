"""A payer's contract for home infusion: what it pays, how it counts days, what it asks of a claim."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

import msgspec

Code = Annotated[str, msgspec.Meta(pattern="^[0-9A-Z]{4,5}$")]
Modifier = Annotated[str, msgspec.Meta(pattern="^([0-9A-Z]{2})?$")]
Ndc = Annotated[str, msgspec.Meta(pattern="^[0-9]{11}$")]
NdcUnit = Literal["F2", "GR", "ME", "ML", "UN"]
ClaimKind = Literal["837P", "837I"]


class PerDiemBasis(StrEnum):
    """How days of therapy are counted; the sources disagree, so a contract must say it."""

    ACCESS_DAY = "ACCESS_DAY"
    """Each day the patient has access to the therapy."""

    INFUSION_DAY = "INFUSION_DAY"
    """Only days with an infusion or nursing care."""

    INFUSION_DAY_24H = "INFUSION_DAY_24H"
    """Each day with an infusion; a day is 24 hours."""

    CLOCK_24H = "CLOCK_24H"
    """By hours: more than 24 and under 48 are one."""


class FeeBasis(StrEnum):
    """What the rate of a fee row is: dollars a unit, or a percentage of something."""

    FEE = "fee"
    PERCENT_OF_CHARGE = "percent_of_charge"
    AWP = "awp"
    ASP = "asp"


class _Dated(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    effective_from: date
    effective_through: date | None = None
    source: Annotated[str, msgspec.Meta(min_length=1)]

    def holds(self, on: date) -> bool:
        """Whether the row holds on a day."""
        return self.effective_from <= on and (self.effective_through is None or on <= self.effective_through)

    def overlaps(self, other: "_Dated") -> bool:
        """Whether two rows share a day."""
        return self.holds(other.effective_from) or other.holds(self.effective_from)


class Fee(_Dated, frozen=True, kw_only=True):
    """What is paid for a code: a HCPCS code, or a revenue code for lines without one.

    `rate` is dollars a unit where `basis` is `fee`, else per cent of the charge, or of the unit price in the
    drug price table. A row with an NDC holds for that drug alone, one with a modifier for lines that bear it.
    With `per` `ndc` a fee is for one unit of the NDC.
    """

    code: Code
    basis: FeeBasis
    rate: Decimal
    ndc: Ndc | Literal[""] = ""
    modifier: Modifier = ""
    per: Literal["unit", "ndc"] = "unit"

    @property
    def key(self) -> tuple[str, ...]:
        """What the row is about."""
        return (self.code, self.ndc, self.modifier)


class DrugPrice(_Dated, frozen=True, kw_only=True):
    """A drug's unit price in dollars: AWP of an NDC unit, or ASP limit of a HCPCS unit."""

    kind: Literal["awp", "asp"]
    code: Annotated[str, msgspec.Meta(pattern="^([0-9]{11}|[A-Z][0-9]{4})$")]
    price: Decimal
    unit: NdcUnit | Literal[""] = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What the row is about."""
        return (self.kind, self.code)


class NdcFactor(_Dated, frozen=True, kw_only=True):
    """How many units of a HCPCS code one unit of an NDC makes."""

    ndc: Ndc
    code: Annotated[str, msgspec.Meta(pattern="^[A-Z][0-9]{4}$")]
    ndc_unit: NdcUnit
    hcpcs_units: Decimal

    @property
    def key(self) -> tuple[str, ...]:
        """What the row is about."""
        return (self.ndc, self.code)


class ContractTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a contract file says besides its tables of prices; docs/contracts.md says where each comes from.

    `payers` are payer ids (2010BB NM109). `percent_second_therapy` and `percent_third_therapy` are what is
    paid of the fee with SH and with SJ; None where the contract does not say.
    """

    name: Annotated[str, msgspec.Meta(min_length=1)]
    payers: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    effective_from: date
    per_diem_basis: PerDiemBasis
    effective_through: date | None = None
    percent_second_therapy: Decimal | None = None
    percent_third_therapy: Decimal | None = None
    concurrent_needs_59: bool = False
    codes_beside_others: tuple[Code, ...] = ()
    s9061_needs_another: bool = False
    forms: tuple[ClaimKind, ...] = ("837P", "837I")
    nursing_forms: tuple[ClaimKind, ...] = ("837P", "837I")
    max_span_days: Annotated[int, msgspec.Meta(ge=1, le=366)] | None = None
    span_within_month: bool = False
    claim_within_year: bool = True
    one_claim: bool = False
    home_places: tuple[str, ...] = ("12",)
    suite_places: tuple[str, ...] = ("49", "11")
    authorization_required: bool = False
    ndc_required: bool = False
    drugs_on_this_claim: bool = True
    pays_waste: bool = True
    excluded_codes: tuple[Code, ...] = ()
    supplies_paid_apart: tuple[Code, ...] = ()
    catheter_care_alone: bool = True
    pays_inpatient_days: bool = False
    home_health_agency_npis: tuple[str, ...] = ()
    enteral_b_codes_after_medicare: bool = False
    pays_second: Literal["", "up_to_fee"] = ""


class Contract(ContractTerms, frozen=True, kw_only=True):
    """A contract with its tables: fees by code, drug prices by NDC or HCPCS code, factors by NDC."""

    fees: dict[str, tuple[Fee, ...]]
    drug_prices: dict[str, tuple[DrugPrice, ...]] = {}
    ndc_factors: dict[str, tuple[NdcFactor, ...]] = {}

    def holds(self, on: date) -> bool:
        """Whether the contract is in force on a day."""
        return self.effective_from <= on and (self.effective_through is None or on <= self.effective_through)

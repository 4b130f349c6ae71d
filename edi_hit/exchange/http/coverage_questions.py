"""What is asked and answered at /v1/coverage/..."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec

from edi_hit.benefits.commercial import Administration
from edi_hit.benefits.coverage import Cell, Network, Patient, YesNo

Code = Annotated[str, msgspec.Meta(pattern="^[A-Z][0-9]{4}$")]
_Amount = Annotated[float, msgspec.Meta(gt=0, le=10_000)]
_Hours = Annotated[int, msgspec.Meta(ge=1, le=10_000)]


class PartDQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of a drug and a Part D plan; what the answer does not depend on may be left out."""

    covered_by_part_a_or_b: YesNo | None = None
    excluded_from_part_d: YesNo | None = None
    on_formulary: YesNo | None = None
    network_type: Network | None = None
    ancillary_assurance: YesNo | None = None
    other_entity_available: YesNo | None = None
    dual_eligible: YesNo | None = None
    advantage_plan_covers: YesNo | None = None
    usable_form: YesNo | None = None


class PerDiemQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A therapy, by its class, and how it is given: hours from dose to dose, liters and hours a day."""

    therapy: str
    interval_hours: _Hours | None = None
    liters: _Amount | None = None
    hours: _Amount | None = None
    given: Administration | None = None


class PlanQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The therapy to plan: HCPCS codes of drug and pump, and what is known of the patient."""

    drug: Code
    patient: Patient
    pump: Code | None = None


class Matrix(msgspec.Struct, frozen=True):
    """The payment matrix: each payer, and what it covers of the therapy."""

    cells: tuple[Cell, ...]


class PartDTable(msgspec.Struct, frozen=True):
    """The decision under Part D for every combination of answers, by columns of the truth table."""

    rows: Sequence[Mapping[str, str]]

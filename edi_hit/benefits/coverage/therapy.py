"""What a drug and a pump are to Medicare Part B: a pump drug, an insulin, a home IVIG, or none of them."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

import msgspec

from edi_hit.benefits.coverage.patient import Patient
from edi_hit.reference import HitDrug, PumpCode, Tables
from edi_hit.rules import in_words


class Kind(StrEnum):
    """The benefit of Part B a therapy falls under."""

    PUMP_DRUG = "part_b_pump"
    INSULIN = "part_b_insulin"
    IVIG = "part_b_ivig"
    NONE = "none"


class Therapy(msgspec.Struct, frozen=True):
    """A drug and a pump on a day. `why` says what makes its kind; `unknown` what is not known of it.

    `visit_codes` are those for a pump drug, `visit_benefit` the benefit they are of that day: `permanent`, or
    `transitional` in 2019 and 2020. `per_diem` is the code suggested for the drug.
    """

    drug: str
    pump: str
    kind: Kind
    why: str
    drug_codes: tuple[str, ...]
    visit_codes: tuple[str, ...]
    visit_benefit: str
    per_diem: tuple[str, ...]
    unknown: tuple[str, ...] = ()


def therapy_of(drug: str, pump: str, patient: Patient, tables: Tables) -> Therapy:
    """Say what a drug through a pump (empty: without one) is for a patient; codes in capitals."""
    kind, why = _kind(drug, pump, patient, tables)
    row = _standing(drug, patient, tables) if kind is Kind.PUMP_DRUG else None
    modifier = row.modifier_required if row else ""
    return Therapy(
        drug=drug,
        pump=pump,
        kind=kind,
        why=why,
        drug_codes=(" ".join(filter(None, (drug, modifier))),),
        visit_codes=tuple(_visit_codes(row.category if row else None, patient.on, tables)),
        visit_benefit=row.benefit if row else "",
        per_diem=_per_diem(drug, tables),
        unknown=tuple(_unknown(row, pump, kind, patient.on, tables)),
    )


def _kind(drug: str, pump: str, patient: Patient, tables: Tables) -> tuple[Kind, str]:
    device = tables.pump_code(pump) if pump else None
    if tables.excluded_drug(drug, patient.on) and device and device.insulin_only:
        return Kind.INSULIN, "insulin through its pump is DME, and no home infusion drug"
    row = _standing(drug, patient, tables)
    if row is not None and _is_dme_pump(device):
        given = f", given with modifier {row.modifier_required}" if row.modifier_required else ""
        return Kind.PUMP_DRUG, f"{drug} is on the list of pump drugs{given}, and {pump} is a DME pump"
    if _is_home_ivig(drug, patient, tables):
        return Kind.IVIG, f"{drug} is an immune globulin given intravenously for a primary immune deficiency"
    if row is not None:
        return Kind.NONE, "the drug is on the list of pump drugs, but no DME pump runs it (ROUTE-2)"
    return Kind.NONE, f"{drug} is not on the list of pump drugs"


def _standing(drug: str, patient: Patient, tables: Tables) -> HitDrug | None:
    """Give the drug's row on the list of home infusion drugs: with the patient's modifiers, else with any."""
    rows = [row for row in tables.hit_drug_rows(drug, patient.on) if row.benefit != "neither"]
    fitting = [row for row in rows if row.modifier_required in ("", *patient.modifiers)]
    return next(iter(fitting or rows), None)


def _is_dme_pump(device: PumpCode | None) -> bool:
    return device is not None and device.kind == "pump" and device.supports_hit != "N"


def _is_home_ivig(drug: str, patient: Patient, tables: Tables) -> bool:
    globulin = tables.ivig_drug(drug)
    if globulin is None or (globulin.not_with_modifier and globulin.not_with_modifier in patient.modifiers):
        return False
    covered = (tables.ivig_diagnosis(code.replace(".", "")) for code in patient.diagnoses)
    in_benefit = tables.visit_code("Q2052", patient.on)
    return in_benefit is not None and in_benefit.benefit == "ivig_permanent" and any(covered)


def _visit_codes(category: int | None, on: date, tables: Tables) -> Iterator[str]:
    """Give the visit codes of a category; none where the drug's category is not known (unlisted drugs)."""
    for code in sorted(tables.hit_codes()):
        found = tables.hit_code(code, on)
        if found is not None and category is not None and found.category == category:
            yield code


def _per_diem(drug: str, tables: Tables) -> tuple[str, ...]:
    unit = tables.drug_unit(drug)
    return (unit.suggested_per_diem,) if unit and unit.suggested_per_diem.startswith("S") else ()


def _unknown(row: HitDrug | None, pump: str, kind: Kind, on: date, tables: Tables) -> Iterator[str]:
    if row is not None and not row.certain:
        yield f"that the drug is on the list of pump drugs is not certain: {in_words(row.confidence)}"
    if kind is Kind.NONE and not tables.is_checked("hit_drugs", on):
        through = tables.checked_through("hit_drugs")
        yield f"the list of pump drugs is known through {through.isoformat()}; the drug may be on it since"
    device = tables.pump_code(pump) if pump else None
    if device is not None and device.supports_hit == "C":
        yield f"{pump} alone does not tell whether it is a DME infusion pump"
    if pump and device is None:
        yield f"{pump} is no pump that the table dme_pump_codes knows"

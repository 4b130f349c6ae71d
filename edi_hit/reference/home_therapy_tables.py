"""Drugs the law excludes, drugs and diagnoses of home IVIG, and who may accredit suppliers."""

from datetime import date

import msgspec

from edi_hit.reference.cells import Cells
from edi_hit.reference.layout import Layout


class ExcludedDrug(msgspec.Struct, frozen=True):
    """A drug that is no home infusion drug: insulin of a pump, or self-administered by an exclusion list."""

    hcpcs: str
    reason: str
    effective_from: date
    effective_through: date | None
    confidence: str
    source: str


class IvigDrug(msgspec.Struct, frozen=True):
    """An immune globulin given intravenously; with `not_with_modifier` on its line it is given otherwise."""

    hcpcs: str
    description: str
    not_with_modifier: str
    confidence: str
    source: str


class IvigDiagnosis(msgspec.Struct, frozen=True):
    """A diagnosis (ICD-10-CM, without point) that home IVIG is covered for."""

    icd10: str
    description: str
    confidence: str
    source: str


class Accreditor(msgspec.Struct, frozen=True):
    """An organization that accredits suppliers; `approved_from` None says that its term was not seen."""

    organization: str
    approved_from: date | None
    approved_through: date | None
    confidence: str
    source: str


def _excluded_drug(cells: Cells) -> ExcludedDrug:
    period = cells.period()
    return ExcludedDrug(
        hcpcs=cells.hcpcs(),
        reason=cells.text("reason"),
        effective_from=period.effective_from,
        effective_through=period.effective_through,
        confidence=cells.confidence(),
        source=cells.source(),
    )


def _ivig_drug(cells: Cells) -> IvigDrug:
    return IvigDrug(
        hcpcs=cells.hcpcs(),
        description=cells.text("description", ""),
        not_with_modifier=cells.modifier("not_with_modifier"),
        confidence=cells.confidence(),
        source=cells.source(),
    )


def _ivig_diagnosis(cells: Cells) -> IvigDiagnosis:
    return IvigDiagnosis(
        icd10=cells.code("icd10").replace(".", ""),
        description=cells.text("description", ""),
        confidence=cells.confidence(),
        source=cells.source(),
    )


def _accreditor(cells: Cells) -> Accreditor:
    return Accreditor(
        organization=cells.text("organization"),
        approved_from=cells.day("effective_from"),
        approved_through=cells.day("effective_through"),
        confidence=cells.confidence(),
        source=cells.source(),
    )


EXCLUDED_DRUGS = Layout(
    "excluded_drugs",
    ("hcpcs", "reason", "effective_from", "effective_through"),
    _excluded_drug,
    lambda row: (row.hcpcs,),
)
IVIG_DRUGS = Layout("ivig_drugs", ("hcpcs", "not_with_modifier"), _ivig_drug, lambda row: (row.hcpcs,))
IVIG_DIAGNOSES = Layout("ivig_diagnoses", ("icd10",), _ivig_diagnosis, lambda row: (row.icd10,))
ACCREDITORS = Layout(
    "accreditors",
    ("organization", "effective_from", "effective_through"),
    _accreditor,
    lambda row: (row.organization,),
)

"""What a billed code is to a commercial contract: a per diem, a nursing visit, a drug, or something else."""

from edi_hit.benefits.commercial.code_groups import code_groups
from edi_hit.benefits.drug_codes import is_drug_code
from edi_hit.claims.claim import ServiceLine
from edi_hit.reference import Tables

_PER_DIEM = "per_diem"
_CATHETER_CARE = "catheter_care"
_NURSING = "home_nursing"
_NO_DRUG = "not a drug"
SECOND_THERAPY, THIRD_THERAPY = "SH", "SJ"
"""Modifiers of the second concurrent therapy, and of the third and later ones."""


def concurrent_mark(modifiers: tuple[str, ...]) -> str:
    """Give the modifier that makes a line a second or later therapy of its day; empty for the first."""
    return next((mark for mark in (SECOND_THERAPY, THIRD_THERAPY) if mark in modifiers), "")


def is_per_diem(code: str, tables: Tables) -> bool:
    """Whether a unit of the code is a day: of a therapy, of catheter care, of other home management."""
    row = tables.therapy_code(code)
    return row is not None and row.billing_kind == _PER_DIEM


def is_infusion_per_diem(code: str, tables: Tables) -> bool:
    """Whether a code is a per diem of an infusion or injection therapy."""
    row = tables.therapy_code(code)
    beside = code_groups().classes_beside_infusion.codes
    return row is not None and row.billing_kind == _PER_DIEM and row.therapy not in beside


def is_catheter_care(code: str, tables: Tables) -> bool:
    """Whether a code is a day of catheter care."""
    row = tables.therapy_code(code)
    return row is not None and row.therapy == _CATHETER_CARE and row.billing_kind == _PER_DIEM


def is_nursing(code: str, tables: Tables) -> bool:
    """Whether a code is a nurse's visit or hour."""
    row = tables.therapy_code(code)
    return row is not None and row.therapy == _NURSING


def is_drug(line: ServiceLine, tables: Tables) -> bool:
    """Whether a line is a drug: by its code, or since it names an NDC."""
    on = line.service_dates.start if line.service_dates else None
    code = line.procedure_code
    listed = tables.drug_unit(code)
    return (
        line.drug is not None
        or is_drug_code(code, on, tables)
        or code in code_groups().drugs_by_ndc_alone.codes
        or (listed is not None and listed.suggested_per_diem != _NO_DRUG)
    )


def excludes(code: str, other: str, tables: Tables) -> bool:
    """Whether the text of a code says that another code, by itself or within a range, may not go with it."""
    row = tables.therapy_code(code)
    return row is not None and any(_names(named, other) for named in row.excludes)


def _names(named: str, code: str) -> bool:
    first, _, last = named.partition("-")
    return code == named or (bool(last) and len(code) == len(first) and first <= code <= last)

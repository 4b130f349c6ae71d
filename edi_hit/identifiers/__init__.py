"""Identifiers of health care: one module each, with `compact`, `validate`, `is_valid` and `format`.

They check form and check digit only. Rejecting a valid number is worse than accepting an invalid one.
"""

from edi_hit.identifiers import ein, hcpcs, icd10, mbi, ndc, npi, taxonomy, zip_code
from edi_hit.identifiers.errors import InvalidIdentifier

__all__ = ["InvalidIdentifier", "ein", "hcpcs", "icd10", "mbi", "ndc", "npi", "taxonomy", "zip_code"]

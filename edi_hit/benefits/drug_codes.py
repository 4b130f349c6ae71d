"""Which HCPCS codes are drugs."""

from datetime import date
from typing import Final

from edi_hit.benefits.routing_codes import routing_codes
from edi_hit.reference import Tables

_SECTIONS: Final = routing_codes().drug_code_sections.codes


def is_drug_code(code: str, on: date | None, tables: Tables) -> bool:
    """Whether a HCPCS code is a drug on a day: of a drug section, or in the list of home infusion drugs.

    Without a day (None) the section alone tells.
    """
    if code.startswith(_SECTIONS):
        return True
    return on is not None and bool(tables.hit_drug_rows(code, on))

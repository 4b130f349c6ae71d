"""What the checks of claims and of remittances share: one pass over a unit, amounts, and codes by form."""

from edi_hit.mapping.checks.checked import CLEAN, MOST_KNOWN, Checked
from edi_hit.mapping.checks.checklist import Checklist
from edi_hit.mapping.checks.code_forms import Faults
from edi_hit.mapping.checks.faults import Fault
from edi_hit.mapping.checks.on import On
from edi_hit.mapping.checks.partner_checks import PartnerChecks, place_name
from edi_hit.mapping.checks.unit_pass import UnitPass
from edi_hit.mapping.verdicts import Verdicts

__all__ = [
    "CLEAN",
    "MOST_KNOWN",
    "Checked",
    "Checklist",
    "Fault",
    "Faults",
    "On",
    "PartnerChecks",
    "UnitPass",
    "Verdicts",
    "place_name",
]

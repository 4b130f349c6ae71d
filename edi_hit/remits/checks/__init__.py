"""SNIP types 3, 4 and 5 of 835 remittances."""

from edi_hit.remits.checks.remittance_checks import GUIDES, RemittanceChecks

__all__ = ["GUIDES", "RemittanceChecks"]

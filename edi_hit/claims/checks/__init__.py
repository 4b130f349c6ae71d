"""SNIP types 3, 4 and 5 of 837 claims."""

from edi_hit.claims.checks.claim_checks import GUIDES, ClaimChecks

__all__ = ["GUIDES", "ClaimChecks"]

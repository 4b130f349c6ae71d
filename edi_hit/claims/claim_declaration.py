"""The declarations a claim is made of, by guide: its own, and those of the loops above it."""

from functools import cached_property
from typing import Any

import msgspec

from edi_hit.claims import mapping_837i, mapping_837p
from edi_hit.claims.claim import Claim
from edi_hit.claims.claim_context import BillingProvider, Patient, Submission, Subscriber
from edi_hit.claims.institutional_claim import InstitutionalClaim
from edi_hit.claims.shared_mapping import SUBMISSION
from edi_hit.mapping.loop_mapping import LoopMapping

AnyClaim = Claim | InstitutionalClaim
"""A claim of either kind: what both have is declared in `HealthCareClaim`, and both have `lines`."""


class ClaimDeclaration(msgspec.Struct, frozen=True, dict=True):
    """How claims of one guide stand in their loops."""

    guide: str
    submission: LoopMapping[Submission]
    billing_provider: LoopMapping[BillingProvider]
    subscriber: LoopMapping[Subscriber]
    patient: LoopMapping[Patient]
    claim: LoopMapping[Any]

    @property
    def context(self) -> tuple[tuple[str, str, LoopMapping[Any]], ...]:
        """Field of the claim, the loop it comes from, and the declaration of that; outermost first."""
        return (
            ("submission", "ST_LOOP", self.submission),
            ("billing_provider", "2000A", self.billing_provider),
            ("subscriber", "2000B", self.subscriber),
            ("patient", "2000C", self.patient),
        )

    @cached_property
    def above(self) -> dict[str, tuple[str, LoopMapping[Any]]]:
        """The field of the claim and the declaration of each loop above it, by loop."""
        return {loop_id: (name, mapping) for name, loop_id, mapping in self.context}


PROFESSIONAL = ClaimDeclaration(
    "837P",
    SUBMISSION,
    mapping_837p.BILLING_PROVIDER,
    mapping_837p.SUBSCRIBER,
    mapping_837p.PATIENT,
    mapping_837p.CLAIM,
)
INSTITUTIONAL = ClaimDeclaration(
    "837I",
    SUBMISSION,
    mapping_837i.BILLING_PROVIDER,
    mapping_837i.SUBSCRIBER,
    mapping_837i.PATIENT,
    mapping_837i.CLAIM,
)

DECLARATIONS = {declaration.guide: declaration for declaration in (PROFESSIONAL, INSTITUTIONAL)}


def declaration_of(claim: AnyClaim) -> ClaimDeclaration:
    """The declaration claims of this kind are written by."""
    return INSTITUTIONAL if isinstance(claim, InstitutionalClaim) else PROFESSIONAL

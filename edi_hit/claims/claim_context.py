"""What a claim inherits from the loops above it: submission, billing provider, subscriber, patient.

Both kinds of 837 have them; a field that only one kind has says so.
"""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.mapping.parts import Party, Unmapped


class Submission(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a transaction set says of itself: BHT, Loop 1000A (submitter) and Loop 1000B (receiver).

    `purpose` is BHT02 (00 original, 18 reissue); `kind` is BHT06 (CH claims, RP encounters).
    """

    reference: str
    created_on: date | None = None
    created_at: str = ""
    purpose: str = "00"
    kind: str = "CH"
    submitter: Party = Party()
    receiver: Party = Party()
    unmapped: tuple[Unmapped, ...] = ()


class BillingProvider(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2000A: the billing provider (2010AA), the pay-to address (2010AB), the pay-to plan (2010AC).

    `currency` is CUR02, sent where amounts are not US dollars.
    """

    party: Party
    taxonomy: str = ""
    currency: str = ""
    pay_to: Party | None = None
    pay_to_plan: Party | None = None
    unmapped: tuple[Unmapped, ...] = ()


class Subscriber(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2000B: SBR, PAT, the subscriber (2010BA) and the payer the claim goes to (2010BB).

    `sequence` is SBR01 (P, S, T ...); `relationship` SBR02 (18 = self, else empty); `filing_indicator`
    SBR09 (MB = Medicare Part B). 837P only: `secondary_type` (SBR05, why Medicare is not primary) and
    what PAT says of a subscriber who is the patient.
    """

    sequence: str
    person: Party
    payer: Party
    relationship: str = ""
    group_number: str = ""
    group_name: str = ""
    secondary_type: str = ""
    filing_indicator: str = ""
    died_on: date | None = None
    weight_pounds: Decimal | None = None
    pregnant: str = ""
    unmapped: tuple[Unmapped, ...] = ()


class Patient(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2000C: the patient where it is not the subscriber. `relationship` is PAT01.

    Day of death, weight and pregnancy are sent in the 837P only.
    """

    relationship: str
    person: Party
    died_on: date | None = None
    weight_pounds: Decimal | None = None
    pregnant: str = ""
    unmapped: tuple[Unmapped, ...] = ()

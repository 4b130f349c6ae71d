"""What is decided on a claim and its lines: the shape of a row of `decisions.ndjson`."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from edi_hit.mapping.parts import Adjustment
from edi_hit.rules import RuleAnswer


class State(StrEnum):
    """Where a claim stands. Only `PAID` and `DENIED` claims are in an 835."""

    PAID = "paid"
    DENIED = "denied"
    RETURNED = "returned"
    REJECTED = "rejected"
    PENDED = "pended"
    UNANSWERED = "unanswered"


ANSWERED = (State.PAID, State.DENIED)
"""States of a claim that was answered, and so is in an 835."""


class LineDecision(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is decided on one service line. Money in dollars, two decimals.

    `charge - sum(adjustments) == paid` holds for every answered line. `control` is REF*6R as sent. `denied`
    says that a rule denies the line of an answered claim; a line can be paid 0.00 without being denied.

    `paid_code` and `paid_modifiers` are the procedure that is paid where it is not the one billed,
    `units_paid` the units where they are not those billed. A line that is paid as several procedures has
    several decisions of one `line`, whose charges add up to its charge.
    """

    line: int
    control: str
    code: str
    modifiers: tuple[str, ...]
    date: date | None
    units: Decimal | None
    charge: Decimal
    allowed: Decimal | None = None
    paid: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()
    rules: tuple[RuleAnswer, ...] = ()
    denied: bool = False
    paid_code: str = ""
    paid_modifiers: tuple[str, ...] = ()
    units_paid: Decimal | None = None


class FormerAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer to a claim that another one takes the place of. Money in dollars."""

    state: State
    status: str | None = None
    allowed: Decimal | None = None
    paid: Decimal | None = None
    patient_responsibility: Decimal | None = None


class ClaimDecision(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is decided on one claim. `status` is CLP02 where the claim is answered; `reason` says in words
    why a claim is not answered, and never contains data of the file. `charge` is None where the claim
    could not be read. `missing_table` names the reference table without which it could not be priced.
    `look_again_on` is the day a pended claim that waits for its drug is to be asked about again. `former` is
    the answer taken back, where the claim was answered before.
    """

    claim: str
    benefit: str | None
    payer: str
    state: State
    charge: Decimal | None
    status: str | None = None
    allowed: Decimal | None = None
    paid: Decimal | None = None
    patient_responsibility: Decimal | None = None
    lines: tuple[LineDecision, ...] = ()
    reason: str | None = None
    missing_table: str | None = None
    look_again_on: date | None = None
    former: FormerAnswer | None = None

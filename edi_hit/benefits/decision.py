"""What is decided on a claim and its lines: the shape of a row of `decisions.ndjson`."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from edi_hit.mapping.parts import Adjustment
from edi_hit.rules import Answer, RuleAnswer


class State(StrEnum):
    """Where a claim stands. Only `PAID` and `DENIED` claims are in an 835."""

    PAID = "paid"
    DENIED = "denied"
    RETURNED = "returned"
    REJECTED = "rejected"
    PENDED = "pended"
    UNANSWERED = "unanswered"


class LineDecision(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is decided on one service line. Money in dollars, two decimals.

    `charge - sum(adjustments) == paid` holds for every answered line. `control` is REF*6R as sent.
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

    @property
    def denied(self) -> bool:
        """Whether a rule denied the line of an answered claim: those after it were not reached."""
        return any(rule.answer is Answer.NOT_REACHED for rule in self.rules)


class ClaimDecision(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is decided on one claim. `status` is CLP02 where the claim is answered; `reason` says in words
    why a claim is not answered, and never contains data of the file. `charge` is None where the claim
    could not be read. `missing_table` names the reference table without which it could not be priced.
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

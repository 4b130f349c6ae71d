"""What an 835 answers to a claim, and what is needed to find the same claim in another 835."""

from collections.abc import Hashable
from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.mapping.parts import Party, Period
from edi_hit.remits import ClaimPayment

ZERO = Decimal("0.00")

_PAYER_ORDER = {"1": "1", "19": "1", "2": "2", "20": "2", "3": "3", "21": "3"}
_NO_CLAIM_ID = ("", "0")


class Answer(msgspec.Struct, frozen=True):
    """A claim payment and where it came from.

    `position` counts the claim payments of its side (the expected or the actual 835s); `remittance` is the
    number of its transaction set, `trace` that of the first set with the same trace number; `payer` the
    number of its payer in a `PayerBook`; `paid_on` the date of the payment (BPR16).
    """

    position: int
    remittance: int
    trace: int
    payer: int
    paid_on: date | None
    payment: ClaimPayment

    def may_follow(self, other: "Answer") -> bool:
        """Whether it may have come after `other`: later in one set, else not of an earlier date."""
        if self.remittance == other.remittance:
            return self.position > other.position
        return self.paid_on is None or other.paid_on is None or self.paid_on >= other.paid_on

    @property
    def is_reversal(self) -> bool:
        """Whether it takes an earlier answer back."""
        return self.payment.is_reversal

    @property
    def payer_order(self) -> str:
        """1, 2 or 3 for an answer as primary, secondary or tertiary payer; empty where CLP02 does not say."""
        return _PAYER_ORDER.get(self.payment.status, "")

    @property
    def claim_key(self) -> tuple[str, ...]:
        """CLP01; with the patient where CLP01 names no claim (it is 0 where the claim had none)."""
        claim = self.payment.claim_id.strip()
        return (claim, *self.patient) if claim in _NO_CLAIM_ID else (claim,)

    @property
    def patient(self) -> tuple[str, ...]:
        """The patient's id, else the name, in capitals."""
        party = self.payment.patient or Party()
        named = (party.id,) if party.id else (party.last_name, party.first_name)
        return tuple(part.strip().upper() for part in named)

    @property
    def service(self) -> tuple[Hashable, ...]:
        """What two answers share that are both to one claim and of one payer."""
        return self.claim_key, self.patient, self.payer, self.payer_order, self.days

    @property
    def days(self) -> Period | None:
        """The days of service, None where none was sent."""
        return self.payment.service_dates


def may_be_same_time(one: Period | None, other: Period | None) -> bool:
    """Whether two periods share a day, or one of them is not known."""
    return one is None or other is None or (one.start <= other.end and other.start <= one.end)


def may_be_same_patient(one: Answer, other: Answer) -> bool:
    """Whether id or last name agree, or are not known: payers correct ids, and names."""
    left, right = one.payment.patient or Party(), other.payment.patient or Party()
    ids, names = ({left.id, right.id}, {left.last_name.upper(), right.last_name.upper()})
    return len(ids) == 1 or len(names) == 1 or "" in names


def slim(answer: Answer) -> Answer:
    """An answer without its lines and all that is not needed to find its claim; its days are kept."""
    days, payment = answer.days, answer.payment
    kept = ClaimPayment(
        claim_id=payment.claim_id,
        status=payment.status,
        charge=payment.charge,
        paid=payment.paid,
        payer_claim_number=payment.payer_claim_number,
        patient=payment.patient,
        statement_from=days.start if days else None,
        statement_through=days.end if days else None,
    )
    return msgspec.structs.replace(answer, payment=kept)

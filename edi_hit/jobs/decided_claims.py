"""What was decided on the claims of a run, on disk, by the claim's index in the run."""

from array import array
from contextlib import ExitStack
from pathlib import Path

import msgspec

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.jobs.spool import Spool
from edi_hit.remits import ClaimPayment

_NONE = -1


class _Payments(msgspec.Struct, frozen=True, array_like=True):
    payments: tuple[ClaimPayment, ...]


class DecidedClaims:
    """Keeps a decision as its line of `decisions.ndjson`, and the claim payments that say so in an 835.

    That is one claim payment of an answered claim; two, a reversal and its correction, where another answer
    was given before. Thirty-two bytes of memory a claim. A context manager.
    """

    def __init__(self, folder: Path, claims: int) -> None:
        """Make room for `claims` claims in nameless files in `folder`."""
        with ExitStack() as stack:
            self._lines = stack.enter_context(Spool(bytes, folder))
            self._payments = stack.enter_context(Spool(_Payments, folder))
            self._stack = stack.pop_all()
        self._line_of = array("q", [_NONE]) * claims
        self._payments_of = array("q", [_NONE]) * claims
        self._encode = msgspec.json.Encoder().encode
        self._decode = msgspec.json.Decoder(ClaimDecision).decode

    def keep(self, claim: int, decision: ClaimDecision, payments: tuple[ClaimPayment, ...] = ()) -> None:
        """Keep what was decided on a claim."""
        self._line_of[claim] = self._lines.append(self._encode(decision) + b"\n")
        if payments:
            self._payments_of[claim] = self._payments.append(_Payments(payments))

    def line(self, claim: int) -> bytes:
        """Give a decision as its line of `decisions.ndjson`."""
        return self._lines[self._line_of[claim]]

    def decision(self, claim: int) -> ClaimDecision:
        """Give a decision."""
        return self._decode(self.line(claim))

    def payments(self, claim: int) -> tuple[ClaimPayment, ...]:
        """Give the claim payments of a claim; none where it was not answered."""
        kept = self._payments_of[claim]
        return () if kept == _NONE else self._payments[kept].payments

    def __enter__(self) -> "DecidedClaims":
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

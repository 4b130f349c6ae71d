"""Decides a claim; one that replaces or voids another (CLM05-3 7, 8) takes the answer to that back."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from edi_hit.adjudication import Receipt, crossed_over, voiding, with_former
from edi_hit.adjudication.batch_history import VOID
from edi_hit.benefits import answer, takes_replacements
from edi_hit.benefits.decision import ANSWERED, ClaimDecision
from edi_hit.benefits.facts import Earlier, supplier_key
from edi_hit.claims import Claim
from edi_hit.jobs.asked_batch import Batch
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.jobs.stored_remittance import payments_of
from edi_hit.ledger import NamedClaim, number_of
from edi_hit.reference import Tables
from edi_hit.remits import ClaimPayment, reversal

Place = tuple[int, ...]
"""A claim's place in the order in which claims are decided."""

_REPLACES = ("7", VOID)


class ToDecide:
    """A claim to decide: its number in the ledger and in the run, and what its person is called."""

    def __init__(self, number: int, ordinal: int, called: str | None, claim: Claim, receipt: Receipt) -> None:
        self.number = number
        self.ordinal = ordinal
        self.called = called
        self.claim = claim
        self.receipt = receipt


def naming(claims: Iterable[tuple[int, Claim]], tables: Tables) -> dict[int, str]:
    """Give what claims, by number, name as the claim they replace or void, where their payer takes such."""
    return {
        number: claim.payer_claim_number
        for number, claim in claims
        if claim.frequency in _REPLACES and takes_replacements(claim, tables)
    }


def behind_named(places: Mapping[int, Place], naming: Mapping[int, str]) -> dict[int, Place]:
    """Give claims, by number, that name an earlier one of `places`, a place in order that is behind it."""
    behind: dict[int, Place] = {}
    for number in sorted(naming):
        named = number_of(naming[number])
        if named < number and named in places:
            before = behind.get(named, places[named])
            behind[number] = max(places[number], (*before, number))
    return behind


def decide(run: RunLedger, batch: Batch, one: ToDecide) -> ClaimDecision:
    """Decide a claim; where it is answered, or a void, the answer to the claim it names is taken back."""
    named, earlier = batch.named_by(one.number), _earlier(run, batch, one)
    if named is None or earlier is not Earlier.KNOWN:
        return _answered(run, batch, one, earlier)
    former = batch.answer_of(named)
    ordinal = batch.ordinal_of(named.number)
    batch.history.take_out(one.called, ordinal)
    if one.claim.frequency == VOID:
        decision = voiding(one.claim, former)
    else:
        decision = _answered(run, batch, one, earlier)
        if decision.state not in ANSWERED:
            if not named.is_taken_back:
                batch.history.bring_back(one.called, ordinal)
            return decision
        decision = with_former(decision, former)
    if not named.is_taken_back:
        batch.take_back_for(named, one.number)
    return decision


def decided_before(batch: Batch, one: ToDecide) -> ClaimDecision | None:
    """Give the answer a claim has already; what it took back is known no more."""
    decision, named = batch.given.get(one.number), batch.found.named.get(one.number)
    if named is not None and named.is_taken_back:
        batch.history.take_out(one.called, batch.ordinal_of(named.number))
    return decision


def taking_back(run: RunLedger, batch: Batch, number: int) -> Iterator[ClaimPayment]:
    """Yield the reversal of the answer that a claim, by number, took back."""
    named = batch.named_by(number)
    if named is not None and (named.is_taken_back or batch.replaced.get(named.number) == number):
        yield from map(reversal, _payments(run, batch, named))


def _payments(run: RunLedger, batch: Batch, named: NamedClaim) -> tuple[ClaimPayment, ...]:
    claim, former = batch.claim_of(named), batch.answer_of(named)
    return payments_of(run, named.number, claim, former, named.received_on, named.answered_on)


def _answered(run: RunLedger, batch: Batch, one: ToDecide, earlier: Earlier | None) -> ClaimDecision:
    facts = batch.history.facts(one.called, one.ordinal, one.claim, one.receipt)
    if earlier is not None:
        facts = msgspec.structs.replace(facts, earlier=earlier)
    return crossed_over(one.claim, answer(one.claim, facts, run.tables, run.settings), run.settings)


def _earlier(run: RunLedger, batch: Batch, one: ToDecide) -> Earlier | None:
    """Say what a claim names; None where it is no replacement or void, or there is no ledger."""
    if one.number not in batch.asked.naming:
        return None
    named, supplier = batch.named_by(one.number), supplier_key(one.claim.billing_provider.party)
    came_in_after = number_of(batch.asked.naming[one.number]) > one.number
    if one.number in batch.asked.misnaming or (came_in_after and not (named and named.is_taken_back)):
        return Earlier.WRONG
    if named is None or named.is_open or one.called is None or not supplier:
        return Earlier.NOT_KNOWN
    theirs = run.people.called(named.person), named.supplier, named.payer
    if theirs != (one.called, supplier, one.claim.payer.id):
        return Earlier.WRONG
    free = named.stands and named.number not in batch.replaced
    return Earlier.KNOWN if named.is_taken_back or free else Earlier.WRONG

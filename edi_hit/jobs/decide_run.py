"""Second step of a run: decides every claim, in order of service date, and keeps the decisions on disk."""

from array import array
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.adjudication import (
    DecisionOrder,
    RemittanceKey,
    RemittanceParties,
    RunHistory,
    claim_payment,
    remittance_key,
    remittance_parties,
)
from edi_hit.adjudication.run_totals import RunTotals
from edi_hit.benefits import answer
from edi_hit.benefits.decision import ANSWERED, ClaimDecision, State
from edi_hit.claims import AnyClaim, Claim
from edi_hit.jobs.read_run import FileRead, SpooledClaim, payer_claim_number
from edi_hit.jobs.spool import Spool
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables
from edi_hit.remits import ClaimPayment


class Decided(msgspec.Struct, frozen=True):
    """What was decided on one claim, and its part of the 835 where it is answered."""

    decision: ClaimDecision
    payment: ClaimPayment | None


class SetToWrite(msgspec.Struct):
    """The claims of one sender that one payer pays to one payee: indexes of decisions, and their sum."""

    parties: RemittanceParties
    total: Decimal
    decided: "array[int]"


class RunDecisions(msgspec.Struct):
    """All decisions of a run: `by_claim[i]` is the index in `decided` of the run's claim number i.

    `sets` holds what each 835 is made of: by file, then by sender, one transaction set a payer and payee.
    """

    decided: Spool[Decided]
    by_claim: "array[int]"
    sets: dict[int, dict[int, dict[RemittanceKey, SetToWrite]]]
    totals: RunTotals


class RunContext(msgspec.Struct, frozen=True):
    """What a run's decisions depend on besides the claims."""

    settings: RunSettings
    tables: Tables
    received_on: date | None


def decide_run(
    claims: Spool[SpooledClaim],
    files: list[FileRead],
    context: RunContext,
    decided: Spool[Decided],
    on_claim: Callable[[], None] = lambda: None,
) -> RunDecisions:
    """Decide every claim in `claims`; `on_claim` is called after each.

    What the claims bill is noted first; then they are decided in the order `DecisionOrder` gives, so that
    the answer does not depend on how they are spread over files.
    """
    history, order = RunHistory(context.tables, context.settings), DecisionOrder(context.tables)
    days, amounts = array("i"), array("i")
    for index, entry in enumerate(claims):
        claim = entry.claim
        usable = claim if isinstance(claim, Claim) and not _rejecting_rules(entry, files) else None
        day, amount = order.place(usable)
        days.append(day)
        amounts.append(amount)
        if usable is not None:
            history.add_billed(index, usable)
    result = RunDecisions(decided, array("q", bytes(8 * len(claims))), {}, RunTotals())
    for index in sorted(range(len(claims)), key=lambda i: (days[i], amounts[i], i)):
        _decide(index, claims[index], files, context, history, result)
        on_claim()
    return result


def _decide(
    index: int,
    entry: SpooledClaim,
    files: list[FileRead],
    context: RunContext,
    history: RunHistory,
    result: RunDecisions,
) -> None:
    claim, rules = entry.claim, _rejecting_rules(entry, files)
    if rules or not isinstance(claim, Claim):
        decision = _unanswered(claim) if claim is not None and not rules else _rejected(entry, rules)
        result.by_claim[index] = result.decided.append(Decided(decision, None))
        result.totals.add(decision)
        return
    decision = answer(claim, history.facts(index, claim), context.tables, context.settings)
    history.add_decided(index, claim, decision)
    payment = None
    if decision.state in ANSWERED:
        payment = claim_payment(claim, decision, payer_claim_number(index), context.received_on)
    at = result.decided.append(Decided(decision, payment))
    result.by_claim[index] = at
    result.totals.add(decision)
    if payment is not None:
        group = _group(entry, claim, context, result)
        group.total += payment.paid
        group.decided.append(at)


def _group(entry: SpooledClaim, claim: Claim, context: RunContext, result: RunDecisions) -> SetToWrite:
    sets = result.sets.setdefault(entry.file, {}).setdefault(entry.sender, {})
    key = remittance_key(claim)
    if key not in sets:
        sets[key] = SetToWrite(remittance_parties(claim, context.settings), Decimal("0.00"), array("q"))
    return sets[key]


def _rejecting_rules(entry: SpooledClaim, files: list[FileRead]) -> tuple[str, ...]:
    """What rejects the claim or its set, each once."""
    of_set = files[entry.file].rejected_sets.get(entry.transaction_set, ())
    return tuple(dict.fromkeys(entry.error_rules + of_set))


def _unanswered(claim: AnyClaim) -> ClaimDecision:
    """The decision on an institutional claim: no benefit here decides those."""
    return ClaimDecision(
        claim=claim.claim_id,
        benefit=None,
        payer=claim.payer.id,
        state=State.UNANSWERED,
        charge=claim.charge,
        reason="institutional claims (837I) are not adjudicated",
    )


def _rejected(entry: SpooledClaim, rules: tuple[str, ...]) -> ClaimDecision:
    return ClaimDecision(
        claim=entry.claim_id,
        benefit=None,
        payer=entry.claim.payer.id if entry.claim else "",
        state=State.REJECTED,
        charge=entry.claim.charge if entry.claim else None,
        reason=f"rejected before adjudication by {', '.join(rules)}",
    )

"""Asks again about claims that wait: those whose drug came in, or whose time ran out, are answered."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from edi_hit.adjudication import require_usable
from edi_hit.benefits.decision import ClaimDecision, State
from edi_hit.jobs.asked_batch import Batch
from edi_hit.jobs.dependents import answer_dependents
from edi_hit.jobs.output_files import make_folder, refuse_existing, written_whole
from edi_hit.jobs.remittance_file import refuse_foreign
from edi_hit.jobs.replacing import decide, taking_back
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.jobs.spool import Spool
from edi_hit.jobs.stored_batches import held, stored_batches
from edi_hit.jobs.stored_remittance import AnsweredAgain, StoredRemittance, payments_of
from edi_hit.jobs.to_decide import ToDecide
from edi_hit.ledger import Ledger, file_of, people_to_reopen, waiting_claims
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables
from edi_hit.remits import ClaimPayment

REMITTANCES = "recycled.835"
DECISIONS = "recycled.ndjson"


class Recycled(msgspec.Struct, frozen=True):
    """How many claims waited, how many of them still do, and the decisions on the others.

    `people_to_reopen` counts people of whom earlier answers may rest on one that these took back.
    """

    waited: int
    waiting: int
    decisions: tuple[ClaimDecision, ...]
    outputs: tuple[Path, ...]
    people_to_reopen: int


def recycle(
    ledger: Ledger,
    out: Path,
    *,
    as_of: date,
    settings: RunSettings | None = None,
    tables: Tables | None = None,
    force: bool = False,
) -> Recycled:
    """Ask again, on day `as_of`, about every claim that waits, and write what is answered into `out`.

    Writes recycled.835, an interchange for each file and sender, and recycled.ndjson; the 835 only where a
    claim is answered. Raises `ConfigError` where an output exists or `settings` give codes an
    835 cannot carry, `LedgerError` and `OSError`.
    """
    settings, tables = settings or RunSettings(), tables or Tables.packaged()
    require_usable(settings, tables, as_of)
    refuse_existing([out / REMITTANCES, out / DECISIONS], force)
    refuse_foreign([out / REMITTANCES], settings.remittance)
    make_folder(out)
    run = RunLedger(ledger, tables, settings, as_of)
    with ledger.reading() as connection:
        waiting = list(waiting_claims(connection))
    done, still = _decide(run, stored_batches(run, waiting))
    with Spool(AnsweredAgain, out) as answers, written_whole(out / DECISIONS, force) as stream:
        for one in done:
            answers.append(one)
            stream.write(msgspec.json.encode(one.decision) + b"\n")
        remittance = StoredRemittance(run, answers, out / REMITTANCES)
        remittance.write(force)
    with ledger.transaction() as connection:
        ledger.record(connection, "recycled", f"{len(done)} of {len(waiting)} claims")
        changed = people_to_reopen(connection, dict.fromkeys(file_of(one.number) for one in done))
    paths = (out / DECISIONS, *remittance.written)
    decisions = tuple(one.decision for one in done)
    return Recycled(len(waiting), still, decisions, paths, len(changed))


def _decide(run: RunLedger, batches: Iterator[list[ToDecide]]) -> tuple[list[AnsweredAgain], int]:
    """Decide every claim that still waits; give those that do no more, in the order they came in.

    Give also how many still wait. Of one that another of them takes the place of, nothing is told.
    """
    done: dict[int, AnsweredAgain] = {}
    still = 0
    for batch in batches:
        with held(run, batch) as people:
            for one in _waiting(people, batch):
                decision = decide(run, people, one)
                people.history.add_decided(one.called, one.ordinal, decision)
                people.record(one.number, one.claim, decision, one.sender, one.receipt.on)
                answer_dependents(run, people, one)
                if decision.state is not State.PENDED:
                    reversals = taking_back(run, people, one.number)
                    done[one.number] = _answered(run, one, decision, tuple(reversals))
            still += sum(rows.claim.state == State.PENDED for rows in people.recorded.values())
            for number in people.replaced:
                done.pop(number, None)
    return [done[number] for number in sorted(done)], still


def _waiting(people: Batch, batch: list[ToDecide]) -> list[ToDecide]:
    """Note what the claims of a batch bill, and what stands of those that wait no more; give the others."""
    for one in batch:
        people.history.add_billed(one.called, one.ordinal, one.claim, one.receipt)
    waiting = []
    for one in batch:
        if people.found.states.get(one.number) == State.PENDED:
            waiting.append(one)
        elif one.number in people.stands:
            people.history.add_decided(one.called, one.ordinal, people.stands[one.number])
    return waiting


def _answered(
    run: RunLedger, one: ToDecide, decision: ClaimDecision, reversals: tuple[ClaimPayment, ...]
) -> AnsweredAgain:
    payments = payments_of(run, one.number, one.claim, decision, one.receipt.on, run.as_of)
    return AnsweredAgain(one.number, one.sender, one.claim, decision, (*reversals, *payments))

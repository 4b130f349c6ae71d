"""Answers again what rests on an outcome that has changed: earlier answers are taken back, others given."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from edi_hit.adjudication import (
    AnswerRecord,
    DecisionOrder,
    require_usable,
    same_answer,
    taken_back,
    with_former,
)
from edi_hit.benefits.decision import ANSWERED, ClaimDecision, State
from edi_hit.claims import person_key
from edi_hit.jobs.asked_batch import Batch
from edi_hit.jobs.output_files import make_folder, refuse_existing, written_whole
from edi_hit.jobs.remittance_file import refuse_foreign
from edi_hit.jobs.replacing import decide
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.jobs.spool import Spool
from edi_hit.jobs.stored_batches import asked_about
from edi_hit.jobs.stored_remittance import AnsweredAgain, StoredRemittance, answered_again
from edi_hit.jobs.to_decide import Place, ToDecide, in_order
from edi_hit.ledger import (
    Ledger,
    Revision,
    changed_people,
    file_of,
    find_answered,
    first_replaced,
    forget_changed,
    not_told,
    rule_lists,
    standing_claims,
    tell,
    tell_nothing,
    those_standing,
)
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables
from edi_hit.rules import ConfigError, LedgerError

REMITTANCES = "reopened.835"
DECISIONS = "reopened.ndjson"

_PEOPLE_AT_ONCE = 100
"""People whose claims are in memory, and in one transaction of the ledger, together."""


class Reopened(msgspec.Struct, frozen=True):
    """The decisions that take the place of others, and the files written."""

    decisions: tuple[ClaimDecision, ...]
    outputs: tuple[Path, ...]


def reopen(
    ledger: Ledger,
    out: Path,
    *,
    as_of: date,
    claims: Sequence[str] = (),
    void: bool = False,
    settings: RunSettings | None = None,
    tables: Tables | None = None,
    force: bool = False,
) -> Reopened:
    """Answer again, on day `as_of`, all claims of the people of `claims` and of those whose lines changed.

    `claims` are named by CLM01 or by the number of our 835s (CLP07); with `void` their answers are taken back
    for good. Only answers that come out otherwise take the place of the former ones. Writes reopened.ndjson
    and, where there is one to tell, reopened.835: a reversal, then the claim as it is answered now.

    Raises `ConfigError` where an output exists, a claim is not found, `void` would fit several or `settings`
    give codes an 835 cannot carry;
    `LedgerError`, also where another reopening told of the same answers meanwhile, and `OSError`: the same
    call, with `force`, then completes the work.
    """
    settings, tables = settings or RunSettings(), tables or Tables.packaged()
    require_usable(settings, tables, as_of)
    refuse_existing([out / REMITTANCES, out / DECISIONS], force)
    refuse_foreign([out / REMITTANCES], settings.remittance)
    make_folder(out)
    run = RunLedger(ledger, tables, settings, as_of)
    with ledger.reading() as connection:
        named = {name: find_answered(connection, name) for name in claims}
        changed = changed_people(connection)
    voided = _voided(named) if void else frozenset()
    found = {claim: who for found in _found(named) for claim, who in found.items()}
    people = dict.fromkeys((*changed, *filter(None, found.values())))
    for some in _in_parts(list(dict.fromkeys(map(run.people.called, people)))):
        _answer_again(run, some, voided)
    _answer_again(run, [], voided, [claim for claim, who in found.items() if not who])
    return _tell(ledger, run, out, force)


def _found(named: dict[str, dict[int, str]]) -> Iterator[dict[int, str]]:
    """The claims found under each name; raises `ConfigError` where there are none."""
    for name, found in named.items():
        if not found:
            raise ConfigError(f"the ledger holds no answered claim {name}")
        yield found


def _voided(named: dict[str, dict[int, str]]) -> frozenset[int]:
    for name, found in named.items():
        if len(found) > 1:
            raise ConfigError(
                f"{len(found)} answered claims are called {name}: give the number of one (CLP07)"
            )
    return frozenset(claim for found in named.values() for claim in found)


def _in_parts(people: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(people), _PEOPLE_AT_ONCE):
        yield people[start : start + _PEOPLE_AT_ONCE]


def _answer_again(
    run: RunLedger, called: list[str], voided: frozenset[int], of_nobody: Sequence[int] = ()
) -> None:
    """Answer all claims of some people in the order they were answered in, as if for the first time.

    So are claims `of_nobody`, by number, whose member id names nobody: they share no history. One that
    replaced another is answered in its place. What there was to look at is forgotten with it.
    """
    ids = [person for name in called for person in run.people.ids(name)]
    with run.locking(called) as connection:
        forget_changed(connection, ids)
        stored = (*standing_claims(connection, ids), *those_standing(connection, of_nobody))
        claims = in_order(map(run.to_decide, stored), run.tables)
        claims.sort(key=_place(run, first_replaced(connection, (one.number for one in claims))))
        with run.answering(connection, asked_about(run, claims)) as people:
            for one in claims:
                if one.number not in voided:
                    people.history.add_billed(one.called, one.ordinal, one.claim, one.receipt)
            for one in claims:
                _decide(run, people, one, voided)


def _place(run: RunLedger, replaced: Mapping[int, int]) -> Callable[[ToDecide], Place]:
    order = DecisionOrder(run.tables)

    def place(one: ToDecide) -> Place:
        number = replaced.get(one.number, one.number)
        return file_of(number), *order.place(one.claim), number

    return place


def _decide(run: RunLedger, people: Batch, one: ToDecide, voided: frozenset[int]) -> None:
    number, former = one.number, people.stands[one.number]
    decision = former
    if number in voided:
        decision = taken_back(one.claim, former)
    elif former.state in ANSWERED:
        now = decide(run, people, one)
        if now.state is not State.UNANSWERED and not same_answer(former, now):
            decision = with_former(now, former)
    people.history.add_decided(one.called, one.ordinal, decision)
    if decision is not former:
        people.take_back(number)
        people.record(number, one.claim, decision, one.sender, one.receipt.on)


def _tell(ledger: Ledger, run: RunLedger, out: Path, force: bool) -> Reopened:
    """Write what no interchange has told of yet, and note that it was told."""
    as_told: dict[Revision, bytes] = {}
    with Spool(AnsweredAgain, out) as answers:
        with ledger.reading() as connection:
            record = AnswerRecord()
            record.learn(rule_lists(connection))
            for one in not_told(connection):
                as_told[one.number, one.revision] = one.answer
                answers.append(answered_again(run, one, record))
        decisions = tuple(one.decision for one in answers)
        remittance = StoredRemittance(run, answers, out / REMITTANCES)
        interchanges = remittance.write(force)
        with written_whole(out / DECISIONS, force) as stream:
            stream.writelines(msgspec.json.encode(decision) + b"\n" for decision in decisions)
        people = {run.people.called(person) for one in answers if (person := person_key(one.claim))}
    outputs = (out / DECISIONS, *remittance.written)
    with run.locking(people) as connection:
        is_told = tell(connection, interchanges, as_told)
        if is_told:
            ledger.record(connection, "reopened", f"{len(decisions)} claims", _numbers(interchanges))
    if not is_told:
        _withdraw(ledger, run, outputs, interchanges)
    return Reopened(decisions, outputs)


def _withdraw(ledger: Ledger, run: RunLedger, outputs: Iterable[Path], interchanges: Iterable[int]) -> None:
    """Take away what was written, since others told of it; raises `LedgerError`."""
    for path in outputs:
        path.unlink()
    with ledger.reading() as connection:
        own = tell_nothing(connection, interchanges)
    run.forget(own)
    raise LedgerError(
        "another ledger reopen told of some of these answers at the same moment: nothing is written here; "
        "the same command again tells what is left"
    )


def _numbers(interchanges: Iterable[int]) -> str:
    """By which 835s it was told, in words."""
    return "told in 835 " + ", ".join(map(str, interchanges)) if interchanges else ""

"""Second step of a run: decides every claim, a batch of people at a time, and keeps the decisions on disk."""

from array import array
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count

import msgspec

from edi_hit.adjudication import RemittanceKey
from edi_hit.adjudication.run_totals import RunTotals
from edi_hit.jobs.batch_decided import BatchDecided
from edi_hit.jobs.decide_batch import BatchDeciding
from edi_hit.jobs.decided_claims import DecidedClaims
from edi_hit.jobs.read_run import FileRead, RunClaims
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.jobs.set_to_write import SetToWrite
from edi_hit.jobs.worker_processes import in_processes, numbers_once

_CLAIMS_OF_A_PROCESS = 1_000
"""Claims that are worth a process of their own."""


def processes(workers: int, claims: int) -> int:
    """Give how many of `workers` processes decide so many claims: one alone where they are few."""
    return max(1, min(workers, claims // _CLAIMS_OF_A_PROCESS))


class RunDecisions(msgspec.Struct):
    """All decisions of a run.

    `sets` holds what each 835 is made of: by file, then by sender, one transaction set a payer and payee.
    """

    decided: DecidedClaims
    sets: dict[int, dict[int, dict[RemittanceKey, SetToWrite]]]
    totals: RunTotals


class _Numbered(msgspec.Struct, frozen=True, array_like=True):
    """A batch by its number, decided by the process that keeps the given part."""

    number: int
    part: int
    batch: BatchDecided


def decide_run(
    claims: RunClaims,
    files: list[FileRead],
    ledger: RunLedger,
    decided: DecidedClaims,
    on_claim: Callable[[], None] = lambda: None,
) -> RunDecisions:
    """Decide every claim in `claims`, in as many processes as `decided` has parts; `on_claim` counts them.

    The claims of one person are decided together: what they bill is noted first; then they are decided by
    receipt, in the order of the files, and within a file as `DecisionOrder` says. What comes out is the same
    however many processes there are.
    """
    run = RunDecisions(decided, {}, RunTotals())
    deciding = [BatchDeciding(claims.spool, files, ledger, part) for part in decided.parts]
    for batch in _in_order(_batches(claims, deciding, ledger)):
        for kept in batch.batch.kept:
            decided.note(batch.part, kept)
            on_claim()
        _add(run, batch.batch)
    for senders in run.sets.values():
        for sender, sets in senders.items():
            for group in sets.values():
                group.claims = array("q", sorted(group.claims))
            senders[sender] = dict(sorted(sets.items(), key=lambda item: item[1].claims[0]))
    return run


def _batches(claims: RunClaims, deciding: list[BatchDeciding], ledger: RunLedger) -> Iterator[_Numbered]:
    """Decide all batches; those of several processes come as they are done."""
    if len(deciding) == 1:
        yield from _share(claims, deciding, 0, count())
        return
    claims.spool.flush()
    ledger.let_go()
    decode = msgspec.msgpack.Decoder(_Numbered).decode
    numbers = numbers_once()
    works = [partial(_encoded, _share(claims, deciding, part, numbers)) for part in range(len(deciding))]
    yield from map(decode, in_processes(works))


def _share(
    claims: RunClaims, deciding: list[BatchDeciding], part: int, numbers: Iterator[int]
) -> Iterator[_Numbered]:
    """Decide the batches whose numbers come to one of the processes: the next one when it is through."""
    due = next(numbers)
    for number, batch in enumerate(claims.batches):
        if number == due:
            yield _Numbered(number, part, deciding[part].decide(batch))
            due = next(numbers)


def _encoded(batches: Iterator[_Numbered]) -> Iterator[bytes]:
    return map(msgspec.msgpack.Encoder().encode, batches)


def _in_order(batches: Iterator[_Numbered]) -> Iterator[_Numbered]:
    """Give batches by their numbers: one that comes too early waits."""
    waiting: dict[int, _Numbered] = {}
    due = 0
    for batch in batches:
        waiting[batch.number] = batch
        while due in waiting:
            yield waiting.pop(due)
            due += 1


def _add(run: RunDecisions, batch: BatchDecided) -> None:
    run.totals.add_part(batch.totals)
    for one in batch.answered:
        sets = run.sets.setdefault(one.file, {}).setdefault(one.sender, {})
        group = sets.get(one.key)
        if group is None:
            group = sets[one.key] = SetToWrite(one.key)
        group.add(one.claim, one.share)

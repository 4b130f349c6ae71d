"""What the replacements and voids of a run led to: earlier answers given again, in files of their own."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType

import msgspec

from edi_hit.adjudication import AnswerRecord
from edi_hit.benefits.decision import ClaimDecision
from edi_hit.jobs.output_files import written_whole
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.jobs.spool import Spool
from edi_hit.jobs.stored_remittance import AnsweredAgain, StoredRemittance, answered_again
from edi_hit.ledger import Ledger, people_to_reopen, reopened_for, rule_lists
from edi_hit.rules import ComposeError

REMITTANCES = "reanswered.835"
DECISIONS = "reanswered.ndjson"


class Reanswered:
    """The earlier answers that rested on answers a run took back, given again and written into `out`.

    They go to who sent the claims, which may be others than sent the files of the run, and so stand apart.
    A run made again writes the same. A context manager.
    """

    def __init__(self, ledger: Ledger | None, run: RunLedger, out: Path) -> None:
        self.people_to_reopen = 0
        self.paths: tuple[Path, ...] = ()
        """The files that were written."""
        self._ledger = ledger
        self._run = run
        self._out = out
        self._spool = Spool(AnsweredAgain, out)

    def collect(self, files: Sequence[int]) -> None:
        """Collect what was answered again for claims of files, by their numbers."""
        if self._ledger is None:
            return
        with self._ledger.reading() as connection:
            self.people_to_reopen = len(people_to_reopen(connection, files))
            record = AnswerRecord()
            record.learn(rule_lists(connection))
            for one in reopened_for(connection, files):
                self._spool.append(answered_again(self._run, one, record))

    def __len__(self) -> int:
        return len(self._spool)

    def decisions(self) -> Iterator[ClaimDecision]:
        """Yield the answers now given."""
        return (one.decision for one in self._spool)

    def write(self, force: bool) -> list[tuple[str, str]]:
        """Write the decisions and their 835, where there are any; give why the 835 could not be, if so.

        With `force`, those of an older run go. Raises `OutputExistsError` and `OSError`.
        """
        if not len(self):
            for name in (REMITTANCES, DECISIONS) if force else ():
                (self._out / name).unlink(missing_ok=True)
            return []
        with written_whole(self._out / DECISIONS, force) as stream:
            stream.writelines(msgspec.json.encode(decision) + b"\n" for decision in self.decisions())
        self.paths = (self._out / DECISIONS,)
        remittance = StoredRemittance(self._run, self._spool, self._out / REMITTANCES)
        try:
            remittance.write(force)
        except ComposeError as error:
            if force:
                (self._out / REMITTANCES).unlink(missing_ok=True)
            return [(REMITTANCES, f"{error}; a run of the same files tells it again")]
        self.paths += remittance.written
        if self._ledger is not None:
            with self._ledger.transaction() as connection:
                self._ledger.record(connection, "reanswered", f"{len(self)} claims")
        return []

    def __enter__(self) -> "Reanswered":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.__exit__(kind, error, trace)

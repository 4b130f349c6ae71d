"""What a drop is doing, in counts and times: for a person, for a program, and as figures."""

import shutil
from collections.abc import Iterator

import msgspec

from edi_hit.exchange.drop.arrivals import Arrivals
from edi_hit.exchange.drop.plan import DropPlan, PlannedFolder
from edi_hit.exchange.drop.staging import file_id
from edi_hit.ledger import JournalStatus, Ledger, OpenFiles, Total, changed_people, journal_status


class FolderStatus(msgspec.Struct, frozen=True):
    """What waits in an inbound folder, for how many seconds the oldest does, and what room is left."""

    folder: str
    waiting: int
    oldest_seconds: int
    free_bytes: int


class Trouble(msgspec.Struct, frozen=True):
    """A file that ended in `error` or `quarantine`: how it is called there, when it came, and why."""

    folder: str
    file: int
    called: str
    received_on: str
    fate: str
    reason: str


class DropStatus(msgspec.Struct, frozen=True):
    """A drop at one moment. `audit` is the head of the audit trail.

    `people_to_reopen` are all those of the ledger to whom earlier answers may rest on what was taken back.
    """

    folders: tuple[FolderStatus, ...]
    open: tuple[OpenFiles, ...]
    totals: tuple[Total, ...]
    workers: tuple[str, ...]
    troubles: tuple[Trouble, ...]
    people_to_reopen: int
    audit: str


def drop_status(plan: DropPlan, ledger: Ledger, most_troubles: int = 10) -> DropStatus:
    """Look at the folders and the journal, and at so many of the files that went wrong last.

    Raises `LedgerError` and `OSError`.
    """
    with ledger.reading() as connection:
        journal = journal_status(connection, most_troubles)
        to_reopen = changed_people(connection)
    return DropStatus(
        folders=tuple(_folder(folder, journal) for folder in plan.folders),
        open=journal.open,
        totals=journal.totals,
        workers=journal.workers,
        troubles=tuple(_troubles(journal)),
        people_to_reopen=len(to_reopen),
        audit=str(journal.audit),
    )


def _folder(folder: PlannedFolder, journal: JournalStatus) -> FolderStatus:
    changed = Arrivals(folder.layout.inbound, folder.settings).waiting()
    return FolderStatus(
        folder=folder.name,
        waiting=len(changed),
        oldest_seconds=max(0, journal.now - int(min(changed))) if changed else 0,
        free_bytes=shutil.disk_usage(folder.layout.root).free,
    )


def _troubles(journal: JournalStatus) -> Iterator[Trouble]:
    for file in journal.troubles:
        yield Trouble(
            folder=file.folder,
            file=file.number,
            called=file_id(file),
            received_on=file.received_on.isoformat(),
            fate=str(file.fate),
            reason=file.reason or "",
        )

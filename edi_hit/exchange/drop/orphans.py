"""What a work folder holds that no open file needs: put aside, or removed."""

import shutil

from edi_hit.exchange.drop.drop_log import DropLog
from edi_hit.exchange.drop.layout import OUT, make_private
from edi_hit.exchange.drop.plan import PlannedFolder
from edi_hit.ledger import DropState, Fate, Ledger, states_of


def clear_work(folder: PlannedFolder, ledger: Ledger, log: DropLog) -> None:
    """Move files the journal does not know to `quarantine/orphans`; remove staging folders of closed files.

    Such files come from another journal, or an older copy of this one. A token is in the journal before its
    file is in the folder, so nothing is moved that is being worked on. Raises `OSError` and `LedgerError`.
    """
    found = sorted(folder.layout.work.iterdir())
    if not found:
        return
    with ledger.reading() as connection:
        states = states_of(connection, folder.name, {path.name.partition(".")[0] for path in found})
    for path in found:
        state = states.get(path.name.partition(".")[0])
        if path.name.endswith(OUT):
            if state in (None, DropState.CLOSED):
                shutil.rmtree(path, ignore_errors=True)
        elif state is None:
            path.rename(make_private(folder.layout.root / Fate.QUARANTINE / "orphans") / path.name)
            log.tell("orphan put aside", folder=folder.name)

"""Removes what was kept long enough: originals with what lies beside them, and the journal's rows."""

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from edi_hit.exchange.drop.plan import DropPlan
from edi_hit.ledger import AuditAct, Fate, Holder, Ledger, database_now, forget_closed, record_act, utc

_DAY = re.compile(r"(\d{4})/(\d{2})/(\d{2})")
_SECONDS_OF_DAY = 86_400


def keep_only_what_is_due(plan: DropPlan, ledger: Ledger, holder: Holder) -> int:
    """Remove the folders of days that are over; give how many. Raises `OSError` and `LedgerError`."""
    kept = plan.settings.retention
    days = {
        Fate.ARCHIVE: kept.archive_days,
        Fate.ERROR: kept.error_days,
        Fate.QUARANTINE: kept.quarantine_days,
    }
    with ledger.reading() as connection:
        now = database_now(connection)
    removed = 0
    for folder in plan.folders:
        for fate, most in days.items():
            first_kept = utc(now).date() - timedelta(days=most)
            for path in _older(folder.layout.root / fate, first_kept) if most else ():
                shutil.rmtree(path)
                removed += 1
                with ledger.transaction() as connection:
                    subject = f"{folder.name}/{path.relative_to(folder.layout.root)}"
                    record_act(connection, AuditAct(holder.owner, "removed", subject, "kept long enough"))
    if kept.journal_days:
        with ledger.transaction() as connection:
            forget_closed(connection, holder.owner, now - kept.journal_days * _SECONDS_OF_DAY)
    return removed


def _older(root: Path, first_kept: date) -> Iterator[Path]:
    """The folders of days (`yyyy/mm/dd`) before one."""
    for path in sorted(root.glob("*/*/*")):
        found = _DAY.fullmatch(path.relative_to(root).as_posix())
        if found is not None and date(*map(int, found.groups())) < first_kept:
            yield path

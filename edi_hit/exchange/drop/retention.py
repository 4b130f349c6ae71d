"""Removes what was kept long enough: originals and what lies beside them, files put on servers, journal."""

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from edi_hit.exchange.drop.layout import ACK, OUTBOUND, PUT
from edi_hit.exchange.drop.plan import DropPlan
from edi_hit.ledger import AuditAct, Fate, Holder, Ledger, database_now, forget_closed, record_act, utc
from edi_hit.profiles import Retention

_DAY = re.compile(r"(\d{4})/(\d{2})/(\d{2})")
_SECONDS_OF_DAY = 86_400


def keep_only_what_is_due(plan: DropPlan, ledger: Ledger, holder: Holder) -> int:
    """Remove folders of days that are over, and files put on servers; give how many.

    Raises `OSError` and `LedgerError`.
    """
    kept = plan.settings.retention
    with ledger.reading() as connection:
        now = database_now(connection)
    removed = 0
    for folder in plan.folders:
        root = folder.layout.root
        for path in _over(root, kept, utc(now).date()):
            shutil.rmtree(path)
            removed += 1
            _tell(ledger, holder, f"{folder.name}/{path.relative_to(root)}", "kept long enough")
        for place in (ACK, OUTBOUND) if kept.sent_days else ():
            files = _remove_older(root / place / PUT, now - kept.sent_days * _SECONDS_OF_DAY)
            removed += files
            if files:
                _tell(ledger, holder, f"{folder.name}/{place}/{PUT}", f"{files} files kept long enough")
    if kept.journal_days:
        with ledger.transaction() as connection:
            forget_closed(connection, holder.owner, now - kept.journal_days * _SECONDS_OF_DAY)
    return removed


def _over(root: Path, kept: Retention, today: date) -> Iterator[Path]:
    """The folders of days whose files were kept long enough."""
    days = {
        Fate.ARCHIVE: kept.archive_days,
        Fate.ERROR: kept.error_days,
        Fate.QUARANTINE: kept.quarantine_days,
    }
    for fate, most in days.items():
        if most:
            yield from _older(root / fate, today - timedelta(days=most))


def _tell(ledger: Ledger, holder: Holder, subject: str, detail: str) -> None:
    with ledger.transaction() as connection:
        record_act(connection, AuditAct(holder.owner, "removed", subject, detail))


def _remove_older(folder: Path, first_kept: float) -> int:
    """Remove the files of a folder that were made before a time; give how many.

    One that another worker removes at the same time is passed over.
    """
    removed = 0
    for path in folder.glob("*"):
        with suppress(FileNotFoundError):
            if path.is_file() and path.stat().st_mtime < first_kept:
                path.unlink()
                removed += 1
    return removed


def _older(root: Path, first_kept: date) -> Iterator[Path]:
    """The folders of days (`yyyy/mm/dd`) before one."""
    for path in sorted(root.glob("*/*/*")):
        found = _DAY.fullmatch(path.relative_to(root).as_posix())
        if found is not None and date(*map(int, found.groups())) < first_kept:
            yield path

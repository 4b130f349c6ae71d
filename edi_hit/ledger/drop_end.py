"""How files of the drop come to their end: what was decided of them, and that it is done."""

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from edi_hit.ledger.audit import AuditAct, AuditHead, record_act
from edi_hit.ledger.clock import database_now
from edi_hit.ledger.drop_journal import DropFile, DropState, Fate, Holder, hold_file, note_file
from edi_hit.ledger.drop_order import forget_people
from edi_hit.ledger.exchange_tables import DROP_CLAIM, DROP_FILE, DROP_INTERCHANGE, DROP_TOTAL
from edi_hit.ledger.statements import in_chunks


class Verdict(msgspec.Struct, frozen=True):
    """What was decided of a file: its end, why, and which files are sent for it (folder and name).

    `answered` is false where nothing of it was judged: the same bytes may come again then.
    """

    fate: Fate
    reason: str
    outputs: tuple[tuple[str, str], ...] = ()
    claims: int = 0
    answered: bool = True


def decide_file(connection: Connection, holder: Holder, number: int, verdict: Verdict) -> DropFile:
    """Write down what was decided of a file; from now on only that is done. Raises `LeaseLostError`."""
    hold_file(connection, holder, number)
    forget_people(connection, number)
    return note_file(connection, number, state=DropState.DECIDED, **msgspec.structs.asdict(verdict))


def close_file(connection: Connection, holder: Holder, file: DropFile) -> AuditHead:
    """Write down that all was done that was decided; give the audit trail's head. Raises `LeaseLostError`."""
    hold_file(connection, holder, file.number)
    now = database_now(connection)
    row = connection.execute(select(DROP_FILE).where(DROP_FILE.c.number == file.number)).one()
    values = {"state": DropState.CLOSED, "closed_at": now, "open_name": None, "lease_until": 0}
    connection.execute(update(DROP_FILE).where(DROP_FILE.c.number == file.number).values(values))
    fate = str(row.fate)
    _count(connection, file, fate, max(0, now - row.received_at))
    detail = f"{fate}: {row.reason}; {len(file.outputs)} files sent" if row.reason else fate
    return record_act(connection, AuditAct(holder.owner, "closed", subject_of(file), detail))


def subject_of(file: DropFile) -> str:
    """How the audit trail calls a file: by number, and by its bytes where they are known."""
    return f"drop file {file.number}" + (f" sha256 {file.sha256}" if file.sha256 else "")


def _count(connection: Connection, file: DropFile, fate: str, seconds: int) -> None:
    of = (DROP_TOTAL.c.folder == file.folder) & (DROP_TOTAL.c.fate == fate)
    added = {"files": 1, "bytes": file.size or 0, "claims": file.claims or 0, "seconds": seconds}
    plus = {name: DROP_TOTAL.c[name] + count for name, count in added.items()}
    if not connection.execute(update(DROP_TOTAL).where(of).values(plus)).rowcount:
        connection.execute(insert(DROP_TOTAL).values(folder=file.folder, fate=fate, **added))


def forget_closed(connection: Connection, actor: str, before: int) -> int:
    """Forget files closed before this moment (seconds since 1970), with what they held; give how many."""
    old = select(DROP_FILE.c.number).where(DROP_FILE.c.closed_at < before)
    numbers = list(connection.execute(old).scalars())
    for some in in_chunks(numbers):
        connection.execute(delete(DROP_INTERCHANGE).where(DROP_INTERCHANGE.c.file.in_(some)))
        connection.execute(delete(DROP_CLAIM).where(DROP_CLAIM.c.file.in_(some)))
        connection.execute(delete(DROP_FILE).where(DROP_FILE.c.number.in_(some)))
    if numbers:
        record_act(connection, AuditAct(actor, "forgotten", "drop files", f"{len(numbers)} closed files"))
    return len(numbers)

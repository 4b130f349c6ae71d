"""What a ledger holds, in counts and dates alone."""

from datetime import date
from decimal import Decimal

import msgspec
from sqlalchemy import BigInteger, Connection, Select, Table, func, select, type_coerce

from edi_hit.ledger.claim_tables import CLAIM, CLAIM_LINE
from edi_hit.ledger.file_tables import COUNTER, INPUT_FILE, OPEN_BALANCE, SENT_INTERCHANGE
from edi_hit.ledger.files import INTERCHANGES
from edi_hit.ledger.migrations import version_of
from edi_hit.ledger.reopening import changed_people
from edi_hit.ledger.tables import loadable_tables


class LedgerStatus(msgspec.Struct, frozen=True):
    """Counts: rows by loadable table, claims by state, files and those not finished, 835 interchanges sent.

    `waiting` is how many claims wait to be looked at again, the earliest on `next_look_on`; `changed` of how
    many people a line got another outcome since, so that their claims are to be reopened. `open_balances` are
    what payees owe after their payments (PLB FB, WO) and no later 835 has collected: `owed` dollars in all.
    """

    version: int
    rows: dict[str, int]
    claims: dict[str, int]
    files: int
    unfinished_files: int
    interchanges_sent: int
    last_control_number: int
    waiting: int
    next_look_on: date | None
    changed: int
    open_balances: int
    owed: Decimal
    first_service: date | None
    last_service: date | None


def ledger_status(connection: Connection) -> LedgerStatus:
    """Count what the ledger holds."""
    waiting, next_look = connection.execute(
        select(func.count(), func.min(CLAIM.c.next_look_on)).where(CLAIM.c.state == "pended")
    ).one()
    first, last = connection.execute(
        select(func.min(CLAIM_LINE.c.service_date), func.max(CLAIM_LINE.c.service_date))
    ).one()
    balances = select(func.count(), func.sum(type_coerce(OPEN_BALANCE.c.amount, BigInteger)))
    open_balances, cents = connection.execute(balances.where(OPEN_BALANCE.c.collected_by.is_(None))).one()
    states = select(CLAIM.c.state, func.count()).group_by(CLAIM.c.state)
    return LedgerStatus(
        version=version_of(connection) or 0,
        rows={name: connection.scalar(_count_of(table)) or 0 for name, table in loadable_tables().items()},
        claims=dict(sorted((state, count) for state, count in connection.execute(states))),
        files=connection.scalar(_count_of(INPUT_FILE)) or 0,
        unfinished_files=connection.scalar(_count_of(INPUT_FILE).where(~INPUT_FILE.c.finished)) or 0,
        interchanges_sent=connection.scalar(_count_of(SENT_INTERCHANGE)) or 0,
        last_control_number=connection.scalar(select(COUNTER.c.last).where(COUNTER.c.name == INTERCHANGES))
        or 0,
        waiting=waiting,
        next_look_on=next_look,
        changed=len(changed_people(connection)),
        open_balances=open_balances,
        owed=Decimal(int(cents or 0)).scaleb(-2),
        first_service=first,
        last_service=last,
    )


def _count_of(table: Table) -> Select[int]:
    return select(func.count()).select_from(table)

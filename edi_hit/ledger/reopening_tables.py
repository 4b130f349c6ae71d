"""Answers that were taken back, and whose answers are to be looked at again."""

from sqlalchemy import BigInteger, Column, Date, Index, Integer, LargeBinary, String, Table, and_

from edi_hit.ledger.metadata import METADATA

FORMER_ANSWER = Table(
    "former_answer",
    METADATA,
    Column("claim", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("answer", LargeBinary, nullable=False),
    Column("answered_on", Date),
    Column("control_number", Integer),
    Column("replaced_by", BigInteger),
    Column("reopened_for", BigInteger),
    Column("unsettled", Integer),
    comment="Answers taken back, the first revision 1, and what told so: an interchange (blank:"
    " none yet), the 835 of the claim that replaces or voids it, or the run of a claim that replaced"
    " or voided another one, on which it rested. Unsettled (1) are those taken back by a claim that"
    " replaces or voids it, until what rested on them was looked at.",
)
Index("former_answer_by_claim", FORMER_ANSWER.c.replaced_by)
Index("former_answer_by_cause", FORMER_ANSWER.c.reopened_for)
Index(
    "former_answer_unsettled",
    FORMER_ANSWER.c.claim,
    sqlite_where=FORMER_ANSWER.c.unsettled.is_not(None),
    postgresql_where=FORMER_ANSWER.c.unsettled.is_not(None),
)

UNTOLD = and_(
    FORMER_ANSWER.c.control_number.is_(None),
    FORMER_ANSWER.c.replaced_by.is_(None),
    FORMER_ANSWER.c.reopened_for.is_(None),
)
"""Of answers taken back those that `ledger reopen` has to tell of."""

TOLD_CLAIM = Table(
    "told_claim",
    METADATA,
    Column("claim", BigInteger, primary_key=True, autoincrement=False),
    comment="Claims answered here of which the payer, or a CSV, then told the outcome: it stands.",
)

CHANGED_PERSON = Table(
    "changed_person",
    METADATA,
    Column("person", String, primary_key=True),
    comment="People of whom a line got another outcome: answers that rest on it are to be given again."
    " Whose answers claims took back is told by former_answer.",
)

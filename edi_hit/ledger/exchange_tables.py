"""The journal of the file drop: each file from its arrival to its end, and what it held."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Index, Integer, String, Table

from edi_hit.ledger.metadata import METADATA

DROP_FILE = Table(
    "drop_file",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("folder", String, nullable=False),
    Column("name", String, nullable=False),
    Column("open_name", String, unique=True),
    Column("token", String, nullable=False, unique=True),
    Column("state", String, nullable=False, index=True),
    Column("owner", String, nullable=False),
    Column("lease_until", BigInteger, nullable=False),
    Column("takes", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("size", BigInteger),
    Column("sha256", String, index=True),
    Column("copy", Integer),
    Column("duplicate_of", Integer),
    Column("partner", String),
    Column("registration", Integer),
    Column("first_control_number", Integer),
    Column("fate", String),
    Column("reason", String),
    Column("answered", Boolean),
    Column("outputs", JSON),
    Column("claims", Integer),
    Column("closed_at", BigInteger, index=True),
    comment="Every file the drop took; times in seconds since 1970, by the database's clock.",
)

DROP_INTERCHANGE = Table(
    "drop_interchange",
    METADATA,
    Column("file", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("parties", String, nullable=False),
    Column("control_number", String, nullable=False, index=True),
    comment="The interchanges of those files: ISA05 to ISA08 as a digest, and ISA13.",
)

DROP_CLAIM = Table(
    "drop_claim",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("file", Integer, primary_key=True),
    comment="What the claims of those files say, as digests: a claim sent twice has the same.",
)

DROP_PERSON = Table(
    "drop_person",
    METADATA,
    Column("file", Integer, primary_key=True),
    Column("person", String, primary_key=True),
    comment="Whom files that are being adjudicated are about, as digests, until they are decided.",
)
Index("drop_person_files", DROP_PERSON.c.person)

DROP_TOTAL = Table(
    "drop_total",
    METADATA,
    Column("folder", String, primary_key=True),
    Column("fate", String, primary_key=True),
    Column("files", BigInteger, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("claims", BigInteger, nullable=False),
    Column("seconds", BigInteger, nullable=False),
    comment="How many files came to which end in a folder, and how long they took from arrival.",
)

"""Stores claims of the past: each once, found again by its number, its person and its supplier."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, insert, select

from edi_hit.ledger.claim_tables import CLAIM, CLAIM_LINE, claim_number
from edi_hit.ledger.reopening import note_told
from edi_hit.ledger.statements import in_chunks, replace_rows

ClaimKey = tuple[str, str, str]
"""CLM01, the person and the supplier: what tells one claim from another."""


class PastClaim(msgspec.Struct):
    """A claim of the past: its key, its payer's id, and its lines as rows of `claim_line` without a place."""

    claim_id: str
    person: str
    supplier: str
    payer: str
    lines: list[dict[str, Any]]

    @property
    def key(self) -> ClaimKey:
        """What tells this claim from others."""
        return (self.claim_id, self.person, self.supplier)


def claims_of_lines(lines: Iterable[dict[str, Any]]) -> list[PastClaim]:
    """Put lines of one claim together, in the order the claims come."""
    found: dict[ClaimKey, PastClaim] = {}
    for line in lines:
        key = (line["claim_id"], line["person"], line["supplier"])
        if key not in found:
            found[key] = PastClaim(*key, line["payer"], [])
        found[key].lines.append(line)
    return list(found.values())


def known_claims(connection: Connection, claims: Iterable[PastClaim]) -> dict[ClaimKey, int]:
    """Give the numbers of those of the claims that the ledger has; of two alike the first."""
    known: dict[ClaimKey, int] = {}
    for some in in_chunks({claim.claim_id for claim in claims}):
        rows = connection.execute(
            select(CLAIM.c.claim_id, CLAIM.c.person, CLAIM.c.supplier, CLAIM.c.claim)
            .where(CLAIM.c.claim_id.in_(some))
            .order_by(CLAIM.c.claim)
        )
        for claim_id, person, supplier, number in rows:
            known.setdefault((claim_id, person, supplier), number)
    return known


def store_past_claims(connection: Connection, file: int, first: int, claims: list[PastClaim]) -> None:
    """Store claims of a file, the new ones at places from `first` on.

    A line of a claim that is known takes the place of the line of the same number.
    """
    known = known_claims(connection, claims)
    held = _held(connection, known.values())
    rows: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    for claim in claims:
        number = known.get(claim.key)
        if number is None:
            number = claim_number(file, first + len(heads))
            heads.append(_head(number, claim))
        rows += _placed(number, claim.lines, held[number])
    if heads:
        connection.execute(insert(CLAIM), heads)
    replaced = ((held[row["claim"]].get(row["line"]), row) for row in rows)
    note_told(connection, [(before, row) for before, row in replaced if before is not None])
    replace_rows(connection, CLAIM_LINE, rows)


def _head(number: int, claim: PastClaim) -> dict[str, Any]:
    outcomes = {line["outcome"] for line in claim.lines}
    answered = max((line["answered_on"] for line in claim.lines if line["answered_on"]), default=None)
    state = "paid" if "paid" in outcomes else "denied" if outcomes == {"denied"} else "unanswered"
    return {
        "claim": number,
        "claim_id": claim.claim_id,
        "person": claim.person,
        "supplier": claim.supplier,
        "payer": claim.payer,
        "state": state,
        "answered_on": answered,
        "next_look_on": None,
    }


def _held(connection: Connection, numbers: Iterable[int]) -> dict[int, dict[int, Row[Any]]]:
    """Give, for each claim, its lines by their number on the claim."""
    held: dict[int, dict[int, Row[Any]]] = defaultdict(dict)
    for some in in_chunks(numbers):
        for row in connection.execute(select(CLAIM_LINE).where(CLAIM_LINE.c.claim.in_(some))):
            held[row.claim][row.line] = row
    return held


def _placed(number: int, lines: list[dict[str, Any]], held: dict[int, Row[Any]]) -> Iterator[dict[str, Any]]:
    """Put lines at the places of those of their number, the others behind all that are held."""
    free = count(max((row.place for row in held.values()), default=-1) + 1)
    for line in lines:
        before = held.get(line["line"])
        yield {**line, "claim": number, "place": next(free) if before is None else before.place}

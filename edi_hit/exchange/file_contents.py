"""What a file or body holds, found before anything of it is judged, and what of it came before."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from edi_hit.claims import claim_digest
from edi_hit.claims.identity import member_key
from edi_hit.guides import Unit, read_loops
from edi_hit.jobs.partner_findings import KnownBefore
from edi_hit.ledger import (
    ACKNOWLEDGMENTS,
    Connection,
    Contents,
    InterchangeKey,
    Registered,
    sha256_of,
    take_numbers,
)
from edi_hit.profiles import Duplicates, Partner
from edi_hit.rules import NotX12Error
from edi_hit.x12 import ELEMENT, Interchange, InterchangeStart, Segment, read_events

_LAST_CONTROL_NUMBER = 999_999_999
_MEMBER, _MEMBER_ID = f"NM1{ELEMENT}IL{ELEMENT}", 9


class Whose(msgspec.Struct):
    """Who sends a file to whom, and about whom: its interchanges, and the keys of members (NM109)."""

    interchanges: list[Interchange] = []
    people: set[str] = set()


def whose_is(path: Path) -> Whose:
    """Say whose a file is, as far as it goes; it has no interchange where it is no X12. Raises `OSError`."""
    found = Whose()
    with suppress(NotX12Error):
        for event in read_events(path):
            if isinstance(event, InterchangeStart):
                found.interchanges.append(event.interchange)
            elif isinstance(event, Segment) and event.text.startswith(_MEMBER):
                found.people.update(_person(event))
    return found


def contents_of(path: Path, whose: Whose, partner: Partner | None, *, with_people: bool) -> Contents:
    """Give what a file holds, as the journal notes it. Raises `OSError`."""
    windows = partner.duplicates if partner is not None else Duplicates()
    return Contents(
        sha256=sha256_of(path),
        size=path.stat().st_size,
        partner=partner.name if partner is not None else "",
        interchanges=tuple(map(_key, whose.interchanges)),
        claims=_digests(path) if windows.claim_days else frozenset(),
        file_days=windows.file_days,
        interchange_days=windows.interchange_days,
        claim_days=windows.claim_days,
        people=frozenset(whose.people if with_people else ()),
    )


def known_before(registered: Registered) -> KnownBefore:
    """Give what came before of a file whose contents are noted, as a reading asks for it."""
    used, sent = registered.interchanges, registered.claims
    return KnownBefore(lambda found: _key(found) in used, sent.__contains__)


def acknowledgment_numbers(connection: Connection, count: int) -> int:
    """Take so many control numbers for acknowledgements; give the first. After the last there is comes 1."""
    return (take_numbers(connection, ACKNOWLEDGMENTS, count) - 1) % _LAST_CONTROL_NUMBER + 1


def _key(interchange: Interchange) -> InterchangeKey:
    """What tells an interchange from others: who sends to whom (ISA05 to ISA08), as a digest, and ISA13."""
    parties = (
        interchange.sender_qualifier,
        interchange.sender,
        interchange.receiver_qualifier,
        interchange.receiver,
    )
    digest = hashlib.sha256("\x1d".join(parties).encode()).hexdigest()[:32]
    return digest, interchange.control_number


def _person(segment: Segment) -> Iterator[str]:
    """The key of the member an NM1 names (NM109), where it tells people apart."""
    elements = segment.elements
    key = member_key(elements[_MEMBER_ID]) if len(elements) > _MEMBER_ID else None
    if key is not None:
        yield key


def _digests(path: Path) -> frozenset[str]:
    found: set[str] = set()
    try:
        for event in read_loops(read_events(path)):
            digest = claim_digest(event) if isinstance(event, Unit) else None
            if digest is not None:
                found.add(digest)
    except NotX12Error:
        return frozenset(found)
    return frozenset(found)

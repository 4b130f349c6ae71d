"""What a file holds, found before anything of it is judged: its sender, interchanges, bytes, claims."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from edi_hit.claims import claim_digest
from edi_hit.claims.identity import member_key
from edi_hit.exchange.drop.plan import PlannedFolder
from edi_hit.guides import Unit, read_loops
from edi_hit.ledger import Contents, InterchangeKey, sha256_of
from edi_hit.profiles import Duplicates, Partner, Work
from edi_hit.rules import NotX12Error
from edi_hit.x12 import ELEMENT, Interchange, InterchangeStart, Segment, read_events

_MEMBER, _MEMBER_ID = f"NM1{ELEMENT}IL{ELEMENT}", 9


class FoundContents(msgspec.Struct, frozen=True):
    """What was found. `unusable` says why nothing of the file can be judged, empty where it can."""

    contents: Contents
    control_numbers: tuple[str, ...] = ()
    partner: Partner | None = None
    unusable: str = ""


def interchange_key(interchange: Interchange) -> InterchangeKey:
    """What tells an interchange from others: who sends to whom (ISA05 to ISA08), as a digest, and ISA13."""
    parties = (
        interchange.sender_qualifier,
        interchange.sender,
        interchange.receiver_qualifier,
        interchange.receiver,
    )
    digest = hashlib.sha256("\x1d".join(parties).encode()).hexdigest()[:32]
    return digest, interchange.control_number


def find_contents(path: Path, folder: PlannedFolder) -> FoundContents:
    """Look into a file. Raises `OSError`."""
    sha256, size = sha256_of(path), path.stat().st_size
    bare = Contents(sha256, size, "", (), frozenset(), 0, 0, 0)
    interchanges: list[Interchange] = []
    people: set[str] = set()
    try:
        for event in read_events(path):
            if isinstance(event, InterchangeStart):
                interchanges.append(event.interchange)
            elif isinstance(event, Segment) and event.text.startswith(_MEMBER):
                people.update(_person(event))
    except NotX12Error:
        if not interchanges:
            return FoundContents(bare, unusable="not X12")
    partner = folder.sender_of(interchanges[0])
    if partner is None and folder.settings.partners:
        return FoundContents(bare, unusable="sender unknown")
    most = partner.limits.bytes_per_file if partner is not None else None
    if most is not None and size > most:
        return FoundContents(bare, unusable="too large")
    windows = partner.duplicates if partner is not None else Duplicates()
    contents = Contents(
        sha256=sha256,
        size=size,
        partner=partner.name if partner is not None else "",
        interchanges=tuple(map(interchange_key, interchanges)),
        claims=_digests(path) if windows.claim_days else frozenset(),
        file_days=windows.file_days,
        interchange_days=windows.interchange_days,
        claim_days=windows.claim_days,
        people=frozenset(people if folder.work_for(partner).do is Work.ADJUDICATE else ()),
    )
    return FoundContents(contents, tuple(one.control_number for one in interchanges), partner)


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

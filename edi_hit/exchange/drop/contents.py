"""What a file of the drop holds, whose it is, and whether anything of it can be judged."""

from pathlib import Path

import msgspec

from edi_hit.exchange.drop.plan import PlannedFolder
from edi_hit.exchange.file_contents import contents_of, whose_is
from edi_hit.ledger import Contents, sha256_of
from edi_hit.profiles import Partner, Work


class FoundContents(msgspec.Struct, frozen=True):
    """What was found. `unusable` says why nothing of the file can be judged, empty where it can."""

    contents: Contents
    control_numbers: tuple[str, ...] = ()
    partner: Partner | None = None
    unusable: str = ""


def find_contents(path: Path, folder: PlannedFolder) -> FoundContents:
    """Look into a file. Raises `OSError`."""
    whose = whose_is(path)
    if not whose.interchanges:
        return _unusable(path, "not X12")
    partner = folder.sender_of(whose.interchanges[0])
    if partner is None and folder.settings.partners:
        return _unusable(path, "sender unknown")
    most = partner.limits.bytes_per_file if partner is not None else None
    if most is not None and path.stat().st_size > most:
        return _unusable(path, "too large")
    adjudicated = folder.work_for(partner).do is Work.ADJUDICATE
    contents = contents_of(path, whose, partner, with_people=adjudicated)
    return FoundContents(contents, tuple(one.control_number for one in whose.interchanges), partner)


def _unusable(path: Path, why: str) -> FoundContents:
    bare = Contents(sha256_of(path), path.stat().st_size, "", (), frozenset(), 0, 0, 0)
    return FoundContents(bare, unusable=why)

"""A claim whose findings may still come: it gathers their status codes, for itself and for its lines."""

import msgspec

from edi_hit.acks.claim_acknowledgment import ClaimStatusCode
from edi_hit.acks.claim_pieces import line_at, line_of
from edi_hit.acks.claim_statuses import status_of
from edi_hit.acks.receipt import ClaimReceipt
from edi_hit.guides import Loop
from edi_hit.rules import Finding

MAX_CODES = 20
"""Different status codes told of one claim; one more says nothing new."""
MAX_FAULTY_LINES = 50


class HeldClaim:
    """A claim whose findings may still come."""

    def __init__(self, claim: ClaimReceipt, loop: Loop, first: int, guide_name: str) -> None:
        self._claim = claim
        self._loop = loop
        self._first = first
        self._guide_name = guide_name
        self._lines: dict[int, tuple[Loop, dict[ClaimStatusCode, None]]] = {}
        self.codes: dict[ClaimStatusCode, None] = {}

    def names(self, finding: Finding) -> bool:
        """Whether a finding names this claim, or none."""
        return finding.claim is None or finding.claim == self._claim.claim_id

    def reaches(self, finding: Finding) -> bool:
        """Whether a finding is this claim's: it names it, or stands in it, and stands nowhere after it."""
        named = finding.claim == self._claim.claim_id
        if finding.segment is None or (finding.claim and not named):
            return named
        index = finding.segment + self._first
        return index <= _last_index(self._loop) and (named or index >= _first_index(self._loop))

    def take(self, finding: Finding) -> None:
        """Note what a finding means for the claim, and for the line it stands in."""
        code = status_of(finding, self._guide_name)
        if len(self.codes) < MAX_CODES:
            self.codes[code] = None
        line = line_at(self._loop, finding.segment + self._first) if finding.segment else None
        if line is not None and (id(line) in self._lines or len(self._lines) < MAX_FAULTY_LINES):
            self._lines.setdefault(id(line), (line, {}))[1][code] = None

    def finished(self) -> ClaimReceipt:
        """The claim with its status codes."""
        if not self.codes:
            return self._claim
        lines = tuple(line_of(loop, tuple(codes)) for loop, codes in self._lines.values())
        return msgspec.structs.replace(self._claim, codes=tuple(self.codes), faulty_lines=lines)


def _first_index(loop: Loop) -> int:
    opener = loop.segments[0][2] if loop.segments else None
    return opener.index if opener else 0


def _last_index(loop: Loop) -> int:
    """The index of the last segment of a loop, its child loops included."""
    own = [segment.index for _, _, segment in loop.segments[-1:] if segment is not None]
    own += [segment.index for segment in loop.unplaced[-1:]]
    return max([*own, *(_last_index(child) for child in loop.loops[-1:])], default=0)

"""What became of the claims of a batch: what one process tells another."""

import msgspec

from edi_hit.adjudication import RemittanceKey
from edi_hit.adjudication.run_totals import RunTotals
from edi_hit.jobs.decided_claims import Kept
from edi_hit.jobs.set_to_write import ClaimShare


class Answered(msgspec.Struct, frozen=True, array_like=True):
    """An answered claim by its place in the run: its file and sender, its set, and its share of that."""

    claim: int
    file: int
    sender: int
    key: RemittanceKey
    share: ClaimShare


class BatchDecided(msgspec.Struct, frozen=True, array_like=True):
    """What became of a batch: where each claim is kept, those that were answered, and the sums."""

    kept: list[Kept] = []
    answered: list[Answered] = []
    totals: RunTotals = msgspec.field(default_factory=RunTotals)

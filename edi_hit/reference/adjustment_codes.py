"""The code lists of a remittance: adjustment reasons, remarks, groups, claim statuses."""

from datetime import date

import msgspec

from edi_hit.reference.cells import Cells
from edi_hit.reference.layout import Layout

_LIST_STATUSES = ("active", "listed", "stopped")


class AdjustmentCode(msgspec.Struct, frozen=True):
    """A claim adjustment reason code (CARC) or remittance advice remark code (RARC).

    `gist` is our own short wording, empty for codes far from home infusion. `active` is as of
    `captured_on`, the day the list was read: later changes are unknown. For a RARC it means that no stop
    date was seen. `group_only` names the group codes the list restricts a CARC to, empty for no limit.
    """

    code: str
    gist: str
    active: bool
    stopped_on: date | None
    captured_on: date | None
    group_only: tuple[str, ...]
    remark_required: bool
    alert: bool
    confidence: str
    source: str

    def usable_on(self, on: date) -> bool:
        """Whether the code may be used on `on`, as far as the list tells."""
        return self.active if self.stopped_on is None else on < self.stopped_on


class RemittanceCode(msgspec.Struct, frozen=True):
    """A code fixed by the remittance guide: a group (CAS01), claim status (CLP02) or PLB reason (PLB03-1)."""

    code: str
    gist: str
    valid_in_5010: bool
    confidence: str
    source: str


def _adjustment_code(cells: Cells) -> AdjustmentCode:
    return AdjustmentCode(
        code=cells.code("code"),
        gist=cells.text("gist", ""),
        active=cells.choice("status", _LIST_STATUSES) != "stopped",
        stopped_on=cells.day("stopped_on"),
        captured_on=cells.day("captured_on"),
        group_only=tuple(cells.text("group_only", "").split()),
        remark_required=cells.flag("remark_required"),
        alert=cells.flag("alert"),
        confidence=cells.confidence(),
        source=cells.source(),
    )


def _remittance_code(cells: Cells) -> RemittanceCode:
    return RemittanceCode(
        code=cells.code("code"),
        gist=cells.text("gist"),
        valid_in_5010=cells.flag("valid_in_5010"),
        confidence=cells.confidence(),
        source=cells.source(),
    )


CARC = Layout("carc", ("code", "gist", "status"), _adjustment_code, lambda row: (row.code,))
RARC = Layout("rarc", ("code", "gist", "status"), _adjustment_code, lambda row: (row.code,))
GROUP_CODES = Layout("group_codes", ("code", "gist"), _remittance_code, lambda row: (row.code,))
CLAIM_STATUS_CODES = Layout("claim_status_codes", ("code", "gist"), _remittance_code, lambda row: (row.code,))
PLB_CODES = Layout("plb_codes", ("code", "gist"), _remittance_code, lambda row: (row.code,))

"""A token's partner sends for itself alone."""

from edi_hit.exchange.http.operations.work import Work
from edi_hit.rules import PartnerError
from edi_hit.x12 import InterchangeStart, read_events


def require_senders(work: Work) -> None:
    """Raise `PartnerError` where an interchange of the body is sent by another than the caller's partner."""
    allowed = work.settings.senders
    if allowed is None:
        return
    for event in read_events(work.body.source):
        if isinstance(event, InterchangeStart) and event.interchange.sender.strip() not in allowed:
            raise PartnerError("an interchange is not sent (ISA06) by the partner of this token")

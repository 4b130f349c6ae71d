"""The envelope of a file as a header, so that what is made of it can be sent the same way."""

from datetime import datetime

from edi_hit.rules import FaultyInputError
from edi_hit.x12.compose_writer import EnvelopeHeader
from edi_hit.x12.envelope import read_events
from edi_hit.x12.events import Group, GroupStart
from edi_hit.x12.source import Source


def header_of(source: Source) -> EnvelopeHeader:
    """Give what the first ISA and GS of `source` say.

    Raises `FaultyInputError` where there is no group, or its day or control number cannot be read;
    `NotX12Error` and `OSError` as `read_segments` does.
    """
    groups = (event.group for event in read_events(source) if isinstance(event, GroupStart))
    group = next(groups, None)
    if group is None:
        raise FaultyInputError("the file has no functional group", ())
    return _header(group)


def _header(group: Group) -> EnvelopeHeader:
    interchange, elements = group.interchange, [*group.segment.elements, *[""] * 6]
    try:
        created_on = datetime.strptime(elements[4], "%Y%m%d").date()
        control_number = int(interchange.control_number)
    except ValueError:
        raise FaultyInputError("the day or the control number of the envelope cannot be read", ()) from None
    return EnvelopeHeader(
        sender=interchange.sender,
        receiver=interchange.receiver,
        created_on=created_on,
        created_at=elements[5],
        control_number=control_number,
        functional_id=group.functional_id,
        version=group.version,
        usage=interchange.usage,
        sender_qualifier=interchange.sender_qualifier,
        receiver_qualifier=interchange.receiver_qualifier,
        application_sender=group.sender,
        application_receiver=group.receiver,
        acknowledgment_requested=interchange.acknowledgment_requested,
    )

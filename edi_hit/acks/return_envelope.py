"""The envelope of an acknowledgement: back to who sent the file, with a date and a number of its own."""

from datetime import date

import msgspec

from edi_hit.acks.plain_text import plain
from edi_hit.acks.receipt import GroupReceipt, InterchangeReceipt
from edi_hit.profiles.acknowledgment import AcknowledgmentParty, AcknowledgmentPolicy
from edi_hit.rules import ComposeError
from edi_hit.x12 import EnvelopeHeader, party_qualifiers

LAST_CONTROL_NUMBER = 999_999_999
_USAGES = ("P", "T")
_TEST = "T"
_LONGEST_ID = 15


class Dispatch(msgspec.Struct, frozen=True):
    """When acknowledgements are made, and from which number on their interchanges are numbered (ISA13).

    `created_at` is HHMM. `received_on` is the day the input came.
    """

    created_on: date
    created_at: str
    received_on: date
    first_control_number: int = 1


def next_control_number(number: int) -> int:
    """The number after `number`; 1 comes after 999,999,999. Raises `ComposeError` for no such number."""
    if not 1 <= number <= LAST_CONTROL_NUMBER:
        raise ComposeError("an interchange control number has one to nine digits and is not zero")
    return number % LAST_CONTROL_NUMBER + 1


def return_header(
    interchange: InterchangeReceipt,
    group: GroupReceipt | None,
    policy: AcknowledgmentPolicy,
    dispatch: Dispatch,
    control_number: int,
    kind: tuple[str, str],
) -> EnvelopeHeader:
    """The header back to whom `interchange` came from; `kind` is GS01 and GS08.

    The names of GS come from `group`, turned round. The test indicator is repeated, T where it is unknown.
    """
    inbound_to = AcknowledgmentParty(interchange.receiver, interchange.receiver_qualifier)
    inbound_from = AcknowledgmentParty(interchange.sender, interchange.sender_qualifier)
    sender, receiver = policy.sender or inbound_to, policy.receiver or inbound_from
    applications = (group.receiver, group.sender) if group else ("", "")
    return EnvelopeHeader(
        sender=_id(sender.id),
        receiver=_id(receiver.id),
        created_on=dispatch.created_on,
        created_at=dispatch.created_at,
        control_number=control_number,
        functional_id=kind[0],
        version=kind[1],
        usage=interchange.usage if interchange.usage in _USAGES else _TEST,
        sender_qualifier=_qualifier(sender),
        receiver_qualifier=_qualifier(receiver),
        application_sender=_application(policy.sender, applications[0]),
        application_receiver=_application(policy.receiver, applications[1]),
    )


def can_address(interchange: InterchangeReceipt, policy: AcknowledgmentPolicy) -> bool:
    """Whether an acknowledgement has an address on both sides; a broken ISA gives none (X12-ENV-15)."""
    sender = policy.sender.id if policy.sender else interchange.receiver
    receiver = policy.receiver.id if policy.receiver else interchange.sender
    return bool(_id(sender) and _id(receiver))


def _id(text: str) -> str:
    return plain(text)[:_LONGEST_ID].rstrip()


def _qualifier(of: AcknowledgmentParty) -> str:
    """ISA05 or ISA07: a qualifier outside the list of 005010 is not repeated: an answer must be valid."""
    return of.qualifier if of.qualifier in party_qualifiers() else "ZZ"


def _application(replaced: AcknowledgmentParty | None, sent: str) -> str:
    if replaced is not None:
        return replaced.application or replaced.id
    name = plain(sent)
    return name if 2 <= len(name) <= _LONGEST_ID else ""

"""Says whether a TA1 is due for an interchange, and makes it."""

from edi_hit.acks.interchange_acknowledgment import Ta1
from edi_hit.acks.receipt import InterchangeReceipt
from edi_hit.acks.return_envelope import can_address
from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy, AnswerWhen, InterchangeVerdict


def ta1_for(interchange: InterchangeReceipt, policy: AcknowledgmentPolicy) -> Ta1 | None:
    """The TA1 of an interchange; None where none is due, or none can be made (X12-ENV-15, X12-TA1-02).

    None can be made where ISA13, ISA09 or ISA10, which it repeats, are not digits.
    """
    number, day, time = interchange.control_number, interchange.date, interchange.time
    readable = all(
        text.isascii() and text.isdigit() and len(text) == width
        for text, width in ((number, 9), (day, 6), (time, 4))
    )
    if not readable or interchange.holds_ta1 or not can_address(interchange, policy):
        return None
    asked = interchange.acknowledgment_requested == "1"
    wrong = interchange.verdict is not InterchangeVerdict.ACCEPTED
    due = {
        AnswerWhen.NEVER: False,
        AnswerWhen.ON_ERROR: asked or wrong,
        AnswerWhen.ASKED: asked,
        AnswerWhen.ALWAYS: True,
    }[policy.ta1]
    if not due:
        return None
    return Ta1(number, day, time, interchange.verdict.value, interchange.note)

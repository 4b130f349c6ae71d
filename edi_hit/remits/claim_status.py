"""CLP02: as which payer a claim was processed, and whether it was sent on to another (X12-835-04, -20)."""

PRIMARY, SECONDARY, TERTIARY = "1", "2", "3"
PATIENT_UNKNOWN = "4"
"""Denied since the patient was not found, and not sent on; a known patient's claim is never this."""

NOT_OURS = "23"
"""Not this payer's claim, and sent on to the one whose it is."""

_BY_SEQUENCE = {"P": PRIMARY, "S": SECONDARY}
_SENT_ON = {PRIMARY: "19", SECONDARY: "20", TERTIARY: "21"}

SENT_ON = (*_SENT_ON.values(), NOT_OURS)
"""The claim was sent on: NM1*TT says to whom."""

_SEQUENCES = "PSTABCDEFGH"


def processed_status(sequence: str) -> str:
    """Give CLP02 of a claim answered by the payer in a place of order (SBR01); from the third on it is 3."""
    return _BY_SEQUENCE.get(sequence, TERTIARY)


def sent_on_status(status: str) -> str:
    """Give CLP02 of a processed claim (1, 2, 3) that is sent on to the next payer too."""
    return _SENT_ON[status]


def pays_after(sequence: str, other: str) -> bool:
    """Whether the payer in place `other` of the order (SBR01) pays after the one in place `sequence`.

    An order that is not known (U, or no code of SBR01) is after none.
    """
    order = {code: place for place, code in enumerate(_SEQUENCES)}
    return sequence in order and other in order and order[other] > order[sequence]

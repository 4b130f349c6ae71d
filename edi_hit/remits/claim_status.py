"""CLP02: as which payer a claim was processed, and whether it was sent on to another (X12-835-04, -20)."""

PATIENT_UNKNOWN = "4"
"""Denied since the patient was not found, and not sent on; a known patient's claim is never this."""

NOT_OURS = "23"
"""Not this payer's claim, and sent on to the one whose it is."""

_SENT_ON = {"1": "19", "2": "20", "3": "21"}

SENT_ON = (*_SENT_ON.values(), NOT_OURS)
"""The claim was sent on: NM1*TT says to whom."""


def sent_on_status(status: str) -> str:
    """Give CLP02 of a processed claim (1, 2, 3) that is sent on to the next payer too."""
    return _SENT_ON[status]

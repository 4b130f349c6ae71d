"""CLP02 of a claim that is sent on to another payer besides (X12-835-20)."""

_SENT_ON = {"1": "19", "2": "20", "3": "21"}

SENT_ON = tuple(_SENT_ON.values())
"""The claim was sent on: NM1*TT says to whom."""


def sent_on_status(status: str) -> str:
    """Give CLP02 of a processed claim (1, 2, 3) that is sent on to the next payer too."""
    return _SENT_ON[status]

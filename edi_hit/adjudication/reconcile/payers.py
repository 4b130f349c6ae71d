"""Tells payers apart by what 835s call them."""

import re

from edi_hit.remits import PaymentHead

_NOT_NAMING = re.compile(r"[^A-Z0-9]+")


class PayerBook:
    """Numbers payers. Two payments are of one payer where they share its name, an id or its tax number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._count = 0

    def number(self, head: PaymentHead) -> int:
        """Give the number of the payer of a payment; a new one where nothing of it is known yet."""
        identities = _identities(head)
        known = (self._numbers[identity] for identity in identities if identity in self._numbers)
        number = next(known, None)
        if number is None:
            number, self._count = self._count, self._count + 1
        for identity in identities:
            self._numbers.setdefault(identity, number)
        return number


def _identities(head: PaymentHead) -> list[str]:
    """Name, ids and tax number; a tax number of zeros is a simulation's and names nobody."""
    payer = head.payer
    tax_number = head.payer_tax_id if head.payer_tax_id[1:].strip("0") else ""
    sent = (("name", payer.name), *(("id", item) for item in payer.ids), ("tax", tax_number))
    named = [(kind, _NOT_NAMING.sub("", text.upper())) for kind, text in sent]
    return [f"{kind} {text}" for kind, text in named if text]

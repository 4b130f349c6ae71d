"""A comparison of remittances as one JSON document, written as it is read from disk."""

from collections.abc import Iterable, Iterator

import msgspec

from edi_hit.adjudication.reconcile import Difference, ReconcileTotals, Tally
from edi_hit.reference import amount_text

_encoder = msgspec.json.Encoder()


def reconcile_document(
    head: dict[str, object], totals: ReconcileTotals, differences: Iterable[Difference]
) -> Iterator[bytes]:
    """Yield the document in parts: the totals, then `head`, then the differences one by one."""
    sums = {
        "matched": totals.matched,
        "at_stake": amount_text(totals.at_stake),
        "by_kind": {kind.value: _tally(tally) for kind, tally in totals.by_kind.items()},
        "by_reason": {reason or "none": _tally(tally) for reason, tally in totals.by_reason.items()},
    }
    yield _encoder.encode({**sums, **head})[:-1] + b',"differences":['
    for number, difference in enumerate(differences):
        shown: dict[str, object] = msgspec.to_builtins(difference)
        shown["amount"] = amount_text(difference.amount)
        yield (b",\n" if number else b"\n") + _encoder.encode(shown)
    yield b"\n]}\n"


def _tally(tally: Tally) -> dict[str, object]:
    return {"count": tally.count, "amount": amount_text(tally.amount)}

"""Claims that the ledger holds, a batch of people at a time, to be asked about again."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import msgspec

from edi_hit.adjudication import DecisionOrder, Receipt
from edi_hit.claims import AnyView, person_key
from edi_hit.claims.identity import supplier_key
from edi_hit.jobs.asked_batch import Asked, Batch
from edi_hit.jobs.claim_batches import ClaimBatches, mark_of
from edi_hit.jobs.replacing import Place, ToDecide, behind_named, naming
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.ledger import StoredClaim, file_of


class HeldClaim(msgspec.Struct, frozen=True):
    """A claim of the ledger: its place among those asked about, and what its person is called."""

    at: int
    stored: StoredClaim
    claim: AnyView
    called: str | None

    @property
    def receipt(self) -> Receipt:
        """When it came in: files are numbered in the order they came."""
        return Receipt(file_of(self.stored.number), self.stored.received_on)

    @property
    def to_decide(self) -> ToDecide:
        """It, to be decided."""
        return ToDecide(self.stored.number, self.at, self.called, self.claim, self.receipt)


def in_order(run: RunLedger, stored: Iterable[StoredClaim]) -> list[HeldClaim]:
    """Give claims in the order they are decided in."""
    order = DecisionOrder(run.tables)
    claims = [_held(run, at, one) for at, one in enumerate(stored)]
    return _sorted(run, claims, order)


def asked_about(run: RunLedger, claims: Sequence[HeldClaim]) -> Asked:
    """Give who and what is asked about where claims are answered again."""
    return Asked(
        frozenset(one.called for one in claims if one.called is not None),
        frozenset(supplier_key(one.claim.billing_provider.party) for one in claims),
        tuple(one.stored.number for one in claims),
        {one.stored.number: one.at for one in claims},
        _naming(run, claims),
    )


def stored_batches(run: RunLedger, stored: Sequence[StoredClaim]) -> Iterator[list[HeldClaim]]:
    """Yield claims in batches that hold all claims of their people, in the order they are decided in."""
    order = DecisionOrder(run.tables)
    claims = [_held(run, at, one) for at, one in enumerate(stored)]
    batches = ClaimBatches()
    for claim in claims:
        batches.add(mark_of(claim.called))
    for batch in batches:
        yield _sorted(run, [claims[at] for at in batch], order)


@contextmanager
def held(run: RunLedger, batch: list[HeldClaim]) -> Iterator[Batch]:
    """Hold the people of a batch; what is decided is recorded at the end."""
    with run.holding(asked_about(run, batch)) as found:
        yield found


def _sorted(run: RunLedger, claims: list[HeldClaim], order: DecisionOrder) -> list[HeldClaim]:
    places: dict[int, Place] = {
        one.stored.number: (file_of(one.stored.number), *order.place(one.claim), one.at) for one in claims
    }
    places |= behind_named(places, _naming(run, claims))
    return sorted(claims, key=lambda one: places[one.stored.number])


def _naming(run: RunLedger, batch: Sequence[HeldClaim]) -> dict[int, str]:
    return naming(((one.stored.number, one.claim) for one in batch), run.tables)


def _held(run: RunLedger, at: int, stored: StoredClaim) -> HeldClaim:
    claim: AnyView = msgspec.msgpack.decode(stored.body, type=AnyView)
    person = person_key(claim)
    return HeldClaim(at, stored, claim, None if person is None else run.people.called(person))

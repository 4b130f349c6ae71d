"""Claims that the ledger holds, a batch of people at a time, to be asked about again."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import msgspec

from edi_hit.benefits.facts import supplier_key
from edi_hit.jobs.asked_batch import Asked, Batch
from edi_hit.jobs.claim_batches import ClaimBatches, mark_of
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.jobs.to_decide import ToDecide, in_order, naming
from edi_hit.ledger import StoredClaim


def stored_batches(run: RunLedger, stored: Iterable[StoredClaim]) -> Iterator[list[ToDecide]]:
    """Yield claims in batches that hold all claims of their people, in the order they are decided in."""
    claims = [run.to_decide(one) for one in stored]
    batches = ClaimBatches()
    for claim in claims:
        batches.add(mark_of(claim.called))
    for batch in batches:
        yield in_order((claims[at] for at in batch), run.tables)


def asked_about(run: RunLedger, claims: Sequence[ToDecide]) -> Asked:
    """Give who and what is asked about where claims are answered again."""
    return Asked(
        frozenset(one.called for one in claims if one.called is not None),
        frozenset(supplier_key(one.claim.billing_provider.party) for one in claims),
        tuple(one.number for one in claims),
        naming=naming(claims, run.tables),
    )


@contextmanager
def held(run: RunLedger, batch: Sequence[ToDecide]) -> Iterator[Batch]:
    """Hold the people of a batch; what is decided is recorded at the end."""
    asked = asked_about(run, batch)
    depending = {one.called for one in batch if one.number in asked.naming and one.called is not None}
    with run.holding(msgspec.structs.replace(asked, depending=frozenset(depending))) as found:
        yield found

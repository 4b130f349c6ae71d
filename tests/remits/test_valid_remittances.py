"""Any remittance that declaration and guide allow and that balances is composed, right, comes back equal."""

import io
from collections.abc import Sequence
from datetime import date

from composed_ahead import composed_ahead
from declared_entries import Entry, entries, held
from structure_diff import differences
from valid_remittances import RemittanceWithClaims, valid_remittances
from valid_runs import each_of, loops_without_error

from edi_hit.guides import guide
from edi_hit.remits import (
    ComposedPayments,
    PaymentInSet,
    PaymentRecord,
    Remittance,
    RemittanceRecord,
    read_remittances,
    write_remittances,
)
from edi_hit.remits.mapping_835 import CLAIM_GROUP, CLAIM_PAYMENT, REMITTANCE
from edi_hit.x12 import ComposeWriter, EnvelopeHeader

HEADER = EnvelopeHeader(
    sender="15202",
    receiver="HIP01",
    created_on=date(2025, 1, 10),
    created_at="1200",
    control_number=1,
    functional_id="HP",
    version="005010X221A1",
)


def test_remittances_are_right_and_every_entry_is_hit() -> None:
    hit: set[Entry] = set()

    def one(remittance_with_claims: RemittanceWithClaims) -> None:
        remittance, payments = remittance_with_claims
        data = written(remittance_with_claims)
        ahead = composed_ahead(remittance, payments)
        assert all(isinstance(one, ComposedPayments) for one in ahead)
        assert written((remittance, ahead)) == data
        records = list(read_remittances(data))
        read = [event.payment for event in records if isinstance(event, PaymentRecord)]
        assert differences(read, payments) == []
        heads = [event.remittance for event in records if isinstance(event, RemittanceRecord)]
        assert differences(heads, [remittance]) == []
        for loop in loops_without_error(data):
            hit.update(held(loop))

    each_of(valid_remittances(), one)
    root = guide("835").root
    group = root.loop("2000")
    every = {
        *entries(REMITTANCE, root),
        *entries(CLAIM_GROUP, group),
        *entries(CLAIM_PAYMENT, group.loop("2100")),
    }
    assert len(every) > 300
    assert sorted(every - hit, key=str) == []


def written(remittance_with_claims: tuple[Remittance, Sequence[PaymentInSet]]) -> bytes:
    stream = io.BytesIO()
    writer = ComposeWriter(stream, HEADER)
    writer.start()
    write_remittances(writer, [remittance_with_claims])
    writer.end()
    return stream.getvalue()

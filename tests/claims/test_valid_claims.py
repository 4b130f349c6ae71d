"""Any claim that declarations and guides allow is composed, is right, for pyx12 too, and comes back equal."""

import io
from datetime import date

import pytest
from declared_entries import Entry, entries, held
from structure_diff import differences
from valid_claims import valid_claims
from valid_runs import each_of, loops_without_error

from edi_hit.claims import AnyClaim, ClaimRecord, read_claims, write_claims
from edi_hit.claims.claim_declaration import INSTITUTIONAL, PROFESSIONAL, ClaimDeclaration
from edi_hit.guides import guide
from edi_hit.x12 import EnvelopeHeader

HEADER = EnvelopeHeader(
    sender="HIP01",
    receiver="15202",
    created_on=date(2025, 1, 3),
    created_at="1200",
    control_number=1,
    functional_id="HC",
    version="005010X222A1",
)


def declared(declaration: ClaimDeclaration) -> set[Entry]:
    """The entries of a claim's declaration and of those above it."""
    root = guide(declaration.guide).root
    provider = root.loop("2000A")
    subscriber = provider.loop("2000B")
    return {
        *entries(declaration.submission, root),
        *entries(declaration.billing_provider, provider),
        *entries(declaration.subscriber, subscriber),
        *entries(declaration.patient, subscriber.loop("2000C")),
        *entries(declaration.claim, subscriber.loop("2300")),
    }


@pytest.mark.parametrize("declaration", [PROFESSIONAL, INSTITUTIONAL], ids=lambda d: d.guide)
def test_claims_are_right_and_every_entry_is_hit(declaration: ClaimDeclaration) -> None:
    hit: set[Entry] = set()

    def one(claim: AnyClaim) -> None:
        stream = io.BytesIO()
        write_claims([claim], stream, HEADER)
        data = stream.getvalue()
        read = [event.claim for event in read_claims(data) if isinstance(event, ClaimRecord)]
        assert differences(read, [claim]) == []
        for loop in loops_without_error(data):
            hit.update(held(loop))

    each_of(valid_claims(declaration), one)
    every = declared(declaration)
    assert len(every) > 800
    assert sorted(every - hit, key=str) == []

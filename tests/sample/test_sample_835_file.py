"""Sample remittances: accepted by pyx12, balanced to the cent, the same from the same seed."""

import io
from decimal import Decimal
from pathlib import Path

import pytest
from pyx12_oracle import accepts

from edi_hit.guides import read_loops
from edi_hit.jobs.checked_units import checked_units
from edi_hit.reference import Tables
from edi_hit.remits import ClaimPayment, adjusted
from edi_hit.rules import Finding
from edi_hit.sample import sample_claims, sample_remittances, write_sample_835
from edi_hit.x12 import read_events


def written(count: int, seed: int) -> bytes:
    stream = io.BytesIO()
    assert write_sample_835(stream, count, seed) == count
    return stream.getvalue()


@pytest.mark.parametrize(("count", "seed"), [(1, 0), (60, 3), (600, 4)])
def test_pyx12_and_our_checks_accept_the_file(tmp_path: Path, count, seed):
    path = tmp_path / "sample.835"
    path.write_bytes(written(count, seed))
    assert accepts(path)
    events = checked_units(read_loops(read_events(path)), Tables.packaged())
    assert [event for event in events if isinstance(event, Finding)] == []


def payments(count: int, seed: int) -> list[ClaimPayment]:
    return [claim for _, claims in sample_remittances(count, seed) for claim in claims]


def test_each_claim_is_answered_once_with_its_charge_and_lines():
    paid = {claim.claim_id: claim for claim in payments(300, 5)}
    sent = {claim.claim_id: claim for claim in sample_claims(300, 5)}
    assert paid.keys() == sent.keys()
    for claim_id, claim in sent.items():
        answer = paid[claim_id]
        assert answer.charge == claim.charge
        assert [line.control_number for line in answer.lines] == [line.control_number for line in claim.lines]


def test_primary_secondary_and_denied_claims_and_interest_occur():
    heads = [head for head, _ in sample_remittances(600, 5)]
    assert {claim.status for claim in payments(600, 5)} == {"1", "2"}
    assert any(not claim.paid for claim in payments(600, 5))
    assert any(head.provider_adjustments for head in heads)


def test_every_line_balances_to_the_cent():
    for claim in payments(300, 8):
        for line in claim.lines:
            assert line.charge - adjusted(line.adjustments) == line.paid
            assert line.paid >= Decimal(0)


def test_same_seed_same_bytes():
    assert written(100, 9) == written(100, 9)
    assert written(100, 9) != written(100, 10)


def test_cannot_be_mistaken_for_money():
    data = written(20, 1)
    assert data[:106].split(b"*")[15] == b"T"
    segments = data.decode().split("~\n")
    assert {s[:6] for s in segments if s.startswith("BPR*")} == {"BPR*I*"}
    assert all(s.startswith("TRN*1*SIM") for s in segments if s.startswith("TRN*"))


def test_a_file_without_claims_is_refused():
    with pytest.raises(ValueError, match="at least one claim"):
        write_sample_835(io.BytesIO(), 0, 1)

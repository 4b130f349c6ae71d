"""Sample files: accepted by pyx12, read back without a finding, the same bytes from the same seed."""

import io
from pathlib import Path

import pytest
from pyx12.params import params
from pyx12.x12n_document import x12n_document

from edi_hit.claims import ClaimRecord, read_claims
from edi_hit.rules import Finding
from edi_hit.sample import (
    sample_claims,
    sample_institutional_claims,
    write_sample_837i,
    write_sample_837p,
)

KINDS = {"837p": (write_sample_837p, sample_claims), "837i": (write_sample_837i, sample_institutional_claims)}


def written(count: int, seed: int, kind: str = "837p") -> bytes:
    stream = io.BytesIO()
    assert KINDS[kind][0](stream, count, seed) == count
    return stream.getvalue()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("count", "seed"), [(1, 0), (1, 1), (1, 2), (50, 3), (500, 4)])
def test_pyx12_accepts_the_file(tmp_path: Path, count, seed, kind):
    path = tmp_path / "sample.837"
    path.write_bytes(written(count, seed, kind))
    acknowledgement = io.StringIO()
    accepted = x12n_document(
        param=params(),
        src_file=str(path),
        fd_997=acknowledgement,
        fd_html=None,
        fd_xmldoc=None,
        fd_json=None,
        map_path=None,
    )
    assert accepted
    assert "\nIK5*A~" in acknowledgement.getvalue()
    assert "\nIK3*" not in acknowledgement.getvalue()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("count", "seed"), [(1, 0), (50, 3), (500, 4)])
def test_file_reads_back_as_it_was_drawn(count, seed, kind):
    events = list(read_claims(written(count, seed, kind)))
    assert [event for event in events if isinstance(event, Finding)] == []
    records = [event for event in events if isinstance(event, ClaimRecord)]
    assert all(record.accepted for record in records)
    assert [record.claim for record in records] == list(KINDS[kind][1](count, seed))


def test_same_seed_same_bytes():
    assert written(200, 9) == written(200, 9)
    assert written(200, 9) != written(200, 10)


def test_a_new_set_begins_after_5000_claims_with_a_reference_of_its_own():
    segments = written(5003, 2).decode().split("~\n")
    sets = [segment for segment in segments if segment.startswith("ST*")]
    references = {segment.split("*")[3] for segment in segments if segment.startswith("BHT*")}
    assert len(sets) == len(references) == 2
    assert sum(segment.startswith("CLM*") for segment in segments) == 5003


def test_patients_share_a_provider_and_claims_share_a_subscriber():
    segments = written(400, 6).decode().split("~\n")
    levels = [segment.split("*")[3] for segment in segments if segment.startswith("HL*")]
    assert levels.count("20") < levels.count("22") < 400
    assert levels.count("23") > 0


def test_marked_as_test_data():
    assert written(1, 1)[:106].split(b"*")[15] == b"T"


def test_a_file_without_claims_is_refused():
    with pytest.raises(ValueError, match="at least one claim"):
        write_sample_837p(io.BytesIO(), 0, 1)


def test_progress_counts_every_claim():
    told: list[int] = []
    write_sample_837p(io.BytesIO(), 25, 1, told.append)
    assert sum(told) == 25

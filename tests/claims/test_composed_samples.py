"""X12 to claims to X12 for every 837 sample: equal and whole, or refused with the findings the reader had."""

import io
from collections import Counter
from pathlib import Path

import pytest
from composed_values import lost
from pyx12_oracle import accepts
from sample_files import each_sample, sample_paths
from structure_diff import differences
from written_back import HEADER

from edi_hit.claims import ClaimRecord, claims_of, read_claims, write_claims
from edi_hit.guides import read_loops
from edi_hit.jobs.checked_units import checked_units
from edi_hit.reference import Tables
from edi_hit.rules import ComposeError, Finding
from edi_hit.x12 import read_events

CERTIFICATES = (
    "stupidedi__x222a1-hc837-professional-oxygen.edi",
    "stupidedi__x222a1-hc837-professional-wheelchair.edi",
)
"""Claims with a certificate of medical necessity (PWK*CT*AB), which pyx12 judges as another attachment."""

Place = tuple[str, str | None, str | None, int | None]


def checked(source: Path | bytes) -> list[ClaimRecord]:
    """The claims of a file with all that is found in them and above them."""
    units = checked_units(read_loops(read_events(source)), Tables.packaged())
    return [event for event in claims_of(units) if isinstance(event, ClaimRecord)]


def plain(source: Path | bytes) -> list[ClaimRecord]:
    """The claims of a file with what reading alone finds."""
    return [event for event in read_claims(source) if isinstance(event, ClaimRecord)]


def composed(record: ClaimRecord, *, strict: bool = True) -> bytes | ComposeError:
    """The claim as a file of its own, or why it is refused."""
    assert record.claim is not None
    stream = io.BytesIO()
    try:
        write_claims([record.claim], stream, HEADER, strict=strict)
    except ComposeError as error:
        return error
    return stream.getvalue()


def place(finding: Finding) -> Place:
    return finding.rule, finding.loop, finding.segment_id, finding.element


@each_sample("837P", "837I", x12=True)
def test_each_claim_is_composed_whole_or_refused_with_the_readers_findings(
    sample: Path, tmp_path: Path
) -> None:
    for number, record in enumerate(checked(sample)):
        if record.claim is None:
            assert not record.accepted
            continue
        out = composed(record)
        if isinstance(out, ComposeError):
            assert out.findings
            assert {place(finding) for finding in out.findings} <= {place(f) for f in record.findings}
            continue
        (again,) = checked(out)
        assert again.accepted
        assert differences(again.claim, record.claim) == []
        assert lost(record.loop, again.loop) == Counter()
        path = tmp_path / f"{number}.837"
        path.write_bytes(out.decode("utf-8").encode("ascii", "replace"))
        assert accepts(path) == (sample.name not in CERTIFICATES)


@each_sample("837P", "837I", x12=True)
def test_each_claim_the_guide_accepts_is_composed_whole(sample: Path) -> None:
    """Whatever its balance and its codes."""
    for record in plain(sample):
        if not record.accepted:
            continue
        out = composed(record, strict=False)
        assert isinstance(out, bytes)
        (again,) = plain(out)
        assert differences(again.claim, record.claim) == []
        assert lost(record.loop, again.loop) == Counter() == lost(again.loop, record.loop)


def test_the_samples_have_claims_of_both_kinds_to_compose(capsys: pytest.CaptureFixture[str]) -> None:
    """Else the test above could pass because all is refused."""
    for folder, least, least_accepted in (("837P", 15, 30), ("837I", 0, 5)):
        paths = sample_paths(folder, x12=True)
        records = [record for path in paths for record in checked(path) if record.claim]
        if not records:
            pytest.skip("the public sample files are not here")
        whole = sum(isinstance(composed(record), bytes) for record in records)
        accepted = sum(record.accepted for path in paths for record in plain(path))
        with capsys.disabled():
            print(f"\n{folder}: {whole} of {len(records)} claims composed, {accepted} not strictly", end="")
        assert whole >= least
        assert accepted >= least_accepted

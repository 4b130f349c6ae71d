"""The claims of every 837P sample: pyx12 accepts what is written of what is accepted."""

from pathlib import Path

from pyx12_oracle import accepts
from sample_files import each_sample, sample_paths
from written_back import written

from edi_hit.claims import ClaimRecord, read_claims

CERTIFICATES = (
    "stupidedi__x222a1-hc837-professional-oxygen.edi",
    "stupidedi__x222a1-hc837-professional-wheelchair.edi",
)
"""Claims with a certificate of medical necessity (PWK*CT*AB), which pyx12 judges as another attachment."""


def accepted_in(sample: Path) -> list[ClaimRecord]:
    return [e for e in read_claims(sample) if isinstance(e, ClaimRecord) and e.accepted]


@each_sample("837P", x12=True)
def test_pyx12_accepts_what_we_write_of_what_we_accept(sample: Path, tmp_path: Path) -> None:
    for number, record in enumerate(accepted_in(sample)):
        path = tmp_path / f"{number}.837"
        text = written(record).decode("utf-8").encode("ascii", "replace")
        path.write_bytes(text)
        assert accepts(path) == (sample.name not in CERTIFICATES)


def test_the_samples_have_claims_to_compare(samples: Path) -> None:
    """Else the tests above could pass because nothing is accepted any more."""
    assert sum(len(accepted_in(path)) for path in sample_paths("837P", x12=True)) >= 30

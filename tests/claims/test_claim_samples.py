"""The claims of every 837P sample: pyx12 accepts what is written of what is accepted."""

from pathlib import Path

from pyx12_oracle import accepts
from sample_files import each_sample
from written_back import written

from edi_hit.claims import ClaimRecord, read_claims
from edi_hit.rules import NotX12Error

CERTIFICATES = (
    "stupidedi__x222a1-hc837-professional-oxygen.edi",
    "stupidedi__x222a1-hc837-professional-wheelchair.edi",
)
"""Claims with a certificate of medical necessity (PWK*CT*AB), which pyx12 judges as another attachment."""


def accepted_in(sample: Path) -> list[ClaimRecord]:
    try:
        found = [event for event in read_claims(sample) if isinstance(event, ClaimRecord)]
    except NotX12Error:
        return []
    return [record for record in found if record.accepted]


@each_sample("837P")
def test_pyx12_accepts_what_we_write_of_what_we_accept(sample: Path, tmp_path: Path) -> None:
    for number, record in enumerate(accepted_in(sample)):
        path = tmp_path / f"{number}.837"
        text = written(record).decode("utf-8").encode("ascii", "replace")
        path.write_bytes(text)
        assert accepts(path) == (sample.name not in CERTIFICATES)


def test_the_samples_have_claims_to_compare(samples_837p: Path) -> None:
    """Else the tests above could pass because nothing is accepted any more."""
    assert sum(len(accepted_in(path)) for path in samples_837p.iterdir()) >= 30

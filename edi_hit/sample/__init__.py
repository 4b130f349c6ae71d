"""Synthetic, valid home-infusion files: invented people and payers, real codes. Same seed, same bytes."""

from edi_hit.sample.sample_claims import sample_claims, sample_institutional_claims
from edi_hit.sample.sample_remittances import sample_remittances
from edi_hit.sample.write_835 import write_sample_835
from edi_hit.sample.write_837 import write_sample_837i, write_sample_837p

__all__ = [
    "sample_claims",
    "sample_institutional_claims",
    "sample_remittances",
    "write_sample_835",
    "write_sample_837i",
    "write_sample_837p",
]

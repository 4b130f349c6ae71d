"""Synthetic, valid home-infusion files: invented people and payers, real codes. Same seed, same bytes."""

from edi_hit.sample.sample_claims import sample_claims
from edi_hit.sample.write_837p import write_sample_837p

__all__ = ["sample_claims", "write_sample_837p"]

"""Writes a sample 837P: one interchange, at most 5,000 claims a transaction set, test indicator T."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from edi_hit.claims import Claim, write_claims
from edi_hit.sample.envelope import sample_header
from edi_hit.sample.sample_claims import sample_claims


def write_sample_837p(
    stream: BinaryIO, count: int, seed: int, progress: Callable[[int], None] | None = None
) -> int:
    """Write `count` invented claims (1 or more) to `stream`; give how many were written.

    The same seed gives the same bytes. `progress` is called with 1 as each claim is written. Raises
    `ValueError` where `count` is below 1 or `seed` below 0.
    """
    if count < 1:
        raise ValueError("a file has at least one claim")
    claims = sample_claims(count, seed)
    return write_claims(
        _told(claims, progress) if progress else claims, stream, sample_header(seed, "HC", "837P")
    )


def _told(claims: Iterator[Claim], progress: Callable[[int], None]) -> Iterator[Claim]:
    for claim in claims:
        yield claim
        progress(1)

"""Writes sample 837s: one interchange, at most 5,000 claims a transaction set, test indicator T."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from edi_hit.claims import AnyClaim, write_claims
from edi_hit.sample.envelope import sample_header
from edi_hit.sample.sample_claims import sample_claims, sample_institutional_claims

Progress = Callable[[int], None]
"""Called with 1 as each claim is written."""


def write_sample_837p(stream: BinaryIO, count: int, seed: int, progress: Progress | None = None) -> int:
    """Write `count` invented professional claims (1 or more) to `stream`; give how many were written.

    The same seed gives the same bytes. Raises `ValueError` where `count` is below 1 or `seed` below 0.
    """
    return _write(sample_claims(count, seed), stream, count, seed, progress)


def write_sample_837i(stream: BinaryIO, count: int, seed: int, progress: Progress | None = None) -> int:
    """Write `count` invented institutional claims, as `write_sample_837p` writes professional ones."""
    return _write(sample_institutional_claims(count, seed), stream, count, seed, progress)


def _write(
    claims: Iterator[AnyClaim], stream: BinaryIO, count: int, seed: int, progress: Progress | None
) -> int:
    if count < 1:
        raise ValueError("a file has at least one claim")
    told = _told(claims, progress) if progress else claims
    return write_claims(told, stream, sample_header(seed, "HC", "837P"))


def _told(claims: Iterator[AnyClaim], progress: Progress) -> Iterator[AnyClaim]:
    for claim in claims:
        yield claim
        progress(1)

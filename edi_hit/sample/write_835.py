"""Writes a sample 835: one interchange, a transaction set for each payer and payee, test indicator T."""

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from edi_hit.remits import ClaimPayment, Remittance, write_remittances
from edi_hit.sample.envelope import sample_header
from edi_hit.sample.sample_remittances import PaidClaims, sample_remittances
from edi_hit.x12 import ComposeWriter


def write_sample_835(
    stream: BinaryIO, count: int, seed: int, progress: Callable[[int], None] | None = None
) -> int:
    """Write the remittances of `count` invented claims (1 or more) to `stream`; give how many were written.

    The claims are those `write_sample_837p` writes for the same count and seed. The same seed gives the same
    bytes. `progress` is called with 1 as each claim is written. Raises `ValueError` where `count` is below 1
    or `seed` below 0.
    """
    if count < 1:
        raise ValueError("a file has at least one claim")
    writer = ComposeWriter(stream, sample_header(seed, "HP", "835"))
    writer.start()
    written = write_remittances(writer, _told(sample_remittances(count, seed), progress))
    writer.end()
    return written


def _told(
    remittances: Iterator[PaidClaims], progress: Callable[[int], None] | None
) -> Iterator[tuple[Remittance, Sequence[ClaimPayment]]]:
    for remittance, claims in remittances:
        yield remittance, claims
        if progress:
            progress(len(claims))

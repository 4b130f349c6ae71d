"""The short way to the claims of a file: iterate, change, write back."""

from collections.abc import Iterator

from edi_hit.claims.claim_declaration import AnyClaim
from edi_hit.claims.claim_record import ClaimRecord
from edi_hit.claims.read_claims import read_claims
from edi_hit.rules import FaultyInputError, Finding
from edi_hit.x12 import Source


def claims_in(source: Source) -> Iterator[AnyClaim]:
    """Yield the claims of an 837, professional or institutional, one at a time.

    Raises `FaultyInputError` with the findings at the first error, in a claim or around it: so every claim is
    whole. `read_claims` goes on past errors. Raises `NotX12Error` and `OSError` as that does.
    """
    for event in read_claims(source):
        if isinstance(event, Finding) and event.is_error:
            raise FaultyInputError(f"{event.message} ({event.rule})", (event,))
        if isinstance(event, ClaimRecord):
            if event.claim is None or not event.accepted:
                raise FaultyInputError("a claim cannot be read without an error", event.findings)
            yield event.claim

"""Writes claims as an 837: rebuilds the loops above them, numbers HL and LX, and starts new sets when due."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import BinaryIO

import msgspec

from edi_hit.claims.checks import ClaimChecks
from edi_hit.claims.claim_composer import ClaimComposer
from edi_hit.claims.claim_declaration import AnyClaim, declaration_of
from edi_hit.guides import catalogue
from edi_hit.reference import Tables
from edi_hit.rules import ComposeError
from edi_hit.x12 import HIPAA_USUAL, ComposeWriter, Delimiters, EnvelopeHeader

Refused = Callable[[AnyClaim, ComposeError], None]


def write_claims(
    claims: Iterable[AnyClaim],
    stream: BinaryIO,
    header: EnvelopeHeader,
    delimiters: Delimiters = HIPAA_USUAL,
    line_break: str = "\n",
    *,
    tables: Tables | None = None,
    strict: bool = True,
    refused: Refused | None = None,
) -> int:
    """Write `claims`, all professional or all institutional, as one interchange; give how many were written.

    GS01 and GS08 are those of the guide, whatever `header` says. Claims of one submission, billing provider
    and subscriber that follow each other share their loops; lines are numbered from 1. Only one claim is held
    at a time.

    A claim is refused that the guide forbids (more than 50 lines, 999 in the 837I), that does not balance, or
    in which a reader would find another error: `ComposeError` with the findings; where `refused` is given,
    that is called instead and the next claim is written. `tables` are those of external codes, the packaged
    ones where None. Not `strict`, only what X12 cannot hold is refused.
    """
    remaining = iter(claims)
    first = next(remaining, None)
    if first is None:
        _write_empty(ComposeWriter(stream, header, delimiters, line_break))
        return 0
    declaration = declaration_of(first)
    header = msgspec.structs.replace(header, functional_id="HC", version=catalogue()[declaration.guide].id)
    writer = ComposeWriter(stream, header, delimiters, line_break)
    composer = ClaimComposer(
        writer, declaration, ClaimChecks(tables or Tables.packaged()) if strict else None
    )
    writer.start()
    count = 0
    for claim in chain((first,), remaining):
        try:
            composer.add(claim)
            count += 1
        except ComposeError as error:
            if refused is None:
                raise
            refused(claim, error)
    composer.end_set()
    writer.end()
    return count


def _write_empty(writer: ComposeWriter) -> None:
    writer.start()
    writer.end()

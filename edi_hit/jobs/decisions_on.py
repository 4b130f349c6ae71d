"""Finds what a run decided on one claim in its `decisions.ndjson`, reading it line by line."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.rules import ConfigError


class _Claim(msgspec.Struct):
    claim: str


def decisions_on(path: Path, claim: str) -> Iterator[ClaimDecision]:
    """Yield every decision on a claim (CLM01), in the file's order.

    Raises `ConfigError`, naming the line, where a line is no decision, and `OSError`.
    """
    head, whole = msgspec.json.Decoder(_Claim), msgspec.json.Decoder(ClaimDecision)
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                if line.strip() and head.decode(line).claim == claim:
                    yield whole.decode(line)
            except msgspec.DecodeError:
                raise ConfigError(f"{path}: line {number} is no decision of edi-hit adjudicate") from None

"""Finds what a run decided on a claim in its `decisions.ndjson`, without holding the file in memory."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from types import TracebackType

import msgspec

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.rules import ConfigError

_decoder = msgspec.json.Decoder(ClaimDecision)


class _Claim(msgspec.Struct):
    """What tells a decision from another."""

    claim: str
    charge: Decimal | None = None


def decisions_on(path: Path, claim: str) -> Iterator[ClaimDecision]:
    """Yield every decision on a claim (CLM01), in the file's order.

    Raises `ConfigError`, naming the line, where a line is no decision, and `OSError`.
    """
    with path.open("rb") as file:
        for _, number, line, found in _claims(path, file):
            if found.claim == claim:
                yield _whole(path, number, line)


class DecisionIndex:
    """The places of the decisions of a file by claim id: some hundred bytes of memory a claim.

    Raises `ConfigError` where a line is no decision, naming the line, and `OSError`. A context manager.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last: dict[str, tuple[int, int]] = {}
        self._by_charge: dict[tuple[str, Decimal | None], tuple[int, int]] = {}
        self._file = path.open("rb")
        try:
            for offset, number, _, found in _claims(path, self._file):
                self._last[found.claim] = self._by_charge[found.claim, found.charge] = (offset, number)
        except BaseException:
            self._file.close()
            raise

    def find(self, claim: str, charge: Decimal) -> ClaimDecision | None:
        """Give the decision on a claim; of several the last one with this charge, else the last."""
        place = self._by_charge.get((claim, charge)) or self._last.get(claim)
        if place is None:
            return None
        offset, number = place
        self._file.seek(offset)
        return _whole(self._path, number, self._file.readline())

    def __enter__(self) -> "DecisionIndex":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def _claims(path: Path, file: Iterable[bytes]) -> Iterator[tuple[int, int, bytes, _Claim]]:
    """Yield offset, number and text of each line that holds a decision, and what tells it from another."""
    decoder, offset = msgspec.json.Decoder(_Claim), 0
    for number, line in enumerate(file, 1):
        if line.strip():
            try:
                found = decoder.decode(line)
            except msgspec.DecodeError:
                raise _no_decision(path, number) from None
            yield offset, number, line, found
        offset += len(line)


def _whole(path: Path, number: int, line: bytes) -> ClaimDecision:
    try:
        return _decoder.decode(line)
    except msgspec.DecodeError:
        raise _no_decision(path, number) from None


def _no_decision(path: Path, number: int) -> ConfigError:
    return ConfigError(f"{path}: line {number} is no decision of edi-hit adjudicate")

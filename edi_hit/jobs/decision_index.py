"""Finds the decision on a claim in a `decisions.ndjson`, without holding the file in memory."""

from decimal import Decimal
from pathlib import Path
from types import TracebackType

import msgspec

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.rules import ConfigError


class _Claim(msgspec.Struct):
    """What tells a decision from another."""

    claim: str
    charge: Decimal | None = None


class DecisionIndex:
    """The places of the decisions of a file by claim id: some hundred bytes of memory a claim.

    Raises `ConfigError` where a line is no decision, naming the line, and `OSError`. A context manager.
    """

    def __init__(self, path: Path) -> None:
        self._decoder = msgspec.json.Decoder(ClaimDecision)
        self._places: dict[str, list[tuple[int, Decimal | None]]] = {}
        self._file = path.open("rb")
        try:
            self._read(path)
        except BaseException:
            self._file.close()
            raise

    def _read(self, path: Path) -> None:
        decoder, offset = msgspec.json.Decoder(_Claim), 0
        for number, line in enumerate(self._file, 1):
            if line.strip():
                try:
                    found = decoder.decode(line)
                except msgspec.DecodeError:
                    raise ConfigError(f"{path}: line {number} is no decision of edi-hit adjudicate") from None
                self._places.setdefault(found.claim, []).append((offset, found.charge))
            offset += len(line)

    def find(self, claim: str, charge: Decimal) -> ClaimDecision | None:
        """Give the decision on a claim; of several the one with this charge, else the last."""
        places = self._places.get(claim)
        if not places:
            return None
        same = [offset for offset, charged in places if charged == charge]
        self._file.seek(same[-1] if same else places[-1][0])
        try:
            return self._decoder.decode(self._file.readline())
        except msgspec.DecodeError:
            raise ConfigError(
                "a decision cannot be read: the file is not as edi-hit adjudicate wrote it"
            ) from None

    def __enter__(self) -> "DecisionIndex":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

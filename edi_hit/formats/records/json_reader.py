"""Reads records from a JSON document or NDJSON, one at a time."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from edi_hit.formats.json_values import JsonValues
from edi_hit.formats.records.kinds import FORMAT, VERSION, Record
from edi_hit.formats.records.read_record import WrongRecordError, record_of
from edi_hit.rules import DocumentError


def read_json_records(stream: BinaryIO) -> Iterator[Record]:
    """Yield the records of the JSON document in `stream`.

    Raises `DocumentError` with the line and the path of what is wrong.
    """
    return _Reader(stream).document()


def read_ndjson_records(stream: BinaryIO) -> Iterator[Record]:
    """Yield the records of `stream`, one JSON object after the other; errors as `read_json_records`."""
    return _Reader(stream, many=True).lines()


class _Reader:
    """The values still to come, and the record being read."""

    def __init__(self, stream: BinaryIO, *, many: bool = False) -> None:
        self._json = JsonValues(stream, self._error, many=many)
        self._number = -1

    def _error(self, message: str, path: str = "") -> DocumentError:
        record = f".records[{self._number}]" if self._number >= 0 else ""
        return DocumentError(message, line=self._json.line, path=f"${record}{path}")

    def document(self) -> Iterator[Record]:
        """Yield the records of one document."""
        following, stated = self._json.next, dict[str, object]()
        if following()[0] != "start_map":
            raise self._error("the document is not an object")
        while (event := following())[0] == "map_key":
            if event[1] == "records":
                self._check_head({"format": FORMAT, "version": VERSION} | stated)
                yield from self._records()
            elif event[1] in ("format", "version"):
                stated[str(event[1])] = following()[1]
            else:
                raise self._error("a key that no document of claims has")
        self._check_head(stated)
        for _ in self._json.events:
            raise self._error("something follows the document")

    def _records(self) -> Iterator[Record]:
        if self._json.next()[0] != "start_array":
            raise self._error("records is not a list")
        while (event := self._json.next())[0] != "end_array":
            self._number += 1
            yield self._record(self._json.item(event))
        self._number = -1

    def lines(self) -> Iterator[Record]:
        """Yield the records of NDJSON."""
        for event in self._json.events:
            self._number += 1
            item = self._json.item(event)
            self._check_head(item)
            yield self._record({key: item[key] for key in item if key not in ("format", "version")})

    def _check_head(self, stated: dict[str, Any]) -> None:
        if stated.get("format") != FORMAT or stated.get("version") != VERSION:
            raise self._error(f"format and version are not {FORMAT} {VERSION}, what this release reads")

    def _record(self, item: dict[str, Any]) -> Record:
        try:
            return record_of(item)
        except WrongRecordError as error:
            raise self._error(str(error), error.path) from None

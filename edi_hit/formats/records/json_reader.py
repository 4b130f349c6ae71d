"""Reads records from a JSON document or NDJSON, one at a time."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from edi_hit.formats.json_events import Event, JsonEvents
from edi_hit.formats.records.kinds import FORMAT, VERSION, Record
from edi_hit.formats.records.read_record import WrongRecordError, record_of
from edi_hit.rules import DocumentError

MAX_DEPTH = 32
MAX_RECORD = 64 * 1024 * 1024
"""Bytes of a document that one record may take."""


def read_json_records(stream: BinaryIO) -> Iterator[Record]:
    """Yield the records of the JSON document in `stream`.

    Raises `DocumentError` with the line and the path of what is wrong.
    """
    return _Reader(stream).document()


def read_ndjson_records(stream: BinaryIO) -> Iterator[Record]:
    """Yield the records of `stream`, one JSON object after the other; errors as `read_json_records`."""
    return _Reader(stream, many=True).lines()


class _Reader:
    """The pieces still to come, and the record being read."""

    def __init__(self, stream: BinaryIO, *, many: bool = False) -> None:
        self._json = JsonEvents(stream, self._error, many=many)
        self._events = self._json.events()
        self._next = self._events.__next__
        self._number = -1
        self._begun_at = 0

    def _error(self, message: str, path: str = "") -> DocumentError:
        record = f".records[{self._number}]" if self._number >= 0 else ""
        return DocumentError(message, line=self._json.line, path=f"${record}{path}")

    def document(self) -> Iterator[Record]:
        """Yield the records of one document."""
        stated: dict[str, object] = {}
        if self._next()[0] != "start_map":
            raise self._error("the document is not an object")
        while (event := self._next())[0] == "map_key":
            if event[1] == "records":
                self._check_head({"format": FORMAT, "version": VERSION} | stated)
                yield from self._records()
            elif event[1] in ("format", "version"):
                stated[str(event[1])] = self._next()[1]
            else:
                raise self._error("a key that no document of claims has")
        self._check_head(stated)
        for _ in self._events:
            raise self._error("something follows the document")

    def _records(self) -> Iterator[Record]:
        if self._next()[0] != "start_array":
            raise self._error("records is not a list")
        while (event := self._next())[0] != "end_array":
            yield self._record(self._item(event))
        self._number = -1

    def lines(self) -> Iterator[Record]:
        """Yield the records of NDJSON."""
        for event in self._events:
            item = self._item(event)
            self._check_head(item)
            yield self._record({key: item[key] for key in item if key not in ("format", "version")})

    def _check_head(self, stated: dict[str, Any]) -> None:
        if stated.get("format") != FORMAT or stated.get("version") != VERSION:
            raise self._error(f"format and version are not {FORMAT} {VERSION}, what this release reads")

    def _item(self, event: Event) -> dict[str, Any]:
        self._number += 1
        self._begun_at = self._json.taken
        item = self._value(event, MAX_DEPTH)
        if not isinstance(item, dict):
            raise self._error("a record is not an object")
        return item

    def _record(self, item: dict[str, Any]) -> Record:
        try:
            return record_of(item)
        except WrongRecordError as error:
            raise self._error(str(error), error.path) from None

    def _value(self, event: Event, depth: int) -> Any:  # noqa: ANN401 - anything JSON has
        """Put together the value that begins with `event`."""
        kind, value = event
        if kind not in ("start_map", "start_array"):
            return value
        if not depth:
            raise self._error("objects are nested deeper than in any record")
        if self._json.taken - self._begun_at > MAX_RECORD:
            raise self._error("a record is longer than any can be")
        return self._object(depth - 1) if kind == "start_map" else self._list(depth - 1)

    def _object(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while (event := self._next())[0] == "map_key":
            key = str(event[1])
            if key in found:
                raise self._error("a key comes twice")
            found[key] = self._value(self._next(), depth)
        return found

    def _list(self, depth: int) -> list[Any]:
        found = []
        while (event := self._next())[0] != "end_array":
            found.append(self._value(event, depth))
        return found

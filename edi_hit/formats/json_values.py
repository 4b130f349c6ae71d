"""Puts the values of a JSON document together, one item at a time, and bounds what one may hold."""

from collections.abc import Callable
from typing import Any, BinaryIO

from edi_hit.formats.json_events import Event, JsonEvents
from edi_hit.rules import DocumentError

MAX_DEPTH = 32
MAX_ITEM = 64 * 1024 * 1024
"""Bytes of a document that one item may take."""


class JsonValues:
    """The pieces still to come. `next` gives the next piece, `item` what begins with a piece.

    `error` makes the exception for what is wrong; with `many`, several documents follow each other.
    """

    def __init__(
        self, stream: BinaryIO, error: Callable[[str], DocumentError], *, many: bool = False
    ) -> None:
        self._json = JsonEvents(stream, error, many=many)
        self._error = error
        self._begun_at = 0
        self.events = self._json.events()
        self.next = self.events.__next__

    @property
    def line(self) -> int:
        """The line of the piece given last."""
        return self._json.line

    def item(self, event: Event) -> dict[str, Any]:
        """Give the object that begins with `event`."""
        self._begun_at = self._json.taken
        item = self._value(event, MAX_DEPTH)
        if not isinstance(item, dict):
            raise self._error("an item is not an object")
        return item

    def _value(self, event: Event, depth: int) -> object:
        kind, value = event
        if kind not in ("start_map", "start_array"):
            return value
        if not depth:
            raise self._error("objects are nested deeper than in any of ours")
        if self._json.taken - self._begun_at > MAX_ITEM:
            raise self._error("an item is longer than any can be")
        return self._object(depth - 1) if kind == "start_map" else self._list(depth - 1)

    def _object(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while (event := self.next())[0] == "map_key":
            key = str(event[1])
            if key in found:
                raise self._error("a key comes twice")
            found[key] = self._value(self.next(), depth)
        return found

    def _list(self, depth: int) -> list[object]:
        found = []
        while (event := self.next())[0] != "end_array":
            found.append(self._value(event, depth))
        return found

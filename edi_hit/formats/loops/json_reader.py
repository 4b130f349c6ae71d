"""Reads a loop document in JSON to X12, an item at a time; nothing of it is kept."""

import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, TypeVar

from edi_hit.formats.json_events import JsonEvents
from edi_hit.formats.loops.json_writer import FORMAT
from edi_hit.formats.loops.segment_form import SEGMENT_ID, is_segment
from edi_hit.formats.loops.segment_reading import SegmentReader, number_in, stray_bytes
from edi_hit.formats.loops.shape import MARKS, MAX_DEPTH, MAX_ITEM, REQUIRED, TOLD, VERSION, WITHIN
from edi_hit.rules import DocumentError
from edi_hit.x12 import COMPONENT, ELEMENT, REPETITION

_NUMBERS_KEPT = 20_000
"""Keys of elements whose numbers are remembered."""


_KNOWN_KEYS = {"format", "version", "within", "segment", "bytes", *TOLD, *MARKS}
_ELEMENT_KEY = re.compile(f"{SEGMENT_ID}[0-9]{{2,5}}")

_NO_TEXT = "a value is neither a text (numbers too stand in quotes) nor a list of texts"

_TWICE = "a key comes twice"

_T = TypeVar("_T")
_Value = str | bool | list[Any]


def read_json(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the X12 that the loop document in `stream` holds, piece by piece.

    Raises `DocumentError` with the line and the path of the item where the document is not a loop document,
    breaks its form, or is cut off.
    """
    return _JsonReader(stream).document()


class _JsonReader:
    """The pieces still to come, and where in the document they stand."""

    def __init__(self, stream: BinaryIO) -> None:
        self._json = JsonEvents(stream, self._error)
        self._events = self._json.events()
        self._next = self._events.__next__
        self._numbers: dict[tuple[str, str], int] = {}
        self._segments = SegmentReader()
        self._path: list[int] = []
        self._key = ""
        self._item_at = 0

    def document(self) -> Iterator[bytes]:
        self._expect("start_map", "the document is not an object")
        stated: dict[str, object] = {}
        for key in self._keys():
            if key == "within":
                self._check_head(stated)
                yield from self._items("x12")
            elif key in ("format", "version"):
                stated[key] = self._next()[1]
            else:
                raise self._error("a key that no loop document has")
        self._check_head(stated)
        self._checked(self._segments.check_begun)
        for _ in self._events:
            raise self._error("something follows the document")

    def _check_head(self, stated: dict[str, object]) -> None:
        if stated.get("format") != FORMAT:
            raise self._error(f"the document does not begin with the format {FORMAT}")
        if stated.get("version") != VERSION:
            raise self._error(f"the version is not {VERSION}, the one this release reads")

    def _error(self, message: str) -> DocumentError:
        path = "".join(f".within[{index}]" for index in self._path)
        if self._key in _KNOWN_KEYS or _ELEMENT_KEY.fullmatch(self._key):
            path += f".{self._key}"
        return DocumentError(message, line=self._json.line, path=f"${path}")

    def _expect(self, kind: str, message: str) -> object:
        found, value = self._next()
        if found != kind:
            raise self._error(message)
        return value

    def _keys(self) -> Iterator[str]:
        """Yield the keys of an object to its end; whoever takes one reads its value."""
        came: set[str] = set()
        while (event := self._next())[0] == "map_key":
            self._key = key = str(event[1])
            if key in came:
                raise self._error(_TWICE)
            came.add(key)
            yield key
        self._key = ""

    def _items(self, around: str) -> Iterator[bytes]:
        self._expect("start_array", "within is not a list")
        if len(self._path) > MAX_DEPTH:
            raise self._error("loops are nested deeper than in any guide")
        self._path.append(0)
        self._key = ""
        while (event := self._next())[0] == "start_map":
            yield from self._item(around)
            self._path[-1] += 1
        if event[0] != "end_array":
            raise self._error("an item is not an object")
        self._path.pop()

    def _item(self, around: str) -> Iterator[bytes]:
        """Read an item whose brace has been read: something that opens, a segment, or bytes."""
        kind, first = self._next()
        self._key = str(first)
        if kind == "map_key" and first in TOLD:
            yield from self._container(self._key, around)
        elif kind == "map_key":
            yield self._leaf(self._key, around)
        else:
            raise self._error("an item without a key")
        self._key = ""

    def _container(self, kind: str, around: str) -> Iterator[bytes]:
        self._may_stand(kind, around)
        self._open(kind)
        if self._next() != ("map_key", "within"):
            raise self._error(f"{kind} is not followed by within")
        yield from self._items(kind)
        self._expect("end_map", "a key that no such item has")

    def _may_stand(self, kind: str, around: str) -> None:
        if kind not in WITHIN[around]:
            raise self._error(f"{kind} may not stand in {around}")

    def _open(self, kind: str) -> None:
        """Read what is told of something that opens."""
        self._expect("start_map", f"what {kind} tells is not an object")
        told: dict[str, str] = {}
        for key in self._keys():
            if key not in TOLD[kind]:
                raise self._error(f"{kind} has a key it does not know")
            told[key] = str(self._expect("string", _NO_TEXT))
        if not REQUIRED & TOLD[kind] <= told.keys():
            raise self._error(f"{kind} lacks a key")
        if kind == "interchange":
            self._checked(self._segments.open_interchange, told)

    def _leaf(self, first: str, around: str) -> bytes:
        """Read a segment or bytes: keys with values."""
        item = self._values(first)
        self._key = ""
        segment_id = item.pop("segment", None)
        if isinstance(segment_id, str) and is_segment(segment_id):
            self._may_stand("segment", around)
            return self._segment(segment_id, item)
        shown = item.get("bytes")
        if segment_id is None and isinstance(shown, str) and len(item) == 1:
            return self._checked(stray_bytes, shown)
        raise self._error("an item that is neither a segment nor bytes, or has no id of either")

    def _values(self, first: str) -> dict[str, _Value]:
        """Read the values of an object to its end; its first key has been read."""
        item: dict[str, _Value] = {}
        self._item_at = self._json.taken
        key, following = first, self._next
        while True:
            kind, value = following()
            item[key] = value if isinstance(value, str) else self._value(kind, value)
            kind, name = following()
            if kind == "end_map":
                return item
            self._key = key = str(name)
            if key in item:
                raise self._error(_TWICE)
            self._check_size()

    def _check_size(self) -> None:
        if self._json.taken - self._item_at > MAX_ITEM:
            raise self._error("a segment is longer than any can be")

    def _value(self, kind: str, value: object) -> _Value:
        if kind == "boolean":
            return bool(value)
        if kind != "start_array":
            raise self._error(_NO_TEXT)
        return self._list(2)

    def _list(self, depth: int) -> list[Any]:
        """Read a list whose bracket has been read: components, or repetitions of these."""
        found: list[Any] = []
        while (event := self._next())[0] != "end_array":
            if event[0] == "start_array" and depth > 1:
                found.append(self._list(depth - 1))
            elif event[0] == "string":
                found.append(event[1])
            else:
                raise self._error(_NO_TEXT)
            self._check_size()
        if not found or len({isinstance(one, list) for one in found}) > 1:
            raise self._error("a list is of components, or of lists of components, and not empty")
        return found

    def _segment(self, segment_id: str, item: dict[str, _Value]) -> bytes:
        marks = {name: item.pop(name) for name in MARKS if name in item}
        if marks.pop("unplaced", True) is not True:
            raise self._error("unplaced is true or left out")
        texts = {name: mark for name, mark in marks.items() if isinstance(mark, str)}
        if len(self._numbers) > _NUMBERS_KEPT:
            self._numbers.clear()
        numbers = self._numbers
        numbered = {
            numbers.get((segment_id, name)) or self._number(segment_id, name): value
            for name, value in item.items()
        }
        if len(texts) < len(marks):
            raise self._error("a mark of a segment that is not a text")
        text, data, at = [segment_id], list[str](), 0
        for number in sorted(numbered):
            text += ELEMENT * (number - at), self._fixed(numbered[number], data)
            at = number
        return self._checked(self._segments.segment, "".join(text), "".join(data), texts)

    def _number(self, segment_id: str, name: str) -> int:
        """The number of the element that a key names."""
        number = number_in(name, segment_id, 2)
        if number is None:
            raise self._error("a key that is no element of the segment")
        self._numbers[segment_id, name] = number
        return number

    def _fixed(self, value: _Value, data: list[str]) -> str:
        """Give a value in the fixed form, and add what it holds to `data`."""
        if isinstance(value, bool):
            raise self._error(_NO_TEXT)
        repetitions = value if isinstance(value, list) and isinstance(value[0], list) else [value]
        parts = [one if isinstance(one, list) else [one] for one in repetitions]
        data += [component for one in parts for component in one]
        return REPETITION.join(COMPONENT.join(one) for one in parts)

    def _checked(self, function: Callable[..., _T], *arguments: object) -> _T:
        try:
            return function(*arguments)
        except ValueError as error:
            raise self._error(str(error)) from None

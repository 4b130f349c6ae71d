"""Reads JSON piece by piece, with the line each piece stands in."""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

import ijson

from edi_hit.rules import DocumentError

BLOCK = 64 * 1024
MAX_TOKEN = 4 * 1024 * 1024
"""Bytes that one value may take."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

Event = tuple[str, object]
"""What ijson calls a piece — `start_map`, `map_key`, `string` ... — and its value."""


class JsonEvents:
    """The pieces of a JSON document. `line` is that of the piece given last, counted from 1, and `taken` how
    many bytes of the document were read by then.

    `error` makes the exception for what is wrong; with `many`, several documents follow each other (NDJSON).
    """

    def __init__(
        self, stream: BinaryIO, error: Callable[[str], DocumentError], *, many: bool = False
    ) -> None:
        self._stream = stream
        self._error = error
        self._many = many
        self._escapes = _Escapes()
        self.line = 0
        self.taken = 0

    def events(self) -> Iterator[Event]:
        """Yield the pieces; end with an error where they are no JSON or the document is cut off."""
        given = ijson.sendable_list()
        parser = ijson.basic_parse_coro(given, multiple_values=self._many)
        idle, begun = 0, False
        for part in self._parts():
            try:
                parser.send(part)
            except (ijson.JSONError, UnicodeDecodeError):
                raise self._error("not JSON in UTF-8") from None
            idle, begun = 0 if given else idle + len(part), begun or bool(given)
            if idle > MAX_TOKEN:
                raise self._error("a value is longer than any of ours")
            yield from given
            given.clear()
        try:
            parser.close()
        except (ijson.JSONError, UnicodeDecodeError):
            if begun or not self._many:
                raise self._error("the document is cut off") from None
        yield from given

    def _parts(self) -> Iterator[bytes]:
        """The lines of the document, long ones in parts, so that the line of every piece is known."""
        part = self._stream.readline(BLOCK).removeprefix(BYTE_ORDER_MARK)
        begins = True
        while part:
            self.line += begins
            self.taken += len(part)
            begins = part.endswith(b"\n")
            if not self._escapes.are_characters(part):
                raise self._error("half of a surrogate pair, which is no character")
            yield part
            part = self._stream.readline(BLOCK)


class _Escapes:
    """Looks for halves of surrogate pairs, for which the parser would give question marks."""

    _ESCAPE = re.compile(rb"\\(?:u([0-9A-Fa-f]{4})|[^u])")

    def __init__(self) -> None:
        self._begun = b""
        self._high = False

    def are_characters(self, part: bytes) -> bool:
        """Whether the escapes in the next part of the text are characters."""
        if b"\\" not in part and not self._begun and not self._high:
            return True
        text, end = self._begun + part, 0
        for match in self._ESCAPE.finditer(text):
            code = int(match.group(1) or b"0", 16)
            is_low = 0xDC00 <= code < 0xE000
            if is_low != self._high or (is_low and match.start() != end):
                return False
            self._high, end = 0xD800 <= code < 0xDC00, match.end()
        left = text.find(b"\\", end)
        self._begun = text[left:][:6] if left >= 0 else b""
        return not self._high or end == len(text) or left == end

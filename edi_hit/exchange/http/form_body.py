"""Takes the form of the page: its file to disk as it comes, its few fields into memory."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from edi_hit.exchange.http.problems import refused
from edi_hit.exchange.http.received_body import pieces_in_time
from edi_hit.profiles.http_service import HttpLimits

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

FILE_FIELD = "file"
_MOST_PARTS, _LONGEST_FIELD = 16, 4096
_AROUND_FILE = 64 * 1024
"""Bytes a form may have beside its file."""


async def receive_form(request: Request, path: Path, limits: HttpLimits) -> dict[str, str]:
    """Write the file of a form to `path`, mode 0600; give its other fields.

    Raises `ProblemError` where it is no such form, is too large or comes too slowly.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise refused("not-this-type", "a form with a file is wanted (multipart/form-data)")
    with path.open("xb") as stream:
        path.chmod(0o600)
        form = _Form(options[b"boundary"], stream)
        async for piece in pieces_in_time(request, limits.page_kb * 1024 + _AROUND_FILE, limits):
            form.write(piece)
        return form.fields()


class _Form:
    """The parts of a form, as they come."""

    def __init__(self, boundary: bytes, file: BinaryIO) -> None:
        self._file = file
        self._fields: dict[str, bytearray] = {}
        self._parts = 0
        self._is_whole = False
        self._header = self._value = b""
        self._take: Callable[[bytes], object] = lambda data: None
        callbacks: MultipartCallbacks = {
            "on_part_begin": self._part,
            "on_header_field": self._header_name,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_part_data": self._data,
            "on_end": self._end,
        }
        self._parser = MultipartParser(boundary, callbacks)

    def write(self, piece: bytes) -> None:
        """Take the next piece of the form."""
        try:
            self._parser.write(piece)
        except FormParserError as error:
            raise refused("not-a-request", "the form is damaged") from error

    def fields(self) -> dict[str, str]:
        """Give the fields, once the form is through."""
        if not self._is_whole:
            raise refused("not-a-request", "the form is cut off")
        return {name: bytes(value).decode("utf-8", "replace") for name, value in self._fields.items()}

    def _part(self) -> None:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise refused("too-large", "the form has too many fields")
        self._take = lambda data: None

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            _, options = parse_options_header(self._value)
            name = options.get(b"name", b"").decode("latin-1")
            self._take = self._file.write if name == FILE_FIELD else self._field(name)
        self._header = self._value = b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._take(data[start:end])

    def _end(self) -> None:
        self._is_whole = True

    def _field(self, name: str) -> Callable[[bytes], object]:
        held = self._fields.setdefault(name, bytearray())

        def take(data: bytes) -> None:
            held.extend(data)
            if len(held) > _LONGEST_FIELD:
                raise refused("too-large", "a field of the form is too long")

        return take

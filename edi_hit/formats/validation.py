"""Checks a document against its schema while it goes by: each line is passed on first, then checked."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

import ijson
from lxml import etree

from edi_hit.formats.json_events import BLOCK, BYTE_ORDER_MARK
from edi_hit.formats.schema_files import shipped_schema
from edi_hit.rules import ConfigError, DocumentError

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

_Json = dict[str, Any] | list[Any] | str | int | float | bool | None


def validated_xml(stream: BinaryIO, schema: str) -> Iterator[bytes]:
    """Yield the bytes of `stream`, checked against the XSD of that name.

    Raises `DocumentError` with the line where the schema does not allow what stands there.
    """
    parser = etree.XMLPullParser(
        events=("end",),
        schema=etree.XMLSchema(etree.XML(shipped_schema(schema).encode())),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for number, line in _lines(stream):
        yield line
        try:
            parser.feed(line)
        except etree.XMLSyntaxError:
            raise DocumentError("not XML", line=number) from None
        if len(parser.feed_error_log):
            kind = parser.feed_error_log[0].type_name
            raise DocumentError(f"not as the schema {schema} has it ({kind})", line=number)
        for _, element in parser.read_events():
            if isinstance(element, etree._Element):
                _forget(element)


def _forget(element: etree._Element) -> None:
    """Let go of an element that has ended and of those before it."""
    element.clear()
    around = element.getparent()
    while around is not None and around[0] is not element:
        del around[0]


def validated_json(stream: BinaryIO, schema: str) -> Iterator[bytes]:
    """Yield the bytes of `stream`, each of its items checked against the JSON Schema of that name.

    A schema of no object with keys of its own is that of a line: of NDJSON, one object after the other.
    Raises `DocumentError` with the line, and `ConfigError` where the jsonschema library is missing.
    """
    given, items = ijson.sendable_list(), _Items(schema)
    parser = ijson.basic_parse_coro(given, multiple_values=items.many)
    for number, line in _lines(stream):
        yield line
        try:
            parser.send(line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line)
        except ijson.JSONError:
            raise DocumentError("not JSON in UTF-8", line=number) from None
        for kind, value in given:
            wrong = items.take(kind, value)
            if wrong is not None:
                raise DocumentError(f"not as the schema {schema} has it ({wrong})", line=number)
        given.clear()


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number, begins = 0, True
    while line := stream.readline(BLOCK):
        number += begins
        begins = line.endswith(b"\n")
        yield number, line


class _Items:
    """Puts the items of a document together, each without the items in it, and checks it."""

    def __init__(self, schema: str) -> None:
        try:
            from jsonschema import Draft202012Validator
        except ImportError:
            raise ConfigError("--validate of JSON needs a library: pip install 'edi-hit[schema]'") from None
        whole = json.loads(shipped_schema(schema))
        self._root = Draft202012Validator(whole)
        self._kinds = {
            kind: Draft202012Validator({"$ref": f"#/$defs/{kind}", "$defs": whole["$defs"]})
            for kind in whole["$defs"]
        }
        lists = [key for key, held in whole.get("properties", {}).items() if held.get("type") == "array"]
        self._items_key = lists[0] if lists else None
        self.many = self._items_key is None
        self._open: list[Any] = []
        self._keys: list[str] = []

    def take(self, kind: str, value: _Json) -> str | None:
        """Take the next piece of the document; where it ends an item that is wrong, say what is."""
        if kind == "map_key":
            self._keys[-1] = str(value)
        elif kind == "start_map":
            self._open.append({})
            self._keys.append("")
        elif kind == "start_array":
            in_object = bool(self._open) and isinstance(self._open[-1], dict)
            self._open.append(_Within() if in_object and self._keys[-1] == self._items_key else [])
        elif kind == "end_map":
            self._keys.pop()
            return self._put(self._open.pop())
        else:
            return self._put(self._open.pop() if kind == "end_array" else value)
        return None

    def _put(self, value: _Json) -> str | None:
        """Put a value that is whole into what holds it, or check it where it is an item."""
        if not self._open:
            return _wrong(self._root, value)
        around = self._open[-1]
        if isinstance(around, _Within):
            told = [value.get("kind"), *value] if isinstance(value, dict) else []
            kinds = [kind for kind in told if isinstance(kind, str) and kind in self._kinds]
            return _wrong(self._kinds[kinds[0]], value) if kinds else "no such item"
        if isinstance(around, list):
            around.append(value)
        else:
            around[self._keys[-1]] = value
        return None


class _Within(list[object]):
    """Stands for what is within an item, which is checked on its own."""


def _wrong(validator: "Validator", item: _Json) -> str | None:
    """Name the rule of the schema that an item breaks, and the part of it; None where it breaks none."""
    error = next(validator.iter_errors(item), None)
    return None if error is None else f"{error.validator} at {error.json_path}"

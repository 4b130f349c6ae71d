"""Feeds XML to Expat, so that every error has its line and column, with what documents may not do off.

A document with a DOCTYPE is refused where that begins: no entity is ever declared, nothing is fetched.
"""

from collections.abc import Callable
from xml.parsers import expat

from edi_hit.rules import DocumentError

BLOCK = 64 * 1024
MAX_HELD = 4 * 1024 * 1024
"""Bytes that a tag, a comment or the text of one element may take."""

ENCODINGS = ("UTF-8", "UTF-16", "ISO-8859-1", "US-ASCII")
"""What Expat reads by itself: no other codec is asked."""


class XmlFeed:
    """A document being read. `start` gets a tag (namespace, blank, name) and its attributes, `end` the tag.

    `data` holds the text since it was last cleared.
    """

    def __init__(self, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None]) -> None:
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.StartDoctypeDeclHandler = self._doctype
        parser.XmlDeclHandler = self._declaration
        self.data: list[str] = []
        parser.CharacterDataHandler = self.data.append
        self._fed = 0

    def feed(self, block: bytes) -> None:
        """Take the next bytes. Raises `DocumentError` where they are no XML, or larger than any of ours."""
        self._parse(block)
        self._fed += len(block)
        if self._fed - self._parser.CurrentByteIndex > MAX_HELD or sum(map(len, self.data)) > MAX_HELD:
            raise self.error("a tag, a comment or a value is longer than any of ours")

    def end(self) -> None:
        """Say that the document has ended. Raises `DocumentError` where it is cut off."""
        self._parse(b"", is_last=True)

    def error(self, message: str) -> DocumentError:
        """Make the exception for what is wrong where the reading stands."""
        at = self._parser
        return DocumentError(message, line=at.CurrentLineNumber, column=at.CurrentColumnNumber + 1)

    def no_text(self) -> None:
        """Let blanks between tags go, and nothing else."""
        if self.data:
            if not "".join(self.data).isspace():
                raise self.error("text stands where only tags may")
            self.data.clear()

    def _parse(self, block: bytes, is_last: bool = False) -> None:
        try:
            self._parser.Parse(block, is_last)
        except expat.ExpatError as error:
            message = "the document is cut off" if is_last else f"not XML: {expat.ErrorString(error.code)}"
            raise DocumentError(message, line=error.lineno, column=error.offset + 1) from None

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.upper() not in ENCODINGS:
            raise self.error("an encoding that is none of UTF-8, UTF-16, ISO-8859-1 and US-ASCII")

    def _doctype(self, *declared: object) -> None:
        raise self.error("a document type is declared; our documents have none")

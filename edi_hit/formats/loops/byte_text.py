r"""Bytes as plain text that XML and JSON can hold, and back.

Printable ASCII stands for itself; a backslash is `\\`, line breaks and tabs `\n`, `\r`, `\t`; any other
byte is `\x` and two hexadecimal digits, which any byte may be.
"""

import re

_SHORT = {0x5C: "\\\\", 0x0A: "\\n", 0x0D: "\\r", 0x09: "\\t"}
_SHOWN = [_SHORT.get(byte) or (chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02X}") for byte in range(256)]
_MEANT = {f"\\x{byte:02X}": bytes([byte]) for byte in range(256)}
_MEANT |= {text: bytes([byte]) for byte, text in _SHORT.items()}

PATTERN = r"([ -Z\[\]^-~]|\\([\\nrt]|x[0-9A-F]{2}))*"
"""What such a text may hold, as XSD and JSON Schema both read it."""

_WHOLE = re.compile(f"(?:{PATTERN})", re.ASCII)
_ESCAPE = re.compile(rb"\\(?:x..|.)")


def byte_text(data: bytes) -> str:
    """Show `data` as text."""
    if data.isalnum():
        return data.decode("ascii")
    return "".join([_SHOWN[byte] for byte in data])


def text_bytes(text: str) -> bytes:
    """Give the bytes that `text` shows. Raises `ValueError` where it holds anything else."""
    if not _WHOLE.fullmatch(text):
        raise ValueError("not text of bytes")
    return _ESCAPE.sub(lambda match: _MEANT[match.group().decode()], text.encode("ascii"))

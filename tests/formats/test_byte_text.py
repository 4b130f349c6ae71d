"""Bytes as text, and back."""

import pytest

from edi_hit.formats.loops.byte_text import byte_text, text_bytes

EVERY = bytes(range(256))


def test_every_byte_comes_back() -> None:
    assert text_bytes(byte_text(EVERY)) == EVERY


def test_any_byte_may_be_written_in_hexadecimal_digits() -> None:
    assert text_bytes("".join(f"\\x{byte:02X}" for byte in EVERY)) == EVERY


@pytest.mark.parametrize("text", ["\\", "\\x", "\\x5", "\\x5g", "\\x5f", "\\a", "é", "\n", "\x7f"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not text of bytes"):
        text_bytes(text)

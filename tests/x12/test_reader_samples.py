"""Every sample file that has an ISA is read the same in blocks of any size, and copied byte for byte."""

import io
from pathlib import Path

import pytest
from sample_files import each_sample
from x12_text import seen

from edi_hit.rules import NotX12Error
from edi_hit.x12 import Flaw, copy, read_segments


@each_sample(x12=True)
def test_copy_gives_the_same_bytes(sample: Path, copied: set[str]) -> None:
    data = sample.read_bytes()
    out = io.BytesIO()
    assert copy(sample, out) == len(data)
    assert out.getvalue() == data
    copied.add(sample.name)


@each_sample(x12=True)
def test_blocks_of_any_size_give_the_same_segments(sample: Path) -> None:
    data = sample.read_bytes()
    expected = seen(data, 131072)
    sizes = (1, 7, 113, 1000) if len(data) < 20_000 else (113, 1000)
    for size in sizes:
        assert seen(data, size) == expected


@each_sample(x12=True)
def test_offsets_are_true(sample: Path) -> None:
    data = sample.read_bytes()
    end = 0
    for segment in read_segments(data):
        assert data[end : end + len(segment.raw)] == segment.raw
        end += len(segment.raw)
        if segment.text:
            assert data[segment.offset :].startswith(segment.id.encode())
        if segment.text and not segment.flaws & Flaw.WRAPPED:
            for position, value in enumerate(segment.elements):
                if value.isascii() and value.isprintable():
                    assert data[segment.element_offset(position) :].startswith(value.encode())
    assert end == len(data)


@each_sample(x12=False)
def test_what_has_no_isa_is_not_x12(sample: Path, unreadable: set[str]) -> None:
    with pytest.raises(NotX12Error):
        next(iter(segment for segment in read_segments(sample.read_bytes()) if segment.text))
    unreadable.add(sample.name)

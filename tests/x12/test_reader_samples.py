"""Every sample file that has an ISA is read the same in blocks of any size, and copied byte for byte."""

import io
from pathlib import Path

import pytest
from sample_files import each_sample
from x12_text import seen

from edi_hit.rules import NotX12Error
from edi_hit.x12 import Flaw, copy, read_segments

NOT_X12 = {
    "botsedi__837i-inst-claim.dat",
    "botsedi__anesthesia.dat",
    "botsedi__chiro.dat",
    "botsedi__cob-payera-payerb.dat",
    "botsedi__cob-prov-payera.dat",
    "botsedi__commercial-replacement.dat",
    "botsedi__home-infusion-ndc.dat",
    "botsedi__multi-tran.dat",
    "botsedi__ppo-repriced.dat",
    "botsedi__wheelchair.dat",
    "britten__encounter.edi",
    "britten__orthodontics.edi",
    "edi835kei__blue-cross-nc-sample.txt",
    "pbx12b__example835noisa.txt",
    "stupidedi__notes-recover.txt",
    "stupidedi__notes-split.edi",
    "stupidedi__x212-hr276-status-1.edi",
    "stupidedi__x221-hp835-advice-1.edi",
    "stupidedi__x221-hp835-advice-2.edi",
    "stupidedi__x221-hp835-advice-3a.edi",
    "stupidedi__x222-hc837-professional-1.edi",
}
"""They begin with a prose title, with GS or with ST: nothing tells their delimiters."""


def _data(sample: Path, unreadable: set[str]) -> bytes:
    data = sample.read_bytes()
    try:
        next(iter(segment for segment in read_segments(data) if segment.text))
    except NotX12Error:
        unreadable.add(sample.name)
        assert sample.name in NOT_X12
        pytest.skip("no ISA")
    assert sample.name not in NOT_X12
    return data


@each_sample()
def test_copy_gives_the_same_bytes(sample: Path, copied: set[str], unreadable: set[str]) -> None:
    data = _data(sample, unreadable)
    out = io.BytesIO()
    assert copy(sample, out) == len(data)
    assert out.getvalue() == data
    copied.add(sample.name)


@each_sample()
def test_blocks_of_any_size_give_the_same_segments(sample: Path, unreadable: set[str]) -> None:
    data = _data(sample, unreadable)
    expected = seen(data, 131072)
    sizes = (1, 7, 113, 1000) if len(data) < 20_000 else (113, 1000)
    for size in sizes:
        assert seen(data, size) == expected


@each_sample()
def test_offsets_are_true(sample: Path, unreadable: set[str]) -> None:
    data = _data(sample, unreadable)
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

"""Whatever is done to a file, reading it raises nothing, loses nothing, stays in bounds: see `any_bytes`."""

from pathlib import Path

import pytest
from any_bytes import assert_sound
from changes import FILES
from hypothesis import given, settings
from hypothesis import strategies as some
from sample_files import each_sample, sample_paths
from spoiling import spoiled
from valid_file import VALID_FILES

VALID = {name: (FILES / file).read_bytes() for name, file in VALID_FILES.items()}
SAMPLES = [path for path in sample_paths() if path.stat().st_size < 20_000]


@pytest.mark.parametrize("name", VALID_FILES)
@given(data=some.data())
@settings(max_examples=60, deadline=None)
def test_a_spoiled_file_of_each_guide(name: str, data: some.DataObject) -> None:
    other = data.draw(some.sampled_from(sorted(VALID)))
    assert_sound(data.draw(spoiled(VALID[name], VALID[other])))


@pytest.mark.skipif(not SAMPLES, reason="no sample files")
@given(data=some.data())
@settings(max_examples=150, deadline=None)
def test_a_spoiled_real_file(data: some.DataObject) -> None:
    paths = some.sampled_from(SAMPLES)
    assert_sound(data.draw(spoiled(data.draw(paths).read_bytes(), data.draw(paths).read_bytes())))


@given(some.binary(max_size=600))
@settings(max_examples=100, deadline=None)
def test_any_bytes_behind_a_good_head(more: bytes) -> None:
    head = VALID["837P"][:400]
    assert_sound(head + more)
    assert_sound(more)


@each_sample()
def test_a_real_file_as_it_is(sample: Path) -> None:
    assert_sound(sample.read_bytes())


FOUND = {
    "a line of a provider behind a subscriber without claims": [
        "HL*1**20*1", "NM1*PR*2*PAYER*****PI*1", "HL*2*1*21*1", "NM1*41*2*RECEIVER*****46*1", "HL*3*2*19*1",
        "NM1*1P*2*PROVIDER*****XX*1", "HL*4*3*22*0", "TRN*1*0", "STC*E0:24:1P*20050916",
    ],
}  # fmt: skip
"""Bodies of a 277 that once lost a segment, by what they are."""


@pytest.mark.parametrize("what", FOUND)
def test_what_once_went_wrong(what: str) -> None:
    head, _, _ = VALID["277"].partition(b"HL*1")
    body = "".join(f"{segment}~" for segment in FOUND[what]).encode()
    assert_sound(head + body + b"SE*12*0001~GE*1*9~IEA*1*000000009~")

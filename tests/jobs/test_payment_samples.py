"""The public 835s, whole and broken: nothing raises, and nothing differs from itself."""

import io
import random
from pathlib import Path

from sample_files import each_sample

from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.post import post
from edi_hit.jobs.posting_sinks import ndjson_lines
from edi_hit.jobs.reconcile import reconcile
from edi_hit.rules import NotX12Error
from edi_hit.x12 import copy

PIECES = [b"", b"*", b"~", b":", b"9", b"-", b"\xb2", b"*~", b"22", b"CLP*", b"0"]


def agrees_with_itself(path: Path) -> bool:
    inputs = find_inputs([str(path)])
    with reconcile(inputs, inputs) as result:
        return list(result) == []


@each_sample("835")
def test_a_sample_agrees_with_itself_and_is_copied_byte_for_byte(sample: Path) -> None:
    assert agrees_with_itself(sample)
    copied = io.BytesIO()
    try:
        copy(sample, copied)
    except NotX12Error:
        return
    assert copied.getvalue() == sample.read_bytes()


@each_sample("835", "4010")
def test_broken_files_are_compared_and_posted_as_far_as_they_go(sample: Path, tmp_path: Path) -> None:
    data, draw = sample.read_bytes(), random.Random(sample.name)
    for number in range(4):
        broken = bytearray(data)
        for _ in range(10):
            at = draw.randrange(len(broken))
            broken[at : at + draw.randrange(4)] = draw.choice(PIECES)
        path = tmp_path / f"{number}.835"
        path.write_bytes(broken[: draw.randrange(len(broken)) if number == 3 else len(broken)])
        assert agrees_with_itself(path)
        with reconcile(find_inputs([str(sample)]), find_inputs([str(path)])) as result:
            assert len(list(result)) == result.totals.differences
        with ndjson_lines(io.BytesIO()) as sink:
            done = post(find_inputs([str(path)]), sink)
        assert done.totals.payments >= done.totals.unreconciled

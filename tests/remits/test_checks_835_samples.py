"""The checks of remittances over the public sample files: nothing raises, and balance is judged as known."""

import random
from pathlib import Path

import pytest
from sample_files import each_sample, manifest
from snip_findings import checked_payments, told

from edi_hit.rules import NotX12Error

EQUATIONS = {
    "835 service line out of balance": "X12-835-BAL-01",
    "835 claim out of balance": "X12-835-BAL-02",
    "CLP03!=sum SVC02": "X12-835-BAL-03",
    "BPR02 out of balance": "X12-835-BAL-04",
}


def expected_rules(sample: Path) -> set[str]:
    """The equations the manifest says a file breaks."""
    name = f"{sample.parent.name}/{sample.name}"
    (row,) = [row for row in manifest() if row["file"] == name]
    return {rule for words, rule in EQUATIONS.items() if words in row["expected"]}


@each_sample("835")
def test_balance_is_judged_as_the_manifest_knows_it(sample: Path) -> None:
    """Every file out of balance is found so, by an equation the manifest names; all others are not."""
    try:
        checked = checked_payments(sample.read_bytes())
    except NotX12Error:
        pytest.skip("not X12 by itself")
    if not checked:
        pytest.skip("no transaction set of a guide known here")
    found = {finding.rule for finding in told(checked)} & set(EQUATIONS.values())
    known = expected_rules(sample)
    assert found <= known
    assert bool(found) == bool(known)


@each_sample("835", "4010")
def test_nothing_raises_over_broken_files(sample: Path) -> None:
    data = sample.read_bytes()
    draw = random.Random(len(data))
    for _ in range(4):
        broken = bytearray(data)
        for _ in range(12):
            at = draw.randrange(len(broken))
            broken[at : at + draw.randrange(3)] = draw.choice(
                [b"", b"*", b"~", b":", b"9", b"-", b"\xb2", b"*~"]
            )
        try:
            checked_payments(bytes(broken))
        except NotX12Error:
            continue

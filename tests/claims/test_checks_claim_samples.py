"""The checks of claims over the public sample files: nothing raises, and the totals are judged as known."""

import random
from pathlib import Path

import pytest
from sample_files import each_sample, manifest
from snip_findings import checked_claims, guide_errors, told

from edi_hit.rules import NotX12Error

TOTAL = "CLM02!=sum of lines"
UNREAD = {
    "837I/silvenga__bad-header.edi": "a charge that is no number: the sum is not judged",
    "837P/botsedi__commercial.dat": "no GS: its segments are in no transaction set",
}


def wrong_totals() -> set[str]:
    """Files the manifest says have a claim whose total is not the sum of its lines."""
    return {row["file"] for row in manifest() if TOTAL in row["expected"]}


@each_sample("837P", "837I", x12=True)
def test_totals_are_judged_as_the_manifest_knows_them(sample: Path) -> None:
    name = f"{sample.parent.name}/{sample.name}"
    rules = [finding.rule for finding in told(checked_claims(sample.read_bytes()))]
    assert ("X12-837-BAL-01" in rules) == (name in wrong_totals() and name not in UNREAD)


def test_the_files_left_out_are_those_of_another_fault(samples: Path) -> None:
    assert set(UNREAD) <= wrong_totals()
    for name in UNREAD:
        assert guide_errors((samples / name).read_bytes())


GUIDE_COB = "837P/stupidedi__x222a1-hc837-professional-{}.edi"


@pytest.mark.parametrize(
    "name",
    [
        "cob-claim-from-billing-provider-to-payer-b",
        "cob-claim-from-payer-a-to-payer-b-in-payer-to-payer",
        "medicare-secondary-payer-cob",
        "wheelchair",
        "oxygen",
    ],
)
def test_the_examples_of_the_guide_balance(samples: Path, name: str) -> None:
    found = told(checked_claims((samples / GUIDE_COB.format(name)).read_bytes()))
    assert [finding.rule for finding in found if finding.snip == 3] == []


@each_sample("837P", "837I", "837D", "4010", "837-predetermination")
def test_nothing_raises_over_broken_files(sample: Path) -> None:
    data = sample.read_bytes()
    draw = random.Random(len(data))
    for _ in range(3):
        broken = bytearray(data)
        for _ in range(12):
            at = draw.randrange(len(broken))
            broken[at : at + draw.randrange(3)] = draw.choice(
                [b"", b"*", b"~", b":", b"9", b"-", b"\xb2", b"*~"]
            )
        try:
            checked_claims(bytes(broken))
        except NotX12Error:
            continue

"""The checks of remittances over the public sample files: nothing raises, and balance is judged as known."""

import random
import re
from collections import Counter
from pathlib import Path

from sample_files import each_sample, manifest
from snip_findings import checked_payments, told
from x12_text import interchange, transaction

from edi_hit.mapping.checks import Checked
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


def with_an_envelope(data: bytes) -> bytes:
    """The first transaction set of a file that is not X12 by itself, in an envelope of its own.

    A claim payment without amounts, which hides the balance of its set, is left out.
    """
    text = data.decode("latin-1")
    start = re.search(r"ST(\W)835\1\w+(?:\1\w*)?(\W)", text)
    assert start is not None
    element, terminator = start.groups()
    segments = [segment.strip() for segment in text[start.end() :].split(terminator)]
    ended = next(at for at, segment in enumerate(segments) if segment.startswith("SE" + element))
    body = [segment.replace(element, "*") for segment in segments[:ended]]
    body = [segment for segment in body if not segment.startswith("CLP*") or segment.count("*") > 3]
    return interchange(*transaction(*body, kind="835", guide="005010X221A1"))


def checked(sample: Path) -> list[Checked]:
    """What is said of a sample; of one without a readable envelope, in an envelope of our own."""
    data = sample.read_bytes()
    try:
        found = checked_payments(data)
    except NotX12Error:
        found = []
    return found or checked_payments(with_an_envelope(data))


def broken_equations(sample: Path) -> set[str]:
    return {finding.rule for finding in told(checked(sample))} & set(EQUATIONS.values())


@each_sample("835")
def test_findings_name_exactly_the_balance_faults_of_a_file(sample: Path) -> None:
    assert broken_equations(sample) == expected_rules(sample)


def test_so_many_files_break_each_equation(samples: Path) -> None:
    """The counts that are known of the public files."""
    broken = Counter(rule for path in (samples / "835").iterdir() for rule in broken_equations(path))
    assert [broken[rule] for rule in EQUATIONS.values()] == [5, 7, 6, 6]


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

"""The envelope's verdict on every sample against what the samples' manifest knows of it."""

from sample_files import manifest, sample
from x12_text import findings_of

from edi_hit.rules import Finding, NotX12Error
from edi_hit.x12 import read_events

CHECKS = {
    "SE01 wrong count": lambda f: f.ack == "IK502 4",
    "GE01 wrong count": lambda f: f.ack == "AK905 5",
    "IEA02!=ISA13": lambda f: f.ack == "TA1 001",
    "no IEA": lambda f: f.rule == "X12-ENV-14" and "IEA" in f.message,
}

NO_GROUP = {("837P/botsedi__commercial.dat", "SE01 wrong count")}
"""It has an ISA and no GS: its set stands in no group, so that its count is not looked at."""


def _found(name: str) -> list[Finding] | None:
    try:
        return findings_of(read_events(sample(name)))
    except NotX12Error:
        return None


def test_counts_and_control_numbers_agree_with_the_manifest() -> None:
    compared = 0
    differ: set[tuple[str, str]] = set()
    for row in manifest():
        found = _found(row["file"])
        if found is None:
            continue
        for claim, check in CHECKS.items():
            compared += 1
            if any(check(finding) for finding in found) != (claim in row["expected"]):
                differ.add((row["file"], claim))
    assert compared > 600
    assert differ == NO_GROUP

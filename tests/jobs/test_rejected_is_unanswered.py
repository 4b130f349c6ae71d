"""What an acknowledgement rejects is never answered, and what it accepts is: claim by claim."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from sample_files import each_sample

from edi_hit.acks import ClaimAcknowledgment, read_acknowledgments
from edi_hit.jobs.adjudicate import RunResult, adjudicate
from edi_hit.jobs.inputs import find_inputs
from edi_hit.profiles import AcknowledgmentSettings, RunSettings

EXAMPLES = Path(__file__).parents[2] / "examples"
GOOD = (EXAMPLES / "02-later-visits.837").read_bytes()
FAULTY = (EXAMPLES / "faulty" / "three-claims-two-faulty.837").read_bytes()


def run(folder: Path, source: Path, settings: RunSettings | None = None) -> RunResult:
    return adjudicate(find_inputs([str(source)]), folder, as_of=date(2025, 8, 1), settings=settings)


def decisions(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / "decisions.ndjson").read_text().splitlines()]


def accepted(folder: Path) -> list[str]:
    """The claims that the 277CAs in a folder accept."""
    found = [item for path in folder.glob("*.277ca") for item in read_acknowledgments(path)]
    claims = [item.claim for item in found if isinstance(item, ClaimAcknowledgment)]
    return [claim.claim_id for claim in claims if claim.accepted]


WHOLE_SETS = RunSettings(acknowledgments=AcknowledgmentSettings(isolate_claims=False))
CASES = {
    # what comes in, under which settings: the reasons its claims are not answered
    "a good file": (GOOD, None, [""]),
    "claims with faults of their own": (FAULTY, None, ["X12-ENV-19", "", "X12-ENV-10"]),
    "a policy for whole sets": (FAULTY, WHOLE_SETS, ["X12-ENV-19", "X12-ENV-19", "X12-ENV-10"]),
    "no GE and no IEA": (GOOD.partition(b"GE*")[0], None, ["TA1 023"]),
    "an old version": (GOOD.replace(b"*00501*", b"*00401*"), None, ["TA1 017"]),
    "a group that no 999 can name": (GOOD.replace(b"GS*HC", b"GS*ZX"), None, ["X12-ENV-08"]),
    "a group refused for its count": (
        GOOD.replace(b"GE*1*", b"GE*9*"),
        RunSettings(acknowledgments=AcknowledgmentSettings(rejecting_group_codes=("5",))),
        ["AK905 5"],
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_reasons(tmp_path: Path, what: str) -> None:
    data, settings, reasons = CASES[what]
    (tmp_path / "a.837").write_bytes(data)
    run(tmp_path / "out", tmp_path / "a.837", settings)
    found = decisions(tmp_path / "out")
    rejected = [row["reason"] if row["state"] == "rejected" else "" for row in found]
    assert rejected == [reason and f"rejected before adjudication by {reason}" for reason in reasons]
    assert accepted(tmp_path / "out") == [row["claim"] for row in found if row["state"] != "rejected"]
    assert ("a.835" in {path.name for path in (tmp_path / "out").iterdir()}) == ("" in reasons)


def test_an_interchange_that_cannot_be_read_to_its_end(tmp_path: Path) -> None:
    """The gzip is cut off: what came before is read, and neither acknowledged nor answered."""
    head, _, rest = GOOD.partition(b"ST*")
    sets = 500 * (b"ST*" + rest.partition(b"GE*")[0])
    (tmp_path / "a.837.gz").write_bytes(gzip.compress(GOOD + head + sets, 0)[:-30])
    result = run(tmp_path / "out", tmp_path / "a.837.gz")
    states = [(row["state"], row.get("reason", "")) for row in decisions(tmp_path / "out")]
    assert result.exit_code == 3
    assert len(states) > 100
    assert states[0] == ("paid", "")
    assert set(states[1:]) == {("rejected", "rejected before adjudication by X12-ENV-15")}
    assert accepted(tmp_path / "out") == ["EX02-A"]


@each_sample("837P")
def test_every_sample(tmp_path: Path, sample: Path) -> None:
    run(tmp_path, sample)
    assert accepted(tmp_path) == [row["claim"] for row in decisions(tmp_path) if row["state"] != "rejected"]

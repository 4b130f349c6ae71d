"""Types 1 and 2 accept or reject every sample file as pyx12 does, or a table says why not.

`sample_verdicts.csv` lists the differences: the file, our verdict and theirs, the rule that is behind it,
and the reason we are right. A row that is no longer needed fails as a missing one does.
"""

import csv
from functools import cache
from pathlib import Path

import pytest
from pyx12_oracle import verdict
from sample_files import each_sample, sample_paths

from edi_hit.jobs.check_options import CheckOptions
from edi_hit.jobs.declared_rules import declared_rules
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.validate import FileCheck
from edi_hit.rules import Finding

TABLE = Path(__file__).with_name("sample_verdicts.csv")
SYNTAX_AND_GUIDE = CheckOptions(frozenset({1, 2}))
VERDICTS = {True: "accepted", False: "rejected", None: "none"}


@cache
def differences() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


@cache
def theirs(path: Path) -> str:
    return VERDICTS[verdict(path)]


def findings(path: Path, options: CheckOptions | None = None) -> list[Finding]:
    return list(FileCheck(find_inputs([str(path)])[0], options).findings())


def ours(found: list[Finding]) -> str:
    return VERDICTS[not any(finding.is_error for finding in found)]


@each_sample()
def test_a_verdict_is_pyx12_s_or_the_table_says_why(sample: Path) -> None:
    found = findings(sample, SYNTAX_AND_GUIDE)
    name = f"{sample.parent.name}/{sample.name}"
    listed = differences().get(name)
    if theirs(sample) in ("none", ours(found)):
        assert listed is None, "the verdicts do not differ (any more)"
        return
    assert listed is not None, [(f.rule, f.segment, f.segment_id, f.element) for f in found if f.is_error]
    assert (listed["ours"], listed["theirs"]) == (ours(found), theirs(sample))
    assert listed["rule"] in {"", *(finding.rule for finding in findings(sample))}


def test_the_rows_of_the_table_are_whole() -> None:
    for row in differences().values():
        assert row["reason"], row
        assert not row["rule"] or row["rule"] in declared_rules(), row


def test_how_many_files_are_compared() -> None:
    """Else the tests above could pass because pyx12 says nothing any more."""
    paths = sample_paths()
    if not paths:
        pytest.skip("no sample files")
    compared = [path for path in paths if theirs(path) != "none"]
    agreeing = len(compared) - len(differences())
    print(f"{len(paths)} files, {len(compared)} judged by pyx12, {agreeing} alike")
    assert set(differences()) <= {f"{path.parent.name}/{path.name}" for path in compared}
    assert len(paths) == 202
    assert len(compared) >= 158
    assert agreeing >= 151

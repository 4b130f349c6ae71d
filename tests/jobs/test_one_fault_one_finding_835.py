"""Take a valid 835, break one thing of a known kind: exactly that rule comes back, at that place."""

from datetime import date
from pathlib import Path

import pytest
from changes import changed, checked, place, replaced

from edi_hit.jobs.adjudicate import adjudicate
from edi_hit.jobs.inputs import find_inputs

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def valid(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("out")
    inputs = find_inputs([str(EXAMPLES / "02-later-visits.837")])
    adjudicate(inputs, out, as_of=date(2024, 6, 1))
    return (out / "02-later-visits.835").read_text()


def test_the_file_is_valid_to_begin_with(tmp_path: Path, valid: str) -> None:
    assert checked(tmp_path, valid).findings == []


FAULTS = [
    ("a payment that is not the sum", "BPR*I*412.56*", "BPR*I*412.57*", "X12-835-BAL-04", "BPR", 2),
    ("unbalanced line", "SVC*HC:G0068*250*139.64*", "SVC*HC:G0068*250*139.65*", "X12-835-BAL-01", "SVC", 3),
    ("a status of 5010 that is none", "CLP*EX02-A*1*", "CLP*EX02-A*5*", "X12-ELE-07", "CLP", 2),
    ("a group of 4010", "CAS*PR*2*35.62", "CAS*CR*2*35.62", "X12-ELE-07", "CAS", 1),
    ("a reason that does not exist", "CAS*CO*45*71.89", "CAS*CO*9999*71.89", "X12-SNIP5-CARC", "CAS", 2),
    ("a payee with a wrong check digit", "XX*1234567893", "XX*1234567894", "X12-SNIP5-NPI", "N1", 4),
    ("a payer without a city", "N4*BALTIMORE", "N4*", "X12-ELE-01", "N4", 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "old", "new", "rule", "segment", "element"), FAULTS, ids=[row[0] for row in FAULTS]
)
def test_one_fault_one_finding(
    tmp_path: Path, valid: str, what: str, old: str, new: str, rule: str, segment: str, element: int
) -> None:
    errors = checked(tmp_path, changed(valid, replaced(old, new))).errors
    assert [place(finding) for finding in errors] == [(rule, segment, element)]


def test_a_guide_in_st03_is_one_warning(tmp_path: Path, valid: str) -> None:
    found = checked(tmp_path, changed(valid, replaced("ST*835*0001~", "ST*835*0001*005010X221A1~")))
    assert [place(finding) for finding in found.findings] == [("X12-ENV-11", "ST", 3)]
    assert found.errors == []


def test_a_claim_payment_that_does_not_balance(tmp_path: Path, valid: str) -> None:
    text = changed(valid, replaced("*670*412.56*", "*670*412.50*"))
    rules = {finding.rule for finding in checked(tmp_path, text).errors}
    assert "X12-835-BAL-02" in rules
    assert rules <= {"X12-835-BAL-02", "X12-835-BAL-03", "X12-835-BAL-04"}

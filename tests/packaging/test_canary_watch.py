"""The watch over the whole suite sees what names a patient, and nothing else."""

import logging
from pathlib import Path

import pytest
from canary_watch import WATCH

from edi_hit.rules import LedgerError, NotX12Error, load_rules
from edi_hit.sample.draw import Draw
from edi_hit.sample.people import last_name

DRAW = Draw(5)
PATIENTS = ("MAPLE", "1EG4TE5MK73", "19480229", "1948-02-29", last_name(DRAW), DRAW.mbi())
NOBODY = ("G0088 on 2025-03-05", "ISA13 000000101", "1234567893", "a maple", "20250801", "sha256 19480229ab")


@pytest.mark.parametrize("patient", PATIENTS)
def test_a_patient_is_seen_in_errors_findings_and_logs(patient: str) -> None:
    NotX12Error(f"the file of {patient}")
    LedgerError("a row", patient)
    load_rules("edi_hit.x12")["X12-ENV-19"].finding(f"{patient} is no date")
    logging.getLogger("edi_hit.http").error("failed for %s", patient)
    assert len(WATCH.asked()) == 4


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_seen_where_nobody_is(text: str) -> None:
    NotX12Error(text)
    assert WATCH.asked() == []


def test_a_patient_is_seen_in_names_of_files_and_in_logs(tmp_path: Path) -> None:
    (tmp_path / "test_a" / "out").mkdir(parents=True)
    for name, text in (("MAPLE.835", "MAPLE"), ("claims.835", "MAPLE"), ("log", "x"), ("out/log", "MAPLE")):
        (tmp_path / "test_a" / name).write_text(text)
    assert list(WATCH.in_names(tmp_path)) == ["MAPLE.835"]
    assert [one.rpartition("/test_a/")[2] for one in WATCH.in_logs(tmp_path)] == ["out/log"]
    (tmp_path / "test_a" / "MAPLE.835").unlink()
    (tmp_path / "test_a" / "out" / "log").unlink()

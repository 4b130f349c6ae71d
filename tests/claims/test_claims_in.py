"""The lines README shows: iterate the claims of a file, change one, write it back."""

from pathlib import Path

import pytest
from claim_text import CLAIM, GOOD, changed, file_of
from msgspec.structs import replace

from edi_hit.claims import claims_in, write_claims
from edi_hit.rules import FaultyInputError
from edi_hit.x12 import header_of


def test_iterate_change_and_write_back(tmp_path: Path) -> None:
    source, target = tmp_path / "in.837", tmp_path / "out.837"
    source.write_bytes(file_of(*GOOD))

    claims = (replace(claim, frequency="7", payer_claim_number="ICN9") for claim in claims_in(source))
    with target.open("wb") as out:
        write_claims(claims, out, header_of(source))

    before, after = source.read_bytes().decode(), target.read_bytes().decode()
    assert "CLM*A1*300.5***12:B:7*Y*A*Y*Y~\nREF*F8*ICN9~\n" in after
    unchanged = after.replace("12:B:7", "12:B:1").replace("REF*F8*ICN9~\n", "").replace("SE*30", "SE*29")
    assert unchanged.split("GS*")[1].replace("\n", "") == before.split("GS*")[1].replace("\n", "")


def test_both_kinds_of_claims_are_iterated() -> None:
    inpatient = Path(__file__).parents[1] / "files" / "inpatient.837"
    assert {type(claim).__name__ for claim in claims_in(inpatient)} == {"InstitutionalClaim"}
    assert [claim.charge for claim in claims_in(inpatient)] == [
        sum(line.charge for line in claim.lines) for claim in claims_in(inpatient)
    ]


def test_an_error_is_not_passed_over() -> None:
    with pytest.raises(FaultyInputError) as faulty:
        list(claims_in(file_of(*changed(CLAIM[0], "CLM*A1*300.5***12:B:1*Q*A*Y*Y"))))
    assert [finding.rule for finding in faulty.value.findings] == ["X12-ELE-07"]


def test_a_file_without_a_group_has_no_header() -> None:
    head = file_of(*GOOD)[:107]
    with pytest.raises(FaultyInputError):
        header_of(head + b"IEA*0*000000001~")

"""What no field names is kept with its loop and written back: segments, loops, single elements."""

import msgspec
import pytest
from claim_text import CLAIM, GOOD, LINE, after, changed, file_of, record, records
from written_back import added, lost, written

from edi_hit.mapping.parts import Unmapped


def kept_in(*segments: str) -> tuple[Unmapped, ...]:
    found = record(*segments)
    assert found.claim is not None
    return found.claim.unmapped


def test_a_good_claim_keeps_nothing_aside() -> None:
    found = record(*GOOD)
    assert found.accepted
    claim = found.claim
    assert claim is not None
    parts = (
        claim,
        claim.submission,
        claim.billing_provider,
        claim.subscriber,
        claim.subscriber.person,
        *claim.lines,
    )
    assert [part.unmapped for part in parts] == [()] * len(parts)
    assert (lost(found), added(found)) == ([], [])


UNNAMED = [
    (CLAIM[0], "CLM*A1*300.5***12:B:1*Y*A*Y*Y*P*AA:::OH"),
    (CLAIM[0], "CLM*A1*300.5***12:B:1*Y*A*Y*Y**AA:OA::OH:CA*02*******11"),
    (LINE[1], "SV1*HC:G0069:JA*200.5*UN*1*12**1:2**Y*Y*Y*Y**Y"),
    ("PRV*BI*PXC*3336H0001X", "PRV*BI*ZZ*3336H0001X"),
    ("BHT*0019*00*B0001*20250103*1200*CH", "BHT*0018*00*B0001*20250103*1200*CH"),
    ("SBR*P*18*******MB", "SBR*P*18*****X*Y*MB"),
    ("NM1*IL*1*MAPLE*ROSE****MI*1EG4TE5MK73", "NM1*IL*1*MAPLE*ROSE****MI*1EG4TE5MK73*01*X"),
    ("DMG*D8*19480229*F", "DMG*D8*19480229*F*S*:RET:1"),
    ("N4*DAYTON*OH*454021111", "N4*DAYTON*OH*454021111**CY*LOC"),
    ("REF*EI*311234567", "REF*EI*311234567*WORDS*2U:X"),
    ("REF*6R*L1", "REF*6R*L1*WORDS"),
    (CLAIM[1], "HI*ABK:E10A:D8:20250101*ABF:I10:::::::Y"),
]


@pytest.mark.parametrize(("old", "new"), UNNAMED)
def test_elements_without_a_field_are_written_back(old: str, new: str) -> None:
    found = records(file_of(*changed(old, new)) if GOOD.count(old) == 1 else file_of(*_first(old, new)))[0]
    assert found.claim is not None
    assert lost(found) == []
    assert added(found) == []


def _first(old: str, new: str) -> list[str]:
    at = len(GOOD) - 1 - GOOD[::-1].index(old)
    return [*GOOD[:at], new, *GOOD[at + 1 :]]


def test_only_the_elements_without_a_field_are_kept() -> None:
    (kept,) = kept_in(*changed(CLAIM[0], "CLM*A1*300.5***12:B:1*Y*A*Y*Y*P*AA::EM:OH*02*Z"))
    assert kept.label == "CLM"
    assert kept.elements == ("CLM", *[""] * 10, "\x1f\x1fEM", "", "Z")


def test_a_field_that_was_changed_goes_before_what_was_kept() -> None:
    found = record(*changed(CLAIM[0], "CLM*A1*300.5***12:B:1*Y*A*Y*Y**AA:::OH"))
    assert found.claim is not None
    changed_claim = msgspec.structs.replace(
        found.claim, related_causes=("OA", "EM"), charge=found.claim.charge * 2
    )
    text = written(msgspec.structs.replace(found, claim=changed_claim)).decode()
    assert "\nCLM*A1*601***12:B:1*Y*A*Y*Y**OA:EM::OH~" in text


REPEATED = [
    ("REF*G1*A1", "REF*G1*A2*WORDS*2U:P:X"),
    ("NTE*ADD*ONE", "NTE*ADD*TWO*X"),
    ("PWK*OZ*BM***AC*C1", "PWK*OZ*BM***AC*C2*TEXT"),
    ("PWK*OZ*BM***AC*C1", "PWK*CT*NS"),
]


@pytest.mark.parametrize("segments", REPEATED)
def test_repeated_segments_come_back_each_whole(segments: tuple[str, ...]) -> None:
    found = record(*after(LINE[1], *segments))
    assert found.claim is not None
    assert [f.rule for f in found.findings if f.rule == "X12-STR-03"] == []
    assert lost(found) == []
    assert added(found) == []


TWICE = ["REF*6R*L9", "DTP*472*D8*20250103", "SV1*HC:G0068*1*UN*1***1"]


@pytest.mark.parametrize("segment", TWICE)
def test_a_segment_that_may_come_once_is_kept_twice(segment: str) -> None:
    found = record(*after("REF*6R*L1", segment))
    assert found.claim is not None
    assert found.claim.lines[0].control_number == "L1"
    assert found.claim.lines[0].procedure_code == "G0069"
    assert lost(found) == []


def test_ids_another_payer_gave_to_providers() -> None:
    other = [
        *("SBR*S*18*******CI", "OI***Y***Y", "NM1*IL*1*M*R****MI*X1", "NM1*PR*2*P*****PI*P2"),
        *("NM1*DN*1", "REF*G2*X1", "NM1*82*1", "REF*G2*X2"),
    ]
    found = record(*after(CLAIM[1], *other))
    assert found.claim is not None
    assert found.claim.other_payers[0].rendering_provider is not None
    assert lost(found) == []
    text = written(found).decode().replace("\n", "")
    assert "~".join([*other, "LX*1"]) in text


def test_a_second_loop_where_one_is_declared_comes_back() -> None:
    two = [
        "NM1*82*1*FIR*ANN****XX*1234567893",
        "REF*G2*A",
        "NM1*82*1*ELM*BO****XX*1234567893",
        "PRV*PE*PXC*207R00000X",
    ]
    found = record(*after(CLAIM[1], *two))
    assert found.claim is not None
    assert found.claim.rendering_provider is not None
    assert found.claim.rendering_provider.last_name == "FIR"
    assert lost(found) == []
    text = written(found).decode().replace("\n", "")
    assert "~".join([*two, "LX*1"]) in text


def test_unknown_segments_come_back_in_their_loop() -> None:
    found = record(*after("DTP*472*D8*20250102", "ZZZ*1*2"))
    assert found.claim is not None
    assert found.claim.lines[0].unmapped == (Unmapped(("ZZZ", "1", "2")),)
    assert lost(found) == []


def test_adjustments_without_a_reason_are_kept() -> None:
    other = ["SBR*S*18*******CI", "CAS*CO", "OI***Y***Y", "NM1*IL*1*M*R****MI*X1", "NM1*PR*2*P*****PI*P2"]
    found = record(*after(CLAIM[1], *other))
    assert found.claim is not None
    assert found.claim.other_payers[0].adjustments == ()
    assert lost(found) == []


def test_a_gap_between_diagnoses_keeps_the_places_lines_point_at() -> None:
    found = record(*changed(CLAIM[1], "HI*ABK:E10A**ABF:I10"))
    assert found.claim is not None
    assert [diagnosis.code for diagnosis in found.claim.diagnoses] == ["E10A", "", "I10"]
    assert lost(found) == []


def test_what_was_not_sent_is_not_made_up() -> None:
    """The defaults of a structure are for new claims; a claim read without them does not have them."""
    found = record(*changed(CLAIM[0], "CLM*A1*300.5***12"))
    assert found.claim is not None
    claim = found.claim
    empty = (claim.frequency, claim.facility_qualifier, claim.provider_signature, claim.assignment)
    assert empty == ("", "", "", "")
    assert added(found) == []

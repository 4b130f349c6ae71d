"""A field path leads to the segment, element and byte its value was read from."""

import pytest
from claim_text import CLAIM, GOOD, after, changed, file_of, records

from edi_hit.claims import ClaimRecord

RICH = [
    "SBR*S*18*G1******CI",
    "CAS*CO*45*10**97*20*1",
    "CAS*PR*1*30",
    "AMT*D*40",
    "OI***Y***Y",
    "NM1*IL*1*MAPLE*ROSE****MI*X1",
    "NM1*PR*2*OTHER PAYER*****PI*P2",
    "DTP*573*D8*20250109",
]
DRUG = ["LIN**N4*00002751001", "CTP****50*UN", "REF*VY*LINK1", "REF*XZ*RX1"]
ORDERING = ["NM1*DK*1*ELM*BO****XX*1234567893", "PER*IC*BO*TE*6145550111*EX*12*FX*6145550112"]
SEGMENTS = [
    *GOOD[: GOOD.index(CLAIM[0])],
    CLAIM[0],
    "DTP*431*D8*20241231",
    "DTP*454*D8*20241230",
    "REF*G1*AUTH1",
    "NTE*ADD*NOTE TEXT",
    "HI*ABK:E10A*ABF:I10*ABF:Z794",
    "NM1*DN*1*ELM*BO****XX*1234567893",
    *RICH,
    *GOOD[GOOD.index("LX*1") : -4],
    *GOOD[-4:],
    *DRUG,
    *ORDERING,
]

PATHS = [
    ("claim_id", "CLM", 1, "A1*300.5"),
    ("charge", "CLM", 2, "300.5"),
    ("place_of_service", "CLM", 5, "12:B:1"),
    ("frequency", "CLM", 5, "12:B:1"),
    ("illness_onset_on", "DTP", 3, "20241231"),
    ("initial_treatment_on", "DTP", 3, "20241230"),
    ("prior_authorization", "REF", 2, "AUTH1"),
    ("notes[0].text", "NTE", 2, "NOTE TEXT"),
    ("notes[0].code", "NTE", 1, "ADD"),
    ("diagnoses[0]", "HI", 1, "ABK:E10A"),
    ("diagnoses[2].code", "HI", 3, "ABF:Z794"),
    ("referring_providers[0].last_name", "NM1", 3, "ELM"),
    ("other_payers[0].adjustments[0].amount", "CAS", 3, "10"),
    ("other_payers[0].adjustments[1].carc", "CAS", 5, "97"),
    ("other_payers[0].adjustments[1].quantity", "CAS", 7, "1~"),
    ("other_payers[0].adjustments[2].amount", "CAS", 3, "30"),
    ("other_payers[0].paid", "AMT", 2, "40"),
    ("other_payers[0].payer.id", "NM1", 9, "P2"),
    ("other_payers[0].payer.adjudicated_on", "DTP", 3, "20250109"),
    ("lines[0]", "LX", 1, "1~"),
    ("lines[0].procedure_code", "SV1", 1, "HC:G0069:JA"),
    ("lines[0].modifiers[0]", "SV1", 1, "HC:G0069:JA"),
    ("lines[0].pointers[1]", "SV1", 7, "1:2"),
    ("lines[1].charge", "SV1", 2, "100"),
    ("lines[1].service_dates.start", "DTP", 3, "20250101-20250102"),
    ("lines[1].control_number", "REF", 2, "L2"),
    ("lines[1].drug.ndc", "LIN", 3, "00002751001"),
    ("lines[1].drug.prescription_number", "REF", 2, "RX1"),
    ("lines[1].drug.compound_link", "REF", 2, "LINK1"),
    ("lines[1].ordering_provider.contacts[0].name", "PER", 2, "BO"),
    ("lines[1].ordering_provider.contacts[0].numbers[2].number", "PER", 8, "6145550112"),
    ("subscriber.filing_indicator", "SBR", 9, "MB"),
    ("subscriber.person.born_on", "DMG", 2, "19480229"),
    ("subscriber.person.address.postal_code", "N4", 3, "454021111"),
    ("billing_provider.party.tax_id", "REF", 2, "311234567"),
    ("billing_provider.taxonomy", "PRV", 3, "3336H0001X"),
    ("submission.created_on", "BHT", 4, "20250103"),
    ("submission.submitter.contacts[0].numbers[0].number", "PER", 4, "6145550100"),
]


@pytest.fixture(scope="module")
def data() -> bytes:
    return file_of(*SEGMENTS)


@pytest.fixture(scope="module")
def found(data: bytes) -> ClaimRecord:
    (only,) = records(data)
    assert only.claim is not None
    return only


@pytest.mark.parametrize(("path", "segment_id", "element", "text"), PATHS)
def test_a_path_leads_to_its_byte(
    path: str, segment_id: str, element: int, text: str, data: bytes, found: ClaimRecord
) -> None:
    place = found.place(path)
    assert (place["segment_id"], place["element"]) == (segment_id, element)
    assert data[place["offset"] :].startswith(text.encode())  # type: ignore[misc]  # an offset is an int
    assert place["claim"] == "A1"
    assert place["transaction"] == "0001"
    ordinal = data[data.index(b"ST*") : place["offset"]].count(b"~") + 1  # type: ignore[misc]  # as above
    assert place["segment"] == ordinal


COMPONENTS = [
    ("frequency", 3),
    ("lines[0].procedure_code", 2),
    ("lines[0].modifiers[0]", 3),
    ("diagnoses[1]", 2),
]


@pytest.mark.parametrize(("path", "component"), [*COMPONENTS, ("lines[0].pointers[1]", 2), ("charge", None)])
def test_a_path_leads_to_its_component(path: str, component: int | None, found: ClaimRecord) -> None:
    assert found.place(path)["component"] == component


@pytest.mark.parametrize(
    "path",
    [
        "patient_paid",
        "lines[0].drug.ndc",
        "lines[7].charge",
        "accident_on",
        "other_payers[0].adjustments[9]",
        "patient.relationship",
        "rendering_provider.id",
    ],
)
def test_what_was_not_sent_is_placed_at_the_claim(path: str, found: ClaimRecord, data: bytes) -> None:
    place = found.place(path)
    assert (place["segment_id"], place["element"], place["loop"]) == ("CLM", 1, "2300")
    assert place["offset"] == data.index(b"CLM*") + 4


@pytest.mark.parametrize("path", ["", "nothing", "lines[0].nothing", "charge]", "lines[x].charge", "Charge"])
def test_no_such_field(path: str, found: ClaimRecord) -> None:
    with pytest.raises(KeyError):
        found.place(path)


def test_the_loop_of_a_place(found: ClaimRecord) -> None:
    assert found.place("lines[1].drug.ndc")["loop"] == "2410"
    assert found.place("subscriber.person.id")["loop"] == "2010BA"
    assert found.place("charge")["loop"] == "2300"


def test_places_after_a_byte_order_mark_and_blank_lines() -> None:
    """Leading blanks of a segment do not shift its elements."""
    data = b"\xef\xbb\xbf" + file_of(*changed("LX*1", "\n\n LX*1")).replace(b"~GS", b"~\n\n  GS")
    (only,) = records(data)
    place = only.place("charge")
    assert data[place["offset"] :].startswith(b"300.5")  # type: ignore[misc]  # an offset is an int
    place = only.place("lines[0].number")
    assert data[place["offset"] :].startswith(b"1~")  # type: ignore[misc]  # as above


def test_a_second_claim_has_its_own_places() -> None:
    data = file_of(*after(GOOD[-1], "CLM*A2*200.5***12:B:1*Y*A*Y*Y", *GOOD[-9:-4]))
    second = records(data)[1]
    place = second.place("charge")
    assert data[place["offset"] :].startswith(b"200.5***12")  # type: ignore[misc]  # an offset is an int

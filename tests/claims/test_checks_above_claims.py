"""What is wrong above the claims is told once, with the first claim below it, and holds for all below it."""

import io

import pytest
from claim_text import CLAIM, HEADER, LINE, LINE_2, PROVIDER, SUBSCRIBER, file_of
from snip_findings import checked_claims, told
from x12_text import gs, interchange, isa

from edi_hit.claims.checks import ClaimChecks
from edi_hit.guides import Unit, read_loops
from edi_hit.mapping.checks import Checked
from edi_hit.reference import Tables
from edi_hit.sample import write_sample_837p
from edi_hit.x12 import read_events

BAD_PROVIDER = [segment.replace("1234567893", "1234567894") for segment in PROVIDER]
BAD_HOME = [segment.replace("N4*DAYTON*OH*454021111", "N4*DAYTON*OH*454021") for segment in SUBSCRIBER]
DEPENDENT = ["HL*3*2*23*0", "PAT*19", "NM1*QC*1*MAPLE*LEAF", "N3*7 OAK LN", "N4*DAYTON*OH*45402"]
BIRTH = "DMG*D8*20150228*F"


def claim(name: str) -> list[str]:
    return [CLAIM[0].replace("A1", name), CLAIM[1], *LINE, *LINE_2]


def level(segments: list[str], number: int, parent: int) -> list[str]:
    """The segments of a level with their HL renumbered."""
    code, child = segments[0].split("*")[3:]
    return [f"HL*{number}*{parent or ''}*{code}*{child}", *segments[1:]]


def views(checked: list[Checked]) -> list[tuple[list[str], list[str], bool]]:
    """Rules told, rules known from before, and whether the claim is rejected."""
    return [([f.rule for f in c.told], [f.rule for f in c.known], c.rejects) for c in checked]


def test_a_billing_provider_is_told_once_and_rejects_its_claims_only() -> None:
    data = file_of(
        *HEADER,
        *level(BAD_PROVIDER, 1, 0),
        *level(SUBSCRIBER, 2, 1),
        *claim("A1"),
        *claim("A2"),
        *level(SUBSCRIBER, 3, 1),
        *claim("A3"),
        *level(PROVIDER, 4, 0),
        *level(SUBSCRIBER, 5, 4),
        *claim("A4"),
    )
    checked = checked_claims(data)
    npi = "X12-SNIP5-NPI"
    assert views(checked) == [([npi], [], True), ([], [npi], True), ([], [npi], True), ([], [], False)]
    assert [finding.claim for finding in told(checked)] == ["A1"]
    assert checked[1].findings == checked[0].told


def test_a_subscriber_is_told_with_the_first_of_its_claims() -> None:
    data = file_of(
        *HEADER,
        *PROVIDER,
        *SUBSCRIBER,
        *claim("A1"),
        *level(BAD_HOME, 3, 1),
        *claim("A2"),
        *claim("A3"),
    )
    found = views(checked_claims(data))
    assert found == [([], [], False), (["X12-SNIP5-ZIP"], [], True), ([], ["X12-SNIP5-ZIP"], True)]


def test_subscriber_and_patients_are_compared_once_a_subscriber() -> None:
    subscriber = [segment.replace("22*0", "22*1") for segment in SUBSCRIBER]
    data = file_of(
        *HEADER,
        *PROVIDER,
        *subscriber,
        *DEPENDENT,
        BIRTH,
        *claim("A1"),
        *claim("A2"),
        *level(DEPENDENT, 4, 2),
        BIRTH,
        *claim("A3"),
    )
    found = views(checked_claims(data))
    assert found == [(["X12-837-02"], [], True), ([], ["X12-837-02"], True), ([], ["X12-837-02"], True)]


def test_a_warning_above_rejects_nothing() -> None:
    box = [segment.replace("100 MAIN ST", "PO BOX 1") for segment in PROVIDER]
    checked = checked_claims(file_of(*HEADER, *box, *SUBSCRIBER, *claim("A1"), *claim("A2")))
    assert views(checked) == [(["X12-837-04"], [], False), ([], ["X12-837-04"], False)]


def test_each_transaction_set_begins_anew() -> None:
    early, late = "BHT*0019*00*B0001*20250101*1200*CH", HEADER[0]
    body = [*HEADER[1:], *BAD_PROVIDER, *SUBSCRIBER, *claim("A1")]
    sets: list[str] = []
    for number, head in enumerate([late, early], 1):
        control = f"{number:04d}"
        sets += [f"ST*837*{control}*005010X222A1", head, *body, f"SE*{len(body) + 3}*{control}"]
    data = interchange(gs(), *sets, "GE*2*1", "IEA*1*000000001")
    assert isa() in data.decode()
    first, second = views(checked_claims(data))
    assert first == (["X12-SNIP5-NPI"], [], True)
    assert second == (["X12-SNIP5-NPI", "X12-837-20", "X12-837-20"], [], True)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_found_in_sample_files(seed: int) -> None:
    file = io.BytesIO()
    write_sample_837p(file, 1000, seed)
    checks = ClaimChecks(Tables.packaged())
    claims = 0
    for event in read_loops(read_events(file.getvalue())):
        if isinstance(event, Unit):
            claims += 1
            assert checks.findings(event).findings == ()
    assert claims == 1000

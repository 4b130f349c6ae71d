"""Lines found by day are those that looking at every line would find; of alike ones few are looked at."""

from datetime import date, timedelta
from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from edi_hit.adjudication import Receipt
from edi_hit.adjudication.batch_history import BatchHistory
from edi_hit.adjudication.line_index import LineIndex, SeenLines
from edi_hit.benefits.decision import ClaimDecision, LineDecision, State
from edi_hit.benefits.facts import Outcome, ServiceFact, VisitFact
from edi_hit.benefits.lines_by_day import LinesByDay
from edi_hit.benefits.other_lines import between, counted, followed_by, sharing_a_day
from edi_hit.claims import Claim, ServiceLine, Submission, Subscriber
from edi_hit.claims.claim import BillingProvider
from edi_hit.mapping.parts import Party, Period
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables

FIRST = date(2025, 1, 1)
DAYS = st.integers(0, 6).map(lambda days: FIRST + timedelta(days=days))
VISITS = st.builds(
    VisitFact,
    DAYS,
    st.sampled_from(["G0068", "G0088"]),
    st.sampled_from(["1", "2"]),
    st.sampled_from(["A", "B"]),
    st.integers(1, 3),
    st.sampled_from(Outcome),
)
SERVICES = st.builds(
    lambda on, days, code: ServiceFact(
        on, code, "1", "A", 1, Outcome.PAID, through=on + timedelta(days=days), payer="P"
    ),
    DAYS,
    st.integers(0, 9),
    st.sampled_from(["S9500", "S9501"]),
)


def kind(line: VisitFact) -> VisitFact:
    return msgspec.structs.replace(line, claim="", line=0)


@given(st.lists(VISITS, max_size=30), st.lists(VISITS, max_size=3), DAYS, DAYS)
def test_what_is_found_among_some_is_what_is_found_among_all(
    lines: list[VisitFact], more: list[VisitFact], first: date, last: date
) -> None:
    index = LineIndex[VisitFact]()
    for place, line in enumerate(lines):
        index.put(place, line)
    seen = followed_by(SeenLines(index), more)
    assert list(seen) == lines + more
    plain = between((*lines, *more), first, last)
    found = between(seen, first, last)
    assert [line for line in plain if line in found] == [line for line in plain if line in set(found)]
    for wanted in map(kind, plain):
        alike = [line for line in found if kind(line) == wanted]
        every = [line for line in plain if kind(line) == wanted]
        assert (alike[0], alike[-1]) == (every[0], every[-1])
    assert sum(count for _, count in counted(seen, first, last)) == len(plain)
    assert [kind(line) for line, _ in counted(SeenLines(index), first, last)] == list(
        dict.fromkeys(kind(line) for line in between(tuple(lines), first, last))
    )


@given(st.lists(SERVICES, max_size=20), DAYS, DAYS)
def test_services_that_share_a_day(lines: list[ServiceFact], first: date, last: date) -> None:
    index = LineIndex[ServiceFact]()
    for place, line in enumerate(lines):
        index.put(place, line)
    shared = sharing_a_day(SeenLines(index), first, last)
    assert set(shared) == {line for line in lines if line.on <= last and first <= line.through}


def test_the_thousandth_claim_of_a_person_is_held_against_few_lines() -> None:
    history = BatchHistory(Tables.packaged(), RunSettings())
    claims = [visit(number) for number in range(1000)]
    for ordinal, claim in enumerate(claims):
        history.add_billed("ann", ordinal, claim, Receipt(0))
    looked_at = []
    for ordinal, claim in enumerate(claims):
        seen = history.facts("ann", ordinal, claim, Receipt(0)).visits
        assert isinstance(seen, LinesByDay)
        looked_at.append(len(list(seen.alike(date.min, date.max))))
        history.add_decided("ann", ordinal, paid(claim, ordinal))
    assert len(seen) == 1000
    assert max(looked_at) <= 3 * 10, "ten days; paid, denied, and not decided yet"


def visit(number: int) -> Claim:
    day = FIRST + timedelta(days=number % 10)
    line = ServiceLine(number=1, charge=Decimal(9), procedure_code="G0068", service_dates=Period.day(day))
    return Claim(
        claim_id=f"A{number}",
        charge=Decimal(9),
        submission=Submission(reference="1"),
        billing_provider=BillingProvider(Party(id_qualifier="XX", id="1234567893")),
        subscriber=Subscriber(
            sequence="P", person=Party(entity="1"), payer=Party(id_qualifier="PI", id="10112")
        ),
        lines=(line,),
    )


def paid(claim: Claim, ordinal: int) -> ClaimDecision:
    line = LineDecision(1, "", "G0068", (), None, None, Decimal(9), denied=bool(ordinal % 2))
    return ClaimDecision(claim.claim_id, "medicare_hit", "10112", State.PAID, Decimal(9), lines=(line,))

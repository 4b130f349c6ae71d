"""The 835 declaration: random payments come back equal, those of the samples are read and written whole."""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from loop_views import held
from mapping_strategies import Strategy, built
from sample_files import each_sample, sample_paths
from structure_diff import differences
from written_back import canonical
from x12_text import interchange, transaction

from edi_hit.guides import Loop, SetRead, Unit, guide, read_loops
from edi_hit.mapping.parts import Period
from edi_hit.mapping.problems import Problem
from edi_hit.remits import ClaimPayment, Remittance
from edi_hit.remits.mapping_835 import CLAIM_PAYMENT, REMITTANCE
from edi_hit.x12 import ComposeWriter, EnvelopeHeader, read_events, read_segments

ROOT = guide("835").root
PAYMENT_NODE = ROOT.loop("2000").loop("2100")
HEADER = EnvelopeHeader(
    sender="15202",
    receiver="HIP01",
    created_on=date(2025, 1, 10),
    created_at="1200",
    control_number=1,
    functional_id="HP",
    version="005010X221A1",
)
SLOW = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)

REMITTANCES: Strategy = built(REMITTANCE, ROOT)
PAYMENTS: Strategy = built(CLAIM_PAYMENT, PAYMENT_NODE)


def segments_of(loop: Loop) -> Iterator[list[str]]:
    for _, elements, _ in loop.segments:
        yield elements
    for segment in loop.unplaced:
        yield segment.elements
    for child in loop.loops:
        yield from segments_of(child)


def written(remittance: Remittance | None, payments: list[ClaimPayment]) -> bytes:
    stream = io.BytesIO()
    writer = ComposeWriter(stream, HEADER)
    writer.start()
    writer.start_set("835")
    head = list(segments_of(REMITTANCE.write(remittance, ROOT))) if remittance else []
    for elements in (e for e in head if e[0] != "PLB"):
        writer.segment(elements)
    writer.segment(["LX", "1"])
    for payment in payments:
        for elements in segments_of(CLAIM_PAYMENT.write(payment, PAYMENT_NODE)):
            writer.segment(elements)
    for elements in (e for e in head if e[0] == "PLB"):
        writer.segment(elements)
    writer.end_set()
    writer.end()
    return stream.getvalue()


def read(data: bytes) -> tuple[list[Remittance], list[ClaimPayment], list[Problem]]:
    problems: list[Problem] = []
    remittances, payments = [], []
    for event in read_loops(read_events(data)):
        if isinstance(event, Unit):
            payments.append(CLAIM_PAYMENT.read(event.loop, problems))
        elif isinstance(event, SetRead):
            remittances.append(REMITTANCE.read(event.loop, problems))
    return remittances, payments, problems


@settings(SLOW, max_examples=100)
@given(PAYMENTS)
def test_a_payment_comes_back(payment: ClaimPayment) -> None:
    _, payments, problems = read(written(None, [payment]))
    assert differences(payments, [payment]) == []
    assert {problem.loop for problem in problems} <= {"ST_LOOP", "1000A", "1000B"}


@settings(SLOW, max_examples=60)
@given(REMITTANCES)
def test_a_remittance_comes_back(remittance: Remittance) -> None:
    remittances, _, problems = read(written(remittance, []))
    assert differences(remittances, [remittance]) == []
    assert problems == []


def units_of(sample: Path) -> list[Unit]:
    return [event for event in read_loops(read_events(sample)) if isinstance(event, Unit)]


@each_sample("835", x12=True)
def test_payments_of_the_samples_are_read_and_written_whole(sample: Path) -> None:
    for unit in units_of(sample):
        problems: list[Problem] = []
        payment = CLAIM_PAYMENT.read(unit.loop, problems)
        if problems:
            continue
        out = Counter(canonical(s.elements) for s in read_segments(written(None, [payment])))
        segments = [segment for segment, _, _ in held(unit.loop, ())]
        wanted = Counter(e for s in segments for e in _values(canonical(s.elements)))
        got = Counter(e for elements in out.elements() for e in _values(elements))
        assert wanted - got == Counter()
        _, again, _ = read(written(None, [payment]))
        assert written(None, again) == written(None, [payment])
        if not any(finding.is_error for finding in unit.findings):
            assert differences(again, [payment]) == []


def _values(elements: tuple[str, ...]) -> list[tuple[str, str]]:
    """Segment id and value, position apart: reasons of one group are put together in one CAS."""
    if elements[0] == "DTM" and elements[1] in ("150", "151", "472"):
        return [("DTM", elements[2])] if elements[1] != "151" else []
    values = elements[2:] if elements[0] == "CAS" else elements[1:]
    return [(elements[0], value) for value in values if value]


@each_sample("835", x12=True)
def test_heads_of_the_samples_are_read(sample: Path) -> None:
    for event in read_loops(read_events(sample)):
        if isinstance(event, SetRead) and event.guide.name == "835":
            problems: list[Problem] = []
            remittance = REMITTANCE.read(event.loop, problems)
            assert (remittance is None) == bool(problems)


def test_the_samples_have_payments_to_compare(samples: Path) -> None:
    read_whole = 0
    for path in sample_paths("835", x12=True):
        for unit in units_of(path):
            problems: list[Problem] = []
            CLAIM_PAYMENT.read(unit.loop, problems)
            read_whole += not problems
    assert read_whole >= 90


HEAD = [
    *("BPR*I*150*C*NON************20250110", "TRN*1*T1*1310000001", "N1*PR*MAC J15", "N3*1 PAYER ST"),
    *("N4*COLUMBUS*OH*43215", "PER*BL*HELP*TE*6145550100", "N1*PE*HOME INFUSION*XX*1234567893", "LX*1"),
]
CLP = ["CLP*A1*1*150*150**MB*ICN1*12*1", "NM1*QC*1*MAPLE*ROSE****MI*1EG4TE5MK73"]


def file_of(*segments: str) -> bytes:
    return interchange(*transaction(*segments, kind="835", guide="005010X221A1"))


def line_of(*segments: str) -> tuple[ClaimPayment, list[Problem]]:
    _, payments, problems = read(file_of(*HEAD, *CLP, "SVC*HC:G0069*150*150", *segments))
    return payments[0], problems


DAY, LAST = date(2025, 1, 2), date(2025, 1, 8)


@pytest.mark.parametrize(
    ("dates", "period"),
    [
        (["DTM*472*20250102"], Period(DAY, DAY)),
        (["DTM*150*20250102", "DTM*151*20250108"], Period(DAY, LAST)),
        (["DTM*151*20250108", "DTM*150*20250102"], Period(DAY, LAST)),
        (["DTM*150*20250102"], Period(DAY, DAY)),
        (["DTM*151*20250102"], Period(DAY, DAY)),
        ([], None),
    ],
)
def test_service_dates(dates: list[str], period: Period | None) -> None:
    payment, problems = line_of(*dates)
    assert payment.lines[0].service_dates == period
    assert problems == []


def test_service_dates_that_do_not_go_together_are_kept() -> None:
    payment, _ = line_of("DTM*472*20250102", "DTM*150*20250103", "DTM*151*20250108", "DTM*472*20250109")
    assert payment.lines[0].service_dates == Period(DAY, DAY)
    kept = [unmapped.elements for unmapped in payment.lines[0].unmapped]
    assert kept == [("DTM", "150", "20250103"), ("DTM", "151", "20250108"), ("DTM", "472", "20250109")]


def test_service_dates_in_the_wrong_order() -> None:
    _, payments, problems = read(
        file_of(*HEAD, *CLP, "SVC*HC:G0069*150*150", "DTM*150*20250108", "DTM*151*20250102")
    )
    assert [(problem.position, problem.conversion.rule) for problem in problems if problem.conversion] == [
        (2, "X12-ENV-19")
    ]
    assert len(payments) == 1


@pytest.mark.parametrize(
    ("bad", "position", "rule"),
    [
        ("CLP*A1*1*1e3*150**MB*ICN1*12*1", 3, "X12-ENV-18"),
        ("CLP*A1*1*150*NaN**MB*ICN1*12*1", 4, "X12-ENV-18"),
        ("CLP*A1*1*150*150*x*MB*ICN1*12*1", 5, "X12-ENV-18"),
    ],
)
def test_bad_amounts_are_one_problem_and_the_next_payment_is_read(bad: str, position: int, rule: str) -> None:
    _, payments, problems = read(file_of(*HEAD, bad, CLP[1], *CLP))
    assert len(problems) == 1
    assert problems[0].position == position
    assert problems[0].conversion is not None
    assert problems[0].conversion.rule == rule
    assert payments[1].charge == Decimal(150)


def test_a_missing_bpr_is_one_problem() -> None:
    remittances, _, problems = read(file_of(*HEAD[1:], *CLP))
    assert remittances == [None]
    assert [(problem.label, problem.position) for problem in problems] == [("BPR", 0)]


def test_provider_adjustments() -> None:
    plb = ["PLB*1234567893*20251231*L6:INT1*-5.5*WO:ICN9*25", "PLB*1234567893*20251231*72**CS:A*7"]
    remittances, _, problems = read(file_of(*HEAD, *CLP, plb[0]))
    assert [(a.reason, a.reference, a.amount) for a in remittances[0].provider_adjustments] == [
        ("L6", "INT1", Decimal("-5.50")),
        ("WO", "ICN9", Decimal(25)),
    ]
    assert problems == []
    _, _, problems = read(file_of(*HEAD, *CLP, plb[1]))
    assert [(problem.label, problem.position) for problem in problems] == [("PLB", 4)]


def test_places_of_provider_adjustments() -> None:
    data = file_of(*HEAD, *CLP, "PLB*1234567893*20251231*L6:INT1*-5.5*WO:ICN9*25", "PLB*99*20251231*72:B*7")
    loop = next(event.loop for event in read_loops(read_events(data)) if isinstance(event, SetRead))
    for path, text in [
        ("provider_adjustments[0].amount", "-5.5"),
        ("provider_adjustments[1].amount", "25~"),
        ("provider_adjustments[1].reason", "WO:ICN9"),
        ("provider_adjustments[2].provider_id", "99*"),
        ("provider_adjustments[2].amount", "7~"),
        ("payment.amount", "150*C"),
        ("payee.id", "1234567893"),
    ]:
        where = REMITTANCE.locate(loop, path)
        assert where is not None, path
        assert data[where.segment.element_offset(where.element) :].startswith(text.encode()), path
    assert REMITTANCE.locate(loop, "provider_adjustments[3].amount") is None

"""The stories in examples/: claims in, decision and 835 out, one sentence of why."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from pyx12_oracle import accepts

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.guides import SetRead, Unit, read_loops
from edi_hit.jobs.adjudicate import RunResult, adjudicate
from edi_hit.jobs.inputs import find_inputs
from edi_hit.profiles import History, RunSettings, SameDayCategories, Unknown
from edi_hit.remits import ClaimPayment, Remittance, payment_total, unbalanced
from edi_hit.remits.mapping_835 import CLAIM_PAYMENT, REMITTANCE
from edi_hit.x12 import SetStart, read_events

EXAMPLES = Path(__file__).parents[2] / "examples"
AS_OF = date(2025, 8, 1)

Decisions = dict[str, ClaimDecision]


def run(out: Path, *names: str, settings: RunSettings | None = None) -> tuple[RunResult, Decisions]:
    inputs = find_inputs([str(EXAMPLES / name) for name in names])
    result = adjudicate(inputs, out, as_of=AS_OF, settings=settings)
    lines = (out / "decisions.ndjson").read_bytes().splitlines()
    return result, {d.claim: d for d in (msgspec.json.decode(line, type=ClaimDecision) for line in lines)}


@pytest.fixture(scope="module")
def all_examples(tmp_path_factory: pytest.TempPathFactory) -> tuple[RunResult, Decisions, Path]:
    out = tmp_path_factory.mktemp("all")
    result, decisions = run(out, "*.837")
    return result, decisions, out


def money(text: str) -> Decimal:
    return Decimal(text)


def adjustments(decision: ClaimDecision, line: int = 0) -> list[tuple[str, str, str]]:
    return [(a.group, a.carc, str(a.amount)) for a in decision.lines[line].adjustments]


STORIES = [
    # claim, state, allowed, paid, patient, why
    ("EX01-A", "paid", "216.62", "169.83", "43.32", "first visit: 234.69 x 0.923, less 20%, less 2%"),
    ("EX02-A", "paid", "526.22", "412.56", "105.24", "three later visits, the third charged below the fee"),
    ("EX03-A", "paid", "299.39", "234.72", "59.88", "two categories: only the higher is paid"),
    ("EX04-A", "paid", "178.11", "139.64", "35.62", "a later visit on March 3"),
    ("EX04-B", "denied", "0.00", "0.00", "0.00", "a first-visit code 60 days after it"),
    ("EX04-C", "paid", "178.11", "139.64", "35.62", "a later visit on May 9"),
    ("EX05-VISIT", "paid", "394.73", "309.47", "78.94", "visits with their drug billed the same week"),
    ("EX06-A", "paid", "240.65", "188.67", "48.13", "no drug claim seen: unknown, assumed"),
    ("EX08-A", "paid", "245.65", "192.59", "49.13", "Alaska: 192.97 x 1.273"),
]


@pytest.mark.parametrize(("claim", "state", "allowed", "paid", "patient", "why"), STORIES)
def test_story(
    all_examples: tuple[RunResult, Decisions, Path],
    claim: str,
    state: str,
    allowed: str,
    paid: str,
    patient: str,
    why: str,
) -> None:
    decision = all_examples[1][claim]
    got = (decision.state, decision.allowed, decision.paid, decision.patient_responsibility)
    assert got == (state, money(allowed), money(paid), money(patient)), why
    assert decision.benefit == "medicare_hit"


@pytest.mark.parametrize(
    ("claim", "benefit"),
    [("EX05-DME", "medicare_dme"), ("EX09-A", "commercial")],
)
def test_a_claim_of_a_benefit_not_built_is_unanswered_and_priced_nowhere(
    all_examples: tuple[RunResult, Decisions, Path], claim: str, benefit: str
) -> None:
    _, decisions, out = all_examples
    decision = decisions[claim]
    assert (decision.state, decision.benefit, decision.paid) == ("unanswered", benefit, None)
    assert decision.reason
    assert not any(claim in path.read_text() for path in out.glob("*.835"))


def test_a_visit_of_2019_is_paid_under_the_transitional_benefit(
    all_examples: tuple[RunResult, Decisions, Path],
) -> None:
    """138.74, no geographic factor; 20% is 27.75; 2% of 110.99 is 2.22."""
    decision = all_examples[1]["EX07-A"]
    assert (decision.state, decision.benefit, decision.paid) == (
        "paid", "medicare_transitional", money("108.77"),
    )  # fmt: skip
    assert adjustments(decision)[-2:] == [("PR", "2", "27.75"), ("CO", "253", "2.22")]


def test_no_835_where_nothing_was_answered(all_examples: tuple[RunResult, Decisions, Path]) -> None:
    names = {path.name for path in all_examples[2].glob("*.835")}
    assert "09-commercial-per-diem.835" not in names
    assert len(names) == 8


def test_the_adjustments_of_the_worked_example(all_examples: tuple[RunResult, Decisions, Path]) -> None:
    decision = all_examples[1]["EX02-A"]
    assert adjustments(decision) == [("CO", "45", "71.89"), ("PR", "2", "35.62"), ("CO", "253", "2.85")]
    assert adjustments(decision, 2) == [("PR", "2", "34.00"), ("CO", "253", "2.72")]


def test_an_unknown_deductible_is_assumed_met_and_the_line_says_so(
    all_examples: tuple[RunResult, Decisions, Path],
) -> None:
    (rule,) = [r for r in all_examples[1]["EX01-A"].lines[0].rules if r.id == "HIT-PAY-DED"]
    assert (rule.answer, rule.assumed) == ("unknown", True)


def test_totals_are_the_sums_of_the_decisions(all_examples: tuple[RunResult, Decisions, Path]) -> None:
    result, decisions, _ = all_examples
    totals = result.totals
    assert totals.claims == len(decisions) == 12
    assert totals.paid == sum(d.paid or 0 for d in decisions.values())
    assert totals.charged == sum(d.charge or 0 for d in decisions.values())
    assert totals.denied_lines == 2
    assert result.exit_code == 0


def read_835(path: Path) -> tuple[list[Remittance], list[ClaimPayment]]:
    heads, payments = [], []
    for event in read_loops(read_events(path)):
        if isinstance(event, Unit):
            payments.append(CLAIM_PAYMENT.read(event.loop, []))
        elif isinstance(event, SetRead):
            heads.append(REMITTANCE.read(event.loop, []))
    return heads, payments


def test_every_835_is_accepted_by_pyx12_and_balances(
    all_examples: tuple[RunResult, Decisions, Path],
) -> None:
    for path in sorted(all_examples[2].glob("*.835")):
        assert accepts(path), path.name
        (head,), payments = read_835(path)
        assert [list(unbalanced(payment)) for payment in payments] == [[] for _ in payments]
        assert head.payment.amount == payment_total([p.paid for p in payments])
        for payment in payments:
            decision = all_examples[1][payment.claim_id]
            assert payment.paid == decision.paid
            assert [line.control_number for line in payment.lines] == [
                line.control for line in decision.lines
            ]


def test_an_835_cannot_be_mistaken_for_money(all_examples: tuple[RunResult, Decisions, Path]) -> None:
    for path in all_examples[2].glob("*.835"):
        (start,) = [e for e in read_events(path) if isinstance(e, SetStart)]
        assert start.transaction_set.group.interchange.usage == "T"
        (head,), _ = read_835(path)
        assert head.payment.trace_number.startswith("SIM")
        assert (head.payment.handling, head.payment.method) == ("I", "NON")


def test_the_same_inputs_give_the_same_bytes(
    all_examples: tuple[RunResult, Decisions, Path], tmp_path: Path
) -> None:
    run(tmp_path, "*.837")
    for path in all_examples[2].iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_order_of_the_files_does_not_change_a_decision(
    all_examples: tuple[RunResult, Decisions, Path], tmp_path: Path
) -> None:
    names = [path.name for path in sorted(EXAMPLES.glob("*.837"), reverse=True)]
    _, decisions = run(tmp_path, *names)
    assert decisions == all_examples[1]


def test_a_complete_history_without_a_drug_claim_denies_the_visit(tmp_path: Path) -> None:
    settings = RunSettings(history=History.COMPLETE)
    _, decisions = run(tmp_path, "06-visit-without-drug-claim.837", settings=settings)
    decision = decisions["EX06-A"]
    assert decision.state == "denied"
    assert adjustments(decision) == [("CO", "16", "280.00")]
    assert decision.lines[0].remarks == ("N657",)


def test_pending_an_unknown_keeps_the_claim_out_of_the_835(tmp_path: Path) -> None:
    result, decisions = run(tmp_path, "01-first-visit.837", settings=RunSettings(unknown=Unknown.PEND))
    assert decisions["EX01-A"].state == "pended"
    assert decisions["EX01-A"].paid is None
    assert not list(tmp_path.glob("*.835"))
    assert result.totals.paid == 0


def test_two_categories_on_one_day_under_each_setting(tmp_path: Path) -> None:
    found = {}
    for choice in SameDayCategories:
        out = tmp_path / choice.value
        _, decisions = run(
            out, "03-two-categories-one-day.837", settings=RunSettings(same_day_categories=choice)
        )
        found[choice.value] = (decisions["EX03-A"].state.value, decisions["EX03-A"].allowed)
    assert found == {
        "highest": ("paid", money("299.39")),
        "per_category": ("paid", money("477.50")),
        "return": ("returned", None),
    }


def test_a_known_deductible_is_taken_once_over_the_claims_of_a_beneficiary(tmp_path: Path) -> None:
    settings = RunSettings(deductible_left=money("200.00"))
    _, decisions = run(tmp_path, "04-first-visit-within-60-days.837", settings=settings)
    assert ("PR", "1", "178.11") in adjustments(decisions["EX04-A"])
    assert ("PR", "1", "21.89") in adjustments(decisions["EX04-C"])
    assert decisions["EX04-A"].paid == 0


def test_the_report_names_no_patient(all_examples: tuple[RunResult, Decisions, Path]) -> None:
    page = (all_examples[2] / "report.html").read_text()
    assert "EX01-A" in page
    assert "HIT-PAY-GAF" in page
    for secret in ("MAPLE", "ROSE", "1EG4TE5MK73", "19480502", "OAK ST"):
        assert secret not in page
        assert secret not in (all_examples[2] / "decisions.ndjson").read_text()

"""One patient, one month, six payers: the story in examples/six-payers, a claim per payer and the answers."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from pyx12_oracle import accepts

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.jobs.adjudicate import adjudicate
from edi_hit.jobs.inputs import find_inputs
from edi_hit.profiles import read_run_settings
from edi_hit.reference import Tables

FOLDER = Path(__file__).parents[2] / "examples" / "six-payers"
README = FOLDER.parent / "README.md"
FILES = ("claims.837", "home-health.837")

ANSWERS = [
    # claim, benefit, state, CLP02, paid, patient, adjustments of each line
    ("SIX-DME", "medicare_dme", "paid", "1", "422.10", "107.68",
     ["CO 45 33.60, PR 2 12.48, CO 253 1.00", "CO 45 50.00, PR 2 42.00, CO 253 3.36",
      "CO 45 44.00, PR 2 53.20, CO 253 4.26"]),
    ("SIX-VISIT", "medicare_hit", "paid", "1", "279.28", "71.24",
     ["CO 45 71.89, PR 2 35.62, CO 253 2.85", "CO 45 71.89, PR 2 35.62, CO 253 2.85"]),
    ("SIX-HOMEHEALTH", "home_health", "unanswered", None, None, None, ["", "", ""]),
    ("SIX-PARTD", "part_d", "denied", "1", "0.00", "0.00", ["CO 280 84.00"]),
    ("SIX-PLAN", "commercial", "paid", "1", "1050.00", "0.00", ["CO 45 70.00"]),
    ("SIX-ADVANTAGE", "medicare_advantage", "paid", "1", "1093.00", "0.00", ["CO 45 385.00", "CO 45 18.00"]),
    ("SIX-MEDICAID", "medicaid", "paid", "2", "20.36", "0.00", ["OA 23 214.38, CO 45 15.26"]),
]  # fmt: skip


def money(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, ClaimDecision]]:
    out = tmp_path_factory.mktemp("six")
    adjudicate(
        find_inputs([str(FOLDER / name) for name in FILES]),
        out,
        as_of=date(2025, 5, 1),
        settings=read_run_settings(FOLDER / "settings.toml"),
        tables=Tables.with_files([FOLDER / "tables"]),
    )
    lines = (out / "decisions.ndjson").read_bytes().splitlines()
    return out, {one.claim: one for one in (msgspec.json.decode(line, type=ClaimDecision) for line in lines)}


@pytest.mark.parametrize(("claim", "benefit", "state", "status", "paid", "patient", "lines"), ANSWERS)
def test_each_payer_answers(
    answered: tuple[Path, dict[str, ClaimDecision]],
    claim: str, benefit: str, state: str, status: str | None,
    paid: str | None, patient: str | None, lines: list[str],
) -> None:  # fmt: skip
    decision = answered[1][claim]
    assert (decision.benefit, decision.state, decision.status) == (benefit, state, status)
    assert (money(decision.paid), money(decision.patient_responsibility)) == (paid, patient)
    told = [", ".join(f"{a.group} {a.carc} {a.amount}" for a in line.adjustments) for line in decision.lines]
    assert told == lines


def test_every_claim_of_the_story_has_its_answer_here(
    answered: tuple[Path, dict[str, ClaimDecision]],
) -> None:
    assert {claim for claim, *_ in ANSWERS} == set(answered[1])


def test_a_visit_rests_on_the_drug_that_was_paid(answered: tuple[Path, dict[str, ClaimDecision]]) -> None:
    rules = {rule.id: rule for rule in answered[1]["SIX-VISIT"].lines[0].rules}
    drug = rules["HIT-DRUG-30"].earlier
    assert rules["HIT-DRUG-30"].answer == "met"
    assert drug is not None
    assert (drug.claim, drug.line, drug.code) == ("SIX-DME", 1, "J1250")


def test_the_answers_are_those_that_ship(answered: tuple[Path, dict[str, ClaimDecision]]) -> None:
    written = answered[0] / "claims.835"
    assert written.read_text() == (FOLDER / "answers" / "claims.835").read_text()
    assert accepts(written)


def test_the_readme_tells_every_answer(answered: tuple[Path, dict[str, ClaimDecision]]) -> None:
    text = README.read_text(encoding="utf-8")
    for decision in answered[1].values():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{decision.claim}` |"))
        assert str(decision.state) in row
        assert decision.paid is None or str(decision.paid) in row

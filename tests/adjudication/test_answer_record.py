"""Decisions kept in a ledger are read back as they were, every field of them."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from edi_hit.adjudication import AnswerRecord
from edi_hit.benefits.decision import ClaimDecision, LineDecision, State
from edi_hit.mapping.parts import Adjustment
from edi_hit.rules import Answer, EarlierLine, RuleAnswer

WHOLE = RuleAnswer(
    id="HIT-X",
    answer=Answer.NOT_MET,
    detail="a detail",
    source="a source",
    assumed=True,
    earlier=EarlierLine("B1", 2, "G0068", date(2025, 1, 1)),
    codes="suggested",
)


def decision(*rules: RuleAnswer) -> ClaimDecision:
    line = LineDecision(
        line=1,
        control="A1",
        code="G0068",
        modifiers=("JB",),
        date=date(2025, 3, 1),
        units=Decimal("4"),
        charge=Decimal("250.00"),
        allowed=Decimal("178.11"),
        paid=Decimal("139.64"),
        adjustments=(Adjustment("CO", "45", Decimal("71.89")),),
        remarks=("N657",),
        rules=rules,
        denied=True,
    )
    return ClaimDecision(
        claim="A",
        benefit="medicare_hit",
        payer="10112",
        state=State.PENDED,
        charge=Decimal("500.00"),
        lines=(line, msgspec.structs.replace(line, line=2, rules=rules[:1])),
        reason="why",
        look_again_on=date(2025, 4, 1),
    )


def test_the_example_has_every_field_set() -> None:
    for field in msgspec.structs.fields(RuleAnswer):
        assert getattr(WHOLE, field.name) != field.default, field.name


@pytest.mark.parametrize("given", list(Answer))
def test_read_back_by_another_process(given: Answer) -> None:
    bare = RuleAnswer("HIT-Y", given, source="another source")
    before = decision(msgspec.structs.replace(WHOLE, answer=given), bare)
    writing, reading = AnswerRecord(), AnswerRecord()
    kept = writing.write(before)
    reading.learn(writing.new_lists())
    assert reading.read(kept) == before
    assert writing.new_lists() == {}


def test_a_list_of_rules_is_kept_once() -> None:
    record = AnswerRecord()
    for _ in range(3):
        record.write(decision(WHOLE))
    assert len(record.new_lists()) == 1

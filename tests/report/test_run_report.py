from datetime import date
from decimal import Decimal

from edi_hit.adjudication.run_totals import RunTotals
from edi_hit.benefits.decision import ClaimDecision, LineDecision, State
from edi_hit.report.run_report import run_report
from edi_hit.rules import Answer, RuleAnswer

PRICED = RuleAnswer("HIT-PAY-GAF", Answer.MET, "fee 10.00")
SILENT = RuleAnswer("HIT-FREQ", Answer.NOT_APPLICABLE, "nothing to say")
ASSUMED = RuleAnswer("HIT-TIMELY", Answer.UNKNOWN, "1 < 2", assumed=True)


def page(*lines: tuple[RuleAnswer, ...]) -> str:
    decided = tuple(
        LineDecision(number, "", "G0069", (), date(2025, 3, 5), Decimal(1), Decimal("10.00"), rules=rules)
        for number, rules in enumerate(lines, 1)
    )
    decision = ClaimDecision("A1", "medicare_hit", "16013", State.PAID, Decimal("10.00"), lines=decided)
    return "".join(run_report([("a.837", decision)], RunTotals(), date(2025, 3, 1)))


def test_each_line_shows_its_own_answers_however_alike() -> None:
    other = RuleAnswer(PRICED.id, Answer.MET, "fee 20.00")
    text = page((PRICED, SILENT), (PRICED,), (other,))
    row = '<tr><td class="answer">HIT-PAY-GAF</td><td class="answer">met</td><td>fee {}</td></tr>\n'
    assert text.count(row.format("10.00")) == 2
    assert text.count(row.format("20.00")) == 1
    assert text.count('<span class="id">HIT-PAY-GAF</span>') == 3
    assert text.count("<summary>All 1 rules</summary>") == 3
    assert "nothing to say" not in text


def test_what_an_answer_says_is_text() -> None:
    text = page((ASSUMED,))
    assert "<td>1 &lt; 2</td>" in text
    assert "unknown (assumed met)</td>" in text
    assert '<span class="id">HIT-TIMELY</span>' not in text

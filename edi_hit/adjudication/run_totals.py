"""The sums of a run, added up claim by claim."""

from decimal import Decimal

from edi_hit.benefits.decision import ANSWERED, ClaimDecision, LineDecision, State
from edi_hit.rules import Answer

_ZERO = Decimal("0.00")


class RunTotals:
    """Counts and dollars of a run.

    `charged` is of all claims, `charged_answered` of those with an answer, as are the sums beside it.
    `unknown` counts lines with at least one rule answered *unknown*.
    """

    def __init__(self) -> None:
        self.claims = self.lines = self.denied_lines = self.unknown = 0
        self.charged = self.charged_answered = self.allowed = self.paid = self.patient_responsibility = _ZERO
        self.states: dict[str, int] = {state.value: 0 for state in State}
        self.missing_tables: dict[str, str] = {}

    def add(self, decision: ClaimDecision) -> None:
        """Add one decision."""
        self.claims += 1
        self.lines += len(decision.lines)
        self.states[decision.state] += 1
        self.charged += decision.charge or _ZERO
        self.unknown += sum(_has_unknown(line) for line in decision.lines)
        if decision.missing_table:
            self.missing_tables.setdefault(decision.missing_table, decision.reason or "")
        if decision.state in ANSWERED:
            self.charged_answered += decision.charge or _ZERO
            self.allowed += decision.allowed or _ZERO
            self.paid += decision.paid or _ZERO
            self.patient_responsibility += decision.patient_responsibility or _ZERO
            self.denied_lines += sum(line.denied for line in decision.lines)


def _has_unknown(line: LineDecision) -> bool:
    return any(answer.answer is Answer.UNKNOWN for answer in line.rules)

"""The sums of a run, added up claim by claim."""

from decimal import Decimal
from operator import attrgetter

import msgspec

from edi_hit.benefits.decision import ANSWERED, ClaimDecision, LineDecision, State
from edi_hit.rules import Answer

_ZERO = Decimal("0.00")
_UNKNOWN = Answer.UNKNOWN
_given = attrgetter("answer")


class RunTotals(msgspec.Struct):
    """Counts and dollars of a run, or of a part of it.

    `charged` is of all claims, `charged_answered` of those with an answer, as are the sums beside it.
    `unknown` counts lines with at least one rule answered *unknown*.
    """

    claims: int = 0
    lines: int = 0
    denied_lines: int = 0
    unknown: int = 0
    charged: Decimal = _ZERO
    charged_answered: Decimal = _ZERO
    allowed: Decimal = _ZERO
    paid: Decimal = _ZERO
    patient_responsibility: Decimal = _ZERO
    states: dict[str, int] = msgspec.field(default_factory=lambda: {state.value: 0 for state in State})
    missing_tables: dict[str, str] = {}

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

    def add_part(self, part: "RunTotals") -> None:
        """Add what a part of the run comes to, which was decided after those added before."""
        for name in _SUMS:
            setattr(self, name, getattr(self, name) + getattr(part, name))
        for state, claims in part.states.items():
            self.states[state] += claims
        for table, why in part.missing_tables.items():
            self.missing_tables.setdefault(table, why)


_SUMS = tuple(name for name in RunTotals.__struct_fields__ if name not in ("states", "missing_tables"))


def _has_unknown(line: LineDecision) -> bool:
    return _UNKNOWN in map(_given, line.rules)

"""One pass of checks over a unit: what all checks share, and what they have found so far."""

from typing import ClassVar

from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks.amount_forms import read_amount, usual_cents
from edi_hit.mapping.checks.code_forms import (
    Faults,
    npi_faults,
    procedure_faults,
    tax_number_faults,
    zip_faults,
)
from edi_hit.mapping.elements import component_of
from edi_hit.mapping.verdicts import Verdicts
from edi_hit.rules import Finding, Rule, load_rules
from edi_hit.x12 import TransactionSet, place_of


class UnitPass:
    """What the checks of a file know and have found: remembered verdicts, the unit at hand, its findings.

    The verdicts are the faults of a value.
    `ack` is the acknowledgement code of all findings, where it does not follow from the rule.
    """

    __slots__ = (
        "_claim",
        "_found",
        "_guide_findings",
        "_guide_places",
        "_rooms",
        "_set",
        "npis",
        "procedures",
        "tax_numbers",
        "zips",
    )
    ack: ClassVar[str | None] = None

    def __init__(self, room: str) -> None:
        """Take the package whose rules are told beside the shared ones; read with the first finding."""
        self.npis: Verdicts[Faults] = Verdicts(npi_faults)
        self.tax_numbers: Verdicts[Faults] = Verdicts(tax_number_faults)
        self.zips: Verdicts[Faults] = Verdicts(zip_faults)
        self.procedures: Verdicts[Faults] = Verdicts(procedure_faults)
        self._rooms = (room, __package__, "edi_hit.x12")
        self._set: TransactionSet | None = None
        self._claim: str | None = None
        self._guide_findings: tuple[Finding, ...] = ()
        self._guide_places: set[tuple[int | None, int]] | None = None
        self._found: list[Finding] = []

    def begin(self, transaction_set: TransactionSet, claim: str | None, told: tuple[Finding, ...]) -> None:
        """Turn to a unit: `claim` is its claim id, `told` what the guide found in it and above it."""
        self._set = transaction_set
        self._claim = claim
        self._guide_findings = told
        self._guide_places = None

    def take(self) -> tuple[Finding, ...]:
        """Give the findings made since they were last taken."""
        if not self._found:
            return ()
        found = tuple(self._found)
        self._found = []
        return found

    def cents(self, at: Placed, position: int) -> int | None:
        """Read an amount and tell what is wrong with its form; None where it cannot be counted on."""
        text = at[1][position]
        cents = usual_cents(text)
        if cents is not None or self.is_told(at, position):
            return cents
        cents, faults = read_amount(text)
        if faults:
            self.tell_faults(faults, at, position)
        return cents

    def tell(
        self,
        rule: str,
        message: str,
        at: Placed,
        element: int | None = None,
        component: int | None = None,
        **changes: object,
    ) -> None:
        """Make a finding at a segment, its element or component; the value there goes with it.

        `changes` replace what the rule says (`severity`, `ack`). Nothing is told of an element in which the
        guide found an error: one cause, one finding.
        """
        node, elements, segment = at
        if segment is None or self._set is None:
            return
        if element is not None and self.is_told(at, element):
            return
        place = place_of(segment, self._set, element=element, component=component)
        value = component_of(elements, element, component) if element is not None else ""
        told = {**place, "loop": node.loop.id, "claim": self._claim} | changes
        if value:
            told["value"] = segment.delimiters.shown(value)
        if self.ack is not None:
            told["ack"] = self.ack
        self._found.append(self._rule(rule).finding(message, **told))

    def tell_faults(self, faults: Faults, at: Placed, element: int, component: int | None = None) -> None:
        """Tell what was found of the value at an element or component."""
        for fault in faults:
            part = component or fault.component
            changes: dict[str, object] = {}
            if fault.severity is not None:
                changes["severity"] = fault.severity
            if fault.ack is not None:
                changes["ack"] = fault.ack
            reference = f"{at[0].id}{element:02d}" + (f"-{part}" if part else "")
            self.tell(fault.rule, f"{reference} {fault.what}", at, element, part, **changes)

    def _rule(self, rule_id: str) -> Rule:
        return next(rules[rule_id] for rules in map(load_rules, self._rooms) if rule_id in rules)

    def is_told(self, at: Placed, element: int) -> bool:
        """Whether the guide found an error in an element: then nothing can be made of its value."""
        if not self._guide_findings or at[2] is None or self._set is None:
            return False
        if self._guide_places is None:
            self._guide_places = {
                (finding.segment, finding.element)
                for finding in self._guide_findings
                if finding.is_error and finding.element is not None
            }
        return (at[2].index - self._set.segment.index + 1, element) in self._guide_places

"""The rules of the benefit: each declared in `rules.toml`, each with one function.

The order of `rules.toml` is the order in which rules are asked. A new rule is an entry there and a
function, marked with its id, in one of the modules of rules.
"""

from collections.abc import Callable
from decimal import Decimal

from edi_hit.benefits.medicare_hit.bill import Bill
from edi_hit.benefits.medicare_hit.line_context import LineContext
from edi_hit.benefits.medicare_hit.ruling import Ruling
from edi_hit.mapping.parts import Adjustment
from edi_hit.rules import Rule, load_rules

Check = Callable[[LineContext], Ruling]
Step = Callable[[Bill, Decimal], Ruling]


class RuleBook:
    """The declared rules and their functions.

    A *check* says something of a line. A *step* takes an amount off what is still due of a bill. A check
    that *explains* another one is asked even where that other is not met, and if it is not met itself, the
    denial bears its codes.
    """

    def __init__(self, rules: dict[str, Rule]) -> None:
        """Take the declared rules, in the order in which they are to be asked."""
        self.rules = rules
        self.checks: dict[str, Check] = {}
        self.steps: dict[str, Step] = {}
        self.explains: dict[str, str] = {}

    def check(self, rule_id: str, *, explains: str | None = None) -> Callable[[Check], Check]:
        """Mark a function as the check of a declared rule; `KeyError` where it is not declared."""
        rule = self.rules[rule_id]

        def register(function: Check) -> Check:
            self.checks[rule.id] = function
            if explains:
                self.explains[rule.id] = explains
            return function

        return register

    def step(self, rule_id: str) -> Callable[[Step], Step]:
        """Mark a function as the payment step of a declared rule; `KeyError` where it is not declared."""
        rule = self.rules[rule_id]

        def register(function: Step) -> Step:
            self.steps[rule.id] = function
            return function

        return register

    def checked_rules(self) -> list[tuple[Rule, Check]]:
        """Give the rules asked of a line, in order."""
        return [(rule, self.checks[rule.id]) for rule in self.rules.values() if rule.id in self.checks]

    def payment_rules(self) -> list[tuple[Rule, Step]]:
        """Give the rules that lead from the charge to the payment, in order."""
        return [(rule, self.steps[rule.id]) for rule in self.rules.values() if rule.id in self.steps]

    def without(self, rule_id: str) -> "RuleBook":
        """Give a copy in which one rule is neither asked nor named."""
        copy = RuleBook({key: rule for key, rule in self.rules.items() if key != rule_id})
        copy.checks = {key: check for key, check in self.checks.items() if key != rule_id}
        copy.steps = {key: step for key, step in self.steps.items() if key != rule_id}
        copy.explains = {key: other for key, other in self.explains.items() if key != rule_id}
        return copy


def adjustment(rule: Rule, amount: Decimal) -> Adjustment:
    """Give the adjustment a rule leads to, in dollars; `ValueError` where the rule declares no codes."""
    if rule.group is None or rule.carc is None:
        raise ValueError(f"rule {rule.id} declares no group code and CARC")
    return Adjustment(rule.group, rule.carc, amount)


BOOK = RuleBook(load_rules("edi_hit.benefits.medicare_hit"))

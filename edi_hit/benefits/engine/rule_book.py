"""The rules a benefit asks: each declared in a `rules.toml`, each with one function, in one order.

A new rule is an entry in the room's `rules.toml`, a line in the benefit's `order.toml`, and a function marked
with its id.
"""

import tomllib
from collections.abc import Callable, Collection, Iterable
from importlib.resources import files
from typing import Final

from edi_hit.benefits.engine.asked_rule import (
    Asked,
    AskedRule,
    Check,
    PaymentRule,
    Review,
    ReviewRule,
    Step,
    plain_answer,
)
from edi_hit.benefits.rule_codes import load_benefit_rules
from edi_hit.rules import Answer, Rule, RuleAnswer

_OTHER_CODE: Final = ""
"""Stands for every code that no rule names."""


class RuleBook:
    """Declared rules and their functions.

    A *check* says something of a line. A *step* takes an amount off what is still due of a bill. A *review*
    looks at which checks have no answer. A check that *explains* others is asked even where one of those is
    not met, and if it is not met itself, the denial bears its codes. A check that is about some *codes* is
    asked of their lines alone, and not applicable to any other.
    """

    def __init__(self, rules: dict[str, Rule]) -> None:
        """Take the declared rules, in the order in which they are to be asked."""
        self.rules = rules
        self.checks: dict[str, Check] = {}
        self.steps: dict[str, Step] = {}
        self.reviews: dict[str, Review] = {}
        self.explains: dict[str, tuple[str, ...]] = {}
        self.codes: dict[str, frozenset[str]] = {}
        self.places = {rule_id: place for place, rule_id in enumerate(rules)}
        self._unasked = [plain_answer(rule, Answer.NOT_REACHED) for rule in rules.values()]
        self._asked: list[AskedRule] | None = None
        self._by_code: dict[str, Asked] | None = None
        self._paid_by: list[PaymentRule] | None = None
        self._reviewing: list[ReviewRule] | None = None

    @classmethod
    def declared_in(cls, package: str) -> "RuleBook":
        """Give a book of the rules a package declares, still without functions."""
        return cls(load_benefit_rules(package))

    @classmethod
    def ordered(cls, package: str, books: Iterable["RuleBook"]) -> "RuleBook":
        """Give the book a benefit asks: the rules `order.toml` of its package lists, out of `books`.

        Raises `KeyError` where a listed rule is declared in none of them.
        """
        text = (files(package) / "order.toml").read_text(encoding="utf-8")
        every = list(books)
        declared = {rule_id: rule for book in every for rule_id, rule in book.rules.items()}
        ordered = cls({rule_id: declared[rule_id] for rule_id in tomllib.loads(text)["asked"]})
        for book in every:
            ordered._take_functions(book)
        return ordered

    def _take_functions(self, other: "RuleBook") -> None:
        """Take over the functions of another book for the rules of this one."""
        self.checks |= {key: check for key, check in other.checks.items() if key in self.rules}
        self.steps |= {key: step for key, step in other.steps.items() if key in self.rules}
        self.reviews |= {key: review for key, review in other.reviews.items() if key in self.rules}
        self.explains |= {key: rule for key, rule in other.explains.items() if key in self.rules}
        self.codes |= {key: codes for key, codes in other.codes.items() if key in self.rules}

    def check(
        self, rule_id: str, *, explains: tuple[str, ...] = (), codes: Collection[str] | None = None
    ) -> Callable[[Check], Check]:
        """Mark a function as the check of a declared rule; `KeyError` where it is not declared.

        With `codes` it is asked of lines with one of them alone. One that explains others is asked of all:
        `ValueError` for both.
        """
        rule = self.rules[rule_id]
        if explains and codes is not None:
            raise ValueError("a rule that explains others is asked of every line")

        def register(function: Check) -> Check:
            self.checks[rule.id] = function
            self.explains[rule.id] = explains
            if codes is not None:
                self.codes[rule.id] = frozenset(codes)
            self._asked = None
            self._by_code = None
            return function

        return register

    def step(self, rule_id: str) -> Callable[[Step], Step]:
        """Mark a function as the payment step of a declared rule; `KeyError` where it is not declared."""
        rule = self.rules[rule_id]

        def register(function: Step) -> Step:
            self.steps[rule.id] = function
            self._paid_by = None
            return function

        return register

    def review(self, rule_id: str) -> Callable[[Review], Review]:
        """Mark a function as the review of a declared rule; `KeyError` where it is not declared."""
        rule = self.rules[rule_id]

        def register(function: Review) -> Review:
            self.reviews[rule.id] = function
            self._reviewing = None
            return function

        return register

    def asked_rules(self) -> list[AskedRule]:
        """Give the rules with a check, in order."""
        if self._asked is None:
            self._asked = [
                AskedRule(rule, self.checks[rule.id], self.places[rule.id], self.explains.get(rule.id, ()))
                for rule in self.rules.values()
                if rule.id in self.checks
            ]
        return self._asked

    def asked_of(self, code: str) -> Asked:
        """Give the rules asked of a line by its code; codes that no rule names are all alike."""
        if self._by_code is None:
            named = frozenset[str]().union(*self.codes.values())
            self._by_code = {one: self._asked_of(one) for one in (*named, _OTHER_CODE)}
        return self._by_code.get(code) or self._by_code[_OTHER_CODE]

    def _asked_of(self, code: str) -> Asked:
        rules, answers = [], self.unasked(0)
        for rule in self.asked_rules():
            codes = self.codes.get(rule.id)
            if codes is None or code in codes:
                rules.append(rule)
            else:
                answers[rule.place] = rule.not_applicable
        return Asked(rules, answers)

    def payment_rules(self) -> list[PaymentRule]:
        """Give the rules that lead from the charge to the payment, in order."""
        if self._paid_by is None:
            self._paid_by = [
                PaymentRule(rule, self.steps[rule.id], self.places[rule.id])
                for rule in self.rules.values()
                if rule.id in self.steps
            ]
        return self._paid_by

    def reviewing_rules(self) -> list[ReviewRule]:
        """Give the rules that look at what the others say."""
        if self._reviewing is None:
            self._reviewing = [
                ReviewRule(self.rules[rule_id], review, self.places[rule_id])
                for rule_id, review in self.reviews.items()
            ]
        return self._reviewing

    def unasked(self, place: int) -> list[RuleAnswer]:
        """Give an answer of every rule from a place in the book's order on: that it was not reached."""
        return self._unasked[place:]

    def without(self, rule_id: str) -> "RuleBook":
        """Give a copy in which one rule is neither asked nor named."""
        copy = RuleBook({key: rule for key, rule in self.rules.items() if key != rule_id})
        copy._take_functions(self)
        return copy

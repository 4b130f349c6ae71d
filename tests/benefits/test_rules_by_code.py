"""A rule that is about some codes is asked of their lines alone, and that changes no answer."""

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from hit_claims import TABLES, claim, facts, visit

from edi_hit.benefits.engine.asked_rule import AskedRule, Check
from edi_hit.benefits.engine.benefit import Benefit
from edi_hit.benefits.engine.claim_answer import answer_claim
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.rule_book import RuleBook
from edi_hit.benefits.engine.ruling import NOT_APPLICABLE, Ruling, met, not_met, unknown
from edi_hit.benefits.facts import BilledFact, Outcome
from edi_hit.benefits.medicare_hit import BENEFIT
from edi_hit.benefits.registry import BUILT
from edi_hit.benefits.routing import route
from edi_hit.claims import Claim
from edi_hit.profiles import RunSettings, Unknown
from edi_hit.rules import Answer, Rule
from edi_hit.sample import sample_claims

ABOUT_CODES = [name for name, benefit in BUILT.items() if benefit.book.codes]


def asked_of_every_line(book: RuleBook) -> RuleBook:
    """The same rules, each of which says itself that a line's code is none of its own."""
    plain = RuleBook(book.rules)
    plain.steps, plain.reviews, plain.explains = book.steps, book.reviews, book.explains
    plain.checks = {rule: guarded(check, book.codes.get(rule)) for rule, check in book.checks.items()}
    return plain


def guarded(check: Check, codes: frozenset[str] | None) -> Check:
    def ask(context: LineContext) -> Ruling:
        return check(context) if codes is None or context.hcpcs in codes else NOT_APPLICABLE

    return ask


def claims_of(name: str) -> Iterator[Claim]:
    """Generated claims of a benefit, then the same with codes that rules are about in their lines."""
    codes = sorted(frozenset[str]().union(*BUILT[name].book.codes.values()))
    found = [one for one in sample_claims(150, 5) if route(one, TABLES).benefit == name]
    yield from found
    for at, code in enumerate(codes):
        one = found[at % len(found)]
        first, *others = one.lines
        yield msgspec.structs.replace(
            one, lines=(msgspec.structs.replace(first, procedure_code=code), *others)
        )


@pytest.mark.parametrize("name", [name for name in ABOUT_CODES if name in ("commercial", "medicare_dme")])
@pytest.mark.parametrize("setting", list(Unknown))
def test_a_claim_is_decided_as_if_every_rule_were_asked_of_every_line(name: str, setting: Unknown) -> None:
    benefit, settings = BUILT[name], RunSettings(unknown=setting)
    plain = Benefit(name, asked_of_every_line(benefit.book), benefit.quote)
    decided = 0
    for one in claims_of(name):
        expected = answer_claim(plain, one, facts(), TABLES, settings)
        assert answer_claim(benefit, one, facts(), TABLES, settings) == expected
        decided += bool(expected.lines and expected.lines[0].rules)
    assert decided > 20


@pytest.mark.parametrize("name", ABOUT_CODES)
def test_a_rule_about_codes_is_asked_of_lines_of_these_alone(name: str) -> None:
    book = BUILT[name].book
    for rule, codes in book.codes.items():
        assert codes
        for code in (*codes, "A0000", ""):
            asked = book.asked_of(code)
            is_asked = rule in {one.rule.id for one in asked.rules}
            said = asked.answers[book.places[rule]].answer
            assert (is_asked, said) == (
                (True, Answer.NOT_REACHED) if code in codes else (False, Answer.NOT_APPLICABLE)
            )


def test_behind_the_rule_that_stops_a_line_none_is_reached_whatever_its_codes() -> None:
    rule, book = BENEFIT.book.rules["HIT-AUTH"], RuleBook(BENEFIT.book.rules)
    book.checks, book.steps = dict(BENEFIT.book.checks), BENEFIT.book.steps
    book.reviews, book.explains = BENEFIT.book.reviews, dict(BENEFIT.book.explains)
    book.check(rule.id, codes=("G0070",))(lambda context: met("asked"))
    benefit = Benefit("medicare_hit", book, BENEFIT.quote)
    said = []
    for place in ("12", "21"):
        decision = answer_claim(benefit, claim(place_of_service=place), facts(), TABLES, RunSettings())
        (answer,) = [one for one in decision.lines[0].rules if one.id == rule.id]
        said.append(answer.answer)
    assert said == [Answer.NOT_APPLICABLE, Answer.NOT_REACHED]
    other = answer_claim(benefit, claim(visit("G0070")), facts(), TABLES, RunSettings())
    assert [one.detail for one in other.lines[0].rules if one.id == rule.id] == ["asked"]


def test_a_rule_that_explains_others_is_about_every_code() -> None:
    with pytest.raises(ValueError, match="every line"):
        RuleBook(BENEFIT.book.rules).check("HIT-POS", explains=("HIT-HOME",), codes=("G0068",))


def test_an_answer_is_given_again_only_where_it_says_the_same() -> None:
    rule: Rule = BENEFIT.book.rules["HIT-DUP"]
    asked = AskedRule(rule, lambda context: met(), 0, ())
    billed = BilledFact(date(2025, 1, 1), "G0068", "s", "A1", 1, Outcome.PAID)
    first = asked.answer(met("one day"), False)
    assert asked.answer(met("one day"), False) is first
    seen = [
        asked.answer(ruling, assumed)
        for ruling, assumed in (
            (met("another day"), False),
            (not_met("another day"), False),
            (unknown("another day"), False),
            (unknown("another day"), True),
            (unknown("another day", earlier=billed), True),
            (unknown("another day"), True),
            (NOT_APPLICABLE, False),
        )
    ]
    told = [(one.answer, one.detail, one.assumed, one.earlier and one.earlier.claim) for one in seen]
    assert told == [
        (Answer.MET, "another day", False, None),
        (Answer.NOT_MET, "another day", False, None),
        (Answer.UNKNOWN, "another day", False, None),
        (Answer.UNKNOWN, "another day", True, None),
        (Answer.UNKNOWN, "another day", True, "A1"),
        (Answer.UNKNOWN, "another day", True, None),
        (Answer.NOT_APPLICABLE, "", False, None),
    ]
    assert all((one.id, one.source) == (rule.id, rule.source) for one in seen)

"""The golden stories hold, and each rule that can change an outcome changes one of them when switched off."""

from collections.abc import Mapping

import msgspec
import pytest
from story_files import Story, stories
from story_runner import Answerer, StoryRun, differences

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.benefits.engine.claim_answer import answer_claim
from edi_hit.benefits.facts import ClaimFacts
from edi_hit.benefits.registry import BUILT
from edi_hit.benefits.routing import route
from edi_hit.benefits.undecided import undecided
from edi_hit.claims import Claim
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables
from edi_hit.rules import Answer

STORIES = {story.name: story for story in stories()}
DECLARED = {rule.id: rule for benefit in BUILT.values() for rule in benefit.book.rules.values()}
RULES = sorted(DECLARED)
CHANGES_NOTHING = {
    "HIT-HOME": "sums up HIT-POS and HIT-INPT, which deny with their own codes",
    "HIT-DRUG-EXCL": "says why HIT-DRUG-30 is not met; it has no codes of its own",
    "HIT-DRUG-CAT": "says why HIT-DRUG-30 is not met; its codes are the same",
    "HIT-PAY-CAP5": "information, never applicable: that the ceiling is not computed",
    "HIT-TRANS-PAY": "the price itself: the amounts of both years are packaged, so none is ever missing",
}
QUIET = {
    rule_id: rule.outcome
    for rule_id, rule in DECLARED.items()
    if rule.outcome in ("warning", "information") and rule_id not in CHANGES_NOTHING
}
"""Rules from which nothing follows: a warning, or an information."""


def without(rule_id: str) -> Answerer:
    """Decide as ever, one rule switched off in every benefit."""
    benefits = {
        name: msgspec.structs.replace(benefit, book=benefit.book.without(rule_id))
        for name, benefit in BUILT.items()
    }

    def answerer(claim: Claim, facts: ClaimFacts, tables: Tables, settings: RunSettings) -> ClaimDecision:
        found = route(claim, tables)
        if found.benefit not in benefits:
            return undecided(claim, found.benefit, found.reason)
        return answer_claim(benefits[found.benefit], claim, facts, tables, settings)

    return answerer


def outcomes(story: Story, answerer: Answerer) -> list[object]:
    """Give what the story ends in, without the answers behind it."""
    found: list[object] = []
    try:
        for _, decision in StoryRun(story, answerer).decide():
            lines = [(line.allowed, line.paid, line.adjustments, line.remarks) for line in decision.lines]
            found.append((decision.state, decision.look_again_on, lines))
    except ValueError as error:
        found.append(str(error))
    return found


@pytest.fixture(scope="module")
def decided() -> Mapping[str, list[ClaimDecision]]:
    """The decisions of every story."""
    return {name: [one for _, one in StoryRun(story).decide()] for name, story in STORIES.items()}


@pytest.fixture(scope="module")
def named(decided: Mapping[str, list[ClaimDecision]]) -> Mapping[str, frozenset[str]]:
    """The rules each story's decisions name."""
    return {
        name: frozenset(rule.id for one in decisions for line in one.lines for rule in line.rules)
        for name, decisions in decided.items()
    }


@pytest.fixture(scope="module")
def said(decided: Mapping[str, list[ClaimDecision]]) -> frozenset[str]:
    """The rules that say something in a story: a warning that is not met, an information that is met."""
    lines = (line for decisions in decided.values() for one in decisions for line in one.lines)
    return frozenset(
        rule.id
        for line in lines
        for rule in line.rules
        if rule.answer is (Answer.NOT_MET if QUIET.get(rule.id) == "warning" else Answer.MET)
    )


@pytest.fixture(scope="module")
def told() -> Mapping[str, list[object]]:
    """What every story ends in, all rules asked."""
    return {name: outcomes(story, without("no rule")) for name, story in STORIES.items()}


def test_there_are_stories_enough_each_with_its_reason() -> None:
    assert len(STORIES) == len(list(stories())) >= 40
    assert all(story.why.endswith(".") for story in STORIES.values())


@pytest.mark.parametrize("name", STORIES)
def test_story(name: str) -> None:
    told = StoryRun(STORIES[name]).decide()
    assert told
    wrong = [said for expected, decision in told for said in differences(expected, decision)]
    assert wrong == [], STORIES[name].why


@pytest.mark.parametrize("rule_id", RULES)
def test_a_rule_switched_off_changes_a_story(
    rule_id: str, told: Mapping[str, list[object]], named: Mapping[str, frozenset[str]]
) -> None:
    off = without(rule_id)
    asking = (story for name, story in STORIES.items() if rule_id in named[name])
    changed = any(outcomes(story, off) != told[story.name] for story in asking)
    assert changed is (rule_id not in QUIET and rule_id not in CHANGES_NOTHING)


@pytest.mark.parametrize("rule_id", sorted(QUIET))
def test_a_rule_from_which_nothing_follows_speaks_in_a_story(rule_id: str, said: frozenset[str]) -> None:
    assert rule_id in said


def test_what_changes_nothing_is_a_rule_and_says_why() -> None:
    assert set(CHANGES_NOTHING) <= set(RULES)
    assert all(CHANGES_NOTHING.values())


def test_every_line_of_every_story_balances() -> None:
    for story in STORIES.values():
        for _, decision in StoryRun(story).decide():
            for line in decision.lines:
                if line.paid is not None:
                    assert line.charge - sum(one.amount for one in line.adjustments) == line.paid

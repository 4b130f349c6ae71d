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

STORIES = {story.name: story for story in stories()}
RULES = sorted({rule for benefit in BUILT.values() for rule in benefit.book.rules})
CHANGES_NOTHING = {
    "HIT-HOME": "sums up HIT-POS and HIT-INPT, which deny with their own codes",
    "HIT-DRUG-EXCL": "says why HIT-DRUG-30 is not met; it has no codes of its own",
    "HIT-DRUG-CAT": "says why HIT-DRUG-30 is not met; its codes are the same",
    "HIT-SUP-247": "information: an attestation",
    "HIT-ROLES": "information: who furnished what",
    "HIT-HH-SEP": "information: that home health does not deny",
    "HIT-POC-NOTICE": "a warning",
    "HIT-AUTH": "information: that none is needed",
    "HIT-UNITS": "information: that units do not multiply",
    "HIT-PAY-CAP5": "information: that the ceiling is not computed",
    "HIT-MR": "information: what a payment is open to",
    "HIT-TRANS-PAY": "the price itself: the amounts of both years are packaged, so none is ever missing",
}


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
def test_a_rule_switched_off_changes_a_story(rule_id: str, told: Mapping[str, list[object]]) -> None:
    off = without(rule_id)
    changed = [name for name, story in STORIES.items() if outcomes(story, off) != told[name]]
    if rule_id in CHANGES_NOTHING:
        assert changed == []
    else:
        assert changed


def test_what_changes_nothing_is_a_rule_and_says_why() -> None:
    assert set(CHANGES_NOTHING) <= set(RULES)
    assert all(CHANGES_NOTHING.values())


def test_every_line_of_every_story_balances() -> None:
    for story in STORIES.values():
        for _, decision in StoryRun(story).decide():
            for line in decision.lines:
                if line.paid is not None:
                    assert line.charge - sum(one.amount for one in line.adjustments) == line.paid

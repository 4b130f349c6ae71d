"""Every decision of every story can be explained: cause, codes, what to change, the road to correct it."""

import pytest
from story_files import stories
from story_runner import StoryRun

from edi_hit.benefits.decision import ClaimDecision, LineDecision, State
from edi_hit.jobs.declared_rules import declared_rules
from edi_hit.report.explanation import explain
from edi_hit.report.explanation_text import explanation_lines

DECISIONS = [
    pytest.param(decision, id=f"{story.name}, {number}")
    for story in stories()
    for number, (_, decision) in enumerate(StoryRun(story).decide(), 1)
]
RULES = declared_rules()


def cause(line: LineDecision) -> str | None:
    return next((rule.id for rule in line.rules if rule.codes), None)


@pytest.mark.parametrize("decision", DECISIONS)
def test_explained(decision: ClaimDecision) -> None:
    found = explain(decision, RULES)
    text = "\n".join(explanation_lines(found))
    assert decision.state in text
    assert "UNVERIFIED" not in text
    assert not decision.reason or decision.reason in text
    for line, said in zip(decision.lines, found.lines, strict=True):
        if line.denied:
            assert said.decided == "denied"
            assert said.reasons[0].rule == cause(line)
            assert said.codes
            assert said.change
            assert said.road
            assert said.road_source
        elif line.paid is not None:
            assert said.decided == f"paid {line.paid}"
            assert (said.reasons, said.codes, said.road) == ((), "", "")
            assert said.arithmetic[-1 if "owes" not in said.arithmetic[-1] else -2].endswith(
                f"= paid {line.paid}"
            )
        else:
            assert decision.state in said.decided
            assert said.arithmetic == ()
        if decision.state is State.RETURNED:
            assert said.until.startswith("received by ")
        if decision.state is State.PENDED:
            assert said.road.startswith("Nothing to send yet")


def test_the_stories_show_every_state() -> None:
    assert {case.values[0].state for case in DECISIONS} == set(State)

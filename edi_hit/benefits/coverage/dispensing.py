"""Whether a Part D pharmacy may dispense a home infusion drug: the path of the case, and its rules."""

from collections.abc import Iterator, Mapping

import msgspec

from edi_hit.benefits.coverage.part_d import (
    QUESTIONS,
    Given,
    Network,
    PartDCase,
    PartDPath,
    any_case,
    assured_by_advantage_plan,
    decide,
    questions_left,
)
from edi_hit.rules import Answer, RuleAnswer, load_rules

_SCOPE, _EXPEDITE, _NETWORK = "PARTD-SCOPE", "PARTD-EXPEDITE", "PARTD-NETWORK"
_ASSURE, _FORM = "PARTD-ASSURE", "PARTD-FORM"
_LEFT_AT = {"PD-00": _SCOPE, "PD-01": _SCOPE, "PD-02": _EXPEDITE, "PD-30": _NETWORK}
_NO, _YES = "N", "Y"


class Dispensing(msgspec.Struct, frozen=True):
    """The path of a case, whether to dispense, and the answer of each rule.

    `asked` are the answers the path was found with: of questions on which it does not depend, none.
    `dispense_allowed` is that of the path, or N where the drug is not ready for use.
    """

    asked: Mapping[str, Given]
    path: PartDPath
    dispense_allowed: str
    advantage_path: PartDPath | None
    rules: tuple[RuleAnswer, ...]

    def as_json(self) -> dict[str, object]:
        """Give the answer as JSON: the columns of the truth table and of the decision, and the rules.

        A question that was not answered, for nothing depends on it, is null.
        """
        document: dict[str, object] = {name: _written(self.asked.get(name)) for name in QUESTIONS}
        document |= msgspec.to_builtins(self.path)
        document["dispense_allowed"] = self.dispense_allowed
        document["advantage_path"] = self.advantage_path.path_id if self.advantage_path else None
        document["rules"] = msgspec.to_builtins(self.rules)
        return document


def _written(answer: Given | None) -> str | None:
    if isinstance(answer, bool):
        return _YES if answer else _NO
    return answer


def dispensing(
    known: Mapping[str, Given], *, usable_form: bool | None = None, advantage_plan_covers: bool = False
) -> Dispensing | tuple[str, ...]:
    """Decide a case from what is known of it; where that is not enough, give the questions still open.

    `advantage_plan_covers` says that the patient's Medicare Advantage plan covers home infusion: that is
    the assurance (path PD-40). `usable_form` None says that it is not known how the drug will arrive.
    """
    if advantage_plan_covers:
        known = {**known, "ancillary_assurance": True}
    left = questions_left(known)
    if left:
        return left
    case = any_case(known)
    path = decide(case)
    return Dispensing(
        asked=known,
        path=path,
        dispense_allowed=_NO if usable_form is False else path.dispense_allowed,
        advantage_path=assured_by_advantage_plan() if advantage_plan_covers else None,
        rules=tuple(_answers(case, path, usable_form)),
    )


def _answers(case: PartDCase, path: PartDPath, usable_form: bool | None) -> Iterator[RuleAnswer]:
    """Answer the rules in order; after the one at which the case leaves Part D none is reached."""
    left_at = _LEFT_AT.get(path.path_id)
    said = {
        _SCOPE: (
            left_at != _SCOPE,
            path.outcome if left_at == _SCOPE else "neither Part A nor Part B takes it",
        ),
        _EXPEDITE: (case.on_formulary, "on the formulary" if case.on_formulary else path.outcome),
        _NETWORK: (case.network_type is not Network.NONE, f"network {case.network_type}"),
        _ASSURE: (path.dispense_allowed == _YES, f"dispense: {path.dispense_allowed}; {path.outcome}"),
        _FORM: (usable_form, "how the drug arrives is not known" if usable_form is None else ""),
    }
    reached = True
    for rule_id, (holds, detail) in said.items():
        if reached:
            yield _answer(rule_id, _says(holds), detail)
        else:
            yield _answer(rule_id, Answer.NOT_REACHED, "")
        reached = reached and rule_id != left_at


def _says(holds: bool | None) -> Answer:
    if holds is None:
        return Answer.UNKNOWN
    return Answer.MET if holds else Answer.NOT_MET


def _answer(rule_id: str, answer: Answer, detail: str) -> RuleAnswer:
    rule = load_rules("edi_hit.benefits.coverage")[rule_id]
    return RuleAnswer(rule_id, answer, detail, rule.source)

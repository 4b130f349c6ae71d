"""A decision in a biller's words: what was decided, why, what to change, and how to have it put right."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

import msgspec

from edi_hit.benefits import payment_rules
from edi_hit.benefits.decision import ANSWERED, ClaimDecision, LineDecision, State
from edi_hit.benefits.roads import Road, roads
from edi_hit.reference import amount_text
from edi_hit.rules import Answer, EarlierLine, Rule, RuleAnswer, in_words

_WAIT = "wait"
_WARNING = "warning"
_RESUBMIT = "resubmit"
_ORIGINS = {
    "suggested": "suggested here: CMS's own codes for this rule were not found",
    "definition": "they follow from what the codes mean",
    "cms": "CMS's own",
    "configured": "from your settings",
}


class Reason(msgspec.Struct, frozen=True):
    """One rule that stands behind what was decided: what it asks, what it found, and where it comes from."""

    rule: str
    title: str
    answer: Answer
    found: str
    source: str
    earlier: EarlierLine | None = None


class LineExplanation(msgspec.Struct, frozen=True):
    """What was decided on a line, and why.

    `arithmetic` leads from the charge to the payment, a step a text. `codes` are those of a denial or
    return, with where they come from. `change` is what to do about the cause, `road` how, `until` until
    when. `assumed` are the rules whose answer is not known and was let pass.
    """

    line: int
    service: str
    decided: str
    reasons: tuple[Reason, ...]
    arithmetic: tuple[str, ...]
    codes: str
    change: str
    road: str
    until: str
    road_source: str
    assumed: tuple[Reason, ...]
    warnings: tuple[Reason, ...]


class Explanation(msgspec.Struct, frozen=True):
    """What was decided on a claim; `reason` says why a claim that is not answered is not.

    `former` says what the answer takes the place of, where the claim was answered before.
    """

    claim: str
    state: State
    summary: str
    reason: str
    former: str
    lines: tuple[LineExplanation, ...]


def explain(decision: ClaimDecision, rules: Mapping[str, Rule]) -> Explanation:
    """Put a decision into words; `rules` are the declared rules by id."""
    return Explanation(
        claim=decision.claim,
        state=decision.state,
        summary=_summary(decision),
        reason=decision.reason or "",
        former=_former(decision),
        lines=tuple(_explained(line, decision, rules) for line in decision.lines),
    )


def _former(decision: ClaimDecision) -> str:
    former = decision.former
    if former is None:
        return ""
    amount = "" if former.paid is None else f", paid {amount_text(former.paid)}"
    return f"in place of an earlier answer, which was taken back: {former.state}{amount}"


def _summary(decision: ClaimDecision) -> str:
    under = f" under {decision.benefit}" if decision.benefit else ""
    if decision.state in ANSWERED:
        sums = (
            ("charged", decision.charge),
            ("allowed", decision.allowed),
            ("paid", decision.paid),
            ("the patient owes", decision.patient_responsibility),
        )
        return f"{decision.state}{under}: {', '.join(f'{name} {_dollars(amount)}' for name, amount in sums)}"
    look = f"; look again on {decision.look_again_on}" if decision.look_again_on else ""
    return f"{decision.state}{under}: charged {_dollars(decision.charge)}, no payment and no denial{look}"


def _explained(line: LineDecision, decision: ClaimDecision, rules: Mapping[str, Rule]) -> LineExplanation:
    warned = list(_warnings(line, rules))
    causes = [answer for answer in _causes(line, decision) if answer not in warned]
    cause = next((rules[answer.id] for answer in causes if answer.id in rules), None)
    road = _road(line, decision, cause)
    code = " ".join((line.code, *line.modifiers))
    return LineExplanation(
        line=line.line,
        service=f"{code} on {line.date or 'an unknown day'}, charge {_dollars(line.charge)}",
        decided=_decided(line, decision),
        reasons=tuple(_reason(answer, rules) for answer in causes),
        arithmetic=tuple(_arithmetic(line)),
        codes=_codes(line),
        change=(cause.hint or "") if cause else "",
        road=road.action if road else "",
        until=road.until(line.date) if road else "",
        road_source=road.source if road else "",
        assumed=tuple(_reason(answer, rules) for answer in line.rules if answer.assumed),
        warnings=tuple(_reason(answer, rules) for answer in warned),
    )


def _causes(line: LineDecision, decision: ClaimDecision) -> list[RuleAnswer]:
    """The answers a line that is not paid hangs on, the one whose codes it bears first."""
    if line.paid is not None and not line.denied:
        return []
    open_ones = (Answer.NOT_MET, Answer.UNKNOWN) if decision.state is State.PENDED else (Answer.NOT_MET,)
    held = [
        answer for answer in line.rules if answer.codes or (answer.answer in open_ones and not answer.assumed)
    ]
    return sorted(held, key=lambda answer: not answer.codes)


def _warnings(line: LineDecision, rules: Mapping[str, Rule]) -> Iterator[RuleAnswer]:
    for answer in line.rules:
        rule = rules.get(answer.id)
        if answer.answer is Answer.NOT_MET and rule is not None and rule.outcome == _WARNING:
            yield answer


def _road(line: LineDecision, decision: ClaimDecision, cause: Rule | None) -> Road | None:
    """The way to have a line put right: that of the rule that denied or returned it, or to wait."""
    if decision.state is State.PENDED:
        return roads()[_WAIT]
    if decision.state is State.RETURNED:
        return roads()[_RESUBMIT]
    if cause is not None and cause.road is not None:
        return roads()[cause.road]
    return roads()[_RESUBMIT] if decision.state is State.REJECTED else None


def _codes(line: LineDecision) -> str:
    """The codes of a denied or returned line and where they come from; empty for any other line."""
    origin = next((answer.codes for answer in line.rules if answer.codes), "")
    if not origin or (line.paid is not None and not line.denied):
        return ""
    said = [*(f"{one.group} {one.carc}" for one in line.adjustments), *line.remarks]
    return f"{' '.join(said)}: {_ORIGINS.get(origin, origin)}"


def _decided(line: LineDecision, decision: ClaimDecision) -> str:
    if line.denied:
        return "denied"
    if line.paid is not None:
        return f"paid {_dollars(line.paid)}"
    return f"not answered: the claim is {decision.state}"


def _reason(answer: RuleAnswer, rules: Mapping[str, Rule]) -> Reason:
    rule = rules.get(answer.id)
    title = rule.title if rule else ""
    return Reason(answer.id, title, answer.answer, answer.detail, in_words(answer.source), answer.earlier)


def _arithmetic(line: LineDecision) -> Iterator[str]:
    """The steps from the charge to the payment, each with the rule behind it where one is told."""
    if line.paid is None:
        return
    for answer in line.rules:
        if answer.id in payment_rules() and answer.detail and not line.denied:
            yield f"{answer.id}: {answer.detail}"
    taken = "".join(f" - {_dollars(one.amount)} ({one.group} {one.carc})" for one in line.adjustments)
    yield f"charge {_dollars(line.charge)}{taken} = paid {_dollars(line.paid)}"
    patient = sum((one.amount for one in line.adjustments if one.group == "PR"), Decimal(0))
    if patient:
        yield f"the patient owes {_dollars(patient)} of it (group PR)"


def _dollars(amount: Decimal | None) -> str:
    return "-" if amount is None else amount_text(amount)

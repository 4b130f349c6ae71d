"""SNIP type 7: the requirements of a trading partner, held against units and the loops above them."""

from collections.abc import Iterable, Iterator

from edi_hit.guides import Guide, Loop, LoopNode, Unit
from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks.checked import CLEAN, MOST_KNOWN, Checked
from edi_hit.mapping.checks.unit_pass import UnitPass
from edi_hit.mapping.elements import component_of
from edi_hit.profiles import PartnerRule, RuleKind
from edi_hit.rules import Finding, Rule

SNIP_TYPE = 7


def declared(rule: PartnerRule) -> Rule:
    """The rule of a profile as rules are declared."""
    return Rule(
        id=rule.id,
        title=rule.message,
        source=rule.source,
        looks_at=place_name(rule),
        confidence="the partner's profile",
        bad="",
        good="",
        hint=rule.hint,
        snip=SNIP_TYPE,
        severity=rule.severity,
        ack=f"STC {rule.status}" if rule.status else None,
    )


def place_name(rule: PartnerRule) -> str:
    """The place a rule looks at, in words: Loop 2310B NM1-09."""
    element = f"-{rule.element:02d}" if rule.element else ""
    component = f"-{rule.component}" if rule.component else ""
    return f"Loop {rule.loop} {rule.segment}{element}{component}".rstrip()


class PartnerChecks:
    """The rules of one partner over the units of one file, in its order.

    A rule about a loop above units is looked at once for each such loop that has units below it; what it
    finds holds for them all. Only loops in or above a unit (a claim, a claim payment) are looked at.
    """

    def __init__(self, rules: Iterable[PartnerRule]) -> None:
        self._rules = tuple(rules)
        self._by_loop: dict[str, dict[str, list[PartnerRule]]] = {}
        self._pass = _PartnerPass(self._rules)
        self._above: list[tuple[Loop, tuple[Finding, ...]]] = []

    def findings(self, unit: Unit) -> Checked:
        """Check a unit and what is new above it."""
        by_loop = self._rules_of(unit.guide)
        if not by_loop:
            return CLEAN
        work, entry = self._pass, unit.guide.entry
        claim = unit.loop.opener_element(1) if entry.claim_id else ""
        new = self._leave(unit.loop)
        known = tuple(finding for _, told in self._above for finding in told)
        now: tuple[Finding, ...] = ()
        work.begin(unit.transaction_set, None, unit.findings)
        for loop in reversed(new):
            self._look(loop, by_loop, inner_only=True)
            told = work.take()
            self._above.append((loop, told[:MOST_KNOWN]))
            now += told
        work.begin(unit.transaction_set, claim or None, unit.findings)
        self._look(unit.loop, by_loop, inner_only=False)
        own = work.take()
        return Checked(now + own, known) if now or own or known else CLEAN

    def _rules_of(self, guide: Guide) -> dict[str, list[PartnerRule]]:
        """The rules for a guide by the loop where they are asked: a required loop's by the loop above it."""
        if guide.name not in self._by_loop:
            found: dict[str, list[PartnerRule]] = {}
            parents = dict(_parents(guide.root))
            for rule in self._rules:
                if not rule.guides or guide.name in rule.guides:
                    at = parents.get(rule.loop, ()) if not rule.segment else (rule.loop,)
                    for loop_id in at:
                        found.setdefault(loop_id, []).append(rule)
            self._by_loop[guide.name] = found
        return self._by_loop[guide.name]

    def _leave(self, unit: Loop) -> list[Loop]:
        """Forget the loops the unit does not stand in; give those above it that are new, innermost first."""
        new: list[Loop] = []
        kept = [loop for loop, _ in self._above]
        loop = unit.parent
        while loop is not None and loop not in kept:
            new.append(loop)
            loop = loop.parent
        del self._above[kept.index(loop) + 1 if loop is not None else 0 :]
        return new

    def _look(self, loop: Loop, by_loop: dict[str, list[PartnerRule]], *, inner_only: bool) -> None:
        for rule in by_loop.get(loop.id, ()):
            self._pass.ask(rule, loop)
        for child in loop.loops:
            if not inner_only or child.node.is_inner:
                self._look(child, by_loop, inner_only=inner_only)


def _parents(node: LoopNode) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each loop id of a guide, with the ids of the loops it may stand in."""
    found: dict[str, dict[str, None]] = {}
    waiting = [node]
    while waiting:
        above = waiting.pop()
        for child in above.loops:
            found.setdefault(child.id, {})[above.id] = None
            waiting.append(child)
    yield from ((loop_id, tuple(above)) for loop_id, above in found.items())


class _PartnerPass(UnitPass):
    """Tells findings by the rules of a profile."""

    __slots__ = ("_declared",)

    def __init__(self, rules: Iterable[PartnerRule]) -> None:
        super().__init__(__package__)
        self._declared = {rule.id: declared(rule) for rule in rules}

    def _rule(self, rule_id: str) -> Rule:
        return self._declared[rule_id]

    def ask(self, rule: PartnerRule, loop: Loop) -> None:
        """Hold a rule against one occurrence of the loop it is asked in."""
        if not rule.segment:
            self._ask_loop(rule, loop)
            return
        segments = [placed for placed in loop.segments if _is(placed, rule.segment)]
        if rule.element is not None:
            for placed in segments:
                self._ask_element(rule, placed, rule.element)
        elif rule.kind is RuleKind.FORBIDDEN:
            for placed in segments:
                self._told(rule, placed)
        elif not segments and loop.segments:
            self._told(rule, loop.segments[0])

    def _ask_loop(self, rule: PartnerRule, above: Loop) -> None:
        found = [child for child in above.loops if child.id == rule.loop]
        if rule.kind is RuleKind.FORBIDDEN:
            for child in found:
                if child.segments:
                    self._told(rule, child.segments[0])
        elif not found and above.segments:
            self._told(rule, above.segments[0])

    def _ask_element(self, rule: PartnerRule, placed: Placed, element: int) -> None:
        value = component_of(placed[1], element, rule.component)
        wrong = {
            RuleKind.REQUIRED: not value,
            RuleKind.FORBIDDEN: bool(value),
            RuleKind.ALLOWED: bool(value) and value not in rule.values,
        }[rule.kind]
        if wrong:
            self._told(rule, placed, element, rule.component)

    def _told(
        self, rule: PartnerRule, at: Placed, element: int | None = None, component: int | None = None
    ) -> None:
        self.tell(rule.id, rule.message, at, element, component)


def _is(placed: Placed, segment: str) -> bool:
    """Whether a segment is the one a rule names: by its id, and by its qualifier where the rule has one."""
    node, elements, _ = placed
    segment_id, _, qualifier = segment.partition("*")
    if elements[0] != segment_id:
        return False
    at = node.qualifier_at or 1
    return not qualifier or (len(elements) > at and elements[at] == qualifier)

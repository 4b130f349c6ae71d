"""Composes claims one by one, each checked before any of it is written."""

from typing import Any, Final

from edi_hit.claims.checks import ClaimChecks
from edi_hit.claims.claim_declaration import AnyClaim, ClaimDeclaration, declaration_of
from edi_hit.guides import Loop, Unit, composed_findings, guide
from edi_hit.mapping.composed_segments import COMPOSED_SET, control_findings, numbered_texts, refusal
from edi_hit.mapping.field_types import ToldTypes
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.rules import ComposeError, Finding
from edi_hit.x12 import ELEMENT, ComposeWriter

MAX_CLAIMS: Final = 5000
"""Claims a transaction set should have at most (X12-837-08); more open a new set."""

_LEVEL_CODES: Final = {"ST_LOOP": "", "2000A": "20", "2000B": "22", "2000C": "23"}
"""HL03 of the loops above claims; the head has none."""
_SUBSCRIBER: Final = "2000B"
_PATIENT: Final = "2000C"


class _Level:
    """A part of a claim that stands above it, `value`, as it was composed.

    `code` is its HL03, `has_children` its HL04, `number` its HL01: 0 while it is not written in the current
    set. `claims` counts those right below it in that set.
    """

    __slots__ = ("claims", "code", "findings", "has_children", "loop", "number", "texts", "value")

    def __init__(self, value: object, code: str, has_children: bool, loop: Loop, texts: list[str]) -> None:
        self.value = value
        self.code = code
        self.has_children = has_children
        self.loop = loop
        self.texts = texts
        self.findings: list[Finding] = []
        self.number = 0
        self.claims = 0

    def holds(self, value: object, has_children: bool) -> bool:
        """Whether claims with this part can stand below it."""
        return self.has_children is has_children and (self.value is value or self.value == value)


class ClaimComposer:
    """Writes claims of one kind into the sets of one functional group.

    Without `checks`, all is written that X12 can hold.
    """

    def __init__(
        self, writer: ComposeWriter, declaration: ClaimDeclaration, checks: ClaimChecks | None
    ) -> None:
        self._writer = writer
        self._declaration = declaration
        self._checks = checks
        self._guide = guide(declaration.guide)
        self._above = declaration.context
        self._levels: list[_Level] = []
        self._in_set = 0
        self._last_number = 0
        self._segments = 1

    def add(self, claim: AnyClaim) -> None:
        """Write a claim, and the loops above it where they differ from those of the claim before.

        Raises `ComposeError`, and has written nothing then, for what cannot be written or is found wrong.
        """
        if declaration_of(claim) is not self._declaration:
            raise ComposeError("professional and institutional claims cannot stand in one functional group")
        with ToldTypes(claim):
            levels = self._levels_of(claim)
            innermost = levels[-1]
            node = innermost.loop.node.loop("2300")
            loop = self._declaration.claim.write(claim, node, innermost.loop)
            _number_lines(loop)
            texts = numbered_texts(loop, self._segments)
        if self._checks is not None:
            self._check(loop, levels, self._checks, control_findings(texts))
        if innermost.claims == node.max_use:
            innermost.number = 0
        self._write(levels, texts)

    def end_set(self) -> None:
        """End the set, where one was begun."""
        if self._in_set:
            self._writer.end_set()
            self._in_set = 0

    def _levels_of(self, claim: AnyClaim) -> list[_Level]:
        """The head and the levels above a claim, outermost first; those of the last claim as far as equal."""
        known, levels = self._levels, list[_Level]()
        is_known = True
        for at, (name, loop_id, mapping) in enumerate(self._above):
            value = getattr(claim, name)
            if value is None and loop_id == _PATIENT:
                break
            has_children = loop_id != _PATIENT and (loop_id != _SUBSCRIBER or claim.patient is not None)
            is_known = is_known and at < len(known) and known[at].holds(value, has_children)
            if is_known:
                levels.append(known[at])
            else:
                above = levels[-1].loop if levels else None
                levels.append(self._level(value, mapping, loop_id, has_children, above))
        self._levels = levels
        return levels

    def _level(
        self, value: object, mapping: LoopMapping[Any], loop_id: str, has_children: bool, above: Loop | None
    ) -> _Level:
        """Compose a part that stands above claims, in the loop `above`."""
        node = self._guide.root if above is None else above.node.loop(loop_id)
        loop = mapping.write(value, node, above)
        texts = numbered_texts(loop, self._segments)
        self._segments += len(texts)
        level = _Level(value, _LEVEL_CODES[loop_id], has_children, loop, texts)
        if self._checks is not None:
            level.findings = [*control_findings(texts), *composed_findings(loop, COMPOSED_SET)]
        return level

    def _check(self, loop: Loop, levels: list[_Level], checks: ClaimChecks, found: list[Finding]) -> None:
        """Raise where a reader would find an error in the claim or above it; some are `found` already."""
        found += (finding for level in levels for finding in level.findings)
        found += composed_findings(loop, COMPOSED_SET, loop.opener_element(1) or None)
        checked = checks.findings(Unit(loop, self._guide, COMPOSED_SET, tuple(found)))
        errors = [finding for finding in (*found, *checked.findings) if finding.is_error]
        if errors:
            raise refusal("a claim", errors)

    def _write(self, levels: list[_Level], texts: list[str]) -> None:
        """Write a claim, before it the levels that are not written yet, in a new set where one is due."""
        is_new_set = not levels[0].number or self._in_set >= MAX_CLAIMS
        numbers = self._numbers(levels, is_new_set)
        due = list(levels[0].texts) if is_new_set else []
        for at, level in enumerate(levels):
            if at and (level.number != numbers[at] or is_new_set):
                above = str(numbers[at - 1]) if at > 1 else ""
                children = "1" if level.has_children else "0"
                due.append(ELEMENT.join(("HL", str(numbers[at]), above, level.code, children)))
                due += level.texts
        due += texts
        encoded = self._writer.encoded(due)
        if is_new_set:
            self.end_set()
            self._writer.start_set("837", self._guide.entry.id)
        self._writer.write(encoded, len(due))
        self._note_written(levels, numbers, is_new_set, len(texts))

    def _numbers(self, levels: list[_Level], is_new_set: bool) -> list[int]:
        """HL01 of each level, given anew to those that are due and all below them; 1 for the head."""
        numbers = [1]
        last, is_due = (0, True) if is_new_set else (self._last_number, False)
        for level in levels[1:]:
            is_due = is_due or not level.number
            last += is_due
            numbers.append(last if is_due else level.number)
        return numbers

    def _note_written(
        self, levels: list[_Level], numbers: list[int], is_new_set: bool, segments: int
    ) -> None:
        for level, number in zip(levels, numbers, strict=True):
            if level.number != number or is_new_set:
                level.number, level.claims = number, 0
        levels[-1].claims += 1
        self._last_number = max(numbers[1:]) if is_new_set else max(self._last_number, *numbers[1:])
        self._in_set = 1 if is_new_set else self._in_set + 1
        self._segments += segments


def _number_lines(claim: Loop) -> None:
    """Number the service lines of a composed claim from 1, as the guide wants them (LX01)."""
    number = 0
    for line in claim.loops:
        if line.id == "2400" and line.segments and line.segments[0][0].id == "LX":
            number += 1
            line.segments[0][1][1] = str(number)

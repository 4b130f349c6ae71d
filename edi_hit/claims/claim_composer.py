"""Composes claims one by one, each checked before any of it is written."""

from collections.abc import Iterator
from typing import Any

import msgspec

from edi_hit.claims.checks import ClaimChecks
from edi_hit.claims.claim_declaration import AnyClaim, ClaimDeclaration, declaration_of
from edi_hit.guides import Loop, Unit, composed_findings, guide
from edi_hit.mapping.composed_segments import COMPOSED_SET, control_findings, numbered_texts, refusal
from edi_hit.mapping.field_types import told_types
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.rules import ComposeError, Finding
from edi_hit.x12 import ELEMENT, ComposeWriter

MAX_CLAIMS = 5000
"""Claims a transaction set should have at most (X12-837-08); more open a new set."""


class _Part(msgspec.Struct, frozen=True):
    """A part of a claim that stands above it: in Loop `loop_id`, with HL03 `code` and HL04 `has_children`."""

    mapping: LoopMapping[Any]
    value: Any
    loop_id: str
    code: str
    has_children: bool

    def is_same(self, other: "_Part") -> bool:
        """Whether claims with the two parts can share a loop."""
        is_equal = self.value is other.value or self.value == other.value
        return is_equal and self.has_children is other.has_children


class _Level(msgspec.Struct):
    """A part as it was composed. `number` is its HL01, 0 while it is not written in the current set."""

    part: _Part
    loop: Loop
    texts: list[str]
    findings: tuple[Finding, ...]
    number: int = 0
    claims: int = 0


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
        with told_types(claim):
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
        parts = list(self._parts_of(claim))
        levels: list[_Level] = []
        for known, part in zip(self._levels, parts, strict=False):
            if not known.part.is_same(part):
                break
            levels.append(known)
        for part in parts[len(levels) :]:
            above = levels[-1].loop if levels else None
            node = self._guide.root if above is None else above.node.loop(part.loop_id)
            loop = part.mapping.write(part.value, node, above)
            texts = numbered_texts(loop, self._segments)
            self._segments += len(texts)
            findings = (*control_findings(texts), *composed_findings(loop, COMPOSED_SET))
            levels.append(_Level(part, loop, texts, findings))
        self._levels = levels
        return levels

    def _parts_of(self, claim: AnyClaim) -> Iterator[_Part]:
        declaration, patient = self._declaration, claim.patient
        yield _Part(declaration.submission, claim.submission, "ST_LOOP", "", True)
        yield _Part(declaration.billing_provider, claim.billing_provider, "2000A", "20", True)
        yield _Part(declaration.subscriber, claim.subscriber, "2000B", "22", patient is not None)
        if patient is not None:
            yield _Part(declaration.patient, patient, "2000C", "23", False)

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
        for at, level in enumerate(levels[1:], 1):
            if level.number != numbers[at] or is_new_set:
                above = str(numbers[at - 1]) if at > 1 else ""
                children = "1" if level.part.has_children else "0"
                due += (
                    ELEMENT.join(("HL", str(numbers[at]), above, level.part.code, children)),
                    *level.texts,
                )
        encoded = self._writer.encoded([*due, *texts])
        if is_new_set:
            self.end_set()
            self._writer.start_set("837", self._guide.entry.id)
        self._writer.write(encoded, len(due) + len(texts))
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

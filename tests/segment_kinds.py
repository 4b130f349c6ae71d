"""The ways segments can be wrong: each kind gives every file that is wrong so in one place."""

from collections.abc import Iterator

from valid_file import Case, Line, Told, ValidFile

from edi_hit.guides import Loop
from edi_hit.guides.element import MANDATORY

MOST_COPIES = 30
"""Uses of a segment or loop above which a file is not made to have too many."""


def siblings(file: ValidFile, line: Line) -> list[Line]:
    """The segments of the same node in the same loop, the segment itself included."""
    return [other for other in file.lines if other.node is line.node and other.path[-1] is line.path[-1]]


def occurrence(file: ValidFile, loop: Loop) -> list[Line]:
    """The segments of a loop and of the loops in it."""
    return [line for line in file.lines if any(held is loop for held in line.path)]


def loops(file: ValidFile) -> Iterator[tuple[Line, list[Line]]]:
    """Each loop but the set's and those with levels in them: its opening segment, and all its segments."""
    for line in file.lines:
        if line.is_opener and len(line.path) > 1:
            lines = occurrence(file, line.path[-1])
            if all(held.node.id != "HL" for held in lines):
                yield line, lines


def texts_without(file: ValidFile, lines: list[Line]) -> list[str]:
    gone = {line.index for line in lines}
    return [text for index, text in enumerate(file.texts) if index not in gone]


def texts_with(file: ValidFile, line: Line, *more: str) -> list[str]:
    return [*file.texts[: line.index + 1], *more, *file.texts[line.index + 1 :]]


def required_segment_missing(file: ValidFile) -> Iterator[Case]:
    for line in file.lines:
        if line.node.usage == MANDATORY and not line.is_opener and len(siblings(file, line)) == 1:
            told = Told("X12-SEG-03", line.node.id, loop=line.loop)
            yield file.with_lines(texts_without(file, [line]), told, line)


def required_loop_missing(file: ValidFile) -> Iterator[Case]:
    for line, lines in loops(file):
        node, around = line.node.loop, line.path[-2]
        others = [other for other in file.lines if other.node is line.node and other.path[-2] is around]
        if node.usage == MANDATORY and len(others) == 1:
            told = Told("X12-SEG-03", line.node.id, loop=node.id)
            yield file.with_lines(texts_without(file, lines), told, line)


def opening_segment_missing(file: ValidFile) -> Iterator[Case]:
    """Where the next segment could be one of a loop around as well, it is taken for that, out of order."""
    for line, lines in loops(file):
        if len(lines) > 1 and lines[1].path[-1] is line.path[-1] and not has_place_around(lines[1]):
            told = Told("X12-SEG-03", line.node.id, loop=line.loop, segment=file.ordinal(line))
            yield file.with_lines(texts_without(file, [line]), told, line)


def has_place_around(line: Line) -> bool:
    qualifier = [*line.elements, "", ""][line.node.qualifier_at].partition(":")[0]
    return any(node.takes(line.node.id, qualifier) for loop in line.path[:-1] for node in loop.node.segments)


def segment_too_often(file: ValidFile) -> Iterator[Case]:
    for line in file.lines:
        most = line.node.max_use
        if not line.is_opener and most is not None and most <= MOST_COPIES:
            copies = most + 1 - len(siblings(file, line))
            told = Told("X12-SEG-05", line.node.id, loop=line.loop, segment=file.ordinal(line) + copies)
            yield file.with_lines(texts_with(file, line, *[file.texts[line.index]] * copies), told, line)


def loop_too_often(file: ValidFile) -> Iterator[Case]:
    for line, lines in loops(file):
        node, around = line.node.loop, line.path[-2]
        there = [other for other in file.lines if other.node is line.node and other.path[-2] is around]
        if node.max_use is not None and node.max_use <= MOST_COPIES:
            copies = node.max_use + 1 - len(there)
            own = [file.texts[held.index] for held in lines]
            told = Told("X12-SEG-04", line.node.id, loop=around.id)
            yield file.with_lines(texts_with(file, lines[-1], *own * copies), told, line)


def segment_that_is_none(file: ValidFile) -> Iterator[Case]:
    for line in file.lines:
        told = Told("X12-STR-03", "ZZZ", loop=line.loop, segment=file.ordinal(line) + 1)
        yield file.with_lines(texts_with(file, line, "ZZZ*1"), told, line)


def segment_of_no_meaning_here(file: ValidFile) -> Iterator[Case]:
    """A segment whose qualifier no segment of the guide has."""
    for line in file.lines:
        if line.node.codes:
            elements = [line.node.id, *[""] * (line.node.qualifier_at - 1), "ZQX"]
            told = Told("X12-STR-03", line.node.id, loop=line.loop, segment=file.ordinal(line) + 1)
            yield file.with_lines(texts_with(file, line, "*".join(elements)), told, line)


def segment_out_of_order(file: ValidFile) -> Iterator[Case]:
    for line, following in zip(file.lines, file.lines[1:], strict=False):
        same_loop = following.path[-1] is line.path[-1]
        if same_loop and not line.is_opener and line.node.rank < following.node.rank:
            texts = [*file.texts]
            texts[line.index], texts[following.index] = texts[following.index], texts[line.index]
            told = Told("X12-SEG-07", line.node.id, loop=line.loop, segment=file.ordinal(following))
            yield file.with_lines(texts, told, line)


def empty_segment(file: ValidFile) -> Iterator[Case]:
    for line in file.lines:
        case = file.with_lines(file.texts, Told("X12-ENV-16", None, segment=file.ordinal(line) + 1), line)
        segments = case.text.split("\n")
        segments[line.index] += "~"
        yield case._replace(text="\n".join(segments))


def blank_behind_a_segment(file: ValidFile) -> Iterator[Case]:
    for line in file.lines:
        case = file.with_lines(file.texts, Told("X12-ENV-16", line.node.id, segment=file.ordinal(line)), line)
        segments = case.text.split("\n")
        segments[line.index] += " "
        yield case._replace(text="\n".join(segments))


def line_break_in_a_segment(file: ValidFile) -> Iterator[Case]:
    for line in file.lines:
        texts = [*file.texts]
        texts[line.index] = texts[line.index].replace("*", "*\n", 1)
        told = Told("X12-ENV-03", line.node.id, segment=file.ordinal(line))
        yield file.with_lines(texts, told, line)


def level_of_another_number(file: ValidFile) -> Iterator[Case]:
    for line in levels(file):
        yield file.with_elements(line, with_element(line, 1, "9999"), "X12-837-01", 1)


def level_below_none(file: ValidFile) -> Iterator[Case]:
    for line in levels(file):
        if len(line.elements) > 2 and line.elements[2]:
            yield file.with_elements(line, with_element(line, 2, "9999"), "X12-837-01", 2)


def level_promises_wrongly(file: ValidFile) -> Iterator[Case]:
    for line in levels(file):
        if len(line.elements) > 4:
            other = {"0": "1", "1": "0"}[line.elements[4]]
            if other in line.node.elements[3].codes:
                yield file.with_elements(line, with_element(line, 4, other), "X12-837-01", 4)


def levels(file: ValidFile) -> Iterator[Line]:
    return (line for line in file.lines if line.node.id == "HL")


def with_element(line: Line, position: int, text: str) -> list[str]:
    return [*line.elements[:position], text, *line.elements[position + 1 :]]


SEGMENT_KINDS = (
    required_segment_missing,
    required_loop_missing,
    opening_segment_missing,
    segment_too_often,
    loop_too_often,
    segment_that_is_none,
    segment_of_no_meaning_here,
    segment_out_of_order,
    empty_segment,
    blank_behind_a_segment,
    line_break_in_a_segment,
    level_of_another_number,
    level_below_none,
    level_promises_wrongly,
)

"""The ways an element can be wrong: each kind gives every file that is wrong so in one place."""

from collections.abc import Iterator

from valid_file import Case, Line, ValidFile, tells

from edi_hit.guides.dictionary import external_codes
from edi_hit.guides.element import MANDATORY, NOT_USED, AnyElement, CompositeNode, ElementNode, Relation
from edi_hit.guides.element_values import FORMATTED_VALUE
from edi_hit.guides.segment_check import relation_fault

WRONG_CODES = ("Q", "QZ", "ZQX", "ZQXQ", "ZQXQZ", "ZQXQZQX")


def is_text(node: ElementNode) -> bool:
    """Whether an element may hold any text: no code, nor a date in a form that another element names."""
    return node.type == "AN" and not node.codes and not node.external and node.number != FORMATTED_VALUE


def is_number(node: ElementNode) -> bool:
    """Whether an element is a number, whose digits alone count, and not one of a list."""
    return (node.type == "R" or node.type.startswith("N")) and not node.codes


def wrong_code(node: ElementNode, known: frozenset[str]) -> str:
    """A text that is none of the codes."""
    return next(code for code in WRONG_CODES if code not in known and len(code) >= node.low)


def required_element_empty(file: ValidFile) -> Iterator[Case]:
    for line in file.lines:
        for position, node in enumerate(line.node.elements, 1):
            if node.usage == MANDATORY and not tells(line, position, 1):
                elements = [*line.elements]
                elements[position] = ""
                yield file.with_elements(line, stripped(elements), "X12-ELE-01", position)


def required_component_empty(file: ValidFile) -> Iterator[Case]:
    for value in file.values():
        if value.component and value.node.usage == MANDATORY and ":" in value.line.elements[value.element]:
            yield file.with_value(value, "", "X12-ELE-01")


def unknown_code(file: ValidFile) -> Iterator[Case]:
    for value in file.values():
        if value.node.codes and not value.node.external:
            yield file.with_value(value, wrong_code(value.node, value.node.codes), "X12-ELE-07")


def code_of_no_list(file: ValidFile) -> Iterator[Case]:
    for value in file.values():
        if value.node.external:
            known = value.node.codes | external_codes().get(value.node.external, frozenset())
            yield file.with_value(value, wrong_code(value.node, known), "X12-ELE-07")


def too_long(file: ValidFile) -> Iterator[Case]:
    for value in file.values():
        if is_number(value.node) or is_text(value.node):
            letter = "1" if is_number(value.node) else "A"
            yield file.with_value(value, letter * (value.node.high + 1), "X12-ELE-05")


def too_short(file: ValidFile) -> Iterator[Case]:
    for value in file.values():
        if (is_number(value.node) or is_text(value.node)) and value.node.low > 1:
            letter = "1" if is_number(value.node) else "A"
            yield file.with_value(value, letter * (value.node.low - 1), "X12-ELE-04")


def no_such_day(file: ValidFile) -> Iterator[Case]:
    for value in file.values():
        if value.node.type == "DT":
            yield file.with_value(value, "20240230", "X12-ENV-19")


def no_such_time(file: ValidFile) -> Iterator[Case]:
    for value in file.values():
        if value.node.type == "TM":
            yield file.with_value(value, "2460", "X12-ENV-19")


def day_of_another_form(file: ValidFile) -> Iterator[Case]:
    for value in file.values():
        if value.node.number == FORMATTED_VALUE:
            yield file.with_value(value, "2024-06-11", "X12-ENV-19")


def period_backwards(file: ValidFile) -> Iterator[Case]:
    for value in file.values():
        if value.node.number == FORMATTED_VALUE and "-" in value.text:
            yield file.with_value(value, "20240611-20240610", "X12-ENV-19")


def no_number(file: ValidFile) -> Iterator[Case]:
    for value in file.values():
        if is_number(value.node):
            yield file.with_value(value, "1E5", "X12-ENV-18")


def element_not_used(file: ValidFile) -> Iterator[Case]:
    for line in file.lines:
        for position, node in enumerate(line.node.elements, 1):
            if node.usage == NOT_USED and not tells(line, position, None):
                yield file.with_elements(line, filled(line.elements, position, "X"), "X12-ELE-I10", position)


def component_not_used(file: ValidFile) -> Iterator[Case]:
    for line, position, node in composites(file):
        for number, part in enumerate(node.components, 1):
            if part.usage == NOT_USED:
                elements = [*line.elements]
                elements[position] = ":".join(filled(elements[position].split(":"), number - 1, "X"))
                yield file.with_elements(line, elements, "X12-ELE-I10", position, component=number)


def element_too_many(file: ValidFile) -> Iterator[Case]:
    for line in file.lines:
        position = len(line.node.elements) + 1
        yield file.with_elements(line, filled(line.elements, position, "X"), "X12-ELE-03", position)


def component_in_a_simple_element(file: ValidFile) -> Iterator[Case]:
    for value in file.values():
        if value.component is None:
            yield file.with_value(value, f"{value.text}:X", "X12-ELE-13")


def simple_element_repeated(file: ValidFile) -> Iterator[Case]:
    for value in file.values():
        if value.component is None:
            yield file.with_value(value, f"{value.text}^X", "X12-ELE-12")


def component_too_many(file: ValidFile) -> Iterator[Case]:
    for line, position, node in composites(file):
        elements = [*line.elements]
        elements[position] = ":".join(filled(elements[position].split(":"), len(node.components), "X"))
        yield file.with_elements(line, elements, "X12-ELE-13", position)


def composite_repeated_too_often(file: ValidFile) -> Iterator[Case]:
    for line, position, node in composites(file):
        if tells(line, position, 1) and ":" not in line.elements[position]:
            continue
        elements = [*line.elements]
        elements[position] = "^".join([elements[position]] * (node.repeat + 1))
        yield file.with_elements(line, elements, "X12-ELE-12", position)


def blank_at_the_end(file: ValidFile) -> Iterator[Case]:
    for value in file.values():
        if is_text(value.node):
            yield file.with_value(value, f"{value.text} ", "X12-ELE-06")


def control_character(file: ValidFile) -> Iterator[Case]:
    for value in file.values():
        if is_text(value.node):
            yield within_set(file.with_value(value, f"\t{value.text[1:]}", "X12-ENV-17", at_component=False))


def letter_outside_ascii(file: ValidFile) -> Iterator[Case]:
    for value in file.values():
        if is_text(value.node):
            yield within_set(file.with_value(value, f"É{value.text[1:]}", "X12-ENV-04", at_component=False))


def separator_at_the_end(file: ValidFile) -> Iterator[Case]:
    for line in file.lines:
        yield within_set(file.with_elements(line, [*line.elements, ""], "X12-ENV-16", None))


def separator_at_the_end_of_a_composite(file: ValidFile) -> Iterator[Case]:
    for line, position, _ in composites(file):
        elements = [*line.elements]
        elements[position] += ":"
        yield within_set(file.with_elements(line, elements, "X12-ENV-16", None, broken=position))


def related_element_missing(file: ValidFile) -> Iterator[Case]:
    for line in file.lines:
        for relation in line.node.relations:
            for elements, position in breaking(line, relation):
                rule = "X12-ELE-10" if relation.kind == "E" else "X12-ELE-02"
                others = [other for other in line.node.relations if other is not relation]
                if all(relation_fault(other, elements) is None for other in others):
                    yield file.with_elements(line, elements, rule, position)


def breaking(line: Line, relation: Relation) -> Iterator[tuple[list[str], int]]:
    """The segment with a relation broken by one element taken away or put in, and where that is told."""
    there = [n for n in relation.elements if n < len(line.elements) and line.elements[n]]
    for position in relation.elements:
        node = line.node.elements[position - 1]
        changed = [n for n in relation.elements if (n in there) != (n == position)]
        told_at = broken_at(relation, changed)
        if told_at is None or tells(line, position, None):
            continue
        if position in there and node.usage != MANDATORY:
            yield stripped(filled(line.elements, position, "")), told_at
        elif position not in there and node.usage != NOT_USED:
            yield filled(line.elements, position, value_of(node)), told_at


def broken_at(relation: Relation, there: list[int]) -> int | None:
    """Where a relation is told of with these of its elements filled; None where it holds."""
    missing = [n for n in relation.elements if n not in there]
    first = relation.elements[0]
    if relation.kind == "P":
        return missing[0] if there and missing else None
    if relation.kind == "R":
        return None if there else first
    if relation.kind == "E":
        return there[1] if len(there) > 1 else None
    if relation.kind == "C":
        return missing[0] if first in there and missing else None
    return missing[0] if there == [first] else None


def value_of(node: AnyElement) -> str:
    """A right value of an element."""
    if isinstance(node, CompositeNode):
        required = max((n for n, part in enumerate(node.components, 1) if part.usage == MANDATORY), default=1)
        return ":".join(value_of(part) for part in node.components[:required])
    codes = sorted(node.codes | external_codes().get(node.external, frozenset()))
    if codes:
        return codes[0]
    samples = {"DT": "20240611", "TM": "0900"}
    return samples.get(node.type, ("1" if is_number(node) else "A") * max(node.low, 1))


def composites(file: ValidFile) -> Iterator[tuple[Line, int, CompositeNode]]:
    """The composites that are sent, one composite each."""
    for line in file.lines:
        for position, node in enumerate(line.node.elements[: len(line.elements) - 1], 1):
            if isinstance(node, CompositeNode) and line.elements[position] and node.usage != NOT_USED:
                yield line, position, node


def filled(elements: list[str], position: int, text: str) -> list[str]:
    """Elements with one more, or another, at a position."""
    found = elements + [""] * (position + 1 - len(elements))
    return [*found[:position], text, *found[position + 1 :]]


def stripped(elements: list[str]) -> list[str]:
    """Elements without empty ones at the end."""
    while not elements[-1]:
        elements = elements[:-1]
    return elements


def within_set(case: Case) -> Case:
    """A case whose finding is the envelope's, which knows no loops."""
    return case._replace(told=case.told._replace(loop=None))


ELEMENT_KINDS = (
    required_element_empty,
    required_component_empty,
    unknown_code,
    code_of_no_list,
    too_long,
    too_short,
    no_such_day,
    no_such_time,
    day_of_another_form,
    period_backwards,
    no_number,
    element_not_used,
    component_not_used,
    element_too_many,
    component_in_a_simple_element,
    simple_element_repeated,
    component_too_many,
    composite_repeated_too_often,
    blank_at_the_end,
    control_character,
    letter_outside_ascii,
    separator_at_the_end,
    separator_at_the_end_of_a_composite,
    related_element_missing,
)

"""One regular expression for a segment of a guide: the fast way to see that its elements are right.

There is one for each number of elements a segment may come with, so that it holds no optional tail. What an
expression says badly — relations between elements, dates by their format qualifier, external code lists,
blanks at the end — is checked beside it. Together they accept exactly what `segment_faults` finds nothing in.
"""

import re

from edi_hit.guides.element import MANDATORY, NOT_USED, AnyElement, CompositeNode
from edi_hit.guides.element_values import value_pattern
from edi_hit.x12 import COMPONENT, ELEMENT, REPETITION

_NOTHING = re.compile(r"(?!)")


def segment_pattern(segment_id: str, nodes: tuple[AnyElement, ...], count: int) -> re.Pattern[str]:
    """Compile the pattern of a segment with `count` elements, in the fixed form, for `fullmatch`.

    It matches nothing where a mandatory element would be left out, or there are too many elements.
    """
    if count > len(nodes) or any(node.usage == MANDATORY for node in nodes[count:]):
        return _NOTHING
    texts = (ELEMENT + _element(node) for node in nodes[:count])
    return re.compile(re.escape(segment_id) + "".join(texts), re.ASCII)


def _element(node: AnyElement) -> str:
    if node.usage == NOT_USED:
        return ""
    if isinstance(node, CompositeNode):
        return _composite(node)
    return _value(node)


def _value(node: AnyElement) -> str:
    if node.usage == NOT_USED or isinstance(node, CompositeNode):
        return ""
    value = value_pattern(node)
    if node.usage == MANDATORY:
        return value
    if value.startswith("[") and value.endswith("}+") and node.low <= 1:
        return value.replace("{1,", "{0,", 1)
    return f"(?:{value})?+"


def _composite(node: CompositeNode) -> str:
    required = max((i for i, part in enumerate(node.components, 1) if part.usage == MANDATORY), default=0)
    whole = ""
    for index in range(len(node.components), 0, -1):
        step = (COMPONENT if index > 1 else "") + _value(node.components[index - 1]) + whole
        whole = step if index <= max(required, 1) else f"(?:{step})?+"
    if node.repeat > 1:
        whole = f"{whole}(?:{REPETITION}{whole}){{0,{node.repeat - 1}}}+"
    if node.usage == MANDATORY:
        return rf"(?=[^{ELEMENT}]){whole}"
    return rf"(?:(?=[^{ELEMENT}]){whole})?+"

"""What a guide says of the elements of a segment: usage, type, length, codes, repeats, relations."""

import msgspec

MANDATORY, SITUATIONAL, NOT_USED = "R", "S", "N"


class ElementNode(msgspec.Struct, frozen=True):
    """A simple element, or a component of a composite.

    `number` is the X12 data element number; `type` AN, ID, N0, N2, R, DT, TM or B; `low` and `high` bound
    its length (digits alone count in numbers). `codes` are the values the guide allows, empty where any;
    `external` names a code list kept outside the guide (states, country, pos ...).
    """

    name: str
    number: str
    usage: str
    type: str
    low: int
    high: int
    codes: frozenset[str] = frozenset()
    external: str = ""
    pattern: str = ""


class CompositeNode(msgspec.Struct, frozen=True):
    """A composite element: its components in order, and how often it may repeat in its place."""

    name: str
    number: str
    usage: str
    components: tuple[ElementNode, ...]
    repeat: int = 1


class Relation(msgspec.Struct, frozen=True):
    """A syntax note of a segment: elements that depend on each other.

    `kind` is P (all or none), R (at least one), E (at most one), C (the first needs all the others) or
    L (the first needs one of the others).
    """

    kind: str
    elements: tuple[int, ...]


AnyElement = ElementNode | CompositeNode

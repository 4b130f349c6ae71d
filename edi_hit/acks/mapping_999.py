"""The declaration of the 999 (005010X231A1): it writes acknowledgements and reads them back."""

from collections.abc import Iterator, Sequence

from edi_hit.acks.implementation_acknowledgment import (
    BusinessUnit,
    ElementError,
    ImplementationAcknowledgment,
    SegmentError,
    SetAcknowledgment,
    SituationalTrigger,
)
from edi_hit.mapping.convert import INTEGER
from edi_hit.mapping.declaration import Child
from edi_hit.mapping.elements import component_of
from edi_hit.mapping.fields import Element, RepeatedField, Run, Spot, Values
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.repeated_fields import Beside, Each, Part
from edi_hit.x12 import COMPONENT, REPETITION

TRIGGER = "SITUATIONAL TRIGGER"

_TRIGGER_PARTS = (
    Part("segment_id", 2),
    Part("position", 3, INTEGER),
    Part("loop", 4),
    Part("element", 5, INTEGER, 1),
    Part("component", 5, INTEGER, 2),
    Part("repeat", 5, INTEGER, 3),
    Part("reference_number", 6, component=1),
)


def _triggers() -> Each:
    beside = (Beside((1, 1), TRIGGER, "segment_id"),)
    return Each("triggers", (f"CTX*{TRIGGER}",), SituationalTrigger, _TRIGGER_PARTS, beside)


class BusinessUnits(RepeatedField, frozen=True):
    """The business units named in CTX01, which repeats: `CTX*CLM01:A1`."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The one segment read."""
        return ("CTX*CLM01",)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """CTX01 as a whole."""
        return ((1, None),)

    def read(self, elements: list[str], values: Values) -> bool:
        """Add the units of one CTX."""
        for text in component_of(elements, 1, None).split(REPETITION):
            name, _, value = text.partition(COMPONENT)
            values.setdefault(self.name, []).append(BusinessUnit(name, value))
        return True

    def segments(self, value: Sequence[BusinessUnit]) -> Iterator[list[str]]:
        """Give one CTX with all units."""
        yield ["CTX", REPETITION.join(f"{unit.name}{COMPONENT}{unit.value}" for unit in value)]

    def items(self, elements: list[str]) -> int:
        """How many units one CTX names."""
        return component_of(elements, 1, None).count(REPETITION) + 1

    def position(self, index: int = 0, part: str = "") -> Spot:
        """CTX01."""
        return 1, None


ELEMENT_ERROR = LoopMapping(
    ElementError,
    [
        Element("position", "IK4", 1, INTEGER, component=1),
        Element("component", "IK4", 1, INTEGER, component=2),
        Element("repeat", "IK4", 1, INTEGER, component=3),
        Element("reference_number", "IK4", 2),
        Element("code", "IK4", 3),
        Element("value", "IK4", 4),
        _triggers(),
    ],
)

SEGMENT_ERROR = LoopMapping(
    SegmentError,
    [
        Element("segment_id", "IK3", 1),
        Element("position", "IK3", 2, INTEGER),
        Element("loop", "IK3", 3),
        Element("code", "IK3", 4),
        _triggers(),
        BusinessUnits("business_units"),
    ],
    children=[Child("elements", "2110", ELEMENT_ERROR, many=True)],
)

SET_ACKNOWLEDGMENT = LoopMapping(
    SetAcknowledgment,
    [
        Element("kind", "AK2", 1),
        Element("control_number", "AK2", 2),
        Element("guide", "AK2", 3),
        Element("code", "IK5", 1),
        Run("errors", "IK5", range(2, 7)),
    ],
    children=[Child("segments", "2100", SEGMENT_ERROR, many=True)],
)

GROUP_ACKNOWLEDGMENT = LoopMapping(
    ImplementationAcknowledgment,
    [
        Element("functional_id", "AK1", 1),
        Element("control_number", "AK1", 2),
        Element("version", "AK1", 3),
        Element("code", "AK9", 1),
        Element("included", "AK9", 2, INTEGER),
        Element("received", "AK9", 3, INTEGER),
        Element("accepted", "AK9", 4, INTEGER),
        Run("errors", "AK9", range(5, 10)),
    ],
    context=["sets"],
)
"""AK1 and AK9, which enclose the sets; the sets themselves are read one by one."""

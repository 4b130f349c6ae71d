"""Where a finding is: the place of a segment and element, in the terms a finding uses."""

from edi_hit.x12.events import Group, Interchange, TransactionSet
from edi_hit.x12.segment import Segment


def place_of(
    segment: Segment,
    transaction_set: TransactionSet | None = None,
    group: Group | None = None,
    interchange: Interchange | None = None,
    element: int | None = None,
    component: int | None = None,
) -> dict[str, object]:
    """Give the place fields of `Finding` for `segment` inside the envelopes given.

    The offset is that of the element where one is named. The ordinal counts from ST = 1.
    """
    if transaction_set is not None:
        group = transaction_set.group
    if group is not None:
        interchange = group.interchange
    return {
        "offset": segment.element_offset(element) if element else segment.offset,
        "interchange": interchange.control_number if interchange else None,
        "group": group.control_number if group else None,
        "transaction": transaction_set.control_number if transaction_set else None,
        "segment": segment.index - transaction_set.segment.index + 1 if transaction_set else None,
        "segment_id": segment.id or None,
        "element": element,
        "component": component,
    }

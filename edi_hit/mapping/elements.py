"""Elements and components of one segment, as a list of texts with the segment id first."""

from edi_hit.rules import ComposeError
from edi_hit.x12 import COMPONENT


def component_of(elements: list[str], position: int, component: int | None) -> str:
    """The text of an element or component; empty where the segment is shorter."""
    if len(elements) <= position:
        return ""
    text = elements[position]
    if component is None:
        return text
    parts = text.split(COMPONENT)
    return parts[component - 1] if len(parts) >= component else ""


def set_component(elements: list[str], position: int, component: int | None, text: str) -> None:
    """Set an element or component, lengthening the segment as needed."""
    elements.extend([""] * (position + 1 - len(elements)))
    if component is None:
        elements[position] = text
        return
    if COMPONENT in text:
        raise ComposeError("a value holds a separator")
    parts = elements[position].split(COMPONENT)
    parts.extend([""] * (component - len(parts)))
    parts[component - 1] = text
    elements[position] = COMPONENT.join(parts)

"""A fault of a value: which rule it breaks and what to say of it."""

import msgspec

from edi_hit.rules import Severity


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with a value, wherever it stands.

    `what` follows the name of the element in the message ("is no HCPCS code") and never contains the value.
    `component` says which component of a composite is meant, where the whole was judged. `severity` and
    `ack` replace those of the rule.
    """

    rule: str
    what: str
    component: int | None = None
    severity: Severity | None = None
    ack: str | None = None

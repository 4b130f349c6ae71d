"""What a conversion is: one kind of element, read and written."""

from collections.abc import Callable
from typing import Any

import msgspec


class Conversion(msgspec.Struct, frozen=True):
    """How one kind of element is read and written. `read` raises `ValueError` for text of another form.

    `name` says in a finding what was expected; `ack` is the IK403 code a wrong value gets.
    """

    name: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    ack: str = "IK403 6"
    rule: str = "X12-ENV-18"

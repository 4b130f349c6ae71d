"""How what is not paid is put right, and until when: read from `roads.toml`."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

from edi_hit.benefits.medicare_part_b.receipt_rules import last_filing_day


class Road(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to do, until when, and the source. With `timely` the limit for filing runs from the service."""

    action: str
    source: str
    deadline: str = ""
    timely: bool = False

    def until(self, service: date | None) -> str:
        """Say until when, for a service of a day; empty where no source gives a limit."""
        if self.timely and service is not None:
            return f"received by {last_filing_day(service).isoformat()}"
        return self.deadline


@cache
def roads() -> dict[str, Road]:
    """Give the roads by name; a rule's `road` is one of them."""
    text = (files("edi_hit.benefits") / "roads.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Road])

"""What to do about a difference, from `next_steps.toml`."""

import tomllib
from functools import cache
from importlib.resources import files

from edi_hit.adjudication.reconcile.difference import Difference

REVERSED = "reversed"
"""In place of a reason: the payer has taken its answer back."""


def next_step(difference: Difference, reason: str = "") -> str:
    """Give what to do: by kind and the reason of the difference, or another `reason`, else by kind alone."""
    steps = _steps()[difference.kind.value]
    return steps.get(reason or difference.reason, steps["step"])


@cache
def _steps() -> dict[str, dict[str, str]]:
    text = (files("edi_hit.adjudication.reconcile") / "next_steps.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)

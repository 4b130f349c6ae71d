"""Writes and compiles the Python that composes the segments of a loop: once a declaration and loop.

Of a loop with an address in a structure of its own it is

    def composed(got, out):
        v0_0, v0_1, _, g1, = got
        if g1 is not None:
            v1_0, v1_1, = get(g1)
        if v0_0 or v0_1:
            e = ['NM1', ...]
            out.append((node, e, None))
        if g1 is not None and (v1_0 or v1_1):
            e = ['N3', ...]
            ...

What is not sent costs one question, and nothing in it comes from a claim.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from edi_hit.guides.loop import Placed
from edi_hit.mapping.segment_plan import Plan
from edi_hit.mapping.segment_source import Source, indented, sent, values_of

Compose = Callable[[tuple[Any, ...], list[Placed]], None]
"""Adds the segments of a structure to a list, from its values. Raises `ComposeError`."""


def compiled_segments(
    plans: Sequence[tuple[int, Plan]], own: int, nested_at: int, groups: int, width: int
) -> Compose:
    """Compile what composes `plans`, which are in guide order, each with the number of its structure.

    Of the `width` values given the first `own` are those of the fields of structure 0, in the order of its
    plans; from `nested_at` on stand the `groups` structures nested in it, 1 being the first.
    """
    values: defaultdict[int, list[str]] = defaultdict(list)
    names: defaultdict[int, list[str]] = defaultdict(list)
    held = []
    for group, plan in plans:
        start = len(values[group])
        values[group] += [f"v{group}_{start + at}" for at in range(len(plan.names))]
        names[group] += plan.names
        held.append((group, plan, values[group][start:]))
    source = Source()
    slots = values[0] + ["_"] * (width - own)
    slots[nested_at : nested_at + groups] = [f"g{group}" for group in range(1, groups + 1)]
    lines = [f"{_unpacked(slots)} = got"]
    for group in range(1, groups + 1):
        got = f"{source.name(values_of(names[group]))}(g{group})"
        lines += [f"if g{group} is not None:", f"    {_unpacked(values[group])} = {got}"]
    for group, plan, own_values in held:
        is_sent = " or ".join(map(sent, own_values, plan.absent))
        condition = f"g{group} is not None and ({is_sent})" if group else is_sent
        lines += [f"if {condition}:", *indented(plan.lines(source, own_values))]
    return source.compiled("got, out", lines)


def _unpacked(names: Sequence[str]) -> str:
    return "".join(f"{name}, " for name in names)

"""What is compiled to compose segments quickly does what the fields do one by one, for any structure."""

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mapping_strategies import built

from edi_hit.claims.claim_declaration import INSTITUTIONAL, PROFESSIONAL
from edi_hit.guides import Loop, LoopNode, guide
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.parts import Unmapped
from edi_hit.remits.mapping_835 import CLAIM_PAYMENT, REMITTANCE

_SUBSCRIBERS = [guide(kind).root.loop("2000A").loop("2000B") for kind in ("837P", "837I")]
TOP = [
    (PROFESSIONAL.claim, _SUBSCRIBERS[0].loop("2300")),
    (INSTITUTIONAL.claim, _SUBSCRIBERS[1].loop("2300")),
    (PROFESSIONAL.subscriber, _SUBSCRIBERS[0]),
    (CLAIM_PAYMENT, guide("835").root.loop("2000").loop("2100")),
    (REMITTANCE, guide("835").root),
]


_STRAY = (Unmapped(("ZZZ", "1")),)


def keeping(mapping: LoopMapping[Any], value: Any, kept: tuple[Unmapped, ...]) -> Any:
    """The structure with `kept` in each loop: where that is not empty, its fields write one by one."""
    below: dict[str, Any] = {}
    for child in mapping.children:
        held = getattr(value, child.name)
        if child.many:
            below[child.name] = tuple(keeping(child.mapping, item, kept) for item in held)
        elif held is not None:
            below[child.name] = keeping(child.mapping, held, kept)
    return msgspec.structs.replace(value, unmapped=kept, **below)


def segments_of(loop: Loop) -> list[list[str]]:
    """The segments of a loop and of the loops in it, without empty elements at the end."""
    own = [ended(elements) for _, elements, _ in loop.segments]
    return own + [segment for child in loop.loops for segment in segments_of(child)]


def ended(elements: list[str]) -> list[str]:
    count = max(at for at, text in enumerate(elements) if text) + 1
    return elements[:count]


@pytest.mark.parametrize(("mapping", "node"), TOP, ids=lambda part: getattr(part, "id", ""))
def test_compiled_writing(mapping: LoopMapping[Any], node: LoopNode) -> None:
    above = {name: st.none() for name in mapping.context}

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(built(mapping, node, **above))
    def one(value: Any) -> None:
        quick, slow = (mapping.write(keeping(mapping, value, kept), node) for kept in ((), _STRAY))
        assert segments_of(quick) == segments_of(slow)

    one()

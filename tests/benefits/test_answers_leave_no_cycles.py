"""A claim that is decided is freed at once: nothing of it waits for the cyclic collector."""

import gc
from datetime import date
from decimal import Decimal

from edi_hit.benefits import answer
from edi_hit.benefits.decision import State
from edi_hit.benefits.facts import ClaimFacts
from edi_hit.claims import Claim
from edi_hit.profiles import History, RunSettings
from edi_hit.reference import Tables
from edi_hit.sample import sample_claims

TABLES = Tables.packaged()
SETTINGS = RunSettings(history=History.COMPLETE, deductible_left=Decimal(0))


def unreachable_after_answering(claims: list[Claim]) -> int:
    gc.collect()
    gc.disable()
    try:
        for claim in claims:
            answer(claim, ClaimFacts(as_of=date(2026, 3, 1)), TABLES, SETTINGS)
        return gc.collect()
    finally:
        gc.enable()


def test_that_deciding_makes_no_cycles_even_where_lines_have_no_price() -> None:
    claims = list(sample_claims(300, 5))
    decisions = [answer(one, ClaimFacts(as_of=date(2026, 3, 1)), TABLES, SETTINGS) for one in claims]
    states = {decision.state for decision in decisions}
    assert {State.UNANSWERED, State.PAID} <= states, states
    assert sum("cannot be priced" in (one.reason or "") for one in decisions) > 30
    del decisions
    assert unreachable_after_answering(claims) == 0

"""Random claims, adjudicated: decisions, and the claim payments an 835 has of them. The seed says which."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec
from story_files import Before, StoryClaim, StoryLine, to_facts, worlds

from edi_hit.adjudication import claim_payment, crossed_over
from edi_hit.benefits import answer
from edi_hit.benefits.decision import ANSWERED, ClaimDecision, LineDecision
from edi_hit.benefits.facts import ClaimFacts
from edi_hit.claims import Claim, OtherPayer, OtherPayerName
from edi_hit.profiles import PayerIdentity, RemittanceSettings, RunSettings
from edi_hit.reference import Tables
from edi_hit.remits import ClaimPayment, reversal

ON = date(2026, 1, 15)
"""The production date of the 835s."""

SETTINGS = RunSettings(
    plan_review_days=366,
    payer=PayerIdentity(remarks=("MA01",), crossover=True),
    remittance=RemittanceSettings(interest_percent=Decimal("4.625")),
)
_TABLES = Tables.packaged()
_CODES = {
    "permanent": ("G0068", "G0069", "G0070", "G0088", "G0089", "G0090"),
    "transitional": ("G0068", "G0069", "G0070"),
    "ivig": ("Q2052",),
}
_FIRST_DAYS = {
    "permanent": (date(2021, 1, 2), date(2025, 10, 1)),
    "transitional": (date(2019, 1, 2), date(2020, 11, 1)),
    "ivig": (date(2024, 1, 2), date(2025, 10, 1)),
}
_DRUGS = (("J1250", ()), ("J1559", ("JB",)), ("J9190", ()), ("J1569", ()), ("J0895", ()))
_NEXT = OtherPayer(sequence="T", payer=OtherPayerName(last_name="NEXT PLAN", id_qualifier="PI", id="NP1"))


class Adjudicated(NamedTuple):
    """A claim, what was decided, and its claim payments: none, one, or a reversal and a correction."""

    claim: Claim
    decision: ClaimDecision
    payments: tuple[ClaimPayment, ...]
    former: ClaimPayment | None


def random_adjudications(count: int, seed: int) -> Iterator[Adjudicated]:
    """Adjudicate `count` random claims; every third of the answered ones was answered otherwise before."""
    draw = random.Random(seed)
    for number in range(count):
        yield _adjudicated(draw, f"R{seed}-{number}")


def _adjudicated(draw: random.Random, claim_id: str) -> Adjudicated:
    kind = draw.choice((*_CODES, "permanent"))
    start = _between(draw, *_FIRST_DAYS[kind])
    claim = _claim(draw, claim_id, kind, start)
    received = start + timedelta(draw.randrange(150))
    decision = _decision(draw, claim, start)
    if decision.state not in ANSWERED:
        return Adjudicated(claim, decision, (), None)
    payment = _payment(claim, decision, received)
    earlier = _decision(draw, claim, start) if draw.random() < 0.4 else None
    if earlier is None or earlier.state not in ANSWERED:
        return Adjudicated(claim, decision, (payment,), None)
    former = _payment(claim, earlier, received)
    return Adjudicated(claim, decision, (reversal(former), payment), former)


def _payment(claim: Claim, decision: ClaimDecision, received: date) -> ClaimPayment:
    number = f"SIM{claim.claim_id}"
    return claim_payment(claim, decision, number, received, on=ON, settings=SETTINGS)


def _claim(draw: random.Random, claim_id: str, kind: str, start: date) -> Claim:
    later = draw.random() < 0.2
    lines = []
    for _ in range(draw.choice((1, 1, 2, 3, 4, 7))):
        charge = draw.choice((_dollars(draw, 600), _dollars(draw, 150), Decimal("0.00"), Decimal("250.00")))
        line = StoryLine(
            code=draw.choice(_CODES[kind]),
            on=start + timedelta(draw.randrange(60)),
            charge=str(charge),
            units=draw.randrange(1, 9),
            before=_before(draw, charge) if later else None,
        )
        lines.append(line)
    billed = StoryClaim(
        claim_id,
        tuple(lines),
        place=draw.choice(("12", "12", "12", "12", "21")),
        payer="18003" if kind == "ivig" or start.year < 2021 else "10112",
        diagnosis="D800" if kind == "ivig" else "I5022",
        **({"sequence": "S"} if later else {}),
    )
    claim = billed.build()
    return msgspec.structs.replace(
        claim,
        other_payers=(*claim.other_payers, _NEXT) if draw.random() < 0.3 else claim.other_payers,
        patient_paid=_dollars(draw, 50) if draw.random() < 0.2 else None,
    )


def _before(draw: random.Random, charge: Decimal) -> Before:
    """What an earlier payer decided: paid, written off, and left to the patient."""
    paid = _part(draw, charge)
    off = _part(draw, charge - paid)
    shares = (("CO 45", off), ("PR 2", charge - paid - off))
    return Before(str(paid), tuple(f"{codes} {amount}" for codes, amount in shares if amount))


def _decision(draw: random.Random, claim: Claim, start: date) -> ClaimDecision:
    """Decide the claim with what happens to be on file, and now and then pay a line as something else."""
    decision = answer(claim, _facts(draw, start), _TABLES, SETTINGS)
    if decision.state not in ANSWERED:
        return decision
    lines = tuple(one for line in decision.lines for one in _paid_otherwise(draw, line))
    return crossed_over(claim, msgspec.structs.replace(decision, lines=lines), SETTINGS)


def _facts(draw: random.Random, start: date) -> ClaimFacts:
    world = worlds()["known"]
    rows: dict[str, Any] = {
        name: row for name, row in world.items() if name == "complete" or draw.random() < 0.9
    }
    if draw.random() < 0.5:
        rows["deductible_left"] = {year: str(_dollars(draw, 300)) for year in range(2019, 2026)}
    rows["drugs"] = [
        {"on": start, "code": code, "modifiers": modifiers, "supplier": "1888888883", "claim": "D1",
         "line": place, "outcome": draw.choice(("paid", "paid", "denied"))}
        for place, (code, modifiers) in enumerate(_DRUGS, 1)
        if draw.random() < 0.95
    ]  # fmt: skip
    rows["visits"] = [
        {"on": start + timedelta(draw.randrange(-70, 60)), "code": draw.choice(_CODES["permanent"]),
         "supplier": draw.choice(("1234567893", "1999999984")), "claim": f"V{place}", "line": 1,
         "outcome": "paid"}
        for place in range(draw.choice((0, 0, 1, 3)))
    ]  # fmt: skip
    return to_facts(rows)


def _paid_otherwise(draw: random.Random, line: LineDecision) -> tuple[LineDecision, ...]:
    """Pay a line as another procedure, in fewer units, or as two procedures: as other benefits may."""
    chance = draw.random()
    if chance < 0.1 and not line.denied:
        return (msgspec.structs.replace(line, paid_code="G0089", paid_modifiers=("JB",)),)
    if chance < 0.2 and line.units is not None:
        return (msgspec.structs.replace(line, units_paid=line.units - 1),)
    if chance < 0.3 and line.adjustments:
        *kept, last = line.adjustments
        first = msgspec.structs.replace(
            line, charge=line.charge - last.amount, adjustments=tuple(kept), paid_code="G0088"
        )
        nothing = {"charge": last.amount, "allowed": None, "paid": Decimal("0.00")}
        second = msgspec.structs.replace(line, **nothing, adjustments=(last,), paid_code="G0090")
        return (first, second)
    return (line,)


def _between(draw: random.Random, first: date, last: date) -> date:
    return first + timedelta(draw.randrange((last - first).days))


def _dollars(draw: random.Random, most: int) -> Decimal:
    return Decimal(draw.randrange(most * 100 + 1)) / 100


def _part(draw: random.Random, whole: Decimal) -> Decimal:
    return draw.choice((Decimal("0.00"), whole, Decimal(draw.randrange(int(whole * 100) + 1)) / 100))

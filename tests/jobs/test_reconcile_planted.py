"""Reconciling remittances with planted differences finds exactly those, and nothing in themselves."""

import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from remittance_files import ZERO, adjusted, adjusted_to, with_line, with_lines, written

from edi_hit.adjudication.reconcile import LESS_THAN_EXPECTED, MORE_THAN_EXPECTED, Difference, Kind
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.reconcile import reconcile
from edi_hit.mapping.parts import Period
from edi_hit.remits import ClaimPayment, ServicePayment
from edi_hit.sample import sample_remittances
from edi_hit.sample.sample_remittances import PaidClaims

CLAIMS = 120
EACH = 3
"""How many differences of each kind are planted."""
FILES = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


class Planted(NamedTuple):
    """A difference as it was planted."""

    kind: str
    claim: str
    line: int | None
    amount: Decimal


Change = tuple[ClaimPayment, int | None, Decimal]
"""The changed claim, the line, and the amount at stake."""

Plant = Callable[[ClaimPayment, random.Random], Change | None]
"""Changes a claim; None for one that does not suit."""


def _reduced_line(claim: ClaimPayment, draw: random.Random) -> tuple[int, ServicePayment] | None:
    """A paid line whose charge was reduced, by some dollars at least."""
    fitting = [
        (number, line)
        for number, line in enumerate(claim.lines, 1)
        if line.paid > 10 and any(a.carc == "45" and a.amount > 10 for a in line.adjustments)
    ]
    return draw.choice(fitting) if fitting else None


def _moved(claim: ClaimPayment, draw: random.Random, *changes: tuple[str, str, int]) -> Change | None:
    found = _reduced_line(claim, draw)
    if found is None:
        return None
    number, line = found
    amount = Decimal(draw.randrange(1, 900)) / 100
    changed = adjusted(line, *((group, carc, sign * amount) for group, carc, sign in changes))
    return with_line(claim, number, changed), number, amount


def underpaid(claim: ClaimPayment, draw: random.Random) -> Change | None:
    return _moved(claim, draw, ("CO", "45", 1))


def overpaid(claim: ClaimPayment, draw: random.Random) -> Change | None:
    return _moved(claim, draw, ("CO", "45", -1))


def patient_share(claim: ClaimPayment, draw: random.Random) -> Change | None:
    return _moved(claim, draw, ("CO", "45", -1), ("PR", "3", 1))


def other_reason(claim: ClaimPayment, draw: random.Random) -> Change | None:
    return _moved(claim, draw, ("CO", "45", -1), ("CO", "97", 1))


def denied(claim: ClaimPayment, draw: random.Random) -> Change | None:
    found = _reduced_line(claim, draw)
    if found is None:
        return None
    number, line = found
    return with_line(claim, number, adjusted_to(line, ("CO", "50", line.charge))), number, line.paid


def paid(claim: ClaimPayment, draw: random.Random) -> Change | None:
    lines = [(number, line) for number, line in enumerate(claim.lines, 1) if line.charge > 10]
    if claim.paid or not lines or any(a.carc != "50" for line in claim.lines for a in line.adjustments):
        return None
    number, line = draw.choice(lines)
    changed = adjusted_to(line, ("CO", "45", Decimal(5)))
    return with_line(claim, number, changed), number, changed.paid


def line_missing(claim: ClaimPayment, draw: random.Random) -> Change | None:
    if len(claim.lines) < 2:
        return None
    number = draw.randrange(1, len(claim.lines) + 1)
    left = [line for at, line in enumerate(claim.lines, 1) if at != number]
    return with_lines(claim, left), number, claim.lines[number - 1].paid


def line_unexpected(claim: ClaimPayment, draw: random.Random) -> Change | None:
    line = msgspec.structs.replace(claim.lines[0], procedure_code="A4222", control_number="ADDED")
    more = adjusted_to(line, ("CO", "45", Decimal(draw.randrange(1, 500)) / 100))
    return with_lines(claim, (*claim.lines, more)), len(claim.lines) + 1, more.paid


PLANTS = {
    Kind.UNDERPAID: underpaid,
    Kind.OVERPAID: overpaid,
    Kind.DENIED: denied,
    Kind.PAID: paid,
    Kind.REASON: other_reason,
    Kind.PATIENT_SHARE: patient_share,
    Kind.LINE_MISSING: line_missing,
    Kind.LINE_UNEXPECTED: line_unexpected,
}


def sampled(seed: int) -> list[PaidClaims]:
    """Sample remittances; the claims that are denied, and every tenth, are denied for CO 50."""
    return [(head, [_denied(c) for c in claims]) for head, claims in sample_remittances(CLAIMS, seed)]


def _denied(claim: ClaimPayment) -> ClaimPayment:
    if claim.paid and int(claim.claim_id[2:]) % 10:
        return claim
    lines = (adjusted_to(line, ("CO", "50", line.charge)) for line in claim.lines)
    return with_lines(msgspec.structs.replace(claim, status="1"), lines)


def planted(given: list[PaidClaims], draw: random.Random) -> tuple[list[PaidClaims], list[Planted]]:
    """Change claims, each at most once: three of each of the ten kinds."""
    claims = {claim.claim_id: claim for _, group in given for claim in group}
    order = draw.sample(sorted(claims), len(claims))
    done: list[Planted] = []
    for kind, plant in PLANTS.items():
        for claim_id, result in _suiting(plant, order, claims, draw):
            changed, line, amount = result
            claims[claim_id] = changed
            order.remove(claim_id)
            done.append(Planted(kind, claim_id, line, amount))
    missing, doubled = set(order[:EACH]), order[EACH : 2 * EACH]
    done += [Planted(Kind.CLAIM_MISSING, one, None, claims[one].paid) for one in missing]
    done += [Planted(Kind.CLAIM_UNEXPECTED, f"NEW{one}", None, claims[one].paid) for one in doubled]
    changed = [(head, _changed(group, claims, missing, doubled)) for head, group in given]
    return [(head, group) for head, group in changed if group], done


def _suiting(
    plant: Plant, order: list[str], claims: dict[str, ClaimPayment], draw: random.Random
) -> Iterator[tuple[str, Change]]:
    count = 0
    for claim_id in list(order):
        result = plant(claims[claim_id], draw)
        if result is not None:
            yield claim_id, result
            count += 1
        if count == EACH:
            return
    raise AssertionError(f"{plant.__name__}: not enough claims that suit")


def _changed(
    group: list[ClaimPayment], claims: dict[str, ClaimPayment], missing: set[str], doubled: list[str]
) -> list[ClaimPayment]:
    kept = [claims[claim.claim_id] for claim in group if claim.claim_id not in missing]
    return kept + [_another(claim) for claim in kept if claim.claim_id in doubled]


def _another(claim: ClaimPayment) -> ClaimPayment:
    """A claim like this one, of another patient on another day."""
    day = Period.day(claim.lines[0].service_dates.start.replace(year=2019, day=1))
    return msgspec.structs.replace(
        claim,
        claim_id=f"NEW{claim.claim_id}",
        payer_claim_number=f"NEW{claim.payer_claim_number}",
        patient=msgspec.structs.replace(claim.patient, id="", id_qualifier="", last_name="NOBODY"),
        lines=tuple(msgspec.structs.replace(line, service_dates=day) for line in claim.lines),
    )


def found(differences: list[Difference]) -> list[Planted]:
    return sorted(Planted(one.kind, one.claim, one.line, one.amount) for one in differences)


def compared(expected: Path, actual: Path) -> tuple[list[Difference], Decimal]:
    """The differences, and how much less than expected was paid."""
    with reconcile(find_inputs([str(expected)]), find_inputs([str(actual)])) as result:
        assert result.findings == []
        assert [file.findings for side in (result.expected, result.actual) for file in side.files] == [[], []]
        return list(result), result.expected.totals.paid - result.actual.totals.paid


@settings(FILES, max_examples=15)
@given(seed=st.integers(0, 2**32))
def test_exactly_what_was_planted_is_found(tmp_path: Path, seed: int) -> None:
    given = sampled(seed)
    changed, wanted = planted(given, random.Random(seed))
    assert len(wanted) == 30
    expected, actual = written(tmp_path / "e.835", *given), written(tmp_path / "a.835", *changed)
    differences, less_paid = compared(expected, actual)
    assert found(differences) == sorted(wanted)
    lost = sum((one.amount for one in differences if one.kind in LESS_THAN_EXPECTED), ZERO)
    gained = sum((one.amount for one in differences if one.kind in MORE_THAN_EXPECTED), ZERO)
    assert lost - gained == less_paid


@settings(FILES, max_examples=10)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 60))
def test_nothing_differs_from_itself(tmp_path: Path, seed: int, count: int) -> None:
    path = written(tmp_path / "e.835", *sample_remittances(count, seed))
    assert compared(path, path) == ([], ZERO)


def test_the_order_of_claims_and_files_does_not_matter(tmp_path: Path) -> None:
    given = sampled(3)
    changed, wanted = planted(given, random.Random(3))
    expected = written(tmp_path / "e.835", *given)
    parts = [changed[at::3] for at in range(3)]
    for number, part in enumerate(reversed(parts)):
        written(tmp_path / f"a{number}.835", *((head, claims[::-1]) for head, claims in part))
    with reconcile(find_inputs([str(expected)]), find_inputs([str(tmp_path / "a*.835")])) as result:
        assert found(list(result)) == sorted(wanted)

"""Strategies for claims that a payer's gateway accepts: by declaration and guide, then made consistent."""

from decimal import Decimal
from itertools import zip_longest
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace
from valid_structures import Builder

from edi_hit.claims import Claim, OtherPayer, Subscriber
from edi_hit.claims.claim_declaration import AnyClaim, ClaimDeclaration
from edi_hit.guides import LoopNode, guide
from edi_hit.mapping.parts import Period
from edi_hit.remits.balance import adjusted

_SELF, _PLACES = "18", "PSTABCDEFGH"


def valid_claims(declaration: ClaimDeclaration) -> st.SearchStrategy[Any]:
    """Claims of one kind of 837."""
    return st.composite(_claim)(declaration)


def _claim(draw: Any, declaration: ClaimDeclaration) -> AnyClaim:
    builder = Builder(draw)
    root = guide(declaration.guide).root
    provider = root.loop("2000A")
    subscriber = provider.loop("2000B")
    has_patient = builder.is_sent()
    claim = builder.built(
        declaration.claim,
        subscriber.loop("2300"),
        submission=builder.built(declaration.submission, root),
        billing_provider=builder.built(declaration.billing_provider, provider),
        subscriber=_subscriber(builder, declaration, subscriber, has_patient),
        patient=builder.built(declaration.patient, subscriber.loop("2000C")) if has_patient else None,
    )
    return _consistent(claim)


def _subscriber(
    builder: Builder, declaration: ClaimDeclaration, node: LoopNode, has_patient: bool
) -> Subscriber:
    """The subscriber is the patient, with all that is told of one, or another is."""
    subscriber = replace(builder.built(declaration.subscriber, node), sequence="P")
    if has_patient:
        return replace(subscriber, relationship="")
    person = next(child for child in declaration.subscriber.children if child.name == "person")
    return replace(
        subscriber,
        relationship=_SELF,
        person=builder.whole(person.mapping, node.loop(person.loop_id)),
    )


def _consistent(claim: Any) -> AnyClaim:
    lines = tuple(replace(line, number=at) for at, line in enumerate(claim.lines, 1))
    if isinstance(claim, Claim):
        listed = range(1, len(claim.diagnoses) + 1)
        lines = tuple(
            replace(line, pointers=tuple(p for p in line.pointers if p in listed)) for line in lines
        )
    elif claim.statement_dates is not None and claim.admission is not None:
        ends = (*_ends(claim.statement_dates), claim.admission.on)
        claim = replace(claim, statement_dates=Period(min(ends), max(ends)))
    if claim.frequency in ("7", "8") and not claim.payer_claim_number:
        claim = replace(claim, frequency="1")
    claim = replace(
        claim,
        charge=sum((line.charge for line in lines), Decimal(0)),
        other_payers=_in_order(claim.other_payers),
    )
    return _balanced(claim, lines)


def _ends(period: Period) -> tuple[Any, Any]:
    return period.start, period.end


def _in_order(payers: tuple[OtherPayer, ...]) -> tuple[OtherPayer, ...]:
    """Each payer with a place of its own; the first is that of the claim."""
    places = _PLACES[1:]
    return tuple(replace(payer, sequence=place) for payer, place in zip(payers, places, strict=False))


def _balanced(claim: Any, lines: tuple[Any, ...]) -> AnyClaim:
    """What other payers paid and adjusted makes up the charges, of the lines or of the claim."""
    ids = [payer.payer.id for payer in claim.other_payers]
    decided = tuple(replace(line, adjudications=_adjudications(line, ids)) for line in lines)
    payers = []
    for payer in claim.other_payers:
        own = [a for line in decided for a in line.adjudications if a.payer_id == payer.payer.id]
        whole = sum((a.paid for a in own), Decimal(0)) if own else claim.charge
        if payer.paid is not None:
            payer = replace(payer, paid=whole - adjusted(payer.adjustments))
        payers.append(payer)
    return replace(claim, lines=decided, other_payers=tuple(payers))


def _adjudications(line: Any, ids: list[str]) -> tuple[Any, ...]:
    return tuple(
        replace(decided, payer_id=payer_id, paid=line.charge - adjusted(decided.adjustments))
        for decided, payer_id in zip_longest(line.adjudications, ids)
        if decided is not None and payer_id is not None
    )

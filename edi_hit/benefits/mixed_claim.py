"""A claim to Medicare with visits and, on other lines, what runs in them: the drug, the pump and supplies.

Home IVIG (Q2052) and the transitional visits of 2019 and 2020 may be billed to the DME MAC on one claim with
the drug. Each benefit answers its own lines; the drugs first, since the visits rest on them. To an A/B MAC
such lines, and per diems, are billed wrongly: they are denied, and the visits are answered for themselves.
"""

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from edi_hit.benefits.decision import ANSWERED, ClaimDecision, LineDecision, State
from edi_hit.benefits.drug_codes import is_drug_code
from edi_hit.benefits.engine.line_decision import without_money
from edi_hit.benefits.facts import ClaimFacts, DrugFact, Outcome, supplier_key
from edi_hit.benefits.other_lines import followed_by
from edi_hit.benefits.routing import is_visit, route
from edi_hit.claims.claim import Claim
from edi_hit.reference import Contractor, Tables

_WEIGHTIEST = (State.REJECTED, State.RETURNED, State.UNANSWERED, State.PENDED)
"""States of a part that decide the whole claim, the first of them that a part has."""


class Parts(msgspec.Struct, frozen=True):
    """A claim in two: its drugs, pumps and supplies, and its visits. Their charges add up to the claim's."""

    equipment: Claim
    visits: Claim


def parts_of(claim: Claim, tables: Tables) -> Parts | None:
    """Take a claim to a contractor apart; None where it goes to none, or is not of both kinds of lines.

    To another contractor than a DME MAC, lines that are no visits must be such as have an answer alone.
    """
    contractor = tables.contractor(claim.payer.id)
    if contractor is None:
        return None
    visits = tuple(line for line in claim.lines if is_visit(line, tables))
    others = tuple(line for line in claim.lines if not is_visit(line, tables))
    if not visits or not others or any(line.service_dates is None for line in claim.lines):
        return None
    charged = sum((line.charge for line in visits), Decimal(0))
    parts = Parts(
        msgspec.structs.replace(claim, lines=others, charge=claim.charge - charged),
        msgspec.structs.replace(claim, lines=visits, charge=charged),
    )
    has_answer = _is_dme_mac(contractor) or route(parts.equipment, tables).benefit is not None
    return parts if has_answer else None


def _is_dme_mac(contractor: Contractor | None) -> bool:
    return contractor is not None and contractor.contractor_type == "DME_MAC"


def with_drugs(
    facts: ClaimFacts, equipment: Claim, decided: ClaimDecision, taken: dict[int, Decimal], tables: Tables
) -> ClaimFacts:
    """Give the facts for the visits: with the drugs of their claim, and what is left of the deductible.

    `taken` is what the other lines took of it, in dollars, by year. A drug that was billed to another
    contractor than a DME MAC is no drug billed.
    """
    drugs = facts.drugs
    if _is_dme_mac(tables.contractor(equipment.payer.id)):
        drugs = followed_by(drugs, _drugs(equipment, decided, tables))
    left = {year: amount - taken.get(year, Decimal(0)) for year, amount in facts.deductible_left.items()}
    return msgspec.structs.replace(facts, drugs=drugs, deductible_left=left)


def _drugs(claim: Claim, decided: ClaimDecision, tables: Tables) -> Iterator[DrugFact]:
    supplier = supplier_key(claim.billing_provider.party)
    for line, answer in zip(claim.lines, decided.lines, strict=True):
        if line.service_dates is not None and is_drug_code(
            line.procedure_code, line.service_dates.start, tables
        ):
            yield DrugFact(
                line.service_dates.start,
                line.procedure_code,
                supplier,
                claim.claim_id,
                line.number,
                _outcome(decided, answer),
                modifiers=line.modifiers,
                place_of_service=line.place_of_service or claim.place_of_service,
            )


def _outcome(decided: ClaimDecision, line: LineDecision) -> Outcome:
    if decided.state not in ANSWERED:
        return Outcome.UNANSWERED
    return Outcome.DENIED if line.denied else Outcome.PAID


def joined(claim: Claim, parts: Parts, equipment: ClaimDecision, visits: ClaimDecision) -> ClaimDecision:
    """Give the decision on a claim whose parts were decided, under the benefit of its visits.

    Money is in it only where both parts are answered.
    """
    lines = tuple(_in_order(claim, parts, equipment, visits))
    weighty = next((one for state in _WEIGHTIEST for one in (equipment, visits) if one.state is state), None)
    whole = {"benefit": visits.benefit, "charge": claim.charge}
    if weighty is not None:
        bare = tuple(map(without_money, lines))
        return msgspec.structs.replace(weighty, **whole, lines=bare)
    is_paid = State.PAID in (equipment.state, visits.state)
    return msgspec.structs.replace(
        visits,
        **whole,
        lines=lines,
        state=State.PAID if is_paid else State.DENIED,
        allowed=_sum(equipment.allowed, visits.allowed),
        paid=_sum(equipment.paid, visits.paid),
        patient_responsibility=_sum(equipment.patient_responsibility, visits.patient_responsibility),
    )


def _in_order(
    claim: Claim, parts: Parts, equipment: ClaimDecision, visits: ClaimDecision
) -> Iterator[LineDecision]:
    """The lines of both parts as they stand in the claim."""
    mine = set(map(id, parts.visits.lines))
    of_visits, of_others = iter(visits.lines), iter(equipment.lines)
    for line in claim.lines:
        yield next(of_visits) if id(line) in mine else next(of_others)


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal:
    return (one or Decimal("0.00")) + (other or Decimal("0.00"))

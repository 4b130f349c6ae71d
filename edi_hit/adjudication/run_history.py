"""What the claims of one run say of each other: drugs billed, visits decided, by beneficiary.

Held in memory while a run lasts: some hundred bytes for each home infusion or drug line.
"""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from edi_hit.benefits.decision import ClaimDecision, LineDecision, State
from edi_hit.benefits.facts import BeneficiaryFacts, DrugFact, Outcome, VisitFact
from edi_hit.claims import Claim
from edi_hit.profiles import History, RunSettings
from edi_hit.reference import Tables

_DECIDED = (State.PAID, State.DENIED)
_DEDUCTIBLE = ("PR", "1")
"""Group and CARC of a deductible, by the definition of the code."""


class RunHistory:
    """Facts gathered from the claims of a run.

    All drug claims of the run are known before the first visit is decided, as a contractor holds a visit
    back until the drug arrives; a visit becomes a fact once it is decided.
    """

    def __init__(self, tables: Tables, settings: RunSettings) -> None:
        self._tables = tables
        self._complete = settings.history is History.COMPLETE
        self._deductible_left = settings.deductible_left
        self._deductible_taken: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
        self._drugs: dict[str, list[tuple[int, DrugFact]]] = defaultdict(list)
        self._visits: dict[str, list[tuple[int, VisitFact]]] = defaultdict(list)

    def add_billed(self, ordinal: int, claim: Claim) -> None:
        """Note the drug lines of a claim sent to a DME contractor. `ordinal` numbers the claim in the run."""
        contractor = self._tables.contractor(claim.payer.id)
        if contractor is None or contractor.contractor_type != "DME_MAC":
            return
        supplier = claim.billing_provider.party.npi
        for line in claim.lines:
            day = line.service_dates.start if line.service_dates else None
            if day is not None and self._is_drug(line.procedure_code, day):
                fact = DrugFact(
                    on=day,
                    code=line.procedure_code,
                    modifiers=line.modifiers,
                    supplier=supplier,
                    claim=claim.claim_id,
                    line=line.number,
                    outcome=Outcome.UNANSWERED,
                )
                self._drugs[claim.subscriber.person.id].append((ordinal, fact))

    def _is_drug(self, code: str, day: date) -> bool:
        return code.startswith("J") or bool(self._tables.hit_drug_rows(code, day))

    def add_decided(self, ordinal: int, claim: Claim, decision: ClaimDecision) -> None:
        """Note the home infusion visits of a claim with what was decided on each line."""
        if decision.state not in _DECIDED:
            return
        codes = self._tables.hit_codes()
        for line in decision.lines:
            if line.date is not None:
                self._deductible_taken[claim.subscriber.person.id, line.date.year] += _deductible(line)
            if line.code in codes and line.date is not None:
                fact = VisitFact(
                    on=line.date,
                    code=line.code,
                    supplier=claim.billing_provider.party.npi,
                    claim=claim.claim_id,
                    line=line.line,
                    outcome=Outcome.DENIED if line.denied else Outcome.PAID,
                )
                self._visits[claim.subscriber.person.id].append((ordinal, fact))

    def facts(self, ordinal: int, claim: Claim) -> BeneficiaryFacts:
        """Give what is known of the beneficiary of `claim`, from all other claims of the run."""
        person = claim.subscriber.person.id
        return BeneficiaryFacts(
            visits=tuple(fact for held, fact in self._visits.get(person, ()) if held != ordinal),
            drugs=tuple(fact for held, fact in self._drugs.get(person, ()) if held != ordinal),
            complete=self._complete,
            deductible_left=self._deductible_of(claim),
        )

    def _deductible_of(self, claim: Claim) -> Decimal | None:
        """What is left of the deductible of the year of the claim's first service day."""
        days = [line.service_dates.start for line in claim.lines if line.service_dates]
        if self._deductible_left is None or not days:
            return None
        return self._deductible_left - self._deductible_taken[claim.subscriber.person.id, min(days).year]


def _deductible(line: LineDecision) -> Decimal:
    return sum((a.amount for a in line.adjustments if (a.group, a.carc) == _DEDUCTIBLE), Decimal("0.00"))

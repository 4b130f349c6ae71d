"""What the claims of one run say of each other: drugs billed, visits billed and decided, by beneficiary.

Held in memory while a run lasts: some hundred bytes for each home infusion or drug line.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.benefits import deductible_taken, is_drug_code
from edi_hit.benefits.decision import ANSWERED, ClaimDecision
from edi_hit.benefits.facts import ClaimFacts, DrugFact, Outcome, VisitFact, supplier_key
from edi_hit.claims import Claim, ServiceLine, person_key
from edi_hit.profiles import History, RunSettings
from edi_hit.reference import Tables

_VOID = "8"
"""CLM05-3 of a claim that takes back an earlier one: it bills nothing."""


class RunHistory:
    """Facts gathered from the claims of a run.

    All drug claims of the run are known before the first visit is decided, as a contractor holds a visit
    back until the drug arrives. A visit is *unanswered* until its claim is decided, and stays so where the
    claim is not answered. Claims whose member id names nobody share no history, and none is complete for
    them.
    """

    def __init__(self, tables: Tables, settings: RunSettings) -> None:
        self._tables = tables
        self._complete = settings.history is History.COMPLETE
        self._settings = settings
        self._deductible_left = settings.deductible_left
        self._deductible_taken: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
        self._drugs: dict[str, list[DrugFact]] = defaultdict(list)
        self._visits: dict[str, dict[int, list[VisitFact]]] = defaultdict(dict)
        self._decided: set[int] = set()

    def add_billed(self, ordinal: int, claim: Claim) -> None:
        """Note the visits and drugs a claim bills. `ordinal` numbers the claim in the run."""
        key = person_key(claim)
        if key is None or claim.frequency == _VOID:
            return
        contractor = self._tables.contractor(claim.payer.id)
        if contractor is not None and contractor.contractor_type == "DME_MAC":
            self._drugs[key].extend(self._drug_facts(claim))
        visits = [
            self._visit(claim, line, line.service_dates.start, Outcome.UNANSWERED)
            for line in claim.lines
            if line.service_dates is not None and line.procedure_code in self._tables.visit_codes()
        ]
        if visits:
            self._visits[key][ordinal] = visits

    def _drug_facts(self, claim: Claim) -> Iterator[DrugFact]:
        for line in claim.lines:
            day = line.service_dates.start if line.service_dates else None
            if day is not None and is_drug_code(line.procedure_code, day, self._tables):
                yield DrugFact(
                    on=day,
                    code=line.procedure_code,
                    modifiers=line.modifiers,
                    supplier=supplier_key(claim.billing_provider.party),
                    claim=claim.claim_id,
                    line=line.number,
                    outcome=Outcome.UNANSWERED,
                )

    def _visit(self, claim: Claim, line: ServiceLine, on: date, outcome: Outcome) -> VisitFact:
        return VisitFact(
            on=on,
            code=line.procedure_code,
            supplier=supplier_key(claim.billing_provider.party),
            claim=claim.claim_id,
            line=line.number,
            outcome=outcome,
        )

    def add_decided(self, ordinal: int, claim: Claim, decision: ClaimDecision) -> None:
        """Replace what a claim billed by what was decided on it."""
        self._decided.add(ordinal)
        key = person_key(claim)
        if key is None or decision.state not in ANSWERED:
            return
        outcomes = {line.line: Outcome.DENIED if line.denied else Outcome.PAID for line in decision.lines}
        held = self._visits[key].get(ordinal, [])
        self._visits[key][ordinal] = [
            msgspec.structs.replace(visit, outcome=outcomes.get(visit.line, Outcome.UNANSWERED))
            for visit in held
        ]
        for line in decision.lines:
            if line.date is not None:
                self._deductible_taken[key, line.date.year] += deductible_taken(
                    decision.benefit, line, self._settings
                )

    def facts(self, ordinal: int, claim: Claim) -> ClaimFacts:
        """Give what is known of the beneficiary of `claim`, from all other claims of the run.

        A visit not decided yet counts where it lies before a day of this claim; one on a day of this claim
        does not: it is held against this claim when its own turn comes.
        """
        key = person_key(claim)
        if key is None:
            return ClaimFacts()
        own = {line.service_dates.start for line in claim.lines if line.service_dates}
        last = max(own, default=date.min)
        visits = tuple(
            visit
            for other, held in self._visits.get(key, {}).items()
            if other != ordinal
            for visit in held
            if other in self._decided or (visit.on < last and visit.on not in own)
        )
        return ClaimFacts(
            visits=visits,
            drugs=tuple(self._drugs.get(key, ())),
            complete=self._complete,
            deductible_left=self._deductible_of(key, min(own, default=None)),
        )

    def _deductible_of(self, key: str, first: date | None) -> dict[int, Decimal]:
        """What is left of the deductible of the year of the claim's first service day."""
        if self._deductible_left is None or first is None:
            return {}
        return {first.year: self._deductible_left - self._deductible_taken[key, first.year]}

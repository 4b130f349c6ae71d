"""Lines billed, of a run or of the past, as the facts that rules ask for."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from edi_hit.benefits import is_drug_code
from edi_hit.benefits.facts import (
    BilledFact,
    DrugFact,
    EquipmentFact,
    Outcome,
    ServiceFact,
    VisitFact,
    supplier_key,
)
from edi_hit.claims import Claim
from edi_hit.reference import Tables

_DME: Final = "DME_MAC"
_UNANSWERED: Final = Outcome.UNANSWERED


class BilledLine:
    """A line as it was billed, with what became of it. `payer` is the id of 2010BB."""

    def __init__(
        self,
        *,
        on: date,
        through: date,
        code: str,
        modifiers: tuple[str, ...],
        place_of_service: str,
        supplier: str,
        payer: str,
        claim: str,
        line: int,
        outcome: Outcome,
    ) -> None:
        self.on = on
        self.through = through
        self.code = code
        self.modifiers = modifiers
        self.place_of_service = place_of_service
        self.supplier = supplier
        self.payer = payer
        self.claim = claim
        self.line = line
        self.outcome = outcome


def billed_lines(claim: Claim) -> list[BilledLine]:
    """Give the lines of a claim that have a day; all are unanswered."""
    supplier, payer = supplier_key(claim.billing_provider.party), claim.payer.id
    return [
        BilledLine(
            on=line.service_dates.start,
            through=line.service_dates.end,
            code=line.procedure_code,
            modifiers=line.modifiers,
            place_of_service=line.place_of_service or claim.place_of_service,
            supplier=supplier,
            payer=payer,
            claim=claim.claim_id,
            line=line.number,
            outcome=_UNANSWERED,
        )
        for line in claim.lines
        if line.service_dates is not None
    ]


class LineFacts:
    """Turns lines into facts by the tables of the run: a visit, a drug, a pump or supply, or nothing."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._dme: dict[str, bool] = {}
        self._codes: dict[str, tuple[bool, bool, bool]] = {}

    def all(self, lines: Iterable[BilledLine]) -> list[BilledFact]:
        """Give all facts that lines are, line by line."""
        return [fact for line in lines for fact in self.of(line)]

    def of(self, line: BilledLine) -> list[BilledFact]:
        """Give all facts that a line is.

        A visit, whoever was billed; a drug, or a pump or supply, that was billed to a DME contractor; a
        service: a per diem or a nurse's visit, or a pump or supply that was billed to another payer.
        """
        facts: list[BilledFact] = []
        is_dme = self._is_dme(line.payer)
        is_visit, is_equipment, is_service = self._what_is(line.code)
        said = (line.on, line.code, line.supplier, line.claim, line.line, line.outcome)
        if is_visit:
            facts.append(VisitFact(*said))
        if is_dme and is_drug_code(line.code, line.on, self._tables):
            facts.append(DrugFact(*said, line.modifiers, line.place_of_service))
        if is_dme and is_equipment:
            facts.append(EquipmentFact(*said))
        if is_service or (is_equipment and not is_dme):
            facts.append(ServiceFact(*said, line.through, line.payer, line.modifiers))
        return facts

    def _what_is(self, code: str) -> tuple[bool, bool, bool]:
        """Whether a code is a visit's, a pump's or supply's, and a per diem's or nurse's visit's."""
        found = self._codes.get(code)
        if found is None:
            tables = self._tables
            found = self._codes[code] = (
                code in tables.visit_codes(),
                tables.pump_code(code) is not None,
                tables.therapy_code(code) is not None,
            )
        return found

    def _is_dme(self, payer: str) -> bool:
        found = self._dme.get(payer)
        if found is None:
            contractor = self._tables.contractor(payer)
            found = self._dme[payer] = contractor is not None and contractor.contractor_type == _DME
        return found

"""Lines billed, of a run or of the past, as the facts that rules ask for."""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

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

_DME = "DME_MAC"


class BilledLine(msgspec.Struct, frozen=True):
    """A line as it was billed, with what became of it. `payer` is the id of 2010BB."""

    on: date
    through: date
    code: str
    modifiers: tuple[str, ...]
    place_of_service: str
    supplier: str
    payer: str
    claim: str
    line: int
    outcome: Outcome


def billed_lines(claim: Claim, outcomes: dict[int, Outcome] | None = None) -> Iterator[BilledLine]:
    """Give the lines of a claim that have a day; unanswered where `outcomes`, by line, says nothing."""
    supplier = supplier_key(claim.billing_provider.party)
    for line in claim.lines:
        if line.service_dates is not None:
            yield BilledLine(
                on=line.service_dates.start,
                through=line.service_dates.end,
                code=line.procedure_code,
                modifiers=line.modifiers,
                place_of_service=line.place_of_service or claim.place_of_service,
                supplier=supplier,
                payer=claim.payer.id,
                claim=claim.claim_id,
                line=line.number,
                outcome=(outcomes or {}).get(line.number, Outcome.UNANSWERED),
            )


class LineFacts:
    """Turns lines into facts by the tables of the run: a visit, a drug, a pump or supply, or nothing."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._dme: dict[str, bool] = {}

    def all(self, lines: Iterable[BilledLine]) -> Iterator[BilledFact]:
        """Give all facts that lines are, line by line."""
        for line in lines:
            one = (line,)
            yield from self.visits(one)
            yield from self.drugs(one)
            yield from self.equipment(one)
            yield from self.services(one)

    def visits(self, lines: Iterable[BilledLine]) -> Iterator[VisitFact]:
        """Give the visits among lines, whoever was billed."""
        codes = self._tables.visit_codes()
        for line in lines:
            if line.code in codes:
                yield VisitFact(line.on, line.code, line.supplier, line.claim, line.line, line.outcome)

    def drugs(self, lines: Iterable[BilledLine]) -> Iterator[DrugFact]:
        """Give the drugs among lines that were billed to a DME contractor."""
        for line in lines:
            if self._is_dme(line.payer) and is_drug_code(line.code, line.on, self._tables):
                yield DrugFact(
                    line.on,
                    line.code,
                    line.supplier,
                    line.claim,
                    line.line,
                    line.outcome,
                    modifiers=line.modifiers,
                    place_of_service=line.place_of_service,
                )

    def equipment(self, lines: Iterable[BilledLine]) -> Iterator[EquipmentFact]:
        """Give the pumps and supplies among lines that were billed to a DME contractor."""
        for line in lines:
            if self._is_dme(line.payer) and self._tables.pump_code(line.code) is not None:
                yield EquipmentFact(line.on, line.code, line.supplier, line.claim, line.line, line.outcome)

    def services(self, lines: Iterable[BilledLine]) -> Iterator[ServiceFact]:
        """Give the per diems and nurses' visits among lines, and the pumps and supplies not billed as DME."""
        for line in lines:
            if self._tables.therapy_code(line.code) is not None or self._is_other_equipment(line):
                yield ServiceFact(
                    line.on,
                    line.code,
                    line.supplier,
                    line.claim,
                    line.line,
                    line.outcome,
                    through=line.through,
                    payer=line.payer,
                    modifiers=line.modifiers,
                )

    def _is_other_equipment(self, line: BilledLine) -> bool:
        return self._tables.pump_code(line.code) is not None and not self._is_dme(line.payer)

    def _is_dme(self, payer: str) -> bool:
        found = self._dme.get(payer)
        if found is None:
            contractor = self._tables.contractor(payer)
            found = self._dme[payer] = contractor is not None and contractor.contractor_type == _DME
        return found

"""Runs stories through a ledger: history loaded from CSV, claims as 837s, answers as decisions and 835s."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
from ledger_content import load_rows_into
from story_files import Again, Answered, Expected, Story, StoryClaim, to_facts, worlds
from story_tables import LONG_AFTER, Tabled, tabled
from structure_diff import differences as structure_differences

from edi_hit.adjudication import claim_payment
from edi_hit.benefits.decision import ANSWERED, ClaimDecision
from edi_hit.claims import (
    AnyClaim,
    Claim,
    InstitutionalClaim,
    OtherPayer,
    OtherPayerName,
    RevenueLine,
    ServiceLine,
    Submission,
    as_service_claim,
    write_claims,
)
from edi_hit.jobs.adjudicate import adjudicate
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.recycle import recycle
from edi_hit.jobs.reopen import reopen
from edi_hit.ledger import Ledger
from edi_hit.mapping.parts import Contact, ContactNumber, Party
from edi_hit.profiles import History, RunSettings
from edi_hit.remits import ClaimPayment, PaymentRecord, read_remittances
from edi_hit.x12 import EnvelopeHeader

_LISTS = ("visits", "drugs", "equipment", "services")


class Reported(msgspec.Struct, frozen=True):
    """A decision, what is expected of it, and the claim payments of the 835 that came with it."""

    expected: Expected
    decision: ClaimDecision
    payments: tuple[ClaimPayment, ...]


class LedgerStory:
    """A story against an empty ledger, in a folder of its own."""

    def __init__(self, story: Story, ledger: Ledger, folder: Path) -> None:
        self._story = story
        self._ledger = ledger
        self._folder = folder
        self._tables = story.loaded_tables()
        self._claims: dict[str, StoryClaim] = {}
        self._runs = 0
        rows = {name: row for name, row in worlds()[story.world].items() if name not in story.missing}
        self._rows = rows | story.history
        facts = to_facts(self._rows)
        self._settings = msgspec.structs.replace(
            story.run_settings(),
            history=History.COMPLETE if facts.complete else History.PARTIAL,
            suppliers=History.COMPLETE if facts.suppliers_complete else History.PARTIAL,
        )
        claims = (step.claim for step in story.steps if step.claim is not None)
        self._load(tabled(facts, dict.fromkeys(claim.supplier for claim in claims)))

    def tell(self) -> list[Reported]:
        """Go through the steps; give what is decided where something is expected."""
        told: list[Reported] = []
        for step in self._story.steps:
            if step.later is not None:
                self._load(tabled(to_facts(step.later)))
            if step.outcome is not None:
                self._answered(step.outcome)
            decision = payments = None
            if step.claim is not None:
                decision, payments = self._adjudicate(step.claim)
            elif step.again is not None:
                decision, payments = self._again(step.again)
            if step.expect is not None and decision is not None:
                told.append(Reported(step.expect, decision, tuple(payments or ())))
        return told

    def settings(self) -> RunSettings:
        """The settings, with what the story says of its history."""
        return self._settings

    def _load(self, rows: Iterable[Tabled]) -> None:
        of_table: dict[str, list[dict[str, str]]] = {}
        for table, row in rows:
            of_table.setdefault(table, []).append(row)
        with self._ledger.transaction() as connection:
            for table, some in of_table.items():
                load_rows_into(connection, self._folder, table, *some)

    def _answered(self, answered: Answered) -> None:
        """Load a billed line of the history again, with another outcome."""
        known: dict[str, Any] = {
            name: [
                {**row, "outcome": answered.outcome}
                for row in self._rows.get(name, ())
                if (row["claim"], row["line"]) == (answered.claim, answered.line)
            ]
            for name in _LISTS
        }
        assert any(known.values())
        self._load(tabled(to_facts(known)))

    def _adjudicate(self, claim: StoryClaim) -> tuple[ClaimDecision, list[ClaimPayment]]:
        self._claims[claim.id] = claim
        received = claim.received or claim.lines[0].on
        path = self._out() / f"{claim.id}.837"
        path.parent.mkdir()
        with path.open("wb") as stream:
            write_claims([_as_sent(claim)], stream, _header(received, self._runs), strict=False)
        out = path.parent / "out"
        adjudicate(
            find_inputs([str(path)]),
            out,
            as_of=claim.as_of or received + LONG_AFTER,
            received_on=received,
            settings=self._settings,
            tables=self._tables,
            ledger=self._ledger,
        )
        return _decision(out / "decisions.ndjson"), _payments(out / f"{claim.id}.835")

    def _again(self, again: Again) -> tuple[ClaimDecision, list[ClaimPayment]]:
        claim = self._claims[again.claim]
        received = claim.received or claim.lines[0].on
        as_of = again.as_of or claim.as_of or received + LONG_AFTER
        out = self._out()
        recycled = recycle(self._ledger, out, as_of=as_of, settings=self._settings, tables=self._tables)
        if recycled.waited:
            return self._recycled(again.claim), _payments(out / "recycled.835")
        reopen(self._ledger, out, as_of=as_of, settings=self._settings, tables=self._tables)
        return _decision(out / "reopened.ndjson"), _payments(out / "reopened.835")

    def _recycled(self, claim: str) -> ClaimDecision:
        """What stands of a claim: its file, sent again, gets the recorded answer."""
        path = next(self._folder.glob(f"run*/{claim}.837"))
        out = self._out()
        adjudicate(find_inputs([str(path)]), out, as_of=date(2099, 1, 1), ledger=self._ledger)
        return _decision(out / "decisions.ndjson")

    def _out(self) -> Path:
        self._runs += 1
        return self._folder / f"run{self._runs}"


def wrong_payments(reported: Reported, claim: StoryClaim) -> list[str]:
    """In what the 835 does not say what was decided; it may hold a reversal of the answer before."""
    said = [payment for payment in reported.payments if payment.status != "22"]
    if reported.decision.state not in ANSWERED:
        return [f"not answered, and in the 835: {one.claim_id}" for one in said]
    if len(said) != 1:
        return [f"answered, and {len(said)} times in the 835"]
    wanted = claim_payment(
        as_service_claim(_as_sent(claim)),
        reported.decision,
        said[0].payer_claim_number,
        claim.received or claim.lines[0].on,
        on=said[0].received_on or date.min,
        settings=RunSettings(),
    )
    return structure_differences(_by_group(wanted), _by_group(said[0]), "CLP")


def _by_group(payment: ClaimPayment) -> ClaimPayment:
    """A claim payment whose adjustments stand by group, as CAS segments do."""
    lines = tuple(
        msgspec.structs.replace(line, adjustments=tuple(sorted(line.adjustments, key=lambda one: one.group)))
        for line in payment.lines
    )
    return msgspec.structs.replace(payment, lines=lines)


def _sendable(claim: StoryClaim) -> Claim:
    """Give a claim with all that an 837 must say besides what the story is about."""
    built = claim.build()
    days = [line.service_dates.end for line in built.lines if line.service_dates]
    decided = any(line.adjudications for line in built.lines)
    return msgspec.structs.replace(
        built,
        submission=_submission(max(days)),
        payer_claim_number="" if built.frequency == "1" else "EARLIER1",
        lines=tuple(map(_with_adjudications, built.lines)),
        other_payers=(_earlier_payer(built),) if decided else tuple(map(_named, built.other_payers)),
    )


def _with_adjudications(line: ServiceLine) -> ServiceLine:
    days = line.service_dates
    told = (
        msgspec.structs.replace(
            one, procedure_code=line.procedure_code, units=line.units, paid_on=days and days.end
        )
        for one in line.adjudications
    )
    return msgspec.structs.replace(line, adjudications=tuple(told))


def _earlier_payer(claim: Claim) -> OtherPayer:
    """The payer that decided the lines before."""
    told = [one for line in claim.lines for one in line.adjudications]
    earlier = OtherPayer(
        sequence="P", filing_indicator="CI", paid=sum((one.paid for one in told), Decimal(0))
    )
    return _named(earlier, told[0].payer_id)


def _named(payer: OtherPayer, payer_id: str = "OTHER") -> OtherPayer:
    return msgspec.structs.replace(
        payer,
        relationship="18",
        benefits_assigned="Y",
        release_of_information="Y",
        subscriber=Party(entity="1", last_name="ASH", first_name="ANN", id_qualifier="MI", id="W123456"),
        payer=OtherPayerName(last_name="OTHER PAYER", id_qualifier="PI", id=payer_id),
    )


def _submission(on: date) -> Submission:
    contact = Contact("IC", "BILLING", (ContactNumber("TE", "2055550100"),))
    return Submission(
        reference="1",
        created_on=on,
        created_at="0900",
        submitter=Party(
            last_name="RIVERBEND HOME INFUSION", id_qualifier="46", id="RIVERBEND1", contacts=(contact,)
        ),
        receiver=Party(last_name="PART B CONTRACTOR", id_qualifier="46", id="10112"),
    )


def _as_sent(claim: StoryClaim) -> AnyClaim:
    built = _sendable(claim)
    if claim.form != "837I":
        return built
    shared = {name: getattr(built, name) for name in ("claim_id", "charge", "submission", "billing_provider")}
    lines = tuple(
        RevenueLine(
            number=line.number,
            revenue_code=sent.revenue or "0551",
            charge=line.charge,
            procedure_qualifier=line.procedure_qualifier if line.procedure_code else "",
            procedure_code=line.procedure_code,
            modifiers=line.modifiers,
            units=line.units,
            service_dates=line.service_dates,
            control_number=line.control_number,
        )
        for line, sent in zip(built.lines, claim.lines, strict=True)
    )
    return InstitutionalClaim(
        **shared,
        subscriber=built.subscriber,
        lines=lines,
        facility_type=claim.facility or "13",
        statement_dates=built.lines[0].service_dates,
        admission_source="1",
        patient_status="30",
        frequency=claim.frequency,
        principal_diagnosis=built.diagnoses[0],
    )


def _header(on: date, number: int) -> EnvelopeHeader:
    return EnvelopeHeader(
        sender="RIVERBEND1",
        receiver="10112",
        created_on=on,
        created_at="0900",
        control_number=number,
        functional_id="HC",
        version="005010X222A1",
    )


def _decision(path: Path) -> ClaimDecision:
    (row,) = path.read_bytes().splitlines()
    return msgspec.json.decode(row, type=ClaimDecision)


def _payments(path: Path) -> list[ClaimPayment]:
    if not path.exists():
        return []
    records = [event for event in read_remittances(path) if isinstance(event, PaymentRecord)]
    assert all(record.accepted for record in records)
    return [record.payment for record in records if record.payment is not None]

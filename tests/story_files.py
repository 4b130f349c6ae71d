"""Golden stories: claims in, history in, decisions and amounts out, and one sentence of why.

A story is a table `[[story]]` of a file in `tests/benefits/stories`. What is on file before (`history`) is
given as rows of `ClaimFacts`, laid over a world of `worlds.toml`; then steps follow, each one of:

- `claim`: a claim comes in and is decided; later claims of the story see what became of it;
- `later`: rows of the history that come in from then on (keys as in `history`);
- `outcome`: a billed line of the history is answered otherwise from then on;
- `again`: a claim decided before is asked about again, on the day `as_of` where that is given.

`expect` says what the decision of a `claim` or `again` is.
"""

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from edi_hit.benefits.facts import ClaimFacts, Outcome
from edi_hit.claims import (
    Attachment,
    BillingProvider,
    Claim,
    Diagnosis,
    Drug,
    InstitutionalView,
    LineAdjudication,
    Note,
    OtherPayer,
    RevenueServiceLine,
    ServiceLine,
    Submission,
    Subscriber,
)
from edi_hit.mapping.parts import Address, Adjustment, Party, Period
from edi_hit.profiles import Contract, RunSettings, read_contracts
from edi_hit.profiles.contract import ContractTerms
from edi_hit.profiles.field_faults import fields_of
from edi_hit.reference import Tables

FOLDER = Path(__file__).parent / "benefits" / "stories"
EXAMPLES = Path(__file__).parents[1] / "examples"
CONTRACT = EXAMPLES / "contracts" / "example.toml"
TABLES = Tables.with_files([EXAMPLES / "tables"])
SUPPLIER = "1234567893"
MEMBER = "1EG4TE5MK73"


class Before(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an earlier payer decided on a line (2430): what it paid, and its adjustments, `CO 45 25.00`."""

    paid: str
    adjustments: tuple[str, ...] = ()

    def build(self) -> LineAdjudication:
        """Give the Loop 2430."""
        taken = (one.split() for one in self.adjustments)
        return LineAdjudication(
            payer_id="EARLIER",
            paid=Decimal(self.paid),
            adjustments=tuple(Adjustment(group, carc, Decimal(amount)) for group, carc, amount in taken),
        )


class StoryLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A service line: its code, day, charge and what else differs from an ordinary one.

    `revenue` is the revenue code of a line of an institutional claim; `ndc` the drug with its quantity and
    unit, such as "00409733811 14 UN".
    """

    code: str
    on: date
    charge: str = "250.00"
    through: date | None = None
    units: Decimal = Decimal(3)
    modifiers: tuple[str, ...] = ()
    place: str = ""
    revenue: str = ""
    qualifier: str = "HC"
    before: Before | None = None
    basis: str = "UN"
    ndc: str = ""
    description: str = ""
    attachment: str = ""


class StoryClaim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A claim of the story's one beneficiary; `received` is when it comes in, `as_of` when it is asked.

    `facility` (CLM05-1) makes it an institutional claim, as rules see one. `after` is SBR09 of a payer that
    comes after this one.
    """

    id: str
    lines: tuple[StoryLine, ...]
    received: date | None = None
    as_of: date | None = None
    supplier: str = SUPPLIER
    payer: str = "10112"
    state: str = "AL"
    zip: str = "352030000"
    place: str = "12"
    frequency: str = "1"
    form: str = "837P"
    facility: str = ""
    filing: str = "MB"
    sequence: str = "P"
    delay_reason: str = ""
    diagnosis: str = "I5022"
    authorization: str = ""
    note: str = ""
    after: str = ""

    def build(self) -> Claim:
        """Give the claim, whole enough to be written as an 837P."""
        lines = tuple(_line(number, line) for number, line in enumerate(self.lines, 1))
        home = Address(line1="5 ELM ST", city="BIRMINGHAM", state=self.state, postal_code=self.zip)
        office = Address(line1="100 RIVER RD", city="BIRMINGHAM", state="AL", postal_code="352030001")
        kind = InstitutionalView if self.facility else Claim
        own = {"facility_type": self.facility} if self.facility else {}
        return kind(
            **own,
            claim_id=self.id,
            charge=sum((line.charge for line in lines), Decimal(0)),
            submission=Submission(reference="1"),
            billing_provider=BillingProvider(
                Party(
                    last_name="RIVERBEND HOME INFUSION",
                    id_qualifier="XX",
                    id=self.supplier,
                    address=office,
                    tax_id_qualifier="EI",
                    tax_id="630000001",
                )
            ),
            subscriber=Subscriber(
                sequence=self.sequence,
                relationship="18",
                filing_indicator=self.filing,
                person=Party(
                    entity="1", last_name="ASH", first_name="ANN", id_qualifier="MI", id=MEMBER,
                    address=home, born_on=date(1950, 5, 5), gender="F",
                ),
                payer=Party(last_name="PART B CONTRACTOR", id_qualifier="PI", id=self.payer),
            ),
            lines=lines,
            place_of_service=self.place,
            frequency=self.frequency,
            delay_reason=self.delay_reason,
            diagnoses=(Diagnosis("ABK", self.diagnosis),),
            prior_authorization=self.authorization,
            notes=(Note("ADD", self.note),) if self.note else (),
            other_payers=(OtherPayer(sequence="S", filing_indicator=self.after),) if self.after else (),
        )  # fmt: skip


def _line(number: int, line: StoryLine) -> ServiceLine:
    kind = RevenueServiceLine if line.revenue else ServiceLine
    own = {"revenue_code": line.revenue} if line.revenue else {}
    return kind(
        **own,
        number=number,
        charge=Decimal(line.charge),
        procedure_code=line.code,
        procedure_qualifier=line.qualifier,
        service_dates=Period(line.on, line.through or line.on),
        modifiers=line.modifiers,
        units=Decimal(line.units),
        unit_basis=line.basis,
        description=line.description,
        attachments=(Attachment(line.attachment, "AD"),) if line.attachment else (),
        drug=_drug(line.ndc) if line.ndc else None,
        place_of_service=line.place,
        pointers=(1,),
        adjudications=(line.before.build(),) if line.before else (),
        control_number=f"L{number}",
    )


def _drug(text: str) -> Drug:
    ndc, quantity, unit = (*text.split(), "", "")[:3]
    return Drug(ndc, quantity=Decimal(quantity) if quantity else None, unit=unit)


class ExpectedLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is decided on a line; what is not given is not looked at.

    `cause` is the rule whose codes a denied or returned line bears; `answers` are answers of rules by id,
    `earlier` the claim and line an answer rests on, by rule.
    """

    allowed: str | None = None
    paid: str | None = None
    adjustments: tuple[str, ...] | None = None
    remarks: tuple[str, ...] | None = None
    cause: str | None = None
    answers: dict[str, str] = {}
    earlier: dict[str, str] = {}


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is decided on a claim; `reason` is a part of the reason given."""

    state: str
    benefit: str | None = None
    paid: str | None = None
    patient: str | None = None
    reason: str | None = None
    look_again_on: date | None = None
    lines: tuple[ExpectedLine, ...] = ()


class Answered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the history, by claim and line number, and what became of it."""

    claim: str
    line: int
    outcome: Outcome


class Again(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A claim to be asked about again."""

    claim: str
    as_of: date | None = None


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that happens."""

    claim: StoryClaim | None = None
    later: dict[str, Any] | None = None
    outcome: Answered | None = None
    again: Again | None = None
    expect: Expected | None = None


class Story(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A story: its name, why it ends as it does, the settings, what is on file before, what happens.

    `missing` are keys of its world that are not on file. `contract` are settings of the commercial contract
    that are other than in the example. `tables` are rows of reference tables, by table, that were loaded.
    """

    name: str
    why: str
    steps: tuple[Step, ...]
    world: str = "known"
    missing: tuple[str, ...] = ()
    settings: dict[str, Any] = {}
    history: dict[str, Any] = {}
    contract: dict[str, Any] = {}
    tables: dict[str, list[dict[str, str]]] = {}

    def run_settings(self) -> RunSettings:
        """Give the settings, over those of the tests: plans reviewed within 366 days will do."""
        settings = msgspec.convert({"plan_review_days": 366} | self.settings, RunSettings)
        contract = example_contract()
        terms, wrong = fields_of(self.contract, ContractTerms)
        assert set(terms) == set(self.contract), wrong
        contract = msgspec.structs.replace(contract, **terms)
        return msgspec.structs.replace(settings, contracts=dict.fromkeys(contract.payers, (contract,)))

    def loaded_tables(self) -> Tables:
        """Give the tables: ours, under the example fees, whose amounts are made up, and the story's rows."""
        return TABLES.with_rows_below(self.tables) if self.tables else TABLES

    def facts(self) -> ClaimFacts:
        """Give what is on file before the first step."""
        world = {name: rows for name, rows in worlds()[self.world].items() if name not in self.missing}
        return to_facts(world | self.history)


def to_facts(rows: dict[str, Any]) -> ClaimFacts:
    """Give rows as facts; a fault of a file is `msgspec.ValidationError`."""
    return msgspec.convert(rows, ClaimFacts, strict=False)


@cache
def example_contract() -> Contract:
    """Give the contract the examples come with."""
    (contract,) = read_contracts([CONTRACT])["SUMMIT01"]
    return contract


@cache
def worlds() -> dict[str, dict[str, Any]]:
    """Give what is on file in each world."""
    return tomllib.loads((FOLDER / "worlds.toml").read_text(encoding="utf-8"))


def stories() -> Iterator[Story]:
    """Give every story, file after file."""
    for path in sorted(FOLDER.glob("*.toml")):
        if path.name != "worlds.toml":
            rows = tomllib.loads(path.read_text(encoding="utf-8"))
            yield from msgspec.convert(rows["story"], list[Story])

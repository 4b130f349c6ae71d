"""The billing office of one provider: its prescribers, its patients' homes, and how it makes a claim."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from edi_hit.claims import (
    BillingProvider,
    Claim,
    Diagnosis,
    OtherPayer,
    Patient,
    ServiceLine,
    Submission,
    Subscriber,
)
from edi_hit.mapping.parts import Party
from edi_hit.sample import people
from edi_hit.sample.draw import Draw
from edi_hit.sample.world import Therapy, areas, setting, states

EPISODE_DAYS = 120
"""Days from the start of a patient's therapy in which all of its services fall."""

_MEDICARE = "MB"
"""SBR09 of Medicare Part B, which takes no replacement claims (frequency 7)."""

_NO_SUBMISSION = Submission(reference="")


class Case(msgspec.Struct, frozen=True):
    """A patient's therapy: since when, for what, ordered by whom, under which prescription."""

    therapy: Therapy
    start: date
    diagnoses: tuple[Diagnosis, ...]
    prescriber: Party
    prescription_number: str
    ndc: str

    def day(self, after: int) -> date:
        """The day so many days after the start."""
        return self.start + timedelta(after)


class Office:
    """One billing provider in one state. `number` (1 or more) makes its claim ids differ from others'."""

    def __init__(self, draw: Draw, number: int) -> None:
        self.draw = draw
        several = draw.happens(setting().multi_locality_percent)
        self.areas = areas()[draw.pick(states(several))]
        self.billing_provider = BillingProvider(
            people.pharmacy(draw, draw.pick(self.areas)), taxonomy=draw.pick(setting().taxonomies)
        )
        self._prescribers = [people.prescriber(draw, draw.pick(self.areas)) for _ in range(6)]
        self._prefix = f"HI{number:05d}"
        self._claims = 0

    def case(self, therapies: Sequence[Therapy]) -> Case:
        """Start a therapy on a day its code may be billed."""
        draw = self.draw
        therapy = draw.pick(therapies)
        return Case(
            therapy=therapy,
            start=draw.day(therapy.first_day, therapy.last_day - timedelta(EPISODE_DAYS)),
            diagnoses=self._diagnoses(therapy),
            prescriber=draw.pick(self._prescribers),
            prescription_number=draw.digits(draw.between(7, 9)),
            ndc=therapy.ndc + draw.pick(("01", "05", "10", "25")),
        )

    def _diagnoses(self, therapy: Therapy) -> tuple[Diagnosis, ...]:
        first = self.draw.between(0, len(therapy.diagnoses) - 1)
        more = setting().further_diagnoses
        start = self.draw.between(0, len(more) - 1)
        further = (more[start:] + more[:start])[: self.draw.between(0, 3)]
        return (
            Diagnosis("ABK", therapy.diagnoses[first]),
            *(Diagnosis("ABF", code) for code in further),
        )

    def charge(self, name: str, units: int = 1) -> Decimal:
        """Dollars for `units` of a service, within the range the setting has for `name`."""
        return self.draw.dollars(*setting().charges[name]) * units

    def claim(
        self,
        subscriber: Subscriber,
        case: Case,
        lines: Sequence[ServiceLine],
        *,
        patient: Patient | None = None,
        prior_authorization: str = "",
        other_payers: tuple[OtherPayer, ...] = (),
    ) -> Claim:
        """Make a claim of `lines`, numbered and added up. Its submission is still to be given."""
        self._claims += 1
        claim_id = f"{self._prefix}{self._claims:04d}"
        replaces = subscriber.filing_indicator != _MEDICARE and self.draw.happens(6)
        return Claim(
            claim_id=claim_id,
            charge=sum((line.charge for line in lines), Decimal()),
            submission=_NO_SUBMISSION,
            billing_provider=self.billing_provider,
            subscriber=subscriber,
            patient=patient,
            place_of_service="12",
            frequency="7" if replaces else "1",
            payer_claim_number=self.draw.digits(13) if replaces else "",
            prior_authorization=prior_authorization,
            diagnoses=case.diagnoses,
            referring_providers=(msgspec.structs.replace(case.prescriber, address=None),),
            other_payers=other_payers,
            lines=tuple(
                msgspec.structs.replace(line, number=number, control_number=f"{claim_id}L{number:02d}")
                for number, line in enumerate(lines, 1)
            ),
        )

"""An institutional claim as rules see it: what both kinds have, days for every line, its revenue codes."""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.adjudication import claim_payment
from edi_hit.benefits.decision import ClaimDecision, LineDecision, State
from edi_hit.claims import (
    AnyView,
    BillingProvider,
    Claim,
    Diagnosis,
    Drug,
    InstitutionalClaim,
    InstitutionalView,
    RevenueLine,
    Submission,
    Subscriber,
    as_service_claim,
    revenue_code_of,
)
from edi_hit.mapping.parts import Party, Period
from edi_hit.profiles import RunSettings

STAY = Period(date(2025, 2, 3), date(2025, 2, 9))
CLAIM = InstitutionalClaim(
    claim_id="I1",
    charge=Decimal("1000.00"),
    submission=Submission(reference="1"),
    billing_provider=BillingProvider(Party(id_qualifier="XX", id="1234567893")),
    subscriber=Subscriber(
        sequence="P", person=Party(entity="1", id="W88123456"), payer=Party(last_name="PLAN", id="P1")
    ),
    facility_type="34",
    frequency="7",
    statement_dates=STAY,
    principal_diagnosis=Diagnosis("ABK", "A419"),
    other_diagnoses=(Diagnosis("ABF", "J449"),),
    prior_authorization="AUTH1",
    lines=(
        RevenueLine(
            number=1, revenue_code="0640", procedure_qualifier="HC", procedure_code="S9500",
            charge=Decimal("980.00"), units=Decimal(7), drug=Drug("00409733811"), control_number="L1",
        ),
        RevenueLine(
            number=2, revenue_code="0270", charge=Decimal("20.00"), units=Decimal(1),
            service_dates=Period.day(date(2025, 2, 4)),
        ),
    ),
)  # fmt: skip


def test_what_both_kinds_have_is_taken_over() -> None:
    view = as_service_claim(CLAIM)
    assert isinstance(view, InstitutionalView)
    assert (view.bill_type, view.prior_authorization, view.place_of_service) == ("347", "AUTH1", "")
    assert [one.code for one in view.diagnoses] == ["A419", "J449"]
    assert [line.service_dates for line in view.lines] == [STAY, Period.day(date(2025, 2, 4))]
    assert [revenue_code_of(line) for line in view.lines] == ["0640", "0270"]
    assert view.lines[0].drug == Drug("00409733811")
    assert sum(line.charge for line in view.lines) == view.charge


def test_a_view_is_read_back_from_a_ledger_as_it_was() -> None:
    view = as_service_claim(CLAIM)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(view), type=AnyView) == view


def test_a_professional_claim_is_itself() -> None:
    claim = Claim(
        claim_id="P1", charge=Decimal(0), submission=CLAIM.submission, lines=(),
        billing_provider=CLAIM.billing_provider, subscriber=CLAIM.subscriber,
    )  # fmt: skip
    assert as_service_claim(claim) is claim


def test_the_835_names_facility_and_revenue_codes() -> None:
    view = as_service_claim(CLAIM)
    lines = tuple(
        LineDecision(
            line=line.number, control=line.control_number, code=line.procedure_code, modifiers=(),
            date=None, units=line.units, charge=line.charge, paid=line.charge,
        )
        for line in view.lines
    )  # fmt: skip
    decision = ClaimDecision(
        "I1", "commercial", "P1", State.PAID, CLAIM.charge, paid=CLAIM.charge, lines=lines
    )
    payment = claim_payment(view, decision, "SIM1", on=date(2025, 8, 1), settings=RunSettings())
    assert (payment.place_of_service, payment.frequency) == ("34", "7")
    billed = [(one.procedure_qualifier, one.procedure_code, one.revenue_code) for one in payment.lines]
    assert billed == [("HC", "S9500", "0640"), ("NU", "0270", "")]

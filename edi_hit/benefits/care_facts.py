"""What is known of the beneficiary's care: coverage, plans of care, episodes, records of visits."""

from datetime import date
from enum import StrEnum

import msgspec

from edi_hit.benefits.spans import Span


class CoverageKind(StrEnum):
    """What a span of a beneficiary's coverage, or stay, is."""

    PART_B = "part_b"
    MEDICARE_ADVANTAGE = "medicare_advantage"
    HOSPICE = "hospice"
    INPATIENT = "inpatient"
    """A stay in a hospital or critical access hospital, or a Part A stay in a skilled nursing facility."""

    HOME_HEALTH = "home_health"
    """Under a home health plan of care."""


class CoverageFact(msgspec.Struct, frozen=True):
    """One span of one kind. The last day of an inpatient stay is the day of discharge."""

    kind: CoverageKind
    span: Span


class PlanOfCare(msgspec.Struct, frozen=True):
    """A plan of care for home infusion therapy (Pub. 100-02 ch.15 s.320.5), as far as it is on file.

    None says that it is not on file what the plan says; an empty text, False or an empty tuple that the plan
    is known to lack it. `applicable_provider` is the NPI of the physician, nurse practitioner or physician
    assistant who cares for the patient. `is_signed` is False where the plan is known to be unsigned.
    `services` are the visit codes the plan orders, in any of the codes of a payment category.
    """

    span: Span
    applicable_provider: str | None = None
    therapy_type: str | None = None
    amount: str | None = None
    duration: str | None = None
    drug: str | None = None
    dose: str | None = None
    frequency: str | None = None
    visit_frequency: str | None = None
    discipline: str | None = None
    is_signed: bool | None = None
    signed_on: date | None = None
    changed_on: date | None = None
    re_signed_on: date | None = None
    reviewed_on: tuple[date, ...] | None = None
    options_notified_on: date | None = None
    services: tuple[str, ...] | None = None


class EpisodeFact(msgspec.Struct, frozen=True):
    """An episode of home infusion therapy; `discharged_on` None says that no discharge is on file."""

    started_on: date
    discharged_on: date | None = None


class VisitRecord(msgspec.Struct, frozen=True):
    """What the record of a day's visit says, where it is on file.

    `in_home` is whether a professional came to the home, `drug_given` whether the drug ran that day, and
    `pump_training_only` whether nothing but the use of the pump was taught, which is the DME supplier's.
    """

    on: date
    in_home: bool
    drug_given: bool
    pump_training_only: bool = False

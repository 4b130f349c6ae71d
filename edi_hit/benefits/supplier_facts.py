"""What is known of the supplier that bills: enrolments, accreditations and licences, each with its days."""

from enum import StrEnum

import msgspec

from edi_hit.benefits.spans import Span


class Enrolment(StrEnum):
    """What a supplier can be enrolled in Medicare as, as far as the rules ask."""

    HOME_INFUSION = "D6"
    """Specialty code D6, home infusion therapy supplier (dates of service from 2021 on)."""

    PUMP_PHARMACY = "pump_pharmacy"
    """A pharmacy that furnishes external infusion pumps and their supplies (2019 and 2020)."""


class EnrolmentFact(msgspec.Struct, frozen=True):
    """An enrolment of the supplier and the days it held for."""

    kind: Enrolment
    span: Span


class AccreditationFact(msgspec.Struct, frozen=True):
    """An accreditation: the organization as the table `accreditors` names it, and the days it held for."""

    organization: str
    span: Span


class LicenceFact(msgspec.Struct, frozen=True):
    """A licence to furnish home infusion therapy in a state (two letters), and the days it held for."""

    state: str
    span: Span


class SupplierFacts(msgspec.Struct, frozen=True):
    """All that is on file of one supplier.

    An empty tuple says that nothing of the kind is on file, which is *unknown*; one with rows says that the
    rows are all there are. `attests_24_7` is whether it ensures service seven days a week, 24 hours a day.
    """

    enrolments: tuple[EnrolmentFact, ...] = ()
    accreditations: tuple[AccreditationFact, ...] = ()
    licences: tuple[LicenceFact, ...] = ()
    attests_24_7: bool | None = None

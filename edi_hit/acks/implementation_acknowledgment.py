"""The 999 as objects: what a partner said of one functional group, or what we say of his."""

import msgspec

from edi_hit.mapping.parts import Unmapped


class SituationalTrigger(msgspec.Struct, frozen=True, omit_defaults=True):
    """CTX with SITUATIONAL TRIGGER: the segment or element that makes another one required or forbidden.

    `position` counts from ST = 1. `reference_number` is the X12 data element number of the element.
    """

    segment_id: str
    position: int
    loop: str = ""
    element: int | None = None
    component: int | None = None
    repeat: int | None = None
    reference_number: str = ""


class BusinessUnit(msgspec.Struct, frozen=True):
    """CTX that names the business unit in error: `name` says which element holds it, e.g. CLM01, TRN02."""

    name: str
    value: str


class ElementError(msgspec.Struct, frozen=True, omit_defaults=True):
    """IK4: what is wrong with an element. `code` is IK403; `value` the copy of the bad value."""

    position: int
    code: str
    component: int | None = None
    repeat: int | None = None
    reference_number: str = ""
    value: str = ""
    triggers: tuple[SituationalTrigger, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


class SegmentError(msgspec.Struct, frozen=True, omit_defaults=True):
    """IK3: a segment in error. `position` counts from ST = 1; `code` is IK304, 8 where elements are wrong.

    `loop` holds the first four characters of the loop id: IK303 has room for no more.
    """

    segment_id: str
    position: int
    loop: str = ""
    code: str = ""
    triggers: tuple[SituationalTrigger, ...] = ()
    business_units: tuple[BusinessUnit, ...] = ()
    elements: tuple[ElementError, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()

    @property
    def claim_id(self) -> str:
        """The CLM01 of the claim in error; empty where none is named."""
        return next((unit.value for unit in self.business_units if unit.name == "CLM01"), "")


class SetAcknowledgment(msgspec.Struct, frozen=True, omit_defaults=True):
    """AK2 to IK5: the verdict on one transaction set. `code` is IK501 (A, E, R), `errors` IK502 to IK506."""

    kind: str = ""
    control_number: str = ""
    guide: str = ""
    code: str = ""
    errors: tuple[str, ...] = ()
    segments: tuple[SegmentError, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the set was accepted, with errors noted or without."""
        return self.code in ("A", "E")


class ImplementationAcknowledgment(msgspec.Struct, frozen=True, omit_defaults=True):
    """One 999: the verdict on one functional group (AK1, AK9) and on its sets.

    `code` is AK901 (A, E, P, R); `included` the sets its GE01 counted, `received` and `accepted` those
    counted by who answers; `errors` AK905 to AK909.
    """

    functional_id: str = ""
    control_number: str = ""
    version: str = ""
    code: str = ""
    included: int | None = None
    received: int | None = None
    accepted: int | None = None
    errors: tuple[str, ...] = ()
    sets: tuple[SetAcknowledgment, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()

"""Details of a service line: its drug, equipment, tests, forms, and what other payers decided on it."""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.mapping.parts import Adjustment, Unmapped


class Drug(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2410: the drug by NDC, with quantity and unit (F2, GR, ME, ML, UN).

    `prescription_number` is REF*XZ; `compound_link` is REF*VY, the same on all parts of a compound.
    """

    ndc: str
    qualifier: str = "N4"
    quantity: Decimal | None = None
    unit: str = ""
    prescription_number: str = ""
    compound_link: str = ""
    unmapped: tuple[Unmapped, ...] = ()


class DurableMedicalEquipment(msgspec.Struct, frozen=True, omit_defaults=True):
    """SV5: rental or purchase of equipment. `frequency` is SV506: 1 weekly, 4 monthly, 6 daily."""

    code: str
    days: Decimal | None = None
    rental_price: Decimal | None = None
    purchase_price: Decimal | None = None
    frequency: str = ""
    procedure_qualifier: str = "HC"


class EquipmentCertification(msgspec.Struct, frozen=True):
    """CR3: for how many months equipment is certified. `kind` is CR301: I initial, R renewal, S revised."""

    kind: str
    months: Decimal


class Measurement(msgspec.Struct, frozen=True):
    """MEA: a test result. `reference` is MEA01 (OG, TR), `measure` MEA02 (HT height, R1 hemoglobin ...)."""

    reference: str
    measure: str
    value: Decimal


class PurchasedService(msgspec.Struct, frozen=True):
    """PS1: what was paid to whom for a service bought elsewhere, in dollars."""

    provider_id: str
    charge: Decimal


class FormAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """FRM: the answer to one question of a form: yes or no (Y, N, W), text, a day, or per cent."""

    question: str
    yes_no: str = ""
    text: str = ""
    on: date | None = None
    percent: Decimal | None = None


class Form(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2440: a form that goes with a line (certificate of medical necessity). `code_list` is LQ01."""

    code_list: str
    id: str
    answers: tuple[FormAnswer, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


class LineAdjudication(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2430: what another payer decided on this line. `payer_id` links to that payer's 2330B NM109.

    `revenue_code` (SVD04) is sent in the 837I only. `bundled_line` is the LX01 this line was bundled into.
    """

    payer_id: str
    paid: Decimal
    procedure_qualifier: str = "HC"
    procedure_code: str = ""
    modifiers: tuple[str, ...] = ()
    description: str = ""
    revenue_code: str = ""
    units: Decimal | None = None
    bundled_line: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    paid_on: date | None = None
    remaining_liability: Decimal | None = None
    unmapped: tuple[Unmapped, ...] = ()

"""Who the 835s of a run name as payer and payee, how they say money moves, and what they carry besides."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

import msgspec

_Code = Annotated[str, msgspec.Meta(pattern="^[A-Z0-9]{1,6}$")]


class PaymentMethod(StrEnum):
    """BPR04 of a payment in the production shape."""

    CHECK = "CHK"
    ACH = "ACH"
    NONE = "NON"


class Recovery(StrEnum):
    """When an overpayment is taken back: out of the payment that tells it, or out of a later one."""

    OFFSET = "offset"
    LATER = "later"


class BankAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An account: nine digits of the bank (ABA routing number), its number, DA (checking) or SG (savings)."""

    routing: str
    account: str
    kind: Literal["DA", "SG"] = "DA"


class PayerIdentity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who an 835 names as payer (Loop 1000A), for the fields the 837 does not carry, and how it answers.

    `tax_id` is nine digits, for TRN03 and BPR10. `bank` is the account it pays from. `remarks` are up to
    four remark codes of every claim it answers (MOA03-06), such as an alert of the right to appeal. With
    `crossover` it sends a paid claim on to the next payer the claim names. `filing_indicator` is CLP06 where
    the benefit and SBR09 do not say it right. `remittance_forms` says what each
    text must look like.
    """

    name: str = "SIMULATED PAYER"
    line1: str = "1 SIMULATION WAY"
    city: str = "BALTIMORE"
    state: str = "MD"
    postal_code: str = "212441850"
    tax_id: str = "000000000"
    contact_name: str = "EDI SUPPORT"
    contact_url: str = "EXAMPLE.COM"
    bank: BankAccount | None = None
    remarks: Annotated[tuple[_Code, ...], msgspec.Meta(max_length=4)] = ()
    crossover: bool = False
    filing_indicator: Annotated[str, msgspec.Meta(pattern="^([A-Z]{2}|1[2-7])?$")] = ""


class PayeeIdentity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who an 835 names as payee (Loop 1000B), where that is not what the claim says; empty: as it says.

    The address replaces the whole address of the claim where `line1` is given. `bank` is the account that
    is paid to.
    """

    name: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    tax_id: str = ""
    bank: BankAccount | None = None


class RemittanceSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The 835s written: marked as simulations, or in the shape of production where that is asked for.

    `sender` is ISA06; `receiver` ISA08, by default the sender of the claims. Files are numbered from
    `first_control_number` on (ISA13). `method` counts in the production shape only; a payment by ACH whose
    payer or payee has no account here is made by check. With `recovery` later, an overpayment is held back
    from the payment that tells it and collected `recovery_days` later. `interest_percent` a year is paid on
    claims that are paid more than `interest_after_days` after their receipt; None: none is.
    """

    sender: str = "EDIHITSIM"
    receiver: str = ""
    first_control_number: Annotated[int, msgspec.Meta(ge=1, le=999_999_999)] = 1
    production: bool = False
    method: PaymentMethod = PaymentMethod.CHECK
    recovery: Recovery = Recovery.OFFSET
    recovery_days: Annotated[int, msgspec.Meta(ge=1, le=366)] = 41
    interest_percent: Decimal | None = None
    interest_after_days: Annotated[int, msgspec.Meta(ge=0, le=366)] = 30

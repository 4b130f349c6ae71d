"""Settings of one adjudication run, read from TOML; every field has a default."""

import tomllib
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec

from edi_hit.rules import ConfigError


class Unknown(StrEnum):
    """What follows where a rule's answer is *unknown*."""

    ASSUME = "assume"
    PEND = "pend"
    DENY = "deny"


class History(StrEnum):
    """Whether the claims loaded are all there are (`complete`) or perhaps not (`partial`)."""

    PARTIAL = "partial"
    COMPLETE = "complete"


class SameDayCategories(StrEnum):
    """What to do with visits of different categories on one day (rule HIT-DAY-HIGH-P)."""

    HIGHEST = "highest"
    PER_CATEGORY = "per_category"
    RETURN = "return"


class PayerIdentity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who the simulated 835 names as payer (Loop 1000A), for the fields the 837 does not carry.

    `tax_id` is nine digits, for TRN03.
    """

    name: str = "SIMULATED PAYER"
    line1: str = "1 SIMULATION WAY"
    city: str = "BALTIMORE"
    state: str = "MD"
    postal_code: str = "212441850"
    tax_id: str = "000000000"
    contact_name: str = "EDI SUPPORT"
    contact_url: str = "EXAMPLE.COM"


class RemittanceSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The envelope of the 835s written, which are always marked as simulations.

    `sender` is ISA06; `receiver` ISA08, by default the sender of the claims. Files are numbered from
    `first_control_number` on (ISA13).
    """

    sender: str = "EDIHITSIM"
    receiver: str = ""
    first_control_number: Annotated[int, msgspec.Meta(ge=1, le=999_999_999)] = 1


class RunSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of one run.

    `payers` gives the identity of a payer by its id (2010BB NM109); `payer` that of all others.
    `deductible_left` is what every beneficiary of the run still owes of the year's Part B deductible, in
    dollars, where that is known: 0 where it is met; None where it is not known.
    """

    unknown: Unknown = Unknown.ASSUME
    history: History = History.PARTIAL
    same_day_categories: SameDayCategories = SameDayCategories.HIGHEST
    deductible_left: Decimal | None = None
    payer: PayerIdentity = PayerIdentity()
    payers: dict[str, PayerIdentity] = {}
    remittance: RemittanceSettings = RemittanceSettings()


def read_run_settings(path: Path) -> RunSettings:
    """Read run settings from a TOML file.

    Raises `ConfigError`, naming the file and the setting, where it cannot be read or holds an unknown
    setting or a wrong value.
    """
    try:
        text = path.read_text(encoding="utf-8")
        settings = msgspec.convert(tomllib.loads(text, parse_float=Decimal), RunSettings)
        if settings.deductible_left is not None and settings.deductible_left < 0:
            raise ConfigError(f"{path}: deductible_left is negative")
        return settings
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(f"{path}: {error}") from error

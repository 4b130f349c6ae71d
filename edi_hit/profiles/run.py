"""Settings of one adjudication run, read from TOML; every field has a default."""

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec

from edi_hit.profiles.acknowledgment import AcknowledgmentSettings
from edi_hit.profiles.acknowledgment_forms import acknowledgment_faults
from edi_hit.profiles.setting_forms import PAYER_FORMS, REMITTANCE_FORMS, is_deductible, text_faults
from edi_hit.rules import ConfigError

_WHERE = " - at `$."


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


class PlanFault(StrEnum):
    """What follows where a plan of care does not satisfy a rule."""

    DENY = "deny"
    PEND = "pend"


class CodeChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The group code, CARC and remark codes a user wants for a rule, in place of the packaged ones."""

    group: Annotated[str, msgspec.Meta(pattern="^(CO|PR|OA|PI)$")]
    carc: Annotated[str, msgspec.Meta(pattern="^[A-Z0-9]{1,5}$")]
    rarc: tuple[Annotated[str, msgspec.Meta(pattern="^[A-Z0-9]{1,6}$")], ...] = ()


class PayerIdentity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who the simulated 835 names as payer (Loop 1000A), for the fields the 837 does not carry.

    `tax_id` is nine digits, for TRN03. `setting_forms` says what each text must look like.
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
    dollars, where that is known: 0 where it is met; None where it is not known. `plan_review_days` is how
    often a plan of care is to be reviewed, None where that is not set. `timely_filing_exceptions` are delay
    reason codes (CLM20) that lift the time limit for filing. `codes` gives a rule other codes, by its id.
    `suppliers` is complete where the ledger has every qualified supplier.
    """

    unknown: Unknown = Unknown.ASSUME
    history: History = History.PARTIAL
    suppliers: History = History.PARTIAL
    same_day_categories: SameDayCategories = SameDayCategories.HIGHEST
    deductible_left: Decimal | None = None
    plan_of_care: PlanFault = PlanFault.DENY
    plan_review_days: Annotated[int, msgspec.Meta(ge=1, le=366)] | None = None
    timely_filing_exceptions: tuple[str, ...] = ()
    codes: dict[str, CodeChoice] = {}
    payer: PayerIdentity = PayerIdentity()
    payers: dict[str, PayerIdentity] = {}
    remittance: RemittanceSettings = RemittanceSettings()
    acknowledgments: AcknowledgmentSettings = AcknowledgmentSettings()


_BY_NAME: Mapping[str, type[msgspec.Struct]] = {"payers": PayerIdentity, "codes": CodeChoice}
"""Settings that are tables by name, and what each of them holds."""


def read_run_settings(path: Path) -> RunSettings:
    """Read run settings from a TOML file.

    Raises `ConfigError`, naming the file and the setting, where it cannot be read or holds an unknown
    setting or a wrong value.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError, ArithmeticError, RecursionError) as error:
        raise ConfigError(f"{path}: {_plain(error)}") from error
    try:
        settings = msgspec.convert(written, RunSettings)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {_named(error, written)}") from error
    faults = list(_faults(settings))
    if faults:
        raise ConfigError("\n".join(f"{path}: {fault}" for fault in faults))
    return settings


def _plain(error: Exception) -> str:
    if isinstance(error, ArithmeticError):
        return "a number is out of range"
    return str(error)


def _named(error: msgspec.ValidationError, written: dict[str, Any]) -> str:
    """Put the setting before what is wrong with it, as it stands in the file."""
    said, _, place = str(error).partition(_WHERE)
    setting, found, _ = place.partition("[...]")
    if not found or setting not in _BY_NAME:
        return f"{place.rstrip('`')}: {said}" if place else said
    for name, given in written[setting].items():
        try:
            msgspec.convert(given, _BY_NAME[setting])
        except msgspec.ValidationError as wrong:
            said, _, place = str(wrong).partition(_WHERE)
            return f"{'.'.join(filter(None, (setting, name, place.rstrip('`'))))}: {said}"
    return said


def _faults(settings: RunSettings) -> Iterator[str]:
    """Yield what is wrong with values of the right kind."""
    if settings.deductible_left is not None and not is_deductible(settings.deductible_left):
        yield "deductible_left: 0 to 1,000,000 dollars in whole cents are wanted"
    yield from text_faults(settings.payer, PAYER_FORMS, "payer")
    for payer_id, identity in settings.payers.items():
        yield from text_faults(identity, PAYER_FORMS, f"payers.{payer_id}")
    yield from text_faults(settings.remittance, REMITTANCE_FORMS, "remittance")
    yield from acknowledgment_faults(settings.acknowledgments, "acknowledgments")

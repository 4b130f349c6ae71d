"""Settings of one adjudication run, read from TOML; every field has a default."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec

from edi_hit.profiles.acknowledgment import AcknowledgmentSettings
from edi_hit.profiles.acknowledgment_forms import acknowledgment_faults
from edi_hit.profiles.contract import Contract
from edi_hit.profiles.contract_file import read_contracts
from edi_hit.profiles.read_toml import read_toml
from edi_hit.profiles.remittance import PayeeIdentity, PayerIdentity, RemittanceSettings
from edi_hit.profiles.remittance_forms import remittance_faults
from edi_hit.profiles.setting_forms import is_deductible


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


class RunSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of one run.

    `payers` gives the identity of a payer by its id (2010BB NM109); `payer` that of all others; `payees`
    that of a payee by its NPI (2010AA NM109), or its tax id where it has none.
    `deductible_left` is what every beneficiary of the run still owes of the year's Part B deductible, in
    dollars, where that is known: 0 where it is met; None where it is not known. `plan_review_days` is how
    often a plan of care is to be reviewed, None where that is not set. `timely_filing_exceptions` are delay
    reason codes (CLM20) that lift the time limit for filing. `codes` gives a rule other codes, by its id.
    `suppliers` is complete where the ledger has every qualified supplier. `contract_files` are the files of
    contracts, from the folder of the settings on; `contracts` what they hold, by payer id.
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
    payees: dict[str, PayeeIdentity] = {}
    remittance: RemittanceSettings = RemittanceSettings()
    acknowledgments: AcknowledgmentSettings = AcknowledgmentSettings()
    contract_files: tuple[str, ...] = ()
    contracts: dict[str, tuple[Contract, ...]] = {}

    def contract(self, payer: str, on: date) -> Contract | None:
        """Give the contract of a payer, by its id, that is in force on a day; None where none is loaded."""
        for one in self.contracts.get(payer, ()):
            if one.holds(on):
                return one
        return None


_TABLES: Mapping[str, type[msgspec.Struct]] = {
    "payers": PayerIdentity,
    "payees": PayeeIdentity,
    "codes": CodeChoice,
}
"""Settings that are tables by name, and what each of them holds."""


def read_run_settings(path: Path) -> RunSettings:
    """Read run settings from a TOML file, and the contracts it names.

    Raises `ConfigError`, naming the file and the setting, where it cannot be read or holds an unknown
    setting or a wrong value.
    """
    settings = read_toml(path, RunSettings, _faults, _TABLES)
    contracts = read_contracts(path.parent / file for file in settings.contract_files)
    return msgspec.structs.replace(settings, contracts=contracts)


def _faults(settings: RunSettings) -> Iterator[str]:
    """Yield what is wrong with values of the right kind."""
    if settings.deductible_left is not None and not is_deductible(settings.deductible_left):
        yield "deductible_left: 0 to 1,000,000 dollars in whole cents are wanted"
    if settings.contracts:
        yield "contracts: name the files of contracts in contract_files"
    yield from remittance_faults(settings.remittance, settings.payer, settings.payers, settings.payees)
    yield from acknowledgment_faults(settings.acknowledgments, "acknowledgments")

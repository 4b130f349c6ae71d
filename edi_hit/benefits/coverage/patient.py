"""What is known of a patient when a therapy is planned, read from a TOML file."""

import tomllib
from datetime import date
from pathlib import Path

import msgspec

from edi_hit.benefits.coverage.part_d import Network
from edi_hit.rules import ConfigError


class PartDCover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A Part D plan and what it says of the drug; None where that is not known.

    `advantage_plan_covers` says that the Medicare Advantage plan it belongs to covers home infusion.
    """

    excluded_from_part_d: bool | None = None
    on_formulary: bool | None = None
    network_type: Network | None = None
    ancillary_assurance: bool | None = None
    other_entity_available: bool | None = None
    usable_form: bool | None = None
    advantage_plan_covers: bool = False


class Patient(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A patient's covers on a day, and what of the therapy is not in its codes.

    `diagnoses` are ICD-10 codes, `modifiers` those of the drug (JB: given subcutaneously). With
    `medicare_pays_second` the commercial cover pays before Medicare. `medicaid` is the state (two letters).
    """

    on: date
    diagnoses: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    part_b: bool = False
    medicare_advantage: bool = False
    medicare_pays_second: bool = False
    home_health_plan_of_care: bool = False
    agency_is_infusion_supplier: bool = False
    part_d: PartDCover | None = None
    commercial: bool = False
    medicaid: str = ""

    @property
    def has_medicare(self) -> bool:
        """Whether the patient has Medicare, from the program itself or from a plan."""
        return self.part_b or self.medicare_advantage


def read_patient(path: Path) -> Patient:
    """Read a patient's file; raises `ConfigError`, naming file and key, where it cannot be understood."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Patient)
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: {error}") from error

"""The small TOML file beside a user's CSV that says what it is and what its columns are called."""

import tomllib
from datetime import date
from pathlib import Path

import msgspec

from edi_hit.rules import ConfigError


class Sidecar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `NAME.toml` may say of `NAME.csv`.

    `table` names the table; `checked_through` the last date its rows are right for; `source` where they
    come from. `columns` maps our column names to the file's; `values` gives a column the file lacks one
    value for every row.
    """

    table: str | None = None
    checked_through: date | None = None
    source: str | None = None
    columns: dict[str, str] = {}
    values: dict[str, str] = {}


def read_sidecar(path: Path) -> Sidecar:
    """Read the TOML file beside a CSV; an empty one where there is none. Raises `ConfigError`."""
    beside = path.with_suffix(".toml")
    if not beside.is_file():
        return Sidecar()
    try:
        return msgspec.convert(tomllib.loads(beside.read_text(encoding="utf-8")), Sidecar)
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{beside.name}: {error}") from error

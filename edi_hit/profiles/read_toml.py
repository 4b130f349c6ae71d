"""Reads settings from a TOML file into a structure; what is wrong is told with the file and the setting."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from edi_hit.rules import ConfigError

T = TypeVar("T", bound=msgspec.Struct)

_WHERE = " - at `$."


def read_toml(
    path: Path,
    kind: type[T],
    faults: Callable[[T], Iterator[str]],
    tables: Mapping[str, type[msgspec.Struct]] | None = None,
) -> T:
    """Read a TOML file as a structure.

    `faults` yields what is wrong with values of the right kind; `tables` says what the settings hold that are
    tables by name. Raises `ConfigError`, naming the file and the setting, where it cannot
    be read or holds an unknown setting or a wrong value.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError, ArithmeticError, RecursionError) as error:
        raise ConfigError(f"{path}: {_plain(error)}") from error
    try:
        settings = msgspec.convert(written, kind)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {_named(error, written, tables or {})}") from error
    found = list(faults(settings))
    if found:
        raise ConfigError("\n".join(f"{path}: {fault}" for fault in found))
    return settings


def _plain(error: Exception) -> str:
    if isinstance(error, ArithmeticError):
        return "a number is out of range"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(error)


def _named(
    error: msgspec.ValidationError, written: dict[str, Any], tables: Mapping[str, type[msgspec.Struct]]
) -> str:
    """Put the setting before what is wrong with it, as it stands in the file."""
    said, _, place = str(error).partition(_WHERE)
    setting, found, _ = place.partition("[...]")
    if not found or setting not in tables:
        return f"{place.rstrip('`')}: {said}" if place else said
    for name, given in written[setting].items():
        try:
            msgspec.convert(given, tables[setting])
        except msgspec.ValidationError as wrong:
            said, _, place = str(wrong).partition(_WHERE)
            return f"{'.'.join(filter(None, (setting, name, place.rstrip('`'))))}: {said}"
    return said

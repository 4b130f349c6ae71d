"""The files that settings name: one by one, or by patterns."""

from collections.abc import Iterable
from pathlib import Path

from edi_hit.jobs.inputs import fitting
from edi_hit.rules import ConfigError


def matching_files(base: Path, patterns: Iterable[str]) -> list[Path]:
    """Give the files that fit each pattern, in order; relative ones are below `base`.

    Raises `ConfigError` where none fits a pattern.
    """
    found: list[Path] = []
    for pattern in patterns:
        matches = fitting(str(base / pattern))
        if not matches:
            raise ConfigError(f"no file fits {pattern}")
        found.extend(matches)
    return found

"""The files that settings name: one by one, or by patterns."""

import glob
from collections.abc import Iterable
from pathlib import Path

from edi_hit.rules import ConfigError


def matching_files(base: Path, patterns: Iterable[str]) -> list[Path]:
    """Give the files that fit each pattern, in order; relative ones are below `base`.

    Raises `ConfigError` where none fits a pattern.
    """
    found: list[Path] = []
    for pattern in patterns:
        matches = sorted(glob.glob(str(base / pattern)))  # noqa: PTH207 - Path.glob takes no absolute one
        if not matches:
            raise ConfigError(f"no file fits {pattern}")
        found.extend(Path(match) for match in matches)
    return found

"""Finds the input files named on a command line: files, folders, globs and standard input."""

import glob
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec

from edi_hit.rules import ConfigError

STANDARD_INPUT = "-"
BESIDE_835S = (".999", ".277ca", ".ta1", ".ndjson", ".html", ".csv")
"""How files end that edi-hit itself writes into a folder beside its 835s."""


class InputFile(msgspec.Struct, frozen=True):
    """One input: what to open, how to call it in results, and the stem its outputs are named by."""

    source: str
    label: str
    stem: str


def find_inputs(names: Iterable[str], passed_over: tuple[str, ...] = ()) -> list[InputFile]:
    """Give the inputs `names` stand for, in order; a folder gives its own files, hidden ones left out.

    Files of a folder that end with one of `passed_over` are left out too.

    Raises `ConfigError` where a name fits nothing, or the same file is named twice.
    """
    found: list[InputFile] = []
    for name in names:
        found.extend(_inputs_of(name, passed_over))
    counts = Counter(item.label for item in found)
    twice = sorted(label for label, count in counts.items() if count > 1)
    if twice:
        raise ConfigError(f"named twice: {', '.join(twice)}")
    return found


def _inputs_of(name: str, passed_over: tuple[str, ...]) -> list[InputFile]:
    if name == STANDARD_INPUT:
        return [InputFile(STANDARD_INPUT, "standard input", "stdin")]
    path = Path(name)
    if path.is_dir():
        files = (item for item in sorted(path.iterdir()) if item.is_file() and item.name[0] != ".")
        inside = [item for item in files if not item.name.endswith(passed_over)]
        if not inside:
            raise ConfigError(f"the folder {name} holds no file{' that is read here' if passed_over else ''}")
        return [_input(item) for item in inside]
    if path.exists():
        return [_input(path)]
    matches = [match for match in fitting(name) if match.is_file()]
    if not matches:
        raise ConfigError(f"no such file: {name}")
    return [_input(match) for match in matches]


def fitting(pattern: str) -> list[Path]:
    """Give what fits a pattern as a shell has them, in order; hidden names only where it asks for them."""
    found = sorted(glob.glob(pattern))  # noqa: PTH207 - Path.glob takes no absolute pattern, and gives hidden names
    return [Path(match) for match in found]


def _input(path: Path) -> InputFile:
    name = path.name[: -len(".gz")] if path.name.endswith(".gz") else path.name
    return InputFile(str(path), str(path), Path(name).stem)

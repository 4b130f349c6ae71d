"""One file of the user's: its text, what the TOML file beside it says, and its rows in our columns."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import msgspec

from edi_hit.reference.cells import Cells
from edi_hit.reference.layout import csv_rows
from edi_hit.reference.sidecar import Sidecar, read_sidecar
from edi_hit.rules import ConfigError

_SUFFIXES = (".csv", ".txt")


class UserFile(msgspec.Struct, frozen=True):
    """A file's path, text and settings."""

    path: Path
    text: str
    sidecar: Sidecar

    @property
    def name(self) -> str:
        """The file's name without its folder: what findings and sources call it."""
        return self.path.name

    def header(self) -> tuple[str, ...]:
        """Give the column names of the first row, in our words where the settings map them.

        With those the settings give a value for.
        """
        first = next(csv.reader(io.StringIO(self.text, newline="")), [])
        theirs = {name: ours for ours, name in self.sidecar.columns.items()}
        names = (name.strip() for name in first)
        return (*(theirs.get(name, name) for name in names), *self.sidecar.values)

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Give the rows with their lines, columns named and filled as the settings say."""
        theirs = {name: ours for ours, name in self.sidecar.columns.items()}
        for line, row in csv_rows(self.text):
            named = {theirs.get(name, name): value for name, value in row.items()}
            yield line, Cells({**named, **self.sidecar.values}, loaded=True, source=self.source())

    def source(self) -> str:
        """Give what the rows name as their source where they name none."""
        return self.sidecar.source or self.name


def read_user_file(path: Path) -> UserFile:
    """Read a text file and its settings; raises `ConfigError` where it cannot be read or is not text."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path.name}: {error.strerror}") from error
    if b"\0" in content:
        raise ConfigError(f"{path.name} is not a text file; save the sheet as CSV")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return UserFile(path, text, read_sidecar(path))


def files_of(path: Path) -> list[Path]:
    """Give the file, or the CSV and text files of a folder in the order of their names.

    Raises `ConfigError` where there is none.
    """
    if not path.is_dir():
        return [path]
    found = [
        inside
        for inside in sorted(path.iterdir())
        if inside.is_file() and inside.suffix.lower() in _SUFFIXES and not inside.name.startswith(".")
    ]
    if not found:
        raise ConfigError(f"the folder {path.name} has no CSV or text file")
    return found

"""Settings of the file drop: its folders, what is done with their files, and how long all is kept."""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from edi_hit.profiles.partner import Days, PartnerName, Work
from edi_hit.profiles.read_toml import read_toml

Seconds = Annotated[int, msgspec.Meta(ge=1, le=3_600)]


class Ready(StrEnum):
    """When a file in `inbound` is whole: under its final name, beside its marker, or once it is still."""

    RENAME = "rename"
    MARKER = "marker"
    STABLE = "stable"


class Retention(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For how many days closed files are kept in each folder, and in the journal; 0: for ever.

    `sent_days` is for what was put on a partner's server, from the day it was made.
    """

    archive_days: Days = 0
    error_days: Days = 0
    quarantine_days: Days = 0
    sent_days: Days = 0
    journal_days: Days = 0


class DropFolder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One drop: the folder at `path` holds `inbound`, `work`, `ack`, `outbound`, `archive` and the others.

    `do` is what is done with a file where its partner's profile says nothing else; `to` and `view` are for
    `translate`, `settings` the settings of a run for `adjudicate`. `partners` are the names of those who may
    send here; empty: everyone, and files are held against a profile where their sender has one. `marker` is
    what a marker's name ends in, `stable_seconds` how long a file must stay as it is.
    With `sftp` files come from and go to the server of the folder's one partner, as its profile says.
    """

    name: PartnerName
    path: str
    do: Work = Work.VALIDATE
    to: str = ""
    view: Literal["", "loops", "claims", "medicalnetwork"] = ""
    settings: str = ""
    partners: tuple[PartnerName, ...] = ()
    ready: Ready = Ready.RENAME
    marker: Annotated[str, msgspec.Meta(pattern=r"^\.[a-z0-9]{1,10}$")] = ".done"
    stable_seconds: Seconds = 10
    sftp: bool = False


class DropSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file drop. Paths are relative to the settings file.

    `ledger` is the address of the journal's database. `partners` and `tables` are files, or globs. `metrics`
    is the file of figures, for a collector of text files; empty: none. A worker that does not renew its lease
    for `lease_seconds` has lost its file. A file on which workers broke down `most_failures` times goes to
    quarantine. Servers are looked at every `sftp_poll_seconds`. Nothing is taken while less than
    `minimum_free_bytes` are free.
    """

    ledger: str
    folders: Annotated[tuple[DropFolder, ...], msgspec.Meta(min_length=1)]
    partners: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    metrics: str = ""
    poll_seconds: Seconds = 5
    sftp_poll_seconds: Seconds = 60
    lease_seconds: Annotated[int, msgspec.Meta(ge=2, le=3_600)] = 60
    most_failures: Annotated[int, msgspec.Meta(ge=2, le=1_000)] = 10
    minimum_free_bytes: Annotated[int, msgspec.Meta(ge=0)] = 0
    retention: Retention = Retention()


def read_drop_settings(path: Path) -> DropSettings:
    """Read the settings of a drop from a TOML file; raises as `read_toml` does."""
    return read_toml(path, DropSettings, _faults)


def _faults(settings: DropSettings) -> Iterator[str]:
    for what, keys in (
        ("name", Counter(folder.name for folder in settings.folders)),
        ("path", Counter(str(Path(folder.path)) for folder in settings.folders)),
    ):
        yield from (f"folders: the {what} {key} is given twice" for key, n in keys.items() if n > 1)
    for folder in settings.folders:
        if (folder.do is Work.TRANSLATE) is not bool(folder.to):
            yield f"folders.{folder.name}.to: a form is wanted, and only where do is translate"
        if folder.sftp and len(folder.partners) != 1:
            yield f"folders.{folder.name}.sftp: exactly one partner is wanted, whose server it is"

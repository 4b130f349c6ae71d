"""A drop as it is to be run: its settings with everything they name read and checked."""

from pathlib import Path

import msgspec

from edi_hit.exchange.drop.layout import Layout
from edi_hit.exchange.settings_files import matching_files
from edi_hit.exchange.sftp_transport import sftp_transport
from edi_hit.jobs.forms import LOOPS, form_named
from edi_hit.jobs.partner_files import checked_partners, partner_for
from edi_hit.profiles import (
    DropFolder,
    DropSettings,
    Partner,
    PartnerWork,
    RunSettings,
    SftpTransport,
    Work,
    read_drop_settings,
    read_run_settings,
)
from edi_hit.reference import Tables
from edi_hit.rules import ConfigError
from edi_hit.x12 import Interchange


class PlannedFolder(msgspec.Struct, frozen=True):
    """One folder of the drop, with those who may send to it, and the server its files come from and go to."""

    settings: DropFolder
    layout: Layout
    run_settings: RunSettings
    partners: tuple[Partner, ...]
    server: SftpTransport | None = None

    @property
    def name(self) -> str:
        """What the folder is called in the journal, in logs and figures."""
        return self.settings.name

    def sender_of(self, interchange: Interchange) -> Partner | None:
        """The partner an interchange comes from; None where it is nobody's that is known here."""
        return partner_for(self.partners, interchange)

    def work_for(self, partner: Partner | None) -> PartnerWork:
        """What is done with a file of this partner."""
        if partner is not None and partner.work is not None:
            return partner.work
        return PartnerWork(self.settings.do, self.settings.to, self.settings.view)

    @property
    def may_adjudicate(self) -> bool:
        """Whether some file that comes here may have to be adjudicated."""
        of_partners = (partner.work.do for partner in self.partners if partner.work is not None)
        return Work.ADJUDICATE in (self.settings.do, *of_partners)


class DropPlan(msgspec.Struct, frozen=True):
    """The drop. `metrics` is None where no figures are wanted."""

    settings: DropSettings
    ledger: str
    folders: tuple[PlannedFolder, ...]
    metrics: Path | None
    tables: Tables

    @property
    def in_order(self) -> list[str]:
        """The folders whose files are claimed one after another, since some may have to be adjudicated."""
        return [folder.name for folder in self.folders if folder.may_adjudicate]

    def folder(self, name: str) -> PlannedFolder:
        """The folder of that name."""
        return next(folder for folder in self.folders if folder.name == name)


def read_plan(path: Path) -> DropPlan:
    """Read the settings of a drop, and the profiles, settings and tables they name.

    Raises `ConfigError` with every fault of the first faulty file.
    """
    settings, base = read_drop_settings(path), path.parent
    partners = checked_partners(matching_files(base, settings.partners))
    tables = matching_files(base, settings.tables)
    return DropPlan(
        settings=settings,
        ledger=settings.ledger if "://" in settings.ledger else str(base / settings.ledger),
        folders=tuple(_planned(base, folder, partners) for folder in settings.folders),
        metrics=base / settings.metrics if settings.metrics else None,
        tables=Tables.with_files(tables) if tables else Tables.packaged(),
    )


def _planned(base: Path, folder: DropFolder, partners: dict[str, Partner]) -> PlannedFolder:
    unknown = [name for name in folder.partners if name not in partners]
    if unknown:
        raise ConfigError(f"folders.{folder.name}.partners: no profile is called {unknown[0]}")
    if folder.to:
        form_named(folder.to, folder.view or None, LOOPS)
    allowed = tuple(partners[name] for name in folder.partners or partners)
    return PlannedFolder(
        settings=folder,
        layout=Layout(base / folder.path),
        run_settings=read_run_settings(base / folder.settings) if folder.settings else RunSettings(),
        partners=allowed,
        server=sftp_transport(allowed[0]) if folder.sftp else None,
    )

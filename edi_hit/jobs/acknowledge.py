"""Acknowledges the inputs of a run: writes the TA1, 999 and 277CA of each once it has been read."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import msgspec

from edi_hit.acks import (
    Acknowledged,
    AcknowledgmentFile,
    ClaimReceipt,
    Dispatch,
    GroupReceipt,
    InterchangeReceipt,
    ProviderReceipt,
    Receipt,
    ReceiptBuilder,
    SetReceipt,
    rejected_sets,
    write_acknowledgments,
)
from edi_hit.jobs.file_acknowledgment import FileAcknowledgment
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.output_files import make_folder, planned_outputs, refuse_existing, written_whole
from edi_hit.jobs.spool import Spool
from edi_hit.profiles import AcknowledgmentSettings

if TYPE_CHECKING:
    from edi_hit.jobs.set_report import TakenSet

T = TypeVar("T")

ENDINGS = tuple(file.value for file in AcknowledgmentFile)
"""What the names of the acknowledgements of an input may end in: NAME.ta1, NAME.999 and NAME.277ca."""

MIDNIGHT = "0000"
"""The time of day in acknowledgements (HHMM): a run is given a date alone."""


class Acknowledger:
    """Acknowledges inputs one after another into `folder`; their interchanges are numbered through.

    The acknowledgements are dated `as_of`; `received_on` is the day the inputs came, by default the same.
    `force` overwrites older ones.
    """

    def __init__(
        self,
        folder: Path,
        as_of: date,
        settings: AcknowledgmentSettings | None = None,
        received_on: date | None = None,
        force: bool = False,
    ) -> None:
        self.folder = folder
        self.settings = settings or AcknowledgmentSettings()
        self._force = force
        number = self.settings.first_control_number
        self._dispatch = Dispatch(as_of, MIDNIGHT, received_on or as_of, number)

    def acknowledging(self, stem: str) -> "Acknowledging":
        """Begin to acknowledge one input."""
        return Acknowledging(self, stem)

    def write(self, receipt: Receipt, stem: str) -> FileAcknowledgment:
        """Write what is due for an input; nothing is written where one of its files cannot be.

        With `force`, older acknowledgements of the input that are not due now are removed. Raises
        `ComposeError`, `OutputExistsError` and `OSError`.
        """
        with ExitStack() as files:

            def open_file(file: AcknowledgmentFile) -> BinaryIO:
                return files.enter_context(written_whole(self._path(stem, file), self._force))

            done = write_acknowledgments(receipt, self._dispatch, open_file, self.settings)
        self._dispatch = msgspec.structs.replace(
            self._dispatch, first_control_number=done.next_control_number
        )
        if self._force:
            for file in set(AcknowledgmentFile) - set(done.files):
                self._path(stem, file).unlink(missing_ok=True)
        return self._told(done, stem)

    def _path(self, stem: str, file: AcknowledgmentFile) -> Path:
        return self.folder / f"{stem}.{file.value}"

    def _told(self, done: Acknowledged, stem: str) -> FileAcknowledgment:
        return FileAcknowledgment(
            files=tuple(str(self._path(stem, file)) for file in done.files),
            sets_accepted=done.sets_accepted,
            sets_rejected=done.sets_rejected,
            claims_accepted=done.claims_accepted,
            claims_rejected=done.claims_rejected,
            left_out=done.left_out,
        )


def acknowledger_of(
    inputs: Sequence[InputFile],
    folder: Path,
    as_of: date,
    settings: AcknowledgmentSettings | None = None,
    received_on: date | None = None,
    force: bool = False,
) -> Acknowledger:
    """Give the acknowledger of `inputs`, and make its folder where it is missing.

    Raises `ConfigError` where two inputs would write the same name, an input would be overwritten, or a file
    exists and `force` is not given.
    """
    refuse_existing(planned_outputs(inputs, folder, ENDINGS), force)
    make_folder(folder)
    return Acknowledger(folder, as_of, settings, received_on, force)


class Acknowledging:
    """The acknowledging of one input. Give `add` every event of its reading, then call `write`.

    A context manager: the receipt waits on disk, and is gone when it ends.
    """

    def __init__(self, acknowledger: Acknowledger, stem: str) -> None:
        self._acknowledger = acknowledger
        self._stem = stem
        self._stack = ExitStack()
        self._providers = self._spool(ProviderReceipt)
        self._receipt = Receipt(
            self._spool(InterchangeReceipt),
            self._spool(GroupReceipt),
            self._spool(SetReceipt),
            self._providers,
            self._spool(ClaimReceipt),
        )
        self._builder = ReceiptBuilder(self._receipt, acknowledger.settings)

    def _spool(self, kind: type[T]) -> Spool[T]:
        return self._stack.enter_context(Spool(kind, self._acknowledger.folder))

    def add(self, event: object, payer_claim_number: str = "") -> None:
        """Take the next event of the reading, with the number the payer gives to a claim."""
        self._builder.add(event, payer_claim_number)

    def add_set(self, taken: "TakenSet") -> None:
        """Take a set that another process has read."""
        self._receipt.characters.update(taken.report.characters)
        self._providers.extend(taken.providers)
        for claim in taken.claims:
            self._receipt.claims.append(claim)
        if taken.report.outcome is not None:
            self._builder.add_set(taken.report.outcome)

    def write(self) -> FileAcknowledgment:
        """Write what is due; see `Acknowledger.write`."""
        return self._acknowledger.write(self._receipt, self._stem)

    def rejected_sets(self) -> dict[int, tuple[str, ...]]:
        """The ordinals of the transaction sets that are rejected, and what rejects each."""
        return rejected_sets(self._receipt)

    def __enter__(self) -> "Acknowledging":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

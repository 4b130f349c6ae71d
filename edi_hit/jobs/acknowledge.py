"""Acknowledges one input: keeps its receipt on disk while it is read, then writes its TA1, 999 and 277CA."""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, TypeVar

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
    write_acknowledgments,
)
from edi_hit.jobs.output_files import written_whole
from edi_hit.jobs.spool import Spool
from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy

T = TypeVar("T")


def acknowledgment_paths(stem: str, folder: Path) -> list[Path]:
    """Where the acknowledgements of an input may go: NAME.ta1, NAME.999 and NAME.277ca."""
    return [folder / f"{stem}.{file.value}" for file in AcknowledgmentFile]


class Acknowledging:
    """The acknowledging of one input. Give `add` every event of its reading, then call `write`.

    Results go into `folder` under the input's `stem`; `force` overwrites older ones. A context manager: the
    receipt is gone when it ends.
    """

    def __init__(
        self, stem: str, folder: Path, policy: AcknowledgmentPolicy | None = None, force: bool = False
    ) -> None:
        self._stem = stem
        self._folder = folder
        self._policy = policy
        self._force = force
        self._stack = ExitStack()
        self._receipt = Receipt(
            self._spool(InterchangeReceipt),
            self._spool(GroupReceipt),
            self._spool(SetReceipt),
            self._spool(ProviderReceipt),
            self._spool(ClaimReceipt),
        )
        self._builder = ReceiptBuilder(self._receipt, policy)

    def _spool(self, kind: type[T]) -> Spool[T]:
        return self._stack.enter_context(Spool(kind, self._folder))

    def add(self, event: object) -> None:
        """Take the next event of the reading."""
        self._builder.add(event)

    def write(self, dispatch: Dispatch) -> tuple[list[Path], Acknowledged]:
        """Write what is due; give the paths, and what was answered.

        With `force`, older acknowledgements of the input that are not due now are removed. Raises
        `ComposeError` where one cannot be written; then none is.
        """
        with ExitStack() as files:

            def open_file(file: AcknowledgmentFile) -> BinaryIO:
                path = self._folder / f"{self._stem}.{file.value}"
                return files.enter_context(written_whole(path, self._force))

            done = write_acknowledgments(self._receipt, dispatch, open_file, self._policy)
        written = [self._folder / f"{self._stem}.{file.value}" for file in done.files]
        if self._force:
            for path in acknowledgment_paths(self._stem, self._folder):
                if path not in written:
                    path.unlink(missing_ok=True)
        return written, done

    def __enter__(self) -> "Acknowledging":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

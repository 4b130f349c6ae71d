"""The one small family of exceptions: raised only where work cannot go on.

Wrong data in a file is a `Finding`, never one of these.
"""


class EdiHitError(Exception):
    """Base of every exception this package raises on purpose.

    `exit_code` is the process exit code the command line uses for it.
    """

    exit_code = 4


class NotX12Error(EdiHitError):
    """The input has no readable ISA: it is not X12, is empty, or is cut off inside the ISA."""

    exit_code = 3


class DocumentError(EdiHitError):
    """An XML or JSON document that is not one of ours, breaks its form, or is cut off.

    `line` and `column` count from 1, `path` is that of the item in a JSON document; each None where it cannot
    be told. `reason` is the message without the place; neither holds data of the document.
    """

    exit_code = 3

    def __init__(
        self, message: str, *, line: int | None = None, column: int | None = None, path: str | None = None
    ) -> None:
        place = [f"line {line}"] if line else []
        place += [f"column {column}"] if column else []
        place += [path] if path else []
        super().__init__(f"{', '.join(place)}: {message}" if place else message)
        self.reason = message
        self.line = line
        self.column = column
        self.path = path


class GuideNotFoundError(EdiHitError):
    """No implementation guide is known for a transaction set and version."""


class ReferenceDataMissing(EdiHitError):  # noqa: N818 - the name is part of the documented contract
    """A reference table lacks the row a computation needs.

    `table` names the table; `hint` says how to load it.
    """

    def __init__(self, table: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.table = table
        self.hint = hint


class ComposeError(EdiHitError):
    """Objects cannot be written as X12: what they say has no place in the guide, or does not balance."""

    exit_code = 1


class DelimiterClashError(ComposeError):
    """A value holds one of the delimiters chosen for the interchange: others must be chosen."""


class LedgerError(EdiHitError):
    """The ledger database cannot be reached, is locked, or is of another version."""


class PartnerError(EdiHitError):
    """A trading partner's connection or profile cannot be used."""


class ConfigError(EdiHitError):
    """A settings file is missing, malformed or contradicts itself."""

    exit_code = 2

"""The one small family of exceptions: raised only where work cannot go on.

Wrong data in a file is a `Finding`, never one of these.
"""

from typing import Self

from edi_hit.rules.finding import Finding


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


class FaultyInputError(EdiHitError):
    """What was read has an error, where only what is right can be used; `findings` say which."""

    exit_code = 1

    def __init__(self, message: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(message)
        self.findings = findings


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
    """Objects cannot be written as X12: what they say has no place in the guide, or does not balance.

    `path` names the field at fault (`lines[2].charge`), where it is one; `findings` are those a reader would
    have of what was refused, where there are any.
    """

    exit_code = 1

    def __init__(self, message: str, path: str = "", findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.message = message
        self.path = path
        self.findings = findings

    def within(self, name: str) -> Self:
        """The same error, of a field inside the one called `name`."""
        path = f"{name}.{self.path}" if self.path else name
        return type(self)(self.message, path, self.findings)


class DelimiterClashError(ComposeError):
    """A value holds one of the delimiters chosen for the interchange: others must be chosen."""


class LedgerError(EdiHitError):
    """The ledger database cannot be reached, is locked, or is of another version."""


class PartnerError(EdiHitError):
    """A trading partner's connection or profile cannot be used."""


class ConfigError(EdiHitError):
    """A settings file is missing, malformed or contradicts itself."""

    exit_code = 2

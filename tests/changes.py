"""Changes to a file of segments one a line, to break one thing at a time, and what validating then says."""

import re
from collections.abc import Callable
from pathlib import Path

from edi_hit.claims import ClaimRecord
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.validate import FileCheck
from edi_hit.rules import Finding

FILES = Path(__file__).parent / "files"
"""Small valid files of each guide."""

Change = Callable[[str], str]


def replaced(old: str, new: str, at: int = 1) -> Change:
    """Replace the `at`-th occurrence of `old`."""

    def change(text: str) -> str:
        parts = text.split(old)
        assert len(parts) > at, old
        return old.join(parts[:at]) + new + old.join(parts[at:])

    return change


def without(start: str, at: int = 1) -> Change:
    """Leave out the `at`-th segment that starts so."""

    def change(text: str) -> str:
        lines, index = _find(text, start, at)
        return "".join(lines[:index] + lines[index + 1 :])

    return change


def after(start: str, extra: str, at: int = 1) -> Change:
    """Put segments, one a line, behind the `at`-th one that starts so."""

    def change(text: str) -> str:
        lines, index = _find(text, start, at)
        return "".join([*lines[: index + 1], f"{extra}\n", *lines[index + 1 :]])

    return change


def _find(text: str, start: str, at: int) -> tuple[list[str], int]:
    lines = text.splitlines(keepends=True)
    return lines, [index for index, line in enumerate(lines) if line.startswith(start)][at - 1]


def recounted(text: str) -> str:
    """Make each SE01 right again."""
    segments, start = text.split("~"), 0
    for index, segment in enumerate(segments):
        if segment.lstrip("\n").startswith("ST*"):
            start = index
        elif segment.lstrip("\n").startswith("SE*"):
            segments[index] = re.sub(r"SE\*\d+", f"SE*{index - start + 1}", segment)
    return "~".join(segments)


def changed(text: str, change: Change) -> str:
    """Make a change, and SE01 right again where it added or took away segments."""
    made = change(text)
    assert made != text
    return recounted(made) if made.count("\n") != text.count("\n") else made


class Outcome:
    """What validating said: the findings in order, and the claims that were read."""

    def __init__(self, path: Path) -> None:
        self.claims: list[ClaimRecord] = []
        check = FileCheck(find_inputs([str(path)])[0])
        self.findings: list[Finding] = list(check.findings(self.claims.append))
        self.summary = check.summary()

    @property
    def errors(self) -> list[Finding]:
        """The findings that are errors."""
        return [finding for finding in self.findings if finding.is_error]

    @property
    def accepted(self) -> list[str]:
        """The ids of the claims read without an error."""
        return [record.claim_id for record in self.claims if record.accepted]


def checked(folder: Path, data: str | bytes) -> Outcome:
    """Validate a file with this content."""
    path = folder / "file.x12"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return Outcome(path)


def place(finding: Finding) -> tuple[str, str | None, int | None]:
    """Rule, segment id and element of a finding."""
    return finding.rule, finding.segment_id, finding.element

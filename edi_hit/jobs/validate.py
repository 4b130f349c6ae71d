"""Checks one input from end to end and gives its findings as they are made."""

from collections.abc import Callable, Iterator

import msgspec

from edi_hit.claims import ClaimRecord, claims_of
from edi_hit.guides import GuideEvent, Unit, read_loops
from edi_hit.jobs import exit_codes
from edi_hit.jobs.checked_units import checked_units
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.recent_segments import MarkedSegment, RecentSegments
from edi_hit.reference import Tables
from edi_hit.rules import EdiHitError, Finding, NotX12Error, Severity, load_rules
from edi_hit.x12 import Event, InterchangeStart, SetEnd, SetStart, read_events

CUT_OFF_RULE = "X12-ENV-14"

_SET_TYPES = (1, 2, 4)
"""SNIP types of which an error outside any claim rejects the whole set, as its 999 does."""


class FileSummary(msgspec.Struct, frozen=True, omit_defaults=False):
    """What was seen in one input. `accepted` is true where no finding is an error."""

    file: str
    accepted: bool
    interchanges: int
    sets: int
    claims: int
    errors: int
    warnings: int
    exit_code: int


class CheckOptions(msgspec.Struct, frozen=True):
    """What a check looks for. `snip_types` are the SNIP types wanted; findings of none are always given.

    `fail_on` is the least severity for which the exit code is 1; None where findings never fail. `tables` are
    the reference tables of external codes, the packaged ones where None. `mark` keeps the last segments, so
    that findings can be shown with theirs.
    """

    snip_types: frozenset[int] = frozenset(range(1, 8))
    fail_on: Severity | None = Severity.ERROR
    tables: Tables | None = None
    mark: bool = False


class FileCheck:
    """Checks one input. Iterate over `findings()`, then ask for `summary()`.

    `watch` is called with every event of the reading. `rejected_sets` maps the ordinal of each transaction
    set that is rejected as a whole to the rules: an error of type 1, 2 or 4 that is not of one claim.
    """

    def __init__(
        self,
        file: InputFile,
        options: CheckOptions | None = None,
        watch: Callable[[object], None] | None = None,
    ) -> None:
        self.file = file
        self._watch = watch
        self._options = options or CheckOptions()
        self.rejected_sets: dict[int, tuple[str, ...]] = {}
        self._set_rules: dict[str, None] = {}
        self._recent = RecentSegments()
        self._interchanges = self._sets = self._claims = self._errors = self._warnings = 0
        self._exit_code = exit_codes.CLEAN

    def findings(self, on_claim: Callable[[ClaimRecord], None] | None = None) -> Iterator[Finding]:
        """Yield the findings of the input, in its order; `on_claim` is called with each claim read.

        An input that is not X12, is cut off or cannot be read ends in a finding, never in an exception.
        """
        try:
            for event in self._events(with_claims=on_claim is not None):
                if self._watch is not None:
                    self._watch(event)
                if isinstance(event, Finding):
                    if event.snip == 0 or event.snip in self._options.snip_types:
                        yield self._counted(event)
                elif isinstance(event, ClaimRecord | Unit):
                    self._claims += 1
                    if on_claim is not None and isinstance(event, ClaimRecord):
                        on_claim(event)
                else:
                    self._note(event)
        except NotX12Error as error:
            yield self._failed("X12-ENV-15", str(error), exit_codes.NOT_X12)
        except (EdiHitError, OSError) as error:
            message = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            yield self._failed("FILE-READ", f"the input cannot be read: {message}", exit_codes.FAILED)

    def _events(self, with_claims: bool) -> Iterator[Event | GuideEvent | ClaimRecord]:
        """What reading the input gives; claims as objects only where they are wanted."""
        events: Iterator[Event] = read_events(self.file.source)
        if self._options.mark:
            events = self._recent.watch(events)
        units = checked_units(read_loops(events), self._options.tables or Tables.packaged())
        return claims_of(units) if with_claims else units

    def marked(self, finding: Finding) -> MarkedSegment | None:
        """Give the segment of a finding just yielded, with its place in it marked.

        None where it has none, or where the options do not ask for it.
        """
        return self._recent.marked(finding)

    def _note(self, event: object) -> None:
        if isinstance(event, SetStart):
            self._set_rules = {}
        elif isinstance(event, SetEnd):
            self._sets += 1
            if self._set_rules:
                self.rejected_sets[event.transaction_set.ordinal] = tuple(self._set_rules)
        elif isinstance(event, InterchangeStart):
            self._interchanges += 1

    def _counted(self, finding: Finding) -> Finding:
        self._errors += finding.is_error
        self._warnings += not finding.is_error
        if finding.is_error and finding.claim is None and finding.snip in _SET_TYPES:
            self._set_rules[finding.rule] = None
        self._exit_code = max(self._exit_code, self._code_of(finding))
        return msgspec.structs.replace(finding, file=self.file.label)

    def _code_of(self, finding: Finding) -> int:
        if finding.is_error and finding.rule == CUT_OFF_RULE:
            return exit_codes.NOT_X12
        fail_on = self._options.fail_on
        fails = fail_on is not None and (finding.is_error or fail_on is not Severity.ERROR)
        return exit_codes.FINDINGS if fails and finding.severity is not Severity.INFO else exit_codes.CLEAN

    def _failed(self, rule: str, message: str, exit_code: int) -> Finding:
        finding = load_rules("edi_hit.jobs")[rule].finding(message, file=self.file.label)
        self._errors += 1
        self._exit_code = exit_code
        return finding

    def summary(self) -> FileSummary:
        """Give the counts, once `findings` has been exhausted."""
        return FileSummary(
            file=self.file.label,
            accepted=self._errors == 0,
            interchanges=self._interchanges,
            sets=self._sets,
            claims=self._claims,
            errors=self._errors,
            warnings=self._warnings,
            exit_code=self._exit_code,
        )

"""What the checks of SNIP types 3 to 5 find in a file, and what the guide finds in it."""

from collections.abc import Callable

from edi_hit.claims.checks import ClaimChecks
from edi_hit.guides import SetRead, Unit, read_loops
from edi_hit.mapping.checks import Checked
from edi_hit.reference import Tables
from edi_hit.remits.checks import RemittanceChecks
from edi_hit.rules import Finding
from edi_hit.x12 import read_events

Check = Callable[[bytes], list[Checked]]
"""What is said of each unit of a file."""

Place = tuple[str, str, str | None, int | None, int | None, str | None]
"""Rule, severity, segment id, element, component and value of a finding."""


def checked_claims(data: bytes, tables: Tables | None = None) -> list[Checked]:
    """What is said of each 837 claim of a file, in order."""
    checks = ClaimChecks(tables or Tables.packaged())
    return [checks.findings(event) for event in read_loops(read_events(data)) if isinstance(event, Unit)]


def checked_payments(data: bytes, tables: Tables | None = None) -> list[Checked]:
    """What is said of each claim payment of an 835 and of each set, in order."""
    checks = RemittanceChecks(tables or Tables.packaged())
    found = []
    for event in read_loops(read_events(data)):
        if isinstance(event, Unit):
            found.append(checks.findings(event))
        elif isinstance(event, SetRead):
            found.append(checks.end(event))
    return found


def told(checked: list[Checked]) -> list[Finding]:
    """The findings told, in order."""
    return [finding for one in checked for finding in one.told]


def guide_errors(data: bytes) -> list[Finding]:
    """The errors of types 1 and 2 in a file."""
    events = read_loops(read_events(data))
    return [event for event in events if isinstance(event, Finding) and event.is_error]


def assert_right(data: bytes, checked: Check) -> None:
    """Nothing is found in a file of types 1 to 5."""
    assert guide_errors(data) == []
    assert [place(finding) for finding in told(checked(data))] == []


def only_fault(data: bytes, checked: Check, expected: Place) -> Finding:
    """The one finding of types 3 to 5 in a file that is right otherwise: as expected, and well told."""
    assert guide_errors(data) == []
    (found,) = told(checked(data))
    assert place(found) == expected
    assert found.transaction == "0001"
    assert found.source
    assert not found.value or len(found.value) < 3 or found.value not in found.message
    assert found.offset is not None
    element = data[found.offset :].partition(b"*")[0]
    assert (found.value or "").encode() in element if found.element else element == found.segment_id.encode()
    return found


def place(finding: Finding) -> Place:
    """Where a finding is, and what of."""
    return (
        finding.rule,
        finding.severity.value,
        finding.segment_id,
        finding.element,
        finding.component,
        finding.value,
    )

"""An institutional claim seen as a professional one, so that the same rules can be asked of either.

What both kinds have is taken over; a revenue line without a date has the days of the statement. A place of
service is not part of an 837I and stays empty.
"""

from typing import Any

from edi_hit.claims.claim import Claim, HealthCareClaim, ServiceLine
from edi_hit.claims.claim_declaration import AnyClaim
from edi_hit.claims.institutional_claim import InstitutionalClaim, RevenueLine
from edi_hit.mapping.parts import Period


class RevenueServiceLine(ServiceLine, frozen=True, omit_defaults=True, kw_only=True):
    """A revenue line as a service line. `procedure_code` is empty where the line has a revenue code alone."""

    revenue_code: str = ""


class InstitutionalView(Claim, frozen=True, omit_defaults=True, kw_only=True, tag="institutional_view"):
    """An 837I claim as a professional one. `facility_type` is CLM05-1, `statement_dates` DTP*434."""

    lines: tuple[RevenueServiceLine, ...]
    facility_type: str = ""
    statement_dates: Period | None = None
    patient_status: str = ""

    @property
    def bill_type(self) -> str:
        """The type of bill: facility type and frequency, e.g. `329`."""
        return self.facility_type + self.frequency


AnyView = Claim | InstitutionalView
"""A claim as rules see it; an 837I one is told apart by its tag when it is read back from a ledger."""

_CLAIM_FIELDS = tuple(name for name in HealthCareClaim.__struct_fields__ if name != "unmapped")
_LINE_FIELDS = tuple(
    name
    for name in RevenueLine.__struct_fields__
    if name in RevenueServiceLine.__struct_fields__ and name not in ("service_dates", "unmapped")
)


def as_service_claim(claim: AnyClaim) -> Claim:
    """Give a claim of either kind as rules see it; a professional claim is itself."""
    if not isinstance(claim, InstitutionalClaim):
        return claim
    own: dict[str, Any] = {name: getattr(claim, name) for name in _CLAIM_FIELDS}
    first = (claim.principal_diagnosis,) if claim.principal_diagnosis else ()
    return InstitutionalView(
        **own,
        lines=tuple(_service_line(line, claim.statement_dates) for line in claim.lines),
        diagnoses=first + claim.other_diagnoses,
        facility_type=claim.facility_type,
        statement_dates=claim.statement_dates,
        patient_status=claim.patient_status,
    )


def _service_line(line: RevenueLine, statement: Period | None) -> RevenueServiceLine:
    own: dict[str, Any] = {name: getattr(line, name) for name in _LINE_FIELDS}
    return RevenueServiceLine(**own, service_dates=line.service_dates or statement)


def revenue_code_of(line: ServiceLine) -> str:
    """Give the revenue code of a line; empty on a professional claim."""
    return line.revenue_code if isinstance(line, RevenueServiceLine) else ""

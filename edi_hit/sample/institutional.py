"""A commercial claim as a plan wants it that takes home infusion on the 837I: bill type, revenue codes."""

import msgspec

from edi_hit.claims import Claim, InstitutionalClaim, RevenueLine, ServiceLine
from edi_hit.claims.claim import HealthCareClaim
from edi_hit.mapping.parts import Period
from edi_hit.sample.world import setting

_SHARED = HealthCareClaim.__struct_fields__


def as_institutional(claim: Claim) -> InstitutionalClaim:
    """Give the institutional claim of the same patient, services and charges; the prescriber attends."""
    terms = setting().institutional
    first, *others = claim.diagnoses
    shared = {name: getattr(claim, name) for name in _SHARED}
    (prescriber,) = claim.referring_providers
    return InstitutionalClaim(
        **{**shared, "referring_providers": ()},
        lines=tuple(map(_revenue_line, claim.lines)),
        facility_type=terms.facility_type,
        statement_dates=_statement_dates(claim),
        admission_type=terms.admission_type,
        admission_source=terms.admission_source,
        patient_status=terms.patient_status,
        principal_diagnosis=first,
        other_diagnoses=tuple(others),
        attending_provider=msgspec.structs.replace(prescriber, entity="1"),
    )


def _statement_dates(claim: Claim) -> Period:
    dates = [line.service_dates for line in claim.lines if line.service_dates]
    return Period(min(period.start for period in dates), max(period.end for period in dates))


def _revenue_line(line: ServiceLine) -> RevenueLine:
    codes = setting().institutional.revenue_codes
    return RevenueLine(
        number=line.number,
        revenue_code=codes.get(line.procedure_code[:1], codes["drug"]),
        charge=line.charge,
        procedure_qualifier=line.procedure_qualifier,
        procedure_code=line.procedure_code,
        modifiers=line.modifiers,
        units=line.units,
        service_dates=line.service_dates,
        control_number=line.control_number,
        drug=line.drug,
    )

"""What is known of a beneficiary: ids, coverage, deductible, plans of care, episodes, visit records."""

from sqlalchemy import Index, String, Table

from edi_hit.ledger.columns import (
    amount,
    choice,
    column,
    day,
    days,
    flag,
    known_text,
    person,
    read_npi_or_nothing,
    span,
    text,
    words,
    year,
)
from edi_hit.ledger.loadable import Loadable
from edi_hit.ledger.metadata import METADATA

COVERAGE_KINDS = ("part_b", "medicare_advantage", "hospice", "inpatient", "home_health")

BENEFICIARY_ID = Table(
    "beneficiary_id",
    METADATA,
    person(),
    text(
        "beneficiary",
        "your own name or number of the person, the same on each of their ids",
        "P-1",
        required=True,
    ),
    info=Loadable("Ids of people who have had more than one: their claims are seen together.").as_info(),
)
Index("beneficiary_id_of", BENEFICIARY_ID.c.beneficiary)

COVERAGE = Table(
    "coverage",
    METADATA,
    person(),
    choice("kind", COVERAGE_KINDS, "what the span is", "part_b", key=True),
    *span("the span; of an inpatient stay the day of admission"),
    info=Loadable(
        "Spans of coverage and stays. Spans of Part B are taken to be all there are.", has_span=True
    ).as_info(),
)

COMPLETE_HISTORY = Table(
    "complete_history",
    METADATA,
    person(),
    *span("the days of which the ledger holds all that was billed for the person"),
    info=Loadable(
        "Days of which the history is complete: what is not in the ledger did not happen.", has_span=True
    ).as_info(),
)

DEDUCTIBLE = Table(
    "deductible",
    METADATA,
    person(),
    year(),
    amount("met", "how much of the year's Part B deductible is met", "257.00", required=True),
    day(
        "known_on",
        "the day of that figure: what is answered from then on is added to it",
        "2025-03-01",
        required=True,
    ),
    info=Loadable("Part B deductible met, by year.").as_info(),
)

HIT_EPISODE = Table(
    "hit_episode",
    METADATA,
    person(),
    day("started_on", "first day of the episode of home infusion therapy", "2025-01-10", key=True),
    day("discharged_on", "day of discharge; blank: no discharge is on file", "2025-03-20"),
    info=Loadable("Episodes of home infusion therapy.").as_info(),
)

VISIT_RECORD = Table(
    "visit_record",
    METADATA,
    person(),
    day("on_day", "the day of the visit", "2025-01-10", key=True),
    flag("in_home", "whether a professional came to the home", "Y", required=True),
    flag("drug_given", "whether the drug ran on that day", "Y", required=True),
    flag("pump_training_only", "whether nothing but the use of the pump was taught", "N", required=True),
    info=Loadable("What the record of a day's visit says.").as_info(),
)

PLAN_OF_CARE = Table(
    "plan_of_care",
    METADATA,
    person(),
    text("plan", "your own name or number of the plan", "PLAN-1", key=True),
    *span("the plan of care"),
    column(
        "applicable_provider_npi",
        String,
        read_npi_or_nothing,
        "NPI of the physician, nurse practitioner or physician assistant; blank: not on file, none: no name",
        "1999999984",
    ),
    known_text("therapy_type", "type of the therapy", "intravenous infusion"),
    known_text("amount", "amount of the therapy", "1 dose"),
    known_text("duration", "duration of the therapy", "6 weeks"),
    known_text("drug", "the drug", "dobutamine"),
    known_text("dose", "the dose", "5 mcg/kg/min"),
    known_text("frequency", "how often the drug is given", "continuous"),
    known_text("visit_frequency", "how often a professional visits; a range will do", "1-2 a week"),
    known_text("discipline", "the discipline that visits", "RN"),
    flag("is_signed", "whether the plan is signed; blank: not on file", "Y"),
    day("signed_on", "day of the signature", "2025-01-02"),
    day("changed_on", "day of the last change", ""),
    day("re_signed_on", "day the change was signed", ""),
    days("reviewed_on", "days of review", "2025-02-01 2025-03-01"),
    day("options_notified_on", "day the ways to infuse were discussed with the patient", "2024-12-30"),
    words("services", "visit codes ordered", "G0068 G0088"),
    info=Loadable("Plans of care.", has_span=True).as_info(),
)

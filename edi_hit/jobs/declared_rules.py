"""Every rule this package declares, from the `rules.toml` of each room that has one."""

from edi_hit.benefits import load_benefit_rules
from edi_hit.rules import Rule, load_rules

ROOMS = (
    "edi_hit.x12",
    "edi_hit.guides",
    "edi_hit.mapping.checks",
    "edi_hit.claims.checks",
    "edi_hit.remits.checks",
    "edi_hit.adjudication.reconcile",
    "edi_hit.formats",
    "edi_hit.jobs",
    "edi_hit.benefits.coverage",
    "edi_hit.benefits.coordination",
    "edi_hit.benefits.medicare_part_b",
    "edi_hit.benefits.medicare_dme",
    "edi_hit.benefits.medicare_hit",
    "edi_hit.benefits.medicare_transitional",
    "edi_hit.benefits.ivig",
    "edi_hit.benefits.commercial",
    "edi_hit.benefits.medicare_advantage",
    "edi_hit.benefits.medicaid",
    "edi_hit.benefits.home_health",
    "edi_hit.benefits.part_d",
)
"""The packages with a `rules.toml`, in the order their rules are listed."""

_BENEFITS = "edi_hit.benefits."


def declared_rules() -> dict[str, Rule]:
    """Give all rules by id, room after room.

    Raises `ValueError` where two rooms declare the same id: that is a fault of the package.
    """
    rules: dict[str, Rule] = {}
    for room in ROOMS:
        load = load_benefit_rules if room.startswith(_BENEFITS) else load_rules
        for rule_id, rule in load(room).items():
            if rule_id in rules:
                raise ValueError(f"{room}: rule {rule_id} is declared twice")
            rules[rule_id] = rule
    return rules

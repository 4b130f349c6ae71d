"""Who pays what, asked before there is a claim: payment matrix, Part D's decision, plan of a therapy."""

from edi_hit.benefits.coverage.dispensing import Dispensing, dispensing
from edi_hit.benefits.coverage.home_health_visits import Visit, VisitPath, YesNo, claims_for, visit_paths
from edi_hit.benefits.coverage.part_d import Network, PartDCase, PartDPath, decide, part_d_table
from edi_hit.benefits.coverage.patient import Patient, read_patient
from edi_hit.benefits.coverage.payment_matrix import Cell, payment_matrix
from edi_hit.benefits.coverage.plan import Plan, PlannedPart, plan

__all__ = [
    "Cell",
    "Dispensing",
    "Network",
    "PartDCase",
    "PartDPath",
    "Patient",
    "Plan",
    "PlannedPart",
    "Visit",
    "VisitPath",
    "YesNo",
    "claims_for",
    "decide",
    "dispensing",
    "part_d_table",
    "payment_matrix",
    "plan",
    "read_patient",
    "visit_paths",
]

"""Dated tables, every row with its source, their look-ups by code and date, and the one rounding of money."""

from edi_hit.reference.adjustment_codes import AdjustmentCode, RemittanceCode
from edi_hit.reference.code_texts import CodeText
from edi_hit.reference.geography import AddressError
from edi_hit.reference.geography_tables import Gaf
from edi_hit.reference.hit_tables import HitCode, HitDrug, HitRate
from edi_hit.reference.home_therapy_tables import Accreditor, ExcludedDrug, IvigDiagnosis, IvigDrug
from edi_hit.reference.infusion_tables import DrugUnit, TherapyCode
from edi_hit.reference.locality import Locality
from edi_hit.reference.medicaid_tables import MedicaidRule
from edi_hit.reference.medicare_tables import Contractor, Deductible, PumpCode, Sequestration
from edi_hit.reference.money import (
    LARGEST_AMOUNT,
    amount_text,
    cents,
    is_whole_cents,
    parse_amount,
    plain,
)
from edi_hit.reference.payer_tables import Payer
from edi_hit.reference.tables import Tables

__all__ = [
    "LARGEST_AMOUNT",
    "Accreditor",
    "AddressError",
    "AdjustmentCode",
    "CodeText",
    "Contractor",
    "Deductible",
    "DrugUnit",
    "ExcludedDrug",
    "Gaf",
    "HitCode",
    "HitDrug",
    "HitRate",
    "IvigDiagnosis",
    "IvigDrug",
    "Locality",
    "MedicaidRule",
    "Payer",
    "PumpCode",
    "RemittanceCode",
    "Sequestration",
    "Tables",
    "TherapyCode",
    "amount_text",
    "cents",
    "is_whole_cents",
    "parse_amount",
    "plain",
]

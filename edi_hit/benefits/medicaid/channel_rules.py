"""Who pays before Medicaid, and where a drug is billed."""

from edi_hit.benefits.care_facts import CoverageKind
from edi_hit.benefits.commercial.billed_codes import is_drug
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met, unknown
from edi_hit.benefits.medicaid.own_rules import OWN
from edi_hit.benefits.medicaid.program import NOTHING_ON_FILE, asked_by_program, program_unknown
from edi_hit.benefits.part_b_drugs import is_part_b_drug

_MEDICARE_KINDS = (CoverageKind.PART_B, CoverageKind.MEDICARE_ADVANTAGE)
_MEDICARE_INDICATORS = ("MA", "MB", "16")
_MEDICAID_INDICATOR = "MC"


@OWN.check("MCAID-PAYER-LAST")
def pays_last(context: LineContext) -> Ruling:
    """Whether no other cover is known that should have paid before."""
    if context.pays_later:
        return met("another payer was billed before")
    if any(other.filing_indicator != _MEDICAID_INDICATOR for other in context.claim.other_payers):
        return not_met("the claim names another payer (2320), and says that Medicaid pays first")
    if _has_medicare_on_file(context):
        return not_met(f"Medicare is on file for {context.day}")
    if context.is_complete(context.on, context.on):
        return met("no other cover is on file")
    return unknown("no other cover is on file; the history is not declared complete")


@OWN.check("MCAID-DUAL-DRUG")
def no_part_d_drug_of_a_dual(context: LineContext) -> Ruling:
    """Whether the line is no drug that Part D takes, of a patient with Medicare too."""
    if not is_drug(context.line, context.tables):
        return not_applicable("no drug")
    if not _is_dual(context):
        return not_applicable("Medicare is neither on the claim nor on file")
    if is_part_b_drug(context.hcpcs, context.on, context.tables):
        return met("a drug of Part B: Medicare pays it before Medicaid")
    return not_met("a drug outside Part B, of a patient with Medicare: Part D takes it")


@OWN.check("MCAID-DRUG-PHARM")
def right_channel(context: LineContext) -> Ruling:
    """Whether the program takes the line on the medical claim, and not on its pharmacy benefit."""
    asked = asked_by_program(context, "drug_channel")
    if not is_drug(context.line, context.tables) and not (asked and asked.code):
        return not_applicable("no drug")
    if asked is None:
        said = "most programs want infused drugs on the pharmacy benefit; what this one wants is not on file"
        return program_unknown(context) or unknown(said)
    if asked.value == "pharmacy":
        return not_met("the program takes it on its pharmacy benefit (NCPDP D.0)")
    return met("the program takes it on the medical claim")


@OWN.check("MCAID-NDC")
def names_its_ndc(context: LineContext) -> Ruling:
    """Whether a drug names its NDC where the program wants it."""
    if not is_drug(context.line, context.tables):
        return not_applicable("no drug")
    if context.line.drug is not None:
        return met("an NDC is sent")
    if asked_by_program(context, "ndc_required") is None:
        return program_unknown(context) or not_applicable(NOTHING_ON_FILE)
    return not_met("a drug without its NDC (LIN*N4)")


def _is_dual(context: LineContext) -> bool:
    on_claim = any(other.filing_indicator in _MEDICARE_INDICATORS for other in context.claim.other_payers)
    return on_claim or _has_medicare_on_file(context)


def _has_medicare_on_file(context: LineContext) -> bool:
    return any(
        fact.kind in _MEDICARE_KINDS and fact.span.holds(context.on) for fact in context.facts.coverage
    )

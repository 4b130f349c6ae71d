"""Rules on drugs: what the contract leaves out, their NDC, its quantity, and waste."""

from edi_hit.benefits.commercial.billed_codes import is_drug
from edi_hit.benefits.commercial.code_groups import code_groups
from edi_hit.benefits.commercial.contract_lookup import contract_of, in_force
from edi_hit.benefits.commercial.ndc_units import expected_quantity
from edi_hit.benefits.commercial.own_rules import OWN
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met, unknown
from edi_hit.profiles import NdcFactor
from edi_hit.reference import plain

_WASTE = "JW"
_MEDICARE = ("MA", "MB")
_ENTERAL = "B4"
_CTP_DECIMALS = 3


@OWN.check("COMM-FACTOR")
def within_the_contract(context: LineContext) -> Ruling:
    """Whether the contract does not leave the code out."""
    contract = contract_of(context)
    if contract is None or not contract.excluded_codes:
        return not_applicable("the contract leaves no code out")
    if context.hcpcs in contract.excluded_codes:
        return not_met("the contract leaves this code out")
    return met("not among the codes the contract leaves out")


@OWN.check("COMM-NDC")
def names_its_ndc(context: LineContext) -> Ruling:
    """Whether a drug names its NDC, where the contract wants it or the code says nothing of the drug."""
    contract = contract_of(context)
    if not is_drug(context.line, context.tables):
        return not_applicable()
    if context.line.drug is not None:
        return met("an NDC is sent")
    by_ndc = context.hcpcs in code_groups().drugs_by_ndc_alone.codes
    if by_ndc or (contract is not None and contract.ndc_required):
        return not_met("a drug without its NDC (LIN*N4)")
    return not_applicable("the contract does not want it")


@OWN.check("COMM-NDC-UNIT")
def ndc_has_quantity(context: LineContext) -> Ruling:
    """Whether an NDC comes with its quantity and unit."""
    drug = context.line.drug
    if drug is None:
        return not_applicable("no NDC")
    if drug.quantity is None:
        return not_met("an NDC without its quantity (CTP04)", case="count")
    if not drug.unit:
        return not_met("an NDC without its unit (CTP05)", case="unit")
    return met(f"{plain(drug.quantity)} {drug.unit}")


@OWN.check("COMM-NDC-HCPCS")
def ndc_fits_code(context: LineContext) -> Ruling:
    """Whether the contract's table of NDCs holds the code for this NDC."""
    if context.line.drug is None or _by_ndc(context):
        return not_applicable()
    factors = _factors(context)
    if not factors:
        return unknown("the contract's ndc_factors have no row for this NDC")
    if any(factor.code == context.hcpcs for factor in factors):
        return met("the NDC goes with the code")
    return not_met("the contract's ndc_factors have this NDC with another code")


@OWN.check("COMM-NDC-QUANTITY")
def quantities_agree(context: LineContext) -> Ruling:
    """Whether the NDC quantity (CTP04) is what the units (SV104) make by the factor."""
    drug, units = context.line.drug, context.units
    if drug is None or drug.quantity is None or not units:
        return not_applicable()
    factor = next((one for one in _factors(context) if one.code == context.hcpcs), None)
    if factor is None:
        said = "no unit factor for the NDC: add one to ndc_factors of the contract"
        return not_applicable() if _by_ndc(context) else unknown(said)
    wanted = expected_quantity(factor, context, drug.unit)
    if wanted is None:
        return not_met(f"the NDC is counted in {factor.ndc_unit}", case="unit")
    each = f"{plain(factor.hcpcs_units)} to the {factor.ndc_unit}"
    said = f"{plain(units)} units, {each}, are {plain(round(wanted, _CTP_DECIMALS))} {drug.unit}"
    if round(wanted, _CTP_DECIMALS) == round(drug.quantity, _CTP_DECIMALS):
        return met(said)
    return not_met(f"{said}, sent are {plain(drug.quantity)}")


@OWN.check("COMM-WASTE")
def no_waste(context: LineContext) -> Ruling:
    """Whether no discarded drug is billed, where the contract pays for what was given alone."""
    contract = contract_of(context)
    if contract is None or contract.pays_waste or not is_drug(context.line, context.tables):
        return not_applicable()
    if _WASTE in context.modifiers:
        return not_met("discarded drug (JW)")
    return met("no discarded drug is billed")


@OWN.check("COMM-ENTERAL-COB")
def enteral_after_medicare(context: LineContext) -> Ruling:
    """Say that B codes of enteral nutrition are taken after Medicare; information only."""
    contract = contract_of(context)
    after = any(other.filing_indicator in _MEDICARE for other in context.claim.other_payers)
    if contract is None or not context.hcpcs.startswith(_ENTERAL) or not after:
        return not_applicable()
    if contract.enteral_b_codes_after_medicare:
        return met("enteral nutrition by B code after Medicare, as the contract takes it")
    return not_applicable("the contract says nothing of B codes after Medicare")


def _factors(context: LineContext) -> list[NdcFactor]:
    contract, drug = contract_of(context), context.line.drug
    if contract is None or drug is None:
        return []
    return in_force(contract.ndc_factors.get(drug.ndc, ()), context.on)


def _by_ndc(context: LineContext) -> bool:
    groups = code_groups()
    return context.hcpcs in groups.unlisted.codes or context.hcpcs in groups.drugs_by_ndc_alone.codes

"""Several payers on one claim: what a payer that comes later needs to know, and what it pays."""

from edi_hit.benefits.coordination import coordination_rules
from edi_hit.benefits.coordination.own_rules import COORDINATION

RULE_MODULES = (coordination_rules,)

__all__ = ["COORDINATION", "RULE_MODULES"]

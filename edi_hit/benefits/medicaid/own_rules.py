"""The book of the rules that Medicaid claims alone are asked."""

from edi_hit.benefits.engine.rule_book import RuleBook

OWN = RuleBook.declared_in("edi_hit.benefits.medicaid")

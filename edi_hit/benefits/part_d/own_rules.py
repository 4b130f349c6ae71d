"""The book of the rules that claims to a Part D plan are asked."""

from edi_hit.benefits.engine.rule_book import RuleBook

OWN = RuleBook.declared_in("edi_hit.benefits.part_d")

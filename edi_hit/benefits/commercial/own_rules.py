"""The book of the rules that the commercial benefit alone asks."""

from edi_hit.benefits.engine.rule_book import RuleBook

OWN = RuleBook.declared_in("edi_hit.benefits.commercial")

"""The book of the rules that the transitional benefit alone asks."""

from edi_hit.benefits.engine.rule_book import RuleBook

OWN = RuleBook.declared_in("edi_hit.benefits.medicare_transitional")

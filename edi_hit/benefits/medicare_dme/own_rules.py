"""The book of the rules that the DME benefit alone asks."""

from edi_hit.benefits.engine.rule_book import RuleBook

OWN = RuleBook.declared_in("edi_hit.benefits.medicare_dme")

"""The book of the rules that Medicare Advantage plans alone are asked."""

from edi_hit.benefits.engine.rule_book import RuleBook

OWN = RuleBook.declared_in("edi_hit.benefits.medicare_advantage")

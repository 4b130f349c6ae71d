"""The book of the rules that several benefits share; each benefit's `order.toml` says which it asks."""

from edi_hit.benefits.engine.rule_book import RuleBook

SHARED = RuleBook.declared_in("edi_hit.benefits.medicare_part_b")

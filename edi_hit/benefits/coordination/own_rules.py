"""The book of the rules on several payers of one claim; each benefit's `order.toml` says which it asks."""

from edi_hit.benefits.engine.rule_book import RuleBook

COORDINATION = RuleBook.declared_in("edi_hit.benefits.coordination")

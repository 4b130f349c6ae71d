"""The book of the rules that home health claims alone are asked."""

from edi_hit.benefits.engine.rule_book import RuleBook

OWN = RuleBook.declared_in("edi_hit.benefits.home_health")

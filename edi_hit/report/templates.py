"""The templates of pages: escaped, strict about names, with the filters they share."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

import jinja2
from markupsafe import Markup

from edi_hit.benefits.registry import payment_rules, rule_titles
from edi_hit.mapping.parts import Adjustment
from edi_hit.reference import Tables, amount_text
from edi_hit.rules import Answer, RuleAnswer

_SILENT = (Answer.NOT_APPLICABLE, Answer.NOT_REACHED)
_REASONS_KEPT = 4_096
"""Rows of reasons remembered: most lines are given the same answers."""


@cache
def environment() -> jinja2.Environment:
    """Give the environment of the templates in this package; another loader may be put over it."""
    found = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        auto_reload=False,
        loader=jinja2.PackageLoader("edi_hit.report", ""),
    )
    found.filters["dollars"] = _dollars
    found.filters["telling"] = _telling
    found.filters["deciding"] = _deciding
    found.filters["reasons"] = _reasons
    found.filters["reason"] = _reason
    found.filters["remark"] = _remark
    found.filters["title"] = _title
    return found


def _dollars(amount: Decimal | None) -> str:
    return "" if amount is None else amount_text(amount)


def _reason(item: Adjustment) -> str:
    """An adjustment in words: its codes, what they say, and its amount."""
    known = Tables.packaged().carc(item.carc)
    return f"{item.group} {item.carc}{f' {known.gist}' if known else ''}: {amount_text(item.amount)}"


def _remark(code: str) -> str:
    known = Tables.packaged().rarc(code)
    return f"{code} {known.gist}" if known else code


def _title(rule: RuleAnswer) -> str:
    return rule_titles().get(rule.id, "")


def _telling(rules: Iterable[RuleAnswer]) -> list[RuleAnswer]:
    """The answers that say something: those that apply and were reached."""
    return [rule for rule in rules if rule.answer not in _SILENT]


def _deciding(rules: Iterable[RuleAnswer]) -> list[RuleAnswer]:
    """The answers, of those that say something, that made the price or the denial."""
    priced = payment_rules()
    return [rule for rule in rules if rule.answer is Answer.NOT_MET or rule.id in priced]


def _reasons(rules: Iterable[RuleAnswer], with_titles: bool = False) -> Markup:
    """The rows of a table of answers."""
    rows = [(_reason_row if rule.earlier else _kept_row)(rule, with_titles) for rule in rules]
    return Markup("".join(rows))  # noqa: S704 - of escaped rows


@lru_cache(_REASONS_KEPT)
def _kept_row(rule: RuleAnswer, with_title: bool) -> str:
    """The row of an answer that names no claim: many claims have the same."""
    return _reason_row(rule, with_title)


def _reason_row(rule: RuleAnswer, with_title: bool) -> str:
    parts: Any = environment().get_template("parts.html.j2").module
    return str(parts.reason(rule, with_title))

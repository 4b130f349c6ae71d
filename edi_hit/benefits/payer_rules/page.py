"""`docs/payers.md`: each rule found in the payers' documents, and what implements it or why nothing can.

`python -m edi_hit.benefits.payer_rules.page` prints the page; a test holds the one in docs to it. A section
is a TOML file beside this one; its tables are the entries.
"""

import sys
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

_PACKAGE = "edi_hit.benefits.payer_rules"
_HEAD = """\
# The payers' rules, one by one

Generated from the files of `edi_hit/benefits/payer_rules`; do not edit.

Each rule and edit found in the payers' documents is implemented by rules of this package, or by the part of
it that is named, or it is not implemented for one of three reasons: it is *not visible on a claim*, there
is *no source* for what it asks, or it *belongs to NCPDP*, the pharmacies' own transaction. `edi-hit rules ID`
says what a rule looks at, where it comes from, and how sure its codes are.
"""


class Reason(StrEnum):
    """Why a rule is not implemented; there is no other reason."""

    NOT_VISIBLE = "not visible on a claim"
    NO_SOURCE = "no source"
    NCPDP = "belongs to NCPDP"


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule of the documents: what it says, and the rules here that implement it, or why there are none.

    `edits` are the edits of the reference that ask the same. `rules` are ids of declared rules. `part` names
    the file that does it where that is no rule; `case` is what shows it where the rule is of no benefit that
    decides: a test (`file::test`) or a story's name. `note` adds to a reason, or says what is different here.
    """

    says: str
    edits: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    part: str = ""
    case: str = ""
    reason: Reason | None = None
    note: str = ""


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules of one payer: their ids begin with one of `prefixes`. `order` is its place on the page."""

    title: str
    order: int
    prefixes: tuple[str, ...]
    entries: dict[str, Entry]


@cache
def sections() -> tuple[Section, ...]:
    """Give the sections in the order of the page."""
    texts = (
        file.read_text(encoding="utf-8") for file in files(_PACKAGE).iterdir() if file.name.endswith(".toml")
    )
    found = (msgspec.convert(tomllib.loads(text), Section) for text in texts)
    return tuple(sorted(found, key=lambda section: section.order))


def payers_page() -> str:
    """Give the whole page as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD
    for section in sections():
        yield f"## {section.title}\n"
        yield "| rule | says | implemented by | not implemented |"
        yield "|---|---|---|---|"
        for rule_id, entry in section.entries.items():
            named = ", ".join((rule_id, *entry.edits))
            by = ", ".join(f"`{one}`" for one in (*entry.rules, *filter(None, (entry.part,))))
            why = ": ".join(filter(None, (entry.reason, entry.note)))
            yield f"| {named} | {entry.says} | {by} | {why} |"
        yield ""


if __name__ == "__main__":
    sys.stdout.write(payers_page())

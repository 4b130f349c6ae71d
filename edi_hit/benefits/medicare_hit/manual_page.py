"""`docs/medicare-hit.md`: each paragraph of the manual section, and the rules that implement it.

`python -m edi_hit.benefits.medicare_hit.manual_page` prints the page; a test holds the one in docs to it.
"""

import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import msgspec

from edi_hit.benefits.medicare_hit import BENEFIT

_HEAD = """\
# Medicare home infusion therapy: section 320, paragraph by paragraph

Generated from `edi_hit/benefits/medicare_hit/section_320.toml`; do not edit.

Pub. 100-02 chapter 15 section 320, Rev. 10269 of 2020-08-07. A paragraph is implemented by rules, or it
cannot be seen on a claim, and the page says why. `edi-hit rules ID` says what a rule looks at, where it
comes from, and how sure its codes are.
"""


class Paragraph(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One paragraph, or several that go together: its place, its gist, the rules, or why there are none."""

    at: str
    says: str
    rules: tuple[str, ...] = ()
    reason: str = ""

    def numbers(self) -> range:
        """Give the numbers of its paragraphs within the section."""
        first, _, last = self.at.partition("-")
        return range(int(first), int(last or first) + 1)


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section of the manual."""

    number: str
    title: str
    paragraphs: tuple[Paragraph, ...]


@cache
def sections() -> tuple[Section, ...]:
    """Give the sections in the manual's order."""
    text = (files("edi_hit.benefits.medicare_hit") / "section_320.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["section"], tuple[Section, ...])


def manual_page() -> str:
    """Give the whole page as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD
    for section in sections():
        yield f"## {section.number} {section.title}\n"
        yield "| paragraph | says | rules | not on a claim |"
        yield "|---|---|---|---|"
        for one in section.paragraphs:
            rules = ", ".join(f"`{rule}`" for rule in one.rules)
            yield f"| {one.at} | {one.says} | {rules} | {one.reason} |"
        yield ""
    yield "## Rules from other sources\n"
    yield "| rule | what it asks | source |"
    yield "|---|---|---|"
    cited = {rule for section in sections() for one in section.paragraphs for rule in one.rules}
    for rule in BENEFIT.book.rules.values():
        if rule.id not in cited:
            yield f"| `{rule.id}` | {rule.title} | {rule.source} |"


if __name__ == "__main__":
    sys.stdout.write(manual_page())

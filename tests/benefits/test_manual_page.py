"""The page on section 320 is as generated, and leaves out no paragraph and no rule."""

import re
from itertools import chain
from pathlib import Path

import pytest
from sample_files import samples_root

from edi_hit.benefits.medicare_hit import BENEFIT
from edi_hit.benefits.medicare_hit.manual_page import manual_page, sections

PAGE = Path(__file__).parents[2] / "docs" / "medicare-hit.md"
_SAMPLES = samples_root()
MANUAL = (_SAMPLES or Path("nowhere")).parent / "seeds" / "cms-pub-100-02-ch15-s320-transmittal-10269.txt"


def test_the_page_is_as_generated() -> None:
    assert PAGE.read_text(encoding="utf-8") == manual_page(), (
        "run: python -m edi_hit.benefits.medicare_hit.manual_page > docs/medicare-hit.md"
    )


def test_every_paragraph_has_rules_or_a_reason() -> None:
    for section in sections():
        for paragraph in section.paragraphs:
            assert paragraph.rules or paragraph.reason, (section.number, paragraph.at)
            assert set(paragraph.rules) <= set(BENEFIT.book.rules)


def test_every_rule_that_cites_the_section_stands_at_a_paragraph() -> None:
    cited = {rule for section in sections() for paragraph in section.paragraphs for rule in paragraph.rules}
    citing = {rule.id for rule in BENEFIT.book.rules.values() if "s.320" in rule.source}
    assert citing <= cited


def test_paragraphs_are_numbered_without_a_gap() -> None:
    for section in sections():
        numbers = list(chain.from_iterable(one.numbers() for one in section.paragraphs))
        assert numbers == list(range(1, len(numbers) + 1)), section.number


@pytest.mark.skipif(not MANUAL.is_file(), reason="the manual's text is not here")
def test_every_paragraph_of_the_manual_is_there() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    _, found, body = text.rpartition("\n320 - Home Infusion Therapy Services\n")
    assert found
    counted = {"320": 0}
    number = "320"
    for line in filter(None, map(str.strip, body.splitlines())):
        heading = re.match(r"(320(?:\.\d+)+) [-–] ", line)
        if heading:
            number = heading[1]
            counted[number] = 0
        elif not line.startswith("(Rev") and not (counted[number] and line[0].islower()):
            counted[number] += 1
    told = {section.number: section.paragraphs[-1].numbers()[-1] for section in sections()}
    assert told == counted

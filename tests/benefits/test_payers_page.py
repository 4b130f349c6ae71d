"""The page on the payers' rules is as generated, and leaves out no rule and no edit of the reference."""

import csv
import re
from pathlib import Path

import pytest
from sample_files import samples_root
from story_files import stories

from edi_hit.benefits.payer_rules.page import Entry, payers_page, sections
from edi_hit.benefits.registry import BUILT
from edi_hit.jobs.declared_rules import declared_rules

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "payers.md"
_SAMPLES = samples_root()
REFERENCE = (_SAMPLES or Path("nowhere")).parent / "reference"
ENTRIES: dict[str, Entry] = {
    rule_id: entry for section in sections() for rule_id, entry in section.entries.items()
}
_RULE_ROW = re.compile(r"^\| ([A-Z0-9]+-[A-Z0-9-]+) \|.*\|.*\|$", re.MULTILINE)
needs_reference = pytest.mark.skipif(
    not (REFERENCE / "payers.md").exists(), reason="the reference folder is not there"
)


def test_the_page_is_as_generated() -> None:
    assert PAGE.read_text(encoding="utf-8") == payers_page(), (
        "run: python -m edi_hit.benefits.payer_rules.page > docs/payers.md"
    )


def test_every_entry_stands_in_one_section_under_its_prefix() -> None:
    assert len(ENTRIES) == sum(len(section.entries) for section in sections())
    for section in sections():
        assert all(rule_id.startswith(section.prefixes) for rule_id in section.entries), section.title


@pytest.mark.parametrize("rule_id", ENTRIES)
def test_an_entry_is_implemented_with_a_case_or_says_why_not(rule_id: str) -> None:
    entry = ENTRIES[rule_id]
    assert bool(entry.rules or entry.part) != bool(entry.reason)
    assert set(entry.rules) <= set(declared_rules())
    if entry.part:
        assert (ROOT / entry.part).exists()
    asked = {rule for benefit in BUILT.values() for rule in benefit.book.rules}
    if not entry.reason and not asked.intersection(entry.rules):
        file, _, test = entry.case.partition("::")
        told = entry.case in {story.name for story in stories()}
        assert told or f"def {test}(" in (ROOT / file).read_text(encoding="utf-8")


@needs_reference
def test_no_rule_of_the_documents_is_left_out() -> None:
    text = (REFERENCE / "payers.md").read_text(encoding="utf-8")
    wanted = set(_RULE_ROW.findall(text)) | set(_edits())
    assert wanted - set(ENTRIES) == set()


@needs_reference
def test_every_edit_stands_with_its_rule() -> None:
    for rule_id, edits in _edits().items():
        assert ENTRIES[rule_id].edits == tuple(edits), rule_id


def _edits() -> dict[str, list[str]]:
    text = (REFERENCE / "data" / "payer_edits.csv").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["rule_id"], []).append(row["edit_id"])
    return found

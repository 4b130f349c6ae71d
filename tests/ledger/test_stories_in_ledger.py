"""The golden stories come out the same through a ledger, of SQLite and of PostgreSQL: decision and 835."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import delete, update
from story_files import Story, StoryClaim, stories
from story_in_ledger import LedgerStory, wrong_payments
from story_runner import StoryRun, differences

from edi_hit.ledger import Ledger, init_ledger, open_ledger
from edi_hit.ledger.audit_tables import AUDIT_ENTRY, AUDIT_HEAD
from edi_hit.ledger.file_tables import COUNTER
from edi_hit.ledger.migrations import SCHEMA_VERSION
from edi_hit.ledger.tables import METADATA

NO_837 = {"an NDC without quantity"}
"""Stories of claims that break the guide, and so are rejected before they are adjudicated."""

STORIES = {story.name: story for story in stories() if story.name not in NO_837}
DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="module")
def emptied(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Ledger]]:
    """Gives a ledger with nothing in it, open as a service has it: one a database, emptied each time."""
    made: dict[str, Ledger] = {}

    def ledger(database: str) -> Ledger:
        if database not in made:
            address = (
                str(tmp_path_factory.mktemp("stories") / "ledger.db")
                if database == "sqlite"
                else request.getfixturevalue("postgresql").database()
            )
            init_ledger(address)
            made[database] = opened.enter_context(open_ledger(address))
        else:
            empty(made[database])
        return made[database]

    with ExitStack() as opened:
        yield ledger


def empty(ledger: Ledger) -> None:
    """Take every row out of a ledger, but of its audit trail, which nothing here writes to."""
    with ledger.transaction() as connection:
        for table in METADATA.tables.values():
            if table not in (COUNTER, SCHEMA_VERSION, AUDIT_ENTRY, AUDIT_HEAD):
                connection.execute(delete(table))
        connection.execute(update(COUNTER).values(last=0))


@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("name", STORIES)
def test_story_through_the_ledger(
    name: str, database: str, emptied: Callable[[str], Ledger], tmp_path: Path
) -> None:
    story = STORIES[name]
    found = LedgerStory(story, emptied(database), tmp_path).tell()
    in_memory = [decision for _, decision in StoryRun(story).decide()]
    assert len(found) == len(in_memory) > 0
    for one, same in zip(found, in_memory, strict=True):
        assert differences(one.expected, one.decision) == [], story.why
        assert msgspec.structs.replace(one.decision, former=None) == same
        assert wrong_payments(one, claim_of(story, one.decision.claim)) == []


def claim_of(story: Story, claim_id: str) -> StoryClaim:
    """The claim of a story with a number."""
    return next(step.claim for step in story.steps if step.claim is not None and step.claim.id == claim_id)

"""Fixtures that several rooms' tests share, and how many sample files went through the copy writer."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from canary_watch import WATCH, watching
from postgresql_server import PostgresqlServer, programs
from sample_files import NO_SAMPLES, samples_root

from edi_hit.ledger import init_ledger

COPIED = pytest.StashKey[set[str]]()
UNREADABLE = pytest.StashKey[set[str]]()
LOOPED = pytest.StashKey[dict[bool, set[str]]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[COPIED] = set()
    config.stash[UNREADABLE] = set()
    config.stash[LOOPED] = {True: set(), False: set()}


@pytest.fixture(scope="session", autouse=True)
def all_is_watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whom files are about stands in no name of a file and no log that any test of the session left."""
    with watching():
        yield
    root = tmp_path_factory.getbasetemp()
    assert list(WATCH.in_names(root)) == []
    assert list(WATCH.in_logs(root)) == []


@pytest.fixture(autouse=True)
def watched() -> Iterator[None]:
    """Whom files are about stands in no error, finding or log record of a test: see `canary_watch`."""
    yield
    assert WATCH.asked() == []


@pytest.fixture(scope="session")
def samples() -> Path:
    """The public sample files; the test is skipped where they are not here."""
    folder = samples_root()
    if folder is None:
        pytest.skip(NO_SAMPLES)
    return folder


@pytest.fixture(scope="session")
def samples_837p(samples: Path) -> Path:
    """The 837P files among them."""
    return samples / "837P"


@pytest.fixture
def copied(request: pytest.FixtureRequest) -> set[str]:
    """Names of the sample files copied byte for byte so far."""
    return request.config.stash[COPIED]


@pytest.fixture
def unreadable(request: pytest.FixtureRequest) -> set[str]:
    """Names of the sample files that are not X12 so far."""
    return request.config.stash[UNREADABLE]


@pytest.fixture
def looped(request: pytest.FixtureRequest) -> dict[bool, set[str]]:
    """Names of the sample files that came back from XML and JSON, by whether their guide is known."""
    return request.config.stash[LOOPED]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    copied, unreadable = config.stash[COPIED], config.stash[UNREADABLE]
    if copied:
        total = len(copied) + len(unreadable)
        terminalreporter.write_line(
            f"sample files: {len(copied)} of {total} copied byte for byte, {len(unreadable)} without an ISA"
        )
    known, unknown = config.stash[LOOPED][True], config.stash[LOOPED][False]
    if known:
        terminalreporter.write_line(
            f"sample files: {len(known)} with a guide and {len(unknown)} without came back from loop XML and "
            "loop JSON byte for byte"
        )


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    """A PostgreSQL server of the session's own; the test is skipped where PostgreSQL is not installed."""
    installed = programs()
    if installed is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    server = PostgresqlServer(installed)
    server.start()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new, empty ledger of SQLite, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "ledger.db"
    init_ledger(str(path))
    return path


@pytest.fixture(scope="session")
def empty_postgresql(postgresql: PostgresqlServer) -> str:
    """The name of a database with a new, empty ledger, to be copied."""
    address = postgresql.database()
    init_ledger(address)
    return postgresql.name_of(address)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives the address of a new, empty ledger each time: of SQLite, then of PostgreSQL."""

    def make() -> str:
        if request.param == "postgresql":
            empty = request.getfixturevalue("empty_postgresql")
            return request.getfixturevalue("postgresql").database(empty)
        path = tmp_path / f"ledger{len(list(tmp_path.iterdir()))}.db"
        return str(shutil.copy(request.getfixturevalue("empty_sqlite"), path))

    return make


@pytest.fixture
def ledger_address(new_ledger: Callable[[], str]) -> str:
    """The address of a new, empty ledger: of SQLite, then of PostgreSQL."""
    return new_ledger()


@pytest.fixture
def sqlite_ledger(empty_sqlite: Path, tmp_path: Path) -> str:
    """The address of a new, empty ledger of SQLite."""
    return str(shutil.copy(empty_sqlite, tmp_path / "ledger.db"))

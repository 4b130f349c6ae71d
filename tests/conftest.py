"""Fixtures that several rooms' tests share, and how many sample files went through the copy writer."""

from pathlib import Path

import pytest
from sample_files import NO_SAMPLES, samples_root

COPIED = pytest.StashKey[set[str]]()
UNREADABLE = pytest.StashKey[set[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[COPIED] = set()
    config.stash[UNREADABLE] = set()


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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    copied, unreadable = config.stash[COPIED], config.stash[UNREADABLE]
    if copied:
        total = len(copied) + len(unreadable)
        terminalreporter.write_line(
            f"sample files: {len(copied)} of {total} copied byte for byte, {len(unreadable)} without an ISA"
        )

"""Fixtures that several rooms' tests share."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def samples_folder() -> Path | None:
    """The folder of public X12 files, where this machine has it: EDI_HIT_SAMPLES, or beside the checkout."""
    named = os.environ.get("EDI_HIT_SAMPLES")
    folder = Path(named) if named else ROOT.parent / "shared" / "samples"
    return folder if (folder / "MANIFEST.csv").is_file() else None


@pytest.fixture(scope="session")
def samples() -> Path:
    """The public sample files; the test is skipped where they are not here."""
    folder = samples_folder()
    if folder is None:
        pytest.skip("the public sample files are not here; EDI_HIT_SAMPLES can name their folder")
    return folder


@pytest.fixture(scope="session")
def samples_837p(samples: Path) -> Path:
    """The 837P files among them."""
    return samples / "837P"

"""The public sample files, found through EDI_HIT_SAMPLES or beside the repository; never copied into it."""

import csv
import os
from pathlib import Path

import pytest

VARIABLE = "EDI_HIT_SAMPLES"
_BESIDE = Path(__file__).resolve().parents[1].parent / "shared" / "samples"
NO_SAMPLES = f"the public sample files are not here; {VARIABLE} can name their folder"


def samples_root() -> Path | None:
    """The folder of the sample files, where there is one."""
    root = Path(os.environ.get(VARIABLE) or _BESIDE)
    return root if (root / "MANIFEST.csv").is_file() else None


def sample_paths(*folders: str) -> list[Path]:
    """The sample files in `folders`, or in all folders."""
    root = samples_root()
    if root is None:
        return []
    found = (path for path in sorted(root.glob("*/*")) if path.is_file())
    return [path for path in found if not folders or path.parent.name in folders]


def each_sample(*folders: str) -> pytest.MarkDecorator:
    """Run a test once for each sample file in `folders`; skip it where there are none."""
    found = [pytest.param(path, id=f"{path.parent.name}/{path.name}") for path in sample_paths(*folders)]
    missing = pytest.param(None, marks=pytest.mark.skip(reason=NO_SAMPLES), id="none")
    return pytest.mark.parametrize("sample", found or [missing])


def manifest() -> list[dict[str, str]]:
    """The rows of the samples' manifest: what is known of each file. Skips the test where it is absent."""
    root = samples_root()
    if root is None:
        pytest.skip(NO_SAMPLES)
    with (root / "MANIFEST.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sample(name: str) -> bytes:
    """The bytes of one sample file, by its path in the samples' folder. Skips the test where it is absent."""
    root = samples_root()
    if root is None:
        pytest.skip(NO_SAMPLES)
    return (root / name).read_bytes()

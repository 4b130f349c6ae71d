"""The public sample files, found through EDI_HIT_SAMPLES or beside the repository; never copied into it."""

import csv
import os
from pathlib import Path

import pytest

VARIABLE = "EDI_HIT_SAMPLES"
_BESIDE = Path(__file__).resolve().parents[1].parent / "shared" / "samples"
NO_SAMPLES = f"the public sample files are not here; {VARIABLE} can name their folder"

NOT_X12 = {
    "botsedi__837i-inst-claim.dat",
    "botsedi__anesthesia.dat",
    "botsedi__chiro.dat",
    "botsedi__cob-payera-payerb.dat",
    "botsedi__cob-prov-payera.dat",
    "botsedi__commercial-replacement.dat",
    "botsedi__home-infusion-ndc.dat",
    "botsedi__multi-tran.dat",
    "botsedi__ppo-repriced.dat",
    "botsedi__wheelchair.dat",
    "britten__encounter.edi",
    "britten__orthodontics.edi",
    "edi835kei__blue-cross-nc-sample.txt",
    "pbx12b__example835noisa.txt",
    "stupidedi__notes-recover.txt",
    "stupidedi__notes-split.edi",
    "stupidedi__x212-hr276-status-1.edi",
    "stupidedi__x221-hp835-advice-1.edi",
    "stupidedi__x221-hp835-advice-2.edi",
    "stupidedi__x221-hp835-advice-3a.edi",
    "stupidedi__x222-hc837-professional-1.edi",
}
"""They begin with a prose title, with GS or with ST: nothing tells their delimiters."""


def samples_root() -> Path | None:
    """The folder of the sample files, where there is one."""
    root = Path(os.environ.get(VARIABLE) or _BESIDE)
    return root if (root / "MANIFEST.csv").is_file() else None


def sample_paths(*folders: str, x12: bool | None = None) -> list[Path]:
    """The sample files in `folders`, or in all folders.

    With `x12` true only those that begin with an ISA, with false only the others.
    """
    root = samples_root()
    if root is None:
        return []
    found = [path for path in sorted(root.glob("*/*")) if path.is_file()]
    found = [path for path in found if not folders or path.parent.name in folders]
    return [path for path in found if x12 is None or x12 is (path.name not in NOT_X12)]


def each_sample(*folders: str, x12: bool | None = None) -> pytest.MarkDecorator:
    """Run a test once for each of the `sample_paths`; skip it where there are none."""
    found = [
        pytest.param(path, id=f"{path.parent.name}/{path.name}") for path in sample_paths(*folders, x12=x12)
    ]
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

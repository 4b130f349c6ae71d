"""The wheel and the sdist hold what git holds, and work where nothing else of the project is."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILD = [sys.executable, "-m", "build", "--no-isolation"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built from a copy of what git tracks or would track."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for name in project_files():
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    done = subprocess.run(
        [*BUILD, "--sdist", "--wheel", "--outdir", str(out), str(source)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return out


def project_files() -> list[str]:
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        pytest.skip("needs a git checkout to know which files belong to the project")
    return [name for name in done.stdout.splitlines() if (ROOT / name).is_file()]


def packaged(names: list[str]) -> set[str]:
    """What of the project's files belongs in the wheel, by its name there."""
    inside = {name for name in names if name.startswith("edi_hit/")}
    return inside | {f"edi_hit/{name}" for name in names if name.startswith("schemas/")}


def test_the_wheel_holds_every_packaged_file_of_the_project_and_nothing_else(built: Path) -> None:
    wheel = next(built.glob("*.whl"))
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == packaged(project_files())


def test_the_sdist_builds_the_same_wheel(built: Path, tmp_path: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    done = subprocess.run(
        [*BUILD, "--wheel", "--outdir", str(tmp_path), str(source)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    again, first = next(tmp_path.glob("*.whl")), next(built.glob("*.whl"))
    assert set(zipfile.ZipFile(again).namelist()) == set(zipfile.ZipFile(first).namelist())


def test_the_wheel_works_in_an_empty_venv(built: Path, tmp_path: Path) -> None:
    """The dependencies come from this environment; the package only from the wheel."""
    home = tmp_path / "venv"
    venv.create(home)
    python = home / "bin" / "python"
    wheel = next(built.glob("*.whl"))
    pip = [sys.executable, "-m", "pip", "--python", python]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", str(wheel)], check=True)
    here = sysconfig.get_paths()["purelib"]
    environment = {**os.environ, "PYTHONPATH": here, "PYTHONDONTWRITEBYTECODE": "1"}
    where = subprocess.run(
        [python, "-c", "import edi_hit; print(edi_hit.__file__)"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(home) in where.stdout
    done = subprocess.run(
        [home / "bin" / "edi-hit", "price", "G0068", "--on", "2025-03-05", "--locality", "10112-00"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "178.11" in done.stdout

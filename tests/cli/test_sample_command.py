"""`edi-hit sample` as it is typed."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from edi_hit.cli.main import edi_hit_command
from edi_hit.sample import write_sample_837p


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "edi_hit", "sample", *arguments], capture_output=True, check=False
    )


def expected(claims: int, seed: int) -> bytes:
    stream = io.BytesIO()
    write_sample_837p(stream, claims, seed)
    return stream.getvalue()


def test_standard_output_holds_the_file_and_nothing_else():
    result = run("--kind", "837p", "--claims", "7", "--seed", "3", "-o", "-")
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout == expected(7, 3)


def test_file_is_written_and_not_overwritten_without_force(tmp_path: Path):
    path = tmp_path / "claims.837"
    first = run("--claims", "2", "--seed", "1", "-o", str(path))
    assert first.returncode == 0
    assert first.stdout == b""
    assert b"2 claims" in first.stderr
    assert path.read_bytes() == expected(2, 1)

    refused = run("--claims", "3", "-o", str(path))
    assert refused.returncode == 2
    assert b"--force" in refused.stderr
    assert path.read_bytes() == expected(2, 1)

    assert run("--claims", "3", "-o", str(path), "--force").returncode == 0
    assert path.read_bytes() == expected(3, 1)
    assert [item.name for item in tmp_path.iterdir()] == ["claims.837"]


def test_quiet_says_nothing(tmp_path: Path):
    arguments = ["-q", "sample", "--claims", "1", "-o", str(tmp_path / "one.837")]
    result = CliRunner().invoke(edi_hit_command, arguments)
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "one.837").exists()


def test_an_835_answers_the_claims_of_the_same_seed():
    result = run("--kind", "835", "--claims", "7", "--seed", "3", "-o", "-")
    assert (result.returncode, result.stderr) == (0, b"")
    answered = {line.split(b"*")[1] for line in result.stdout.split(b"\n") if line.startswith(b"CLP*")}
    sent = {line.split(b"*")[1] for line in expected(7, 3).split(b"\n") if line.startswith(b"CLM*")}
    assert answered == sent


@pytest.mark.parametrize(
    "arguments", [["--kind", "834"], ["--claims", "0"], ["--claims", "many"], ["--seed", "-1"]]
)
def test_wrong_values_are_usage_errors(arguments):
    result = CliRunner().invoke(edi_hit_command, ["sample", *arguments])
    assert result.exit_code == 2
    assert f"'{arguments[0]}'" in result.output


def test_help_shows_what_works_and_two_examples():
    result = CliRunner().invoke(edi_hit_command, ["sample", "--help"])
    assert result.exit_code == 0
    assert result.output.count("  edi-hit sample ") == 3

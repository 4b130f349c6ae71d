"""The service does what its OpenAPI document says: schemathesis finds nothing.

With EDI_HIT_FAULTS=long (`make faults`) it runs all its phases, with more examples.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from http_service import Service, served

LONG = os.environ.get("EDI_HIT_FAULTS") == "long"
CHOSEN = [
    *([] if LONG else ["--phases=examples,fuzzing"]),
    f"--max-examples={100 if LONG else 3}",
    "--exclude-checks=positive_data_acceptance",  # no schema can say what X12 is
    "--suppress-health-check=all",
    "--seed=1",
    "--no-color",
]


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    limits = "[limits]\nrequests_per_minute = 1_000_000\n"
    with served(tmp_path_factory.mktemp("schema"), settings=limits) as service:
        yield service


def test_schemathesis_finds_nothing(described: Service, tmp_path: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("st"), "run", described.address + "openapi.json", *CHOSEN],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=1800,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    assert "Tested: 17" in done.stdout
    assert not [line for line in described.lines() if line.get("status", 0) >= 500]

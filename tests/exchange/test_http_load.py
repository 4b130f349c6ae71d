"""The short form of the load in bench/http_load.py; `make faults` runs the long one."""

import subprocess
import sys

from http_service import ROOT


def test_32_clients_at_once_get_their_answers() -> None:
    script = ROOT / "bench" / "http_load.py"
    done = subprocess.run(
        [sys.executable, script, "--minutes", "0.05", "--clients", "32"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "unwanted answers 0, failures logged 0, jobs left 0" in done.stdout

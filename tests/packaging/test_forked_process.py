"""What tests start by forking is handled as any process, and gone when they are."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from forked_process import ForkedProcess

LEFT = """
import sys
from pathlib import Path
from forked_process import ForkedProcess
from test_forked_process import sleep
if __name__ == "__main__":
    ForkedProcess(sleep, streams={1: Path(sys.argv[1])})
"""


def sleep() -> int:
    print(os.getpid(), flush=True)
    time.sleep(600)
    return 0


def fail(code: int) -> int:
    print("told", os.environ["TOLD"], Path.cwd())
    return code


def test_it_is_in_this_folder_with_this_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOLD", "so")
    process = ForkedProcess(fail, 3, streams={1: tmp_path / "out"})
    assert process.wait(60) == process.poll() == 3
    assert (tmp_path / "out").read_text() == f"told so {tmp_path}\n"


def test_one_that_is_left_ends_with_who_started_it(tmp_path: Path) -> None:
    script, out = tmp_path / "left.py", tmp_path / "out"
    script.write_text(LEFT)
    tests = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tests), str(Path(__file__).parent)])}
    subprocess.run([sys.executable, script, out], env=environment, check=True, timeout=60)
    number = out.read_text().strip() if out.exists() else ""
    assert not number or not Path(f"/proc/{number}").exists()

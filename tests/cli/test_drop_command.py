"""`edi-hit drop` as it is typed: once, the status, and stopped by a signal."""

import json
import signal
import subprocess
import time
from pathlib import Path

from drop_folders import Drop
from edi_hit_command import COMMAND, edi_hit

EXAMPLE = Path(__file__).parents[2] / "examples" / "01-first-visit.837"


def test_once_then_the_status(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop", 'do = "adjudicate"')
    drop.put("a", EXAMPLE.read_bytes())
    waiting = json.loads(edi_hit("drop", drop.config, "--status", "--format", "json").stdout)
    assert (waiting["folders"][0]["waiting"], waiting["totals"]) == (1, [])
    done = edi_hit("drop", drop.config, "--once")
    assert (done.returncode, done.stdout) == (0, "")
    events = [json.loads(line)["event"] for line in done.stderr.splitlines()]
    assert events == ["started", "taken", "registered", "closed", "stopped"]
    drop.put("b", b"no X12")
    assert edi_hit("drop", drop.config, "--once").returncode == 1
    told = edi_hit("drop", drop.config, "--status").stdout
    assert "claims: 0 waiting" in told
    assert "archive             1 files, 1 claims" in told
    assert "not X12" in told
    audit = edi_hit("ledger", "audit", "--ledger", drop.ledger)
    assert audit.returncode == 0
    assert f"audit trail: {audit.stdout.strip()}" in told
    assert edi_hit("ledger", "audit", "--ledger", drop.ledger, "--head", audit.stdout.strip()).returncode == 0
    assert edi_hit("ledger", "audit", "--ledger", drop.ledger, "--head", "1:0").returncode == 1


def test_sigterm_ends_it_cleanly(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop")
    with subprocess.Popen([COMMAND, "drop", str(drop.config)], stderr=subprocess.PIPE, text=True) as worker:
        assert worker.stderr is not None
        assert json.loads(worker.stderr.readline())["event"] == "started"
        drop.put("a", EXAMPLE.read_bytes())
        while '"closed"' not in worker.stderr.readline():
            time.sleep(0.01)
        worker.send_signal(signal.SIGTERM)
        assert json.loads(worker.stderr.read().splitlines()[-1])["event"] == "stopped"
        assert worker.wait(60) == 0


def test_without_a_ledger_it_says_how_to_make_one(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop")
    Path(drop.ledger).unlink()
    done = edi_hit("drop", drop.config, "--once")
    assert done.returncode == 4
    assert "edi-hit ledger init makes one" in done.stderr
    assert "Traceback" not in done.stderr

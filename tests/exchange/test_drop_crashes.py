"""A worker killed at any step: the next one brings every file to the same end, byte for byte."""

import io
import os
import shutil
import signal
import sys
from pathlib import Path

import pytest
from claim_text import CLAIM, GOOD, changed, file_of
from drop_folders import FIXED, Drop
from drop_processes import figure, forget_leases, quick_folder
from sqlalchemy import event
from sqlalchemy.engine import Engine

from edi_hit.exchange.drop import DropRun, read_plan
from edi_hit.ledger import open_ledger, verify_audit

__all__ = ["quick_folder"]

STRIDE = int(os.environ.get("EDI_HIT_FAULT_STRIDE", "9"))
"""Every how many steps a worker is killed; the long form takes each."""

_CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT

FILE = file_of(*GOOD)
FAULTY = file_of(*changed(CLAIM[0], CLAIM[0].replace("300.5", "301.5"))).replace(b"*000000001", b"*000000003")
DELIVERED = {"a": FILE, "b": FAULTY, "c": FILE, "d": b"no X12"}

DROPS = {
    "translate": ('do = "translate"\nto = "json"\nready = "marker"', "\n[duplicates]\nclaim_days = 30"),
    "adjudicate": ('do = "adjudicate"', None),
}


def in_a_child(drop: Drop, kill_at: int | None) -> int:
    """Run a worker in a process of its own, killed at a step; give how many steps it came to.

    A step is a change in the file system or a commit of the journal, and the worker is killed before it.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        steps = 0

        def step() -> None:
            nonlocal steps
            steps += 1
            os.write(writing, b".")
            if steps == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

        def hook(name: str, arguments: tuple[object, ...]) -> None:
            flags = arguments[2] if name == "open" and len(arguments) > 2 else 0
            if name in _CHANGES or (isinstance(flags, int) and flags & _WRITING):
                step()

        sys.dont_write_bytecode = True
        sys.addaudithook(hook)
        event.listen(Engine, "commit", lambda connection: step())
        with open_ledger(drop.ledger) as ledger:
            DropRun(read_plan(drop.config), ledger, io.StringIO(), FIXED).run(once=True)
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as stream:
        return len(stream.read())


def delivered(root: Path, kind: str) -> Drop:
    """A drop with the files in its inbound folder."""
    settings, partner = DROPS[kind]
    drop = Drop(root, settings, partner=partner)
    for name, data in DELIVERED.items():
        drop.put(name, data)
        if "marker" in settings:
            (drop.root / "inbound" / f"{name}.done").touch()
    return drop


@pytest.mark.parametrize("kind", DROPS)
def test_killed_at_any_step_the_end_is_the_same(quick_folder: Path, kind: str) -> None:
    template = delivered(quick_folder / "template", kind).root.parent
    whole = _copied(template, quick_folder / "whole")
    steps = in_a_child(whole, None)
    assert steps > 100
    expected = whole.files()
    assert len([path for path in expected if path.startswith("ack/")]) >= 4
    for kill_at in range(1, steps + 1, STRIDE):
        drop = _copied(template, quick_folder / "killed")
        assert in_a_child(drop, kill_at) == kill_at
        forget_leases(drop)
        drop.run()
        assert drop.files() == expected, f"killed at step {kill_at}"
        with open_ledger(drop.ledger) as ledger, ledger.reading() as connection:
            verdict = verify_audit(connection)
            assert (verdict.head.entries, verdict.faults) == (len(DELIVERED), ())
        shutil.rmtree(drop.root.parent)
    figure(f"killed at a step, {kind}", steps=steps, killed=len(range(1, steps + 1, STRIDE)))


def _copied(template: Path, root: Path) -> Drop:
    """A drop as another one is."""
    shutil.copytree(template, root)
    config = root / "drop.toml"
    config.write_text(config.read_text().replace(str(template), str(root)))
    return Drop.at(root)

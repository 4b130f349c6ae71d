"""A drop whose files come from and go to a partner's SSH server."""

import os
import time
from collections import Counter
from pathlib import Path

import pytest
from claim_text import GOOD, file_of
from drop_folders import Drop
from drop_processes import closed, wait_until, workers
from sqlalchemy import text
from ssh_server import SshServer, transport, transport_settings

from edi_hit.exchange.drop import read_plan
from edi_hit.ledger import open_ledger, verify_audit
from edi_hit.rules import ConfigError

FILE = file_of(*GOOD)
SFTP = 'partners = ["dayton"]\nsftp = true'


def drop_of(root: Path, server: SshServer, remote: Path, more: str = "", poll: int = 1) -> Drop:
    profile = "\n" + transport_settings(transport(server, remote))
    return Drop(root, SFTP, partner=profile, more=f"sftp_poll_seconds = {poll}{more}")


def folder(root: Path, name: str) -> Path:
    made = root / name
    made.mkdir()
    return made


def delivered(remote: Path, number: int) -> None:
    """The partner puts a file onto its server."""
    (remote / "out" / f"{number}.837").write_bytes(FILE.replace(b"*000000001", b"*%09d" % number))


def kinds(folder: Path) -> Counter[str]:
    """How many files of each kind there are in a folder."""
    return Counter(path.suffix for path in folder.iterdir() if path.is_file())


def test_files_are_fetched_answered_and_answers_put(tmp_path: Path, server: SshServer, remote: Path) -> None:
    drop = drop_of(tmp_path / "drop", server, remote)
    for number in (1, 2):
        delivered(remote, number)
    told = Counter(line["event"] for line in drop.run())
    assert (told["fetched"], told["closed"], told["put"]) == (2, 2, 4)
    assert drop.exit_code == 0
    assert kinds(remote / "out") == Counter()
    assert kinds(remote / "in") == Counter({".999": 2, ".277ca": 2})
    assert kinds(drop.root / "ack") == Counter()
    assert kinds(drop.root / "ack" / "sent") == Counter({".999": 2, ".277ca": 2})
    with open_ledger(drop.ledger) as ledger, ledger.reading() as connection:
        verdict = verify_audit(connection)
    assert (verdict.head.entries, verdict.faults) == (8, ())


def test_what_was_put_is_kept_as_long_as_told(tmp_path: Path, server: SshServer, remote: Path) -> None:
    drop = drop_of(tmp_path / "drop", server, remote, "\n[retention]\nsent_days = 30")
    drop.put("a.837", FILE)
    drop.run()
    put = drop.root / "ack" / "sent"
    old, young = sorted(put.iterdir())
    os.utime(old, (0, time.time() - 31 * 86_400))
    os.utime(young, (0, time.time() - 29 * 86_400))
    drop.run()
    assert list(put.iterdir()) == [young]
    with open_ledger(drop.ledger) as ledger, ledger.reading() as connection:
        assert verify_audit(connection).faults == ()
        told = connection.execute(text("SELECT subject, detail FROM audit_entry WHERE action = 'removed'"))
        assert [tuple(row) for row in told] == [("claims/ack/sent", "1 files kept long enough")]


def test_of_several_workers_one_looks_at_a_time_and_no_oftener_than_told(
    tmp_path: Path, server: SshServer, remote: Path
) -> None:
    drop = drop_of(tmp_path / "drop", server, remote, poll=3_600)
    delivered(remote, 1)
    with workers(drop, tmp_path, {}) as (first,):
        wait_until(lambda: first.told("closed"))
        delivered(remote, 2)
        drop.put("here.837", FILE.replace(b"*000000001", b"*000000009"))
        with workers(drop, folder(tmp_path, "second"), {}) as (second,):
            wait_until(lambda: closed(drop) == 2)
        assert not second.told("fetched")
    assert kinds(remote / "out") == Counter({".837": 1}), "the first looked less than an hour ago"
    lock = drop.root / ".sftp.lock"
    os.utime(lock, (0, lock.stat().st_mtime - 3_601))
    with workers(drop, folder(tmp_path, "third"), {}) as (third,):
        wait_until(lambda: closed(drop) == 3)
    assert third.told("fetched")


def test_a_server_that_is_away_does_not_stop_the_folder(
    tmp_path: Path, server: SshServer, remote: Path
) -> None:
    drop = drop_of(tmp_path / "drop", server, remote)
    delivered(remote, 1)
    server.stop()
    try:
        drop.put("here.837", FILE.replace(b"*000000001", b"*000000009"))
        assert drop.closed() == [("archive", "accepted")]
        assert drop.exit_code == 4
        with workers(drop, tmp_path, {}, {}) as two:
            drop.put("there.837", FILE.replace(b"*000000001", b"*000000008"))
            wait_until(lambda: closed(drop) == 2 and any(one.told("server failed") for one in two))
            server.start()
            wait_until(lambda: closed(drop) == 3 and sum(kinds(remote / "in").values()) == 6)
            delivered(remote, 2)
            wait_until(lambda: closed(drop) == 4 and sum(kinds(remote / "in").values()) == 8)
    finally:
        server.stop()
        server.start()
    events = Counter(line["event"] for worker in two for line in worker.lines())
    assert (events["fetched"], events["put"]) == (2, 8), "each once, though two workers look"


def test_a_server_wants_one_partner_that_has_one(tmp_path: Path) -> None:
    for settings, partner, told in (
        ("sftp = true", "", "exactly one partner"),
        (SFTP, "", "its transport is a folder"),
    ):
        with pytest.raises(ConfigError, match=told):
            Drop(tmp_path / "drop", settings, partner=partner)
    assert read_plan(Drop(tmp_path / "drop", 'partners = ["dayton"]', partner="").config).folders

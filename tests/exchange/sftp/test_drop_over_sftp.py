"""A drop whose files come from and go to a partner's SSH server."""

from collections import Counter
from pathlib import Path

import pytest
from claim_text import GOOD, file_of
from drop_folders import Drop
from drop_processes import closed, wait_until, workers
from ssh_server import SshServer, transport, transport_settings

from edi_hit.exchange.drop import read_plan
from edi_hit.ledger import open_ledger, verify_audit
from edi_hit.rules import ConfigError

FILE = file_of(*GOOD)
SFTP = 'partners = ["dayton"]\nsftp = true'


def drop_of(root: Path, server: SshServer, remote: Path) -> Drop:
    profile = "\n" + transport_settings(transport(server, remote))
    return Drop(root, SFTP, partner=profile, more="sftp_poll_seconds = 1")


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
            wait_until(lambda: closed(drop) == 2 and all(one.told("server failed") for one in two))
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

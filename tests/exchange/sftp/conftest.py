"""A real OpenSSH server, and a partner's folders on it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from ssh_server import SSHD, SshServer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    if not SSHD.exists():
        pytest.skip("sshd is not installed (Debian: apt-get install openssh-server)")
    if os.geteuid() != 0 and not os.access("/run/sshd", os.R_OK):
        pytest.skip("sshd needs the folder /run/sshd, which only root can make")
    running = SshServer(tmp_path_factory.mktemp("ssh"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    folder = tmp_path / "partner"
    (folder / "out").mkdir(parents=True)
    (folder / "in").mkdir()
    return folder

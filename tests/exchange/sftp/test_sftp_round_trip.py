"""SFTP against a real OpenSSH server: fetched and put whole, resumed, exactly once, host key verified."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from edi_hit_command import edi_hit
from ssh_server import SshServer, transport, transport_settings

from edi_hit.exchange.sftp import SftpServer, connected, pull, push, with_retries
from edi_hit.rules import ConfigError, PartnerError

CLAIMS = os.urandom(700_000)


@pytest.fixture
def local(tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


@pytest.fixture
def open_server(server: SshServer, remote: Path) -> Iterator[SftpServer]:
    with connected(transport(server, remote)) as opened:
        yield opened


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_files_are_fetched_whole_and_removed_there(
    open_server: SftpServer, remote: Path, local: Path
) -> None:
    (remote / "out" / "claims.837").write_bytes(CLAIMS)
    (remote / "out" / "empty.837").write_bytes(b"")
    (remote / "out" / "half.837.part").write_bytes(b"x")
    (remote / "out" / ".hidden").write_bytes(b"x")
    fetched = list(pull(open_server, str(remote / "out"), local))
    assert [(one.name, one.size) for one in fetched] == [("claims.837", len(CLAIMS)), ("empty.837", 0)]
    assert (local / "claims.837").read_bytes() == CLAIMS
    assert (local / "claims.837").stat().st_mode & 0o777 == 0o600
    assert names(remote / "out") == [".hidden", "half.837.part"]
    assert names(local) == ["claims.837", "empty.837"]


def test_a_fetch_goes_on_where_it_was_broken_off(open_server: SftpServer, remote: Path, local: Path) -> None:
    source = remote / "out" / "claims.837"
    source.write_bytes(CLAIMS)
    changed = int(source.stat().st_mtime)
    partial = local / f".claims.837.{len(CLAIMS)}-{changed}.part"
    partial.write_bytes(b"?" * 300_000)
    assert len(list(pull(open_server, str(remote / "out"), local))) == 1
    assert (local / "claims.837").read_bytes() == b"?" * 300_000 + CLAIMS[300_000:]
    assert names(local) == ["claims.837"]


def test_a_name_that_is_taken_or_not_plain_harms_nothing(
    open_server: SftpServer, remote: Path, local: Path
) -> None:
    (local / "a.837").write_bytes(b"first")
    (remote / "out" / "a.837").write_bytes(b"second")
    (remote / "out" / "$(id) ..").write_bytes(b"third")
    fetched = [one.name for one in pull(open_server, str(remote / "out"), local)]
    assert (local / "a.837").read_bytes() == b"first"
    assert sorted((local / name).read_bytes() for name in fetched) == [b"second", b"third"]
    assert not any("$" in name for name in names(local))


def test_files_are_put_whole_and_moved_to_sent(open_server: SftpServer, remote: Path, local: Path) -> None:
    (local / "claims.837").write_bytes(CLAIMS)
    assert [one.name for one in push(open_server, local, str(remote / "in"))] == ["claims.837"]
    assert (remote / "in" / "claims.837").read_bytes() == CLAIMS
    assert names(remote / "in") == ["claims.837"]
    assert names(local) == ["sent"]
    assert list(push(open_server, local, str(remote / "in"))) == []


def test_an_upload_goes_on_where_it_was_broken_off(
    open_server: SftpServer, remote: Path, local: Path
) -> None:
    (local / "claims.837").write_bytes(CLAIMS)
    part = remote / "in" / f".claims.837.{hashlib.sha256(CLAIMS).hexdigest()[:16]}.part"
    part.write_bytes(b"?" * 300_000)
    assert len(list(push(open_server, local, str(remote / "in")))) == 1
    assert (remote / "in" / "claims.837").read_bytes() == b"?" * 300_000 + CLAIMS[300_000:]


def test_what_was_renamed_before_a_stop_is_not_put_there_again(
    open_server: SftpServer, remote: Path, local: Path
) -> None:
    (local / "claims.837").write_bytes(CLAIMS)

    class Stopped(SftpServer):
        """Stops right after the server has given a file its name."""

        def rename(self, path: str, new: str) -> None:
            super().rename(path, new)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(push(Stopped(open_server._client), local, str(remote / "in")))
    (remote / "in" / "claims.837").unlink()
    assert [one.name for one in push(open_server, local, str(remote / "in"))] == ["claims.837"]
    assert names(remote / "in") == []
    assert names(local) == ["sent"]


def test_a_file_of_that_name_on_the_server_is_not_replaced(
    open_server: SftpServer, remote: Path, local: Path
) -> None:
    (local / "claims.837").write_bytes(CLAIMS)
    (remote / "in" / "claims.837").write_bytes(b"another")
    with pytest.raises(PartnerError, match="is there one of that name"):
        list(push(open_server, local, str(remote / "in")))
    assert (remote / "in" / "claims.837").read_bytes() == b"another"
    assert (local / "claims.837").exists()


def test_a_server_with_another_host_key_is_refused(server: SshServer, remote: Path) -> None:
    other = " ".join((server.folder / "other_key.pub").read_text().split()[:2])
    with pytest.raises(PartnerError, match="host key"), connected(transport(server, remote, host_key=other)):
        pass


def test_keys_are_secrets(
    server: SshServer, remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OUR_KEY", server.key.read_text())
    with connected(transport(server, remote, private_key="env:OUR_KEY")) as opened:
        assert opened.files(str(remote / "out")) == []
    shown = tmp_path / "shown"
    shown.write_text(server.key.read_text())
    shown.chmod(0o644)
    for reference, told in [(f"file:{shown}", "chmod 600"), ("env:NOT_THERE", "is not there")]:
        with (
            pytest.raises(ConfigError, match=told),
            connected(transport(server, remote, private_key=reference)),
        ):
            pass
    other = transport(server, remote, private_key=f"file:{server.folder}/other_key")
    with pytest.raises(PartnerError, match="does not let us in"), connected(other):
        pass


def test_a_server_that_is_down_is_tried_again(server: SshServer, remote: Path) -> None:
    waits: list[float] = []

    def start_again(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            server.start()

    def files() -> int:
        with connected(transport(server, remote)) as opened:
            return len(opened.files(str(remote / "out")))

    server.stop()
    assert with_retries(files, 5, start_again) == 0
    assert waits == [1.0, 2.0]


def test_the_command_pulls_and_pushes(server: SshServer, remote: Path, local: Path, tmp_path: Path) -> None:
    told = transport(server, remote)
    profile = tmp_path / "partner.toml"
    profile.write_text(
        'name = "payer-one"\nsender = {id = "PAYERONE"}\nreceiver = {id = "RIVERBEND1"}\n'
        + transport_settings(told)
    )
    (remote / "out" / "era.835").write_bytes(b"ISA")
    done = edi_hit("sftp", "pull", local, "--partner", profile)
    assert (done.returncode, done.stdout) == (0, "era.835: 3 bytes\n"), done.stderr
    done = edi_hit("sftp", "push", local, "--partner", profile)
    assert done.returncode == 0
    assert names(remote / "in") == ["era.835"]
    profile.write_text(profile.read_text().replace(f"port = {server.port}", "port = 1"))
    done = edi_hit("sftp", "push", local, "--partner", profile, "--attempts", "1")
    assert done.returncode == 4
    assert "cannot be reached" in done.stderr

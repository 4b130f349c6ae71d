"""An SSH server of the tests' own (OpenSSH), on a free port of this machine, with keys made for it."""

import getpass
import json
import socket
import subprocess
import time
from pathlib import Path

from edi_hit.profiles import SftpTransport

SSHD = Path("/usr/sbin/sshd")
"""The program; it insists on being called by its whole path."""


class SshServer:
    """A running server that lets one key in. Its files are those of `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.user = getpass.getuser()
        self.key = folder / "client_key"
        self._config = folder / "sshd_config"
        for name in ("client_key", "host_key", "other_key"):
            self._run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(folder / name))
        (folder / "authorized_keys").write_text((folder / "client_key.pub").read_text())
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._config.write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host_key\n"
            f"AuthorizedKeysFile {folder}/authorized_keys\nStrictModes no\nUsePAM no\nPidFile none\n"
            "PermitRootLogin yes\nPasswordAuthentication no\nSubsystem sftp internal-sftp\nLogLevel ERROR\n"
        )
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def host_key(self) -> str:
        """The server's public key as a profile has it."""
        return " ".join((self.folder / "host_key.pub").read_text().split()[:2])

    def start(self) -> None:
        """Start the server and wait until it answers."""
        Path("/run/sshd").mkdir(exist_ok=True)
        self._server = subprocess.Popen([str(SSHD), "-D", "-e", "-f", str(self._config)])
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("the SSH server does not answer")

    def stop(self) -> None:
        """Stop the server, and what it is doing for its clients."""
        if self._server is not None:
            subprocess.run(["pkill", "-KILL", "-P", str(self._server.pid)], check=False)
            self._server.kill()
            self._server.wait()
            self._server = None

    def _run(self, *command: str) -> None:
        subprocess.run(command, check=True, capture_output=True)


def transport(server: SshServer, remote: Path, **change: object) -> SftpTransport:
    """How a partner's folders `out` and `in` below `remote` are reached on the server."""
    told: dict[str, object] = {
        "host": "127.0.0.1",
        "port": server.port,
        "user": server.user,
        "host_key": server.host_key,
        "private_key": f"file:{server.key}",
        "inbound": str(remote / "out"),
        "outbound": str(remote / "in"),
    }
    return SftpTransport(**(told | change))  # type: ignore[arg-type]  # the settings as a profile has them


def transport_settings(told: SftpTransport) -> str:
    """The settings as a profile has them (TOML)."""
    names = ("host", "port", "user", "host_key", "private_key", "inbound", "outbound")
    lines = (f"{name} = {json.dumps(getattr(told, name))}\n" for name in names)
    return '[transport]\nkind = "sftp"\n' + "".join(lines)

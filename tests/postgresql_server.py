"""A PostgreSQL server of the tests' own, in a temporary folder, on a Unix socket, never run as root."""

import os
import pwd
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

_USERS = ("postgres", "nobody")
"""As whom the server runs where the tests run as root, which PostgreSQL refuses."""


def programs() -> Path | None:
    """Where PostgreSQL's programs are; None where it is not installed."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(installed[-1]) if installed else shutil.which("initdb")
    return Path(found).parent if found else None


class PostgresqlServer:
    """A running server; `database()` gives the address of a new database."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="edi-pg-", dir="/tmp"))
        self.folder.chmod(0o755)
        self._data = self.folder / "data"
        self._data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            self._user = next(name for name in _USERS if _exists(name))
            shutil.chown(self.folder, self._user)
            shutil.chown(self._data, self._user)
        else:
            self._user = pwd.getpwuid(os.geteuid()).pw_name
        self._numbers = count(1)

    def start(self) -> None:
        """Make the cluster where there is none yet, and start it."""
        if not (self._data / "PG_VERSION").exists():
            self._run("initdb", *f"-D {self._data} -U tests -A trust -E UTF8 -N --locale=C".split())
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off"
        self._run("pg_ctl", *f"-D {self._data} -w -s -l {self.folder}/log -o".split(), options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop the server, as a crash would by default."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-s", "-m", mode, "stop")

    def remove(self) -> None:
        """Stop the server for good and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder)

    def database(self, like: str = "template1") -> str:
        """Make a database like another one, which nobody uses, or empty; give its address."""
        name = f"ledger{next(self._numbers)}"
        self._run("createdb", "-h", str(self.folder), "-U", "tests", "-T", like, name)
        return f"postgresql://tests@/{name}?host={self.folder}"

    def name_of(self, address: str) -> str:
        """The name of the database at an address."""
        return urlsplit(address).path.removeprefix("/")

    def _run(self, program: str, *arguments: str) -> None:
        as_user = ["runuser", "-u", self._user, "--"] if os.geteuid() == 0 else []
        command = [*as_user, str(self._programs / program), *arguments]
        done = subprocess.run(
            command, cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=program != "pg_ctl", text=True
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr}")


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True

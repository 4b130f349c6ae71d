"""Loads the HTTP service with good, huge, slow, cut-off and hostile requests at once, on loopback.

    python bench/http_load.py --minutes 5 [--clients 32]

Starts a server of its own in a temporary folder. Prints what was answered, and the memory of the server. Exit
code 1 where a good request got anything but its answer, a hostile one something else than a 4xx, the server
logged a failure, left a job behind, or came to hold too much memory.
"""

import argparse
import gzip
import json
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from io import BytesIO
from pathlib import Path

from edi_hit.sample import write_sample_835, write_sample_837p

SETTINGS = """
port = 0
folder = "jobs"
[limits]
body_mb = 8
at_once_kb = 256
header_seconds = 3
body_seconds = 3
memory_mb = 1024
job_seconds = 600
answer_seconds = 60
waiting = 1000
requests_per_minute = 1_000_000_000
"""
X12 = {"content-type": "application/edi-x12"}
LARGE_CLAIMS = 500
LARGEST_MB = 400
"""Megabytes the server itself may come to hold; those of its workers are bounded by `memory_mb`."""


def sample(write: Callable[..., int], claims: int, seed: int) -> bytes:
    with BytesIO() as stream:
        write(stream, claims, seed)
        return stream.getvalue()


class Bodies:
    """What the clients send."""

    def __init__(self) -> None:
        self.small = [sample(write_sample_837p, 5, seed) for seed in range(8)]
        self.remittance = sample(write_sample_835, 5, 1)
        self.large = sample(write_sample_837p, LARGE_CLAIMS, 9)
        self.huge = self.small[0] + b" " * (9 * 1024 * 1024)
        self.bomb = gzip.compress(self.small[0][:106] + b"NM1*85*2~" * 200_000, 6)


class Load:
    """The clients, and what they got. `bad` holds what no client should have got, `late` counts answers
    that became jobs because they took longer than `answer_seconds`."""

    def __init__(self, host: str, port: int, until: float) -> None:
        self.host, self.port, self.until = host, port, until
        self.bodies = Bodies()
        self.answered: Counter[tuple[str, object]] = Counter()
        self.bad: list[str] = []
        self.late = 0
        self._lock = threading.Lock()

    def client(self, seed: int) -> None:
        draw = random.Random(seed)
        kinds = [self.good] * 12 + [
            self.job,
            self.too_large,
            self.slow,
            self.cut_off,
            self.hostile,
            self.bomb,
        ]
        while time.monotonic() < self.until:
            kind = draw.choice(kinds)
            try:
                told, wanted = kind(draw)
            except (OSError, HTTPException) as error:
                told, wanted = type(error).__name__, kind in (self.slow, self.cut_off, self.too_large)
            with self._lock:
                self.answered[kind.__name__, told] += 1
                if not wanted:
                    self.bad.append(f"{kind.__name__}: {told}")

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] = X12
    ) -> tuple[int, bytes]:
        connection = HTTPConnection(self.host, self.port, timeout=120)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Send a body; what becomes a job since the machine is slow is waited for."""
        status, answer = self.ask("POST", path, body)
        if status == 202:
            self.late += 1
            return self.outcome(answer)
        return status, answer

    def outcome(self, told: bytes) -> tuple[int, bytes]:
        """Wait for a job, take what it gave, and remove it."""
        href = json.loads(told)["href"]
        while "finished" not in json.loads(self.ask("GET", href)[1]):
            time.sleep(0.2)
        given = self.ask("GET", f"{href}/result")
        self.ask("DELETE", href)
        return given

    def good(self, draw: random.Random) -> tuple[object, bool]:
        body = draw.choice(self.bodies.small)
        asked = draw.choice(
            [
                ("POST", "/v1/validate", body),
                ("POST", "/v1/validate", self.bodies.remittance),
                ("POST", "/v1/adjudicate", body),
                ("POST", "/v1/translate?to=json&as=claims", body),
                ("GET", "/v1/price?code=G0088&on=2025-03-05&state=AL", b""),
                ("GET", "/health", b""),
            ]
        )
        method, path, sent = asked
        status, answer = self.post(path, sent) if method == "POST" else self.ask(method, path)
        return status, status == 200 and bool(answer)

    def job(self, draw: random.Random) -> tuple[object, bool]:
        path = draw.choice(["/v1/validate", "/v1/adjudicate"])
        status, answer = self.ask("POST", path, self.bodies.large)
        if status != 202:
            return status, False
        status, answer = self.outcome(answer)
        if status != 200:
            return status, False
        claims = json.loads(answer).get("claims") or json.loads(answer)["summary"]["claims"]
        return status, claims == LARGE_CLAIMS

    def too_large(self, draw: random.Random) -> tuple[object, bool]:
        status, _ = self.ask("POST", "/v1/adjudicate", self.bodies.huge)
        return status, status == 413

    def bomb(self, draw: random.Random) -> tuple[object, bool]:
        status, _ = self.post("/v1/validate?max_findings=10", self.bodies.bomb)
        return status, status in (200, 422)

    def slow(self, draw: random.Random) -> tuple[object, bool]:
        """Send a byte a second: first of the head, or of the body."""
        head = b"POST /v1/validate HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5000\r\n\r\n"
        begun = time.monotonic()
        with socket.create_connection((self.host, self.port), timeout=30) as connection:
            connection.sendall(head if draw.random() < 0.5 else head[:30])
            connection.settimeout(1)
            while time.monotonic() - begun < 30:
                connection.sendall(b"I")
                try:
                    answer = connection.recv(65536)
                except TimeoutError:
                    continue
                return answer[9:12].decode() or "cut", answer[:12] in (b"", b"HTTP/1.1 408")
        return "not cut", False

    def cut_off(self, draw: random.Random) -> tuple[object, bool]:
        body = draw.choice(self.bodies.small)
        head = (
            f"POST /v1/adjudicate HTTP/1.1\r\nhost: localhost\r\ncontent-length: {len(body)}\r\n\r\n".encode()
        )
        data = head + body
        with socket.create_connection((self.host, self.port), timeout=30) as connection:
            connection.sendall(data[: draw.randrange(len(data) + 1)])
        return "gone", True

    def hostile(self, draw: random.Random) -> tuple[object, bool]:
        body = bytearray(draw.choice(self.bodies.small))
        for _ in range(draw.randrange(1, 200)):
            body[draw.randrange(len(body))] = draw.randrange(256)
        asked = draw.choice(
            [
                ("/v1/validate", draw.randbytes(20_000), (422,)),
                ("/v1/validate", bytes(body), (200, 422)),
                ("/v1/adjudicate", bytes(body), (200, 422)),
                ("/v1/translate?to=xml", bytes(body), (200, 422)),
                ("/v1/translate?to=x12", b'{"records":' + b"[" * 20_000, (422,)),
                ("/v1/translate?to=x12", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", (422,)),
                ("/v1/translate?to=x12", b"<a>" * 20_000, (422,)),
                ("/v1/validate?snip=" + "9" * 3000, b"x", (422,)),
                ("/v1/jobs/../../etc/passwd", b"", (404, 405)),
                ("/v1/validate?max_findings=1e9", b"x", (422,)),
            ]
        )
        status, _ = self.post(asked[0], asked[1])
        return status, status in asked[2]


def resident_mb(process: int) -> int:
    """Megabytes of memory a process holds."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0


def serve(folder: Path) -> tuple[subprocess.Popen[bytes], Path, str, int]:
    config, log = folder / "serve.toml", folder / "log"
    config.write_text(SETTINGS)
    with log.open("wb") as errors:
        command = [sys.executable, "-m", "edi_hit", "serve", "--config", str(config)]
        process = subprocess.Popen(command, stderr=errors)
    while b"serving at" not in log.read_bytes():
        if process.poll() is not None:
            sys.exit(log.read_text())
        time.sleep(0.1)
    host, _, port = log.read_text().split("http://")[1].partition("/")[0].partition(":")
    return process, log, host, int(port)


def run(minutes: float, clients: int) -> int:
    """Run the load; give the exit code."""
    with tempfile.TemporaryDirectory() as name:
        process, log, host, port = serve(Path(name))
        load = Load(host, port, time.monotonic() + minutes * 60)
        threads = [threading.Thread(target=load.client, args=(seed,)) for seed in range(clients)]
        for thread in threads:
            thread.start()
        memory = [resident_mb(process.pid)]
        while any(thread.is_alive() for thread in threads):
            time.sleep(0.5)
            memory.append(resident_mb(process.pid))
        left = list((Path(name) / "jobs" / "jobs").iterdir()) if settled(load) else ["jobs are not settled"]
        process.send_signal(signal.SIGTERM)
        ended = process.wait(30)
        failures = [line for line in log.read_text().splitlines() if failed(line)]
    return tell(load, memory, failures, ended, len(left))


def settled(load: Load) -> bool:
    """Wait until no job runs; the service still answers."""
    for _ in range(600):
        text = load.ask("GET", "/metrics")[1].decode()
        if "edi_hit_http_jobs_unfinished 0.0" in text:
            return True
        time.sleep(0.1)
    return False


def failed(line: str) -> bool:
    if not line.startswith("{"):
        return not line.startswith("edi-hit: serving")
    told = json.loads(line)
    return told["level"] == "error" or told.get("status", 0) >= 500


def tell(load: Load, memory: list[int], failures: list[str], ended: int, left: int) -> int:
    for (kind, told), count in sorted(load.answered.items(), key=str):
        print(f"{kind:10} {told!s:22} {count:7}")
    half = memory[len(memory) // 2]
    print(f"requests {sum(load.answered.values())}, of which answered as a job, being late: {load.late}")
    print(f"server memory in MB: first {memory[0]}, half way {half}, last {memory[-1]}, most {max(memory)}")
    print(
        f"unwanted answers {len(load.bad)}, failures logged {len(failures)}, jobs left {left}, exit {ended}"
    )
    for line in (*Counter(load.bad).items(), *failures[:20]):
        print("  ", line)
    is_bad = load.bad or failures or ended or left or max(memory) > LARGEST_MB
    return 1 if is_bad else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--clients", type=int, default=32)
    given = parser.parse_args()
    sys.exit(run(given.minutes, given.clients))

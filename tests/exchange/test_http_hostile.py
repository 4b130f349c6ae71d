"""Callers who are slow, go away, send too much or no HTTP at all; the service answers the others."""

import gzip
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from http_service import CLEAN, Service, served

LIMITS = """
[limits]
header_seconds = 1
connections = 40
body_seconds = 1
least_kb_a_second = 64
body_mb = 2
memory_mb = 600
job_seconds = 6
output_mb = 8
workers = 1
requests_per_minute = 100_000
"""


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with served(tmp_path_factory.mktemp("strict"), settings=LIMITS) as service:
        yield service
        assert service.post("/v1/validate", CLEAN).status == 200
        assert service.stop() == 0


def sent(service: Service, data: bytes, *, end: bool = False) -> bytes:
    """Send bytes, and give what comes back until the other side hangs up."""
    with socket.create_connection((service.host, service.port), timeout=30) as connection:
        connection.sendall(data)
        if end:
            connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def head(length: int, extra: str = "") -> bytes:
    return (
        f"POST /v1/validate HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/plain\r\n"
        f"content-length: {length}\r\n{extra}\r\n"
    ).encode()


@pytest.mark.parametrize("data", [b"", b"GET / HT", b"POST /v1/validate HTTP/1.1\r\nhost: localhost\r\n"])
def test_a_head_that_does_not_come_is_not_waited_for(strict: Service, data: bytes) -> None:
    assert sent(strict, data) == b""


def test_a_second_head_that_does_not_come_is_not_waited_for(strict: Service) -> None:
    answer = sent(strict, b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\nGET /hea")
    assert answer.startswith(b"HTTP/1.1 200")


def test_a_body_that_comes_too_slowly_is_refused(strict: Service) -> None:
    answer = sent(strict, head(5000) + b"ISA*00*")
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"urn:edi-hit:problem:too-slow" in answer


def test_a_body_that_is_cut_off_is_dropped(strict: Service) -> None:
    answer = sent(strict, head(5000) + b"ISA*00*", end=True)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\nhost: localhost\r\ncontent-length: x\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"a: " + b"b" * 100_000,
        b"POST /v1/validate HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_http_is_a_problem(strict: Service, data: bytes) -> None:
    answer = sent(strict, data + b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"application/problem+json" in answer


def test_a_body_that_grows_too_large_is_refused_as_it_comes(strict: Service) -> None:
    piece = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
    asked = b"POST /v1/validate HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n"
    answer = sent(strict, asked + piece * 80 + b"0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413")


def test_a_body_that_breaks_off_into_no_http_after_its_refusal_is_dropped(strict: Service) -> None:
    asked = b"POST /v1/validate?snip=9 HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n"
    with socket.create_connection((strict.host, strict.port), timeout=30) as connection:
        connection.sendall(asked)
        assert connection.recv(12) == b"HTTP/1.1 422"
        connection.sendall(b"no chunk\r\n")
        with suppress(ConnectionResetError):
            assert b"HTTP/1.1 400" not in b"".join(iter(lambda: connection.recv(65536), b""))


def test_a_size_told_beforehand_is_refused_before_the_body(strict: Service) -> None:
    answer = sent(strict, head(10**12, "expect: 100-continue\r\n"))
    assert answer.startswith(b"HTTP/1.1 413")


def test_a_small_body_that_unpacks_to_much_work_is_stopped(strict: Service) -> None:
    bomb = gzip.compress(CLEAN[:106] + b"NM1*85*2~" * 12_000_000, 6)
    assert len(bomb) < 1_000_000
    answer = strict.post("/v1/adjudicate", bomb)
    assert (answer.status, answer.problem) == (422, "too-much")


def test_a_caller_who_does_not_wait_leaves_nothing(strict: Service) -> None:
    with socket.create_connection((strict.host, strict.port), timeout=30) as connection:
        connection.sendall(head(len(CLEAN)) + CLEAN)
    jobs = strict.log.parent / "jobs" / "jobs"
    while list(jobs.iterdir()):
        assert strict.get("/health").status == 200


def test_connections_are_bounded(strict: Service) -> None:
    opened = [socket.create_connection((strict.host, strict.port), timeout=30) for _ in range(60)]
    for connection in opened:
        with connection, suppress(ConnectionResetError):
            assert connection.recv(1) == b""
    assert strict.get("/health").status == 200


def test_nothing_failed(strict: Service) -> None:
    assert {line["event"] for line in strict.lines()} <= {
        "answered",
        "job ended",
        "Invalid HTTP request received.",
    }
    assert not [line for line in strict.lines() if line.get("status", 0) >= 500]


def test_a_log_is_one_object_a_line(strict: Service, tmp_path: Path) -> None:
    text = strict.log.read_text().splitlines()
    assert len(strict.lines()) == len(text) - 1

"""What the service counts and times, as Prometheus text. Labels are routes, statuses and operations."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

METRICS_TYPE = CONTENT_TYPE_LATEST


class ServiceMetrics:
    """The metrics of one server."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        self._requests = Counter(
            "edi_hit_http_requests", "Requests answered", ["method", "route", "status"], registry=registry
        )
        self._seconds = Histogram(
            "edi_hit_http_request_seconds", "Time to the end of an answer", ["route"], registry=registry
        )
        self._bytes = Counter("edi_hit_http_body_bytes", "Bytes of bodies taken", registry=registry)
        self._jobs = Counter("edi_hit_http_jobs", "Jobs ended", ["operation", "state"], registry=registry)
        self._work = Histogram(
            "edi_hit_http_work_seconds", "Time a job ran", ["operation"], registry=registry
        )
        self._unfinished = Gauge("edi_hit_http_jobs_unfinished", "Jobs that run or wait", registry=registry)
        self._kept = Gauge("edi_hit_http_jobs_kept", "Jobs on disk", registry=registry)

    def watch(self, unfinished: Callable[[], float], kept: Callable[[], float]) -> None:
        """Tell where the numbers of jobs come from."""
        self._unfinished.set_function(unfinished)
        self._kept.set_function(kept)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer; `route` is the pattern of the address, not the address."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def body_taken(self, size: int) -> None:
        """Count the bytes of a body."""
        self._bytes.inc(size)

    @contextmanager
    def working(self, operation: str) -> Iterator[None]:
        """Time a job."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self._work.labels(operation).observe(time.monotonic() - begun)

    def job_ended(self, operation: str, state: str) -> None:
        """Count a job."""
        self._jobs.labels(operation, state).inc()

    def text(self) -> bytes:
        """Give all of it as Prometheus text."""
        return generate_latest(self._registry)

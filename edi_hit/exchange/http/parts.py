"""The parts of a running service that its endpoints use."""

from collections.abc import Mapping

import msgspec

from edi_hit.exchange.http.access import Access
from edi_hit.exchange.http.audit_trail import AuditTrail
from edi_hit.exchange.http.job_runner import JobRunner
from edi_hit.exchange.http.job_store import JobStore
from edi_hit.exchange.http.service_metrics import ServiceMetrics
from edi_hit.profiles import Partner
from edi_hit.profiles.http_service import HttpSettings
from edi_hit.reference import Tables


class Parts(msgspec.Struct, frozen=True):
    """The parts of one service."""

    settings: HttpSettings
    tables: Tables
    partners: Mapping[str, Partner]
    access: Access
    store: JobStore
    runner: JobRunner
    trail: AuditTrail
    metrics: ServiceMetrics

    @property
    def at_once_bytes(self) -> int:
        """The size up to which a body is answered at once."""
        return self.settings.limits.at_once_kb * 1024

    def largest_body(self, partner: str | None) -> int:
        """The most bytes a body of a partner's token may have."""
        largest = self.settings.limits.body_mb * 1024 * 1024
        own = self.partners[partner].limits.bytes_per_file if partner is not None else None
        return min(largest, own or largest)

"""CLP06 of a claim payment: what the payer's settings say, else the benefit, else SBR09 of the claim."""

from functools import cache
from importlib.resources import files

import msgspec

from edi_hit.adjudication.remittance_head import payer_identity
from edi_hit.claims import Claim
from edi_hit.profiles import RunSettings


class _FilingIndicators(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    allowed: tuple[str, ...]
    other: str
    source: str
    by_benefit: dict[str, str]


@cache
def _packaged() -> _FilingIndicators:
    text = (files("edi_hit.adjudication") / "filing_indicators.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=_FilingIndicators)


def filing_indicator(claim: Claim, benefit: str | None, settings: RunSettings) -> str:
    """Give CLP06 of a claim answered under a benefit; what SBR09 says is used where CLP06 may say it."""
    known, sent = _packaged(), claim.subscriber.filing_indicator
    own = payer_identity(claim, settings).filing_indicator or known.by_benefit.get(benefit or "", "")
    return own or (sent if sent in known.allowed else known.other)

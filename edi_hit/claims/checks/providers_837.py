"""Billing provider and the providers of claim and lines (X12-837-04, -06), tax and taxonomy numbers."""

import re
from typing import Final

from edi_hit.claims.checks.claim_pass import ClaimPass, ProviderId
from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks import On

_BOX: Final = re.compile(r"\b(?:P\W*O\W*BOX|POST\s+OFFICE\s+BOX|LOCK\s*BOX)\b", re.ASCII | re.IGNORECASE)
_TAXONOMY: Final = "PXC"
_FIVE_DIGITS: Final = 5
_RENDERING_LOOP: Final = "2310B"
_CLAIM_PROVIDERS: Final = ("71", "72", "77", "82", "DN", "DQ", "P3", "ZZ")
"""Entity codes of the providers that both a claim and a line may name."""


def _id(elements: list[str]) -> ProviderId | None:
    return (elements[8], elements[9]) if elements[8] and elements[9] else None


def _billing(claim: ClaimPass, at: Placed) -> None:
    claim.billing = _id(at[1])


def _street(claim: ClaimPass, at: Placed) -> None:
    for position in (1, 2):
        if len(at[1]) > position and _BOX.search(at[1][position]):
            claim.tell(
                "X12-837-04", f"N3{position:02d} of the billing provider is a post office box", at, position
            )


def _billing_zip(claim: ClaimPass, at: Placed) -> None:
    elements = at[1]
    if len(elements) > 4 and elements[4] not in ("", "US"):
        return
    if len(elements[3]) == _FIVE_DIGITS and elements[3].isdigit():
        claim.tell("X12-837-04", "N403 of the billing provider has not nine digits", at, 3)


def _tax_number(claim: ClaimPass, at: Placed) -> None:
    elements = at[1]
    if elements[2]:
        claim.tell_faults(claim.tax_numbers[elements[2]], at, 2)


def _taxonomy(claim: ClaimPass, at: Placed) -> None:
    elements = at[1]
    if elements[2] == _TAXONOMY and elements[3]:
        faults = claim.taxonomies[elements[3]]
        if faults:
            claim.tell_faults(faults, at, 3)


def _claim_provider(claim: ClaimPass, at: Placed) -> None:
    provider = _id(at[1])
    if provider is not None:
        claim.providers[at[1][1]] = provider
        if provider == claim.billing and at[0].loop.id == _RENDERING_LOOP:
            claim.tell("X12-837-06", "the rendering provider of the claim is the billing provider", at, 9)


def _line_provider(claim: ClaimPass, at: Placed) -> None:
    provider = _id(at[1])
    if provider is not None and claim.providers.get(at[1][1]) == provider:
        claim.tell("X12-837-06", "this provider of the line is that of the claim", at, 9)


CHECKS = (
    On("2010AA", "NM1*85", _billing, 9),
    On("2010AA", "N3", _street),
    On("2010AA", "N4", _billing_zip, 3),
    On("2010AA", "REF*EI", _tax_number, 2),
    On("2", "PRV", _taxonomy, 3),
    On("2310", "NM1", _claim_provider, 9),
    *(On("2420", f"NM1*{code}", _line_provider, 9) for code in _CLAIM_PROVIDERS),
)

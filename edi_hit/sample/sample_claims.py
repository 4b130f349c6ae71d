"""The claims of a sample file, drawn one after another: nothing but the patient at hand is kept."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count as count_from
from itertools import islice
from typing import TypeVar

import msgspec

from edi_hit.claims import Claim, InstitutionalClaim, Submission
from edi_hit.claims.claim import HealthCareClaim
from edi_hit.claims.claim_composer import MAX_CLAIMS
from edi_hit.mapping.parts import Contact, ContactNumber, Party
from edi_hit.sample.commercial import commercial_claims
from edi_hit.sample.draw import Draw
from edi_hit.sample.institutional import as_institutional
from edi_hit.sample.medicare import medicare_claims
from edi_hit.sample.office import Office
from edi_hit.sample.secondary import secondary_claims
from edi_hit.sample.world import setting

C = TypeVar("C", bound=HealthCareClaim)

_Maker = Callable[[Office], Iterator[Claim]]
_KINDS: tuple[_Maker, ...] = (medicare_claims,) * 10 + (commercial_claims,) * 7 + (secondary_claims,) * 3
_PATIENTS = (2, 4, 8, 20, 40)
"""Patients a billing provider sends at once; one size is drawn for each provider."""


def sample_claims(count: int, seed: int) -> Iterator[Claim]:
    """Yield `count` invented home infusion claims; a smaller count gives the first of a larger one.

    Medicare visits (G-codes), Medicare drug and pump, commercial per diems and secondary claims, grouped
    by billing provider and subscriber as files are. `seed` is 0 or more; equal seeds give equal claims.
    Raises `ValueError` where either is below zero.
    """
    return _numbered(_drawn(count, seed, _KINDS), seed)


def sample_institutional_claims(count: int, seed: int) -> Iterator[InstitutionalClaim]:
    """Yield `count` invented institutional claims: the per diems, drugs and visits of commercial plans.

    Grouped, seeded and refused as `sample_claims`.
    """
    return _numbered(map(as_institutional, _drawn(count, seed, (commercial_claims,))), seed)


def _drawn(count: int, seed: int, kinds: Sequence[_Maker]) -> Iterator[Claim]:
    if count < 0 or seed < 0:
        raise ValueError("count and seed are 0 or more")
    return islice(_claims(Draw(seed), kinds), count)


def _claims(draw: Draw, kinds: Sequence[_Maker]) -> Iterator[Claim]:
    for number in count_from(1):
        office = Office(draw, number)
        for _ in range(draw.pick(_PATIENTS)):
            yield from draw.pick(kinds)(office)


def _numbered(claims: Iterator[C], seed: int) -> Iterator[C]:
    """Give each claim the submission it goes in: a new one for every transaction set."""
    for index, claim in enumerate(claims):
        if index % MAX_CLAIMS == 0:
            submission = _submission(f"{seed}-{index // MAX_CLAIMS + 1:06d}")
        yield msgspec.structs.replace(claim, submission=submission)


def _submission(reference: str) -> Submission:
    world = setting()
    contact = Contact("IC", "EDI DESK", (ContactNumber("TE", "2025550100"),))
    return Submission(
        reference=reference,
        created_on=world.created_on,
        created_at=world.created_at,
        submitter=Party(last_name=world.submitter, id_qualifier="46", id=world.sender, contacts=(contact,)),
        receiver=Party(last_name=world.receiver_name, id_qualifier="46", id=world.receiver),
    )

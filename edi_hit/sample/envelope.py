"""The envelope of a sample file."""

from edi_hit.guides import catalogue
from edi_hit.sample.world import setting
from edi_hit.x12 import EnvelopeHeader

_CONTROL_NUMBERS = 999_999_999


def sample_header(seed: int, functional_id: str, guide: str) -> EnvelopeHeader:
    """Give the envelope of a file drawn from `seed`; `functional_id` is GS01, `guide` as in the catalogue.

    The interchange control number (ISA13) follows from the seed.
    """
    world = setting()
    return EnvelopeHeader(
        sender=world.sender,
        receiver=world.receiver,
        created_on=world.created_on,
        created_at=world.created_at,
        control_number=seed % _CONTROL_NUMBERS + 1,
        functional_id=functional_id,
        version=catalogue()[guide].id,
    )

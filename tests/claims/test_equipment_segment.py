"""SV5 keeps the qualifier of its procedure code on the way in and out."""

import io
from datetime import date

import msgspec

from edi_hit.claims import ClaimRecord, DurableMedicalEquipment, read_claims, write_claims
from edi_hit.sample import sample_claims
from edi_hit.x12 import EnvelopeHeader

HEADER = EnvelopeHeader(
    sender="SENDER",
    receiver="RECEIVER",
    created_on=date(2025, 1, 2),
    created_at="0900",
    control_number=1,
    functional_id="HC",
    version="005010X222A1",
)


def test_qualifier_of_the_equipment_code_is_written_and_read_back():
    claim = next(sample_claims(1, 0))
    rented = msgspec.structs.replace(
        claim.lines[0], equipment=DurableMedicalEquipment("E0781", frequency="4")
    )
    claim = msgspec.structs.replace(claim, lines=(rented,))
    stream = io.BytesIO()
    write_claims([claim], stream, HEADER, strict=False)
    assert b"\nSV5*HC:E0781*DA****4~" in stream.getvalue()
    records = [event for event in read_claims(stream.getvalue()) if isinstance(event, ClaimRecord)]
    assert records[0].claim.lines[0].equipment == rented.equipment

"""The codes that acknowledgement settings may name are those that the guides and tables have."""

from typing import get_args

import msgspec

from edi_hit.acks.guide_answers import codes_of
from edi_hit.acks.interchange_note import code_table
from edi_hit.guides import guide
from edi_hit.guides.element import ElementNode
from edi_hit.profiles.acknowledgment import ClaimSource
from edi_hit.profiles.acknowledgment_forms import GROUP_CODE, INTERCHANGE_CODE, PARTY_FORMS
from edi_hit.x12 import party_qualifiers

NUMBERS = {f"{number:03d}" for number in range(100)} | {str(number) for number in range(100)}


def test_ta105_codes() -> None:
    assert {code for code in NUMBERS if INTERCHANGE_CODE.fits(code)} == set(code_table().codes)


def test_ak905_codes() -> None:
    assert {code for code in NUMBERS if GROUP_CODE.fits(code)} == codes_of("AK9", 5)


def test_qualifiers_of_the_interchange() -> None:
    pairs = {first + second for first in "0123456789Z" for second in "0123456789Z"}
    assert {pair for pair in pairs if PARTY_FORMS["qualifier"].fits(pair)} == party_qualifiers()


def test_codes_of_a_claim_source() -> None:
    name = guide("277CA").root.loop("2000A").loop("2100A").segment("NM1*PR")
    types = {field.name: field.type for field in msgspec.structs.fields(ClaimSource)}
    for field, position in (("entity", 1), ("id_qualifier", 8)):
        element = name.elements[position - 1]
        assert isinstance(element, ElementNode)
        assert set(get_args(types[field])) == element.codes

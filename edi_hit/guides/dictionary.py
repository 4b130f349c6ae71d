"""The X12 data element dictionary and the external code lists, read from the installed pyx12."""

from functools import cache
from importlib.resources import files

import msgspec
from lxml import etree


class DataElement(msgspec.Struct, frozen=True):
    """A row of the dictionary: type and bounds of length."""

    type: str
    low: int
    high: int


@cache
def data_elements() -> dict[str, DataElement]:
    """The dictionary, by data element number."""
    root = parse_map("dataele.xml")
    return {
        str(row.get("ele_num")): DataElement(
            str(row.get("data_type")), int(row.get("min_len") or 0), int(row.get("max_len") or 0)
        )
        for row in root.iter("data_ele")
    }


@cache
def external_codes() -> dict[str, frozenset[str]]:
    """The external code lists by name: states, country, currency, pos, claim_status and others."""
    found = {}
    for codeset in parse_map("codes.xml").iter("codeset"):
        codes = (code.text for code in codeset.iter("code"))
        found[codeset.findtext("id") or ""] = frozenset(text for text in codes if text)
    return found


def parse_map(file_name: str) -> etree._Element:
    """Parse a file of pyx12's map folder, entities and network off. Raises `FileNotFoundError`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring((files("pyx12") / "map" / file_name).read_bytes(), parser)

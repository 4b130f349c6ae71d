"""The declaration of a party — NM1 and what follows it in its loop — shared by claims and remittances."""

from collections.abc import Sequence

from edi_hit.mapping.date_fields import Day
from edi_hit.mapping.declaration import Nested
from edi_hit.mapping.fields import Constant, Element, Field
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.parts import Address, Party, Reference
from edi_hit.mapping.repeated_fields import Beside, Contacts, Each, Part

REFERENCE_PARTS = (
    Part("qualifier", 1),
    Part("value", 2),
    Part("description", 3),
    Part("payer", 4, component=2),
)

ADDRESS_FIELDS: tuple[Field, ...] = (
    Element("line1", "N3", 1),
    Element("line2", "N3", 2),
    Element("city", "N4", 1),
    Element("state", "N4", 2),
    Element("postal_code", "N4", 3),
    Element("country", "N4", 4),
    Element("subdivision", "N4", 7),
)


ADDRESS = Nested("address", Address, ADDRESS_FIELDS)


def references(name: str, *labels: str) -> Each:
    """REF segments with one of these labels, as a tuple of `Reference`."""
    return Each(name, labels, Reference, REFERENCE_PARTS, (Beside((4, 1), "2U", "payer"),))


def name_fields(label: str) -> tuple[Field, ...]:
    """The fields of one NM1, e.g. `NM1*85`."""
    return (
        Element("entity", label, 2),
        Element("last_name", label, 3),
        Element("first_name", label, 4),
        Element("middle_name", label, 5),
        Element("prefix", label, 6),
        Element("suffix", label, 7),
        Element("id_qualifier", label, 8),
        Element("id", label, 9),
    )


def party(
    label: str,
    *,
    address: bool = False,
    taxonomy: str = "",
    tax_id: str = "",
    demographics: bool = False,
    contacts: bool = False,
    refs: Sequence[str] = (),
) -> LoopMapping[Party]:
    """Declare the loop of the party with this NM1 label.

    `taxonomy` is the PRV01 of its PRV and `tax_id` the label of its tax number's REF, where the loop has
    them; `refs` the labels of its other REFs.
    """
    fields = list(name_fields(label))
    if taxonomy:
        fields.append(Element("taxonomy", "PRV", 3))
    if tax_id:
        fields += [Element("tax_id_qualifier", tax_id, 1), Element("tax_id", tax_id, 2)]
    if demographics:
        fields += [Day("born_on", "DMG", at=2, form_at=1), Element("gender", "DMG", 3)]
    if refs:
        fields.append(references("references", *refs))
    if contacts:
        fields.append(Contacts("contacts"))
    constants = (Constant("PRV", 1, taxonomy), Constant("PRV", 2, "PXC")) if taxonomy else ()
    return LoopMapping(Party, fields, nested=(ADDRESS,) if address else (), constants=constants)

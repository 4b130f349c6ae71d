"""The XSD of claims in XML, made from the structures."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.formats.records.document_types import NUMBER
from edi_hit.formats.records.kinds import KINDS, VERSION
from edi_hit.formats.records.model_fields import ModelField, model_fields
from edi_hit.formats.records.xml_writer import NAMESPACE

_TYPES = {str: "text", Decimal: "number", int: "xs:int", date: "day"}

_SIMPLE = f"""
 <xs:simpleType name="number">
  <xs:restriction base="xs:string"><xs:pattern value="{NUMBER}"/></xs:restriction>
 </xs:simpleType>
 <xs:simpleType name="day">
  <xs:restriction base="xs:date"><xs:pattern value="[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"/></xs:restriction>
 </xs:simpleType>
 <xs:complexType name="text">
  <xs:simpleContent>
   <xs:extension base="xs:string"><xs:attribute name="escaped" type="escaped"/></xs:extension>
  </xs:simpleContent>
 </xs:complexType>
 <xs:simpleType name="escaped">
  <xs:restriction base="xs:string"><xs:enumeration value="true"/></xs:restriction>
 </xs:simpleType>"""


def xml_schema() -> str:
    """Give the schema as text."""
    kinds = "".join(_element(kind, model.__name__) for kind, model in KINDS.items())
    structures = "".join(_structure(model) for model in _structures())
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{NAMESPACE}"
    targetNamespace="{NAMESPACE}" elementFormDefault="qualified" version="{VERSION}">
 <xs:annotation><xs:documentation>Claims and remittances as records.</xs:documentation></xs:annotation>
 <xs:element name="claims">
  <xs:complexType>
   <xs:choice minOccurs="0" maxOccurs="unbounded">{kinds}
   </xs:choice>
   <xs:attribute name="version" use="required">
    <xs:simpleType>
     <xs:restriction base="xs:string"><xs:enumeration value="{VERSION}"/></xs:restriction>
    </xs:simpleType>
   </xs:attribute>
  </xs:complexType>
 </xs:element>{structures}{_SIMPLE}
</xs:schema>
"""


def _structures() -> Iterator[type[msgspec.Struct]]:
    """All structures of the records, each once, as they are first met."""
    found: dict[type[msgspec.Struct], None] = {}
    waiting = list(reversed(KINDS.values()))
    while waiting:
        model = waiting.pop()
        if model not in found:
            found[model] = None
            inner = [field.structure for field in model_fields(model).values()]
            waiting += [one for one in reversed(inner) if one is not None]
    yield from found


def _structure(model: type[msgspec.Struct]) -> str:
    fields = "".join(_field(name, field) for name, field in model_fields(model).items())
    return f"""
 <xs:complexType name="{model.__name__}">
  <xs:sequence>{fields}
  </xs:sequence>
 </xs:complexType>"""


def _field(name: str, field: ModelField) -> str:
    held = field.structure.__name__ if field.structure else _TYPES[field.holds]
    occurs = ' minOccurs="0"' if field.many or not field.required else ""
    return _element(name, held, occurs + (' maxOccurs="unbounded"' if field.many else ""))


def _element(name: str, held: str, occurs: str = "") -> str:
    return f'\n   <xs:element name="{name}" type="{held}"{occurs}/>'

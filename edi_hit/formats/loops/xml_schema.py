"""The XSD of the loop form in XML, made from its shape."""

from edi_hit.formats.loops.byte_text import PATTERN
from edi_hit.formats.loops.segment_form import LATIN, SEGMENT_ID
from edi_hit.formats.loops.shape import REQUIRED, TOLD, VERSION, WITHIN
from edi_hit.formats.loops.xml_writer import NAMESPACE

_PATTERNS = {
    "byte-text": PATTERN,
    "byte": PATTERN.removesuffix("*"),
    "segment-id": SEGMENT_ID,
    "element-id": f"{SEGMENT_ID}[0-9]{{2,5}}",
    "component-id": f"{SEGMENT_ID}[0-9]{{2,5}}-[0-9]{{1,5}}",
    "version": VERSION,
    "encoding": LATIN,
    "true": "true",
}
"""The types of texts, each with what it may hold."""

_TEXTS = {
    "element_separator": "byte",
    "repetition_separator": "byte",
    "component_separator": "byte",
    "segment_end": "byte-text",
}

_SEGMENT = """
 <xs:complexType name="segment">
  <xs:sequence minOccurs="0" maxOccurs="unbounded"><xs:element name="element" type="element"/></xs:sequence>
  <xs:attribute name="id" type="segment-id" use="required"/>
  <xs:attribute name="before" type="byte-text"/>
  <xs:attribute name="end" type="byte-text"/>
  <xs:attribute name="encoding" type="encoding"/>
  <xs:attribute name="raw" type="byte-text"/>
  <xs:attribute name="unplaced" type="true"/>
 </xs:complexType>
 <xs:complexType name="element" mixed="true">
  <xs:sequence minOccurs="0" maxOccurs="unbounded">
   <xs:element name="component" type="component"/>
  </xs:sequence>
  <xs:attribute name="id" type="element-id" use="required"/>
 </xs:complexType>
 <xs:complexType name="component">
  <xs:simpleContent>
   <xs:extension base="xs:string"><xs:attribute name="id" type="component-id" use="required"/></xs:extension>
  </xs:simpleContent>
 </xs:complexType>"""


def xml_schema() -> str:
    """Give the schema as text."""
    types = [_text_type(name, pattern) for name, pattern in _PATTERNS.items()]
    parts = [_part_type(part) for part in WITHIN]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{NAMESPACE}"
    targetNamespace="{NAMESPACE}" elementFormDefault="qualified" version="{VERSION}">
 <xs:annotation>
  <xs:documentation>X12 as loops, segments and elements, byte for byte.</xs:documentation>
 </xs:annotation>
 <xs:element name="x12" type="x12"/>{"".join(parts)}{_SEGMENT}{"".join(types)}
</xs:schema>
"""


def _part_type(part: str) -> str:
    """The type of what opens: what may stand in it in any order, and what it tells."""
    inside = "".join(f'\n   <xs:element name="{tag}" type="{_type_of(tag)}"/>' for tag in WITHIN[part])
    told = "".join(_attribute(name) for name in sorted(TOLD.get(part, ())))
    if part == "x12":
        told = '\n  <xs:attribute name="version" type="version" use="required"/>'
    return f"""
 <xs:complexType name="{part}">
  <xs:choice minOccurs="0" maxOccurs="unbounded">{inside}
  </xs:choice>{told}
 </xs:complexType>"""


def _type_of(tag: str) -> str:
    return "byte-text" if tag == "bytes" else tag


def _attribute(name: str) -> str:
    use = ' use="required"' if name in REQUIRED else ""
    return f'\n  <xs:attribute name="{name.replace("_", "-")}" type="{_TEXTS.get(name, "xs:string")}"{use}/>'


def _text_type(name: str, pattern: str) -> str:
    return f"""
 <xs:simpleType name="{name}">
  <xs:restriction base="xs:string"><xs:pattern value="{pattern}"/></xs:restriction>
 </xs:simpleType>"""

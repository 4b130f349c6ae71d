"""What a loop document looks like: loops, segments, elements, and the marks of what is irregular."""

import json

import pytest
from claim_text import GOOD, file_of
from loop_documents import SMALL, document, x12_of
from lxml import etree
from x12_text import interchange, isa, transaction

X = "{urn:edi-hit:loops}"


def xml_segments(data: bytes) -> list[dict[str, str]]:
    """The attributes of the segments of the XML document."""
    return [dict(element.attrib) for element in etree.fromstring(document(data, "xml")).iter(f"{X}segment")]


def json_item(data: bytes, segment: str) -> dict:
    """The first segment with that id in the JSON document."""
    lines = document(data, "json").decode().splitlines()
    return next(item for line in lines if (item := leaf(line)).get("segment") == segment)


def leaf(line: str) -> dict:
    try:
        return json.loads(line.rstrip(","))
    except json.JSONDecodeError:
        return {}


def test_loops_stand_in_each_other() -> None:
    root = etree.fromstring(document(SMALL, "xml"))
    line = root.find(f".//{X}loop[@id='2400']")
    assert [element.get("id") for element in line.iterancestors()] == [
        "2300",
        "2000B",
        "2000A",
        None,
        None,
        None,
        None,
    ]
    assert [etree.QName(element).localname for element in line.iterancestors()][3:] == [
        "transaction",
        "group",
        "interchange",
        "x12",
    ]
    assert line.getparent().get("name") == "Claim Information"
    assert root.find(f".//{X}transaction").get("guide") == "837P"
    service = line[1]
    assert [element.get("id") for element in service] == [
        "SV101",
        "SV102",
        "SV103",
        "SV104",
        "SV105",
        "SV107",
    ]
    assert [(part.get("id"), part.text) for part in service[0]] == [
        ("SV101-1", "HC"),
        ("SV101-2", "G0069"),
        ("SV101-3", "JA"),
    ]


def test_an_element_is_a_text_a_list_or_a_list_of_lists() -> None:
    segments = ["EB*1^33*:^A:B::*", "NTE*ADD**"]
    data = interchange(*transaction(*segments))
    assert json_item(data, "EB") == {
        "segment": "EB",
        "EB01": [["1"], ["33"]],
        "EB02": [["", ""], ["A", "B", "", ""]],
        "EB03": "",
        "unplaced": True,
    }
    assert json_item(data, "NTE") == {"segment": "NTE", "NTE01": "ADD", "NTE03": "", "unplaced": True}
    root = etree.fromstring(document(data, "xml"))
    shown = [(e.get("id"), e.text, [(c.get("id"), c.text) for c in e]) for e in root.iter(f"{X}element")]
    assert [item for item in shown if item[0].startswith("EB")] == [
        ("EB01", "1", []),
        ("EB01", "33", []),
        ("EB02", None, [("EB02-2", None)]),
        ("EB02", None, [("EB02-1", "A"), ("EB02-2", "B"), ("EB02-4", None)]),
        ("EB03", None, []),
    ]


@pytest.mark.parametrize(
    ("old", "new", "marks", "shown"),
    [
        (b"LX*1~", b"LX*1~\r\n", {"end": "~\\r\\n"}, "1"),
        (b"LX*1~", b"LX*\xe9~", {"encoding": "latin-1"}, "é"),
        (b"LX*1~", b"LX*\xc3\xa9~", {}, "é"),
        (b"LX*1~", b"LX*\n1~", {"raw": "LX*\\n1~"}, "1"),
        (b"LX*1~", b"LX*1\\\x01~", {"raw": "LX*1\\\\\\x01~"}, "1\\\ufffd"),
        (b"LX*1~", b"LX*1\xc3\xa9\xe9\x1d~", {"raw": "LX*1\\xC3\\xA9\\xE9\\x1D~"}, "1Ã©é\u241d"),
    ],
)
def test_what_is_irregular_is_marked(old: bytes, new: bytes, marks: dict[str, str], shown: str) -> None:
    data = SMALL.replace(old, new)
    found = next(segment for segment in xml_segments(data) if segment["id"] == "LX")
    assert found == {"id": "LX", **marks}
    text = etree.fromstring(document(data, "xml")).find(f".//{X}element[@id='LX01']").text
    assert text == shown


def test_blanks_behind_an_isa_are_marked() -> None:
    assert xml_segments(SMALL.replace(b"GS*", b" \n GS*"))[1] == {"id": "GS", "before": " \\n "}


def test_json_needs_no_mark_for_a_control_character() -> None:
    assert json_item(SMALL.replace(b"LX*1~", b"LX*\x01~"), "LX") == {"segment": "LX", "LX01": "\x01"}


def test_a_segment_without_a_place_is_told() -> None:
    data = file_of(*GOOD[:-1], "ZZZ*1", GOOD[-1])
    assert [segment["id"] for segment in xml_segments(data) if segment.get("unplaced") == "true"] == ["ZZZ"]
    assert json_item(data, "ZZZ") == {"segment": "ZZZ", "ZZZ01": "1", "unplaced": True}


def test_what_is_no_segment_is_bytes() -> None:
    data = b"\xef\xbb\xbf" + SMALL.replace(b"LX*1~", b"LX*1~~nm1*x~") + b"\n\x1a"
    found = [element.text for element in etree.fromstring(document(data, "xml")).iter(f"{X}bytes")]
    assert found == ["\\xEF\\xBB\\xBF", "~", "nm1*x~", "\\x1A"]


def test_an_interchange_states_its_delimiters() -> None:
    data = SMALL.replace(b"~", b"~\r\n")
    told = dict(etree.fromstring(document(data, "xml"))[0].attrib)
    assert told == {
        "element-separator": "*",
        "repetition-separator": "^",
        "component-separator": ":",
        "segment-end": "~\\r\\n",
    }
    assert xml_segments(data)[1] == {"id": "GS"}


def test_what_is_missing_at_the_end_stays_missing() -> None:
    cut = SMALL[: SMALL.index(b"SE*29")] + (isa() + "TA1*1~").encode()
    root = etree.fromstring(document(cut, "xml"))
    assert [etree.QName(child).localname for child in root] == ["interchange", "interchange"]
    assert [child.get("id") for child in root[1]] == ["ISA", "TA1"]
    assert x12_of(document(cut, "xml"), "xml") == cut


def test_a_value_may_be_changed() -> None:
    for form in ("xml", "json"):
        text = document(SMALL.replace(b"MAPLE", b"<MAPLE>&"), form)
        assert x12_of(text.replace(b"ROSE", b"LILY"), form) == SMALL.replace(b"MAPLE*ROSE", b"<MAPLE>&*LILY")

"""Every correction still applies, changes its guide, and says why; one that no longer fits is told."""

from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from sample_files import each_sample
from x12_text import findings_of, interchange, transaction

from edi_hit.guides import LoopNode, Unit, catalogue, guide, read_loops
from edi_hit.guides.compile import compile_map
from edi_hit.guides.corrections import Correction, Fields, correct, corrections
from edi_hit.guides.dictionary import parse_map
from edi_hit.rules import GuideNotFoundError
from edi_hit.x12 import read_events

ALL = [(name, number) for name in catalogue() for number in range(len(corrections(name)))]


def shape(loop: LoopNode) -> list[object]:
    """All that a compiled loop says."""
    own: list[object] = [loop.id, loop.rank, loop.usage, loop.max_use]
    for child in loop.children:
        if isinstance(child, LoopNode):
            own.append(shape(child))
        else:
            own.append((child.label, child.rank, child.usage, child.max_use, child.elements, child.relations))
    return own


def compiled(name: str, entries: tuple[Correction, ...]) -> list[object]:
    entry = catalogue()[name]
    return shape(compile_map(entry.map, entry.units, entries))


@pytest.mark.parametrize(("name", "number"), ALL)
def test_each_correction_changes_its_guide(name: str, number: int) -> None:
    entries = corrections(name)
    without = entries[:number] + entries[number + 1 :]
    assert compiled(name, entries) == shape(guide(name).root)
    assert compiled(name, without) != compiled(name, entries)


@pytest.mark.parametrize(("name", "number"), ALL)
def test_each_correction_says_what_stands_in_the_map(name: str, number: int) -> None:
    """What a correction says `was` there is there, and it tells the reason and how it is known."""
    entry = corrections(name)[number]
    changed = [field for field in Fields.__struct_fields__ if getattr(entry.now, field) is not None]
    assert changed
    for field in changed:
        assert getattr(entry.was, field) not in (None, getattr(entry.now, field))
    assert len(entry.reason) > 20
    assert len(entry.source) > 20


@pytest.mark.parametrize(("name", "number"), ALL)
def test_a_correction_that_no_longer_fits_is_told(name: str, number: int) -> None:
    entry = corrections(name)[number]
    told_of = {field: "9" for field in Fields.__struct_fields__ if getattr(entry.now, field) is not None}
    was = Fields(**{field: (value,) if field == "codes" else value for field, value in told_of.items()})
    with pytest.raises(GuideNotFoundError, match="the guide map has changed"):
        correct(parse_map(catalogue()[name].map), (msgspec.structs.replace(entry, was=was),))
    with pytest.raises(GuideNotFoundError, match="the guide map has changed"):
        correct(parse_map(catalogue()[name].map), (msgspec.structs.replace(entry, loop="9999"),))


def test_what_is_right_already_stays() -> None:
    """A map that pyx12 has corrected itself is taken as it is."""
    entry = corrections("837P")[0]
    assert compiled("837P", (entry, entry)) == compiled("837P", (entry,))


def test_every_file_of_corrections_is_of_a_guide() -> None:
    names = {file.name.removesuffix(".toml") for file in (files("edi_hit.guides") / "corrections").iterdir()}
    assert {name for name, _ in ALL} == names
    assert names <= set(catalogue())


LEVELS = [
    *("HL*1**20*1", "NM1*PR*2*PAYER*****PI*12345", "HL*2*1*21*1", "NM1*41*2*XYZ*****46*X67E", "HL*3*2*19*1"),
    *("NM1*1P*2*HOME*****XX*1234567893", "HL*4*3*22*0", "NM1*IL*1*SMITH*FRED****MI*123456789A", "TRN*2*A"),
    *(
        "STC*P3:317*20050913**8513.88",
        "DTP*472*D8*20050831",
        "HL*5*2*19*1",
        "NM1*1P*2*OTHER*****XX*1234567893",
    ),
    *("HL*6*5*22*1", "NM1*IL*1*MANN*JOHN****MI*345678901", "HL*7*6*23", "NM1*QC*1*MANN*JOSEPH", "TRN*2*B"),
    *("STC*F2:88:QC*20050612**150*0", "HL*8*5*22*0", "NM1*IL*1*JONES*MARY****MI*234567890A", "TRN*2*C"),
    "STC*F0:3*20050915**7599*7599",
]


def test_the_levels_of_a_277_come_again_after_each_other() -> None:
    data = interchange(
        *transaction("BHT*0010*08*1*20250103*1200*DG", *LEVELS, kind="277", guide="005010X212")
    )
    events = list(read_loops(read_events(data)))
    assert findings_of(events) == []
    units = [event.loop for event in events if isinstance(event, Unit)]
    assert [(unit.id, unit.opener_element(2)) for unit in units] == [
        ("2200D", "A"),
        ("2200E", "B"),
        ("2200D", "C"),
    ]
    provider = units[1].above("2000C")
    assert provider is not None
    assert provider is units[2].above("2000C")
    assert provider is not units[0].above("2000C")


@each_sample("276-277", "820", "834", x12=True)
def test_samples_of_the_corrected_guides_are_right(sample: Path) -> None:
    """All of them are examples of their guides; other editions are not read."""
    found = findings_of(read_loops(read_events(sample)))
    assert {f.rule for f in found if f.is_error and not f.rule.startswith("X12-ENV")} <= {"X12-GUIDE-01"}


def test_a_subrogation_demand_is_no_wrong_code() -> None:
    data = interchange(*transaction("BHT*0019*00*B1*20250103*1200*31"))
    assert not [f for f in findings_of(read_loops(read_events(data))) if f.segment_id == "BHT"]

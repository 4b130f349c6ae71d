"""docs/mapping.md says what the declarations say; every element a guide uses is a field; changes of form."""

import io
from pathlib import Path

import pytest
from claim_text import GOOD, record
from written_back import written
from x12_text import interchange, transaction

from edi_hit.claims.claim_declaration import DECLARATIONS
from edi_hit.guides import LoopNode, guide
from edi_hit.guides.element import NOT_USED, CompositeNode
from edi_hit.jobs.mapping_page import mapping_page
from edi_hit.mapping.declaration import Declaration
from edi_hit.mapping.fields import Spot
from edi_hit.mapping.named_elements import NamedElements, names
from edi_hit.mapping.normalisations import Normalisation, normalisations
from edi_hit.remits import PaymentRecord, RemittanceRecord, read_remittances, write_remittances
from edi_hit.remits.mapping_835 import CLAIM_GROUP, CLAIM_PAYMENT, REMITTANCE
from edi_hit.x12 import ComposeWriter, header_of, read_segments

MADE_ANEW = {"ST", "SE", "HL", "LX"}


def test_the_page_is_what_the_declarations_say() -> None:
    """`python -m edi_hit.jobs.mapping_page > docs/mapping.md` makes it."""
    page = Path(__file__).parents[2] / "docs" / "mapping.md"
    assert page.read_text(encoding="utf-8") == mapping_page()


def _is_named(named: NamedElements, spot: Spot) -> bool:
    at, component = spot
    return spot in named.fixed or at in named.whole or component in named.parts.get(at, ())


def _without_a_field(mapping: Declaration, node: LoopNode) -> list[str]:
    """The elements a guide uses that a declaration does not name, in a loop and those in it."""
    found = []
    fields = [field for _, _, own in mapping.groups for field in own]
    for segment in node.segments:
        if segment.id in MADE_ANEW:
            continue
        own = [field for field in fields if names(field, segment)]
        named = NamedElements.of(segment, own, mapping.constants) if own else None
        for at, element in enumerate(segment.elements, 1):
            if element.usage == NOT_USED:
                continue
            parts = element.components if isinstance(element, CompositeNode) else ()
            spots = [(at, c) for c, part in enumerate(parts, 1) if part.usage != NOT_USED] or [(at, None)]
            told = (spot for spot in spots if named is None or not _is_named(named, spot))
            found += [f"{node.id} {segment.label} {spot}" for spot in told]
    known = {child.loop_id: child.mapping for child in mapping.children}
    for loop in node.loops:
        if loop.id in known:
            found += _without_a_field(known[loop.id], loop)
        elif not loop.holds_unit and not loop.is_unit:
            found.append(f"{node.id} {loop.id}")
    return found


@pytest.mark.parametrize("name", ["837P", "837I"])
def test_every_element_a_claim_can_hold_is_a_field(name: str) -> None:
    declaration, node = DECLARATIONS[name], guide(name).root
    found = []
    for _, loop_id, mapping in declaration.context:
        node = node if loop_id == "ST_LOOP" else node.loop(loop_id)
        found += _without_a_field(mapping, node)
        if "2300" in {loop.id for loop in node.loops}:
            found += _without_a_field(declaration.claim, node.loop("2300"))
    assert found == []


def test_every_element_a_remittance_can_hold_is_a_field() -> None:
    root = guide("835").root
    group = root.loop("2000")
    found = _without_a_field(REMITTANCE, root) + _without_a_field(CLAIM_GROUP, group)
    assert found + _without_a_field(CLAIM_PAYMENT, group.loop("2100")) == []


HEAD_835 = [
    *("BPR*I*150*C*NON************20250110", "TRN*1*T1*1310000001", "N1*PR*MAC J15", "N3*1 PAYER ST"),
    *("N4*COLUMBUS*OH*43215", "PER*BL*HELP*TE*6145550100", "N1*PE*HOME INFUSION*XX*1234567893", "LX*1"),
    *("CLP*A1*1*150*150**MB*ICN1*12*1", "NM1*QC*1*MAPLE*ROSE****MI*1EG4TE5MK73", "SVC*HC:G0069*150*150"),
]


def _composed(change: Normalisation) -> list[str]:
    """The segments an example comes back as, in the usual delimiters."""
    if change.kind == "837P":
        without = [s for s in GOOD if s[:7] != "DTP*472" or not change.read[0].startswith("DTP*472")]
        data = written(record(*without[: without.index("LX*2") - 1], *change.read))
    else:
        data = interchange(*transaction(*HEAD_835, *change.read, kind="835", guide="005010X221A1"))
        events = list(read_remittances(data))
        payments = [event.payment for event in events if isinstance(event, PaymentRecord)]
        (head,) = [event.remittance for event in events if isinstance(event, RemittanceRecord)]
        stream = io.BytesIO()
        writer = ComposeWriter(stream, header_of(data))
        writer.start()
        write_remittances(writer, [(head, payments)], strict=False)
        writer.end()
        data = stream.getvalue()
    return [segment.raw.decode().strip("~\n") for segment in read_segments(data)]


@pytest.mark.parametrize("change", [c for c in normalisations() if c.kind], ids=lambda change: change.what)
def test_changes_of_form_are_as_told(change: Normalisation) -> None:
    composed = _composed(change)
    at = [composed.index(segment) for segment in change.composed]
    assert at == sorted(at)
    assert not set(change.read) - set(change.composed) & set(composed)

"""Segments dropped, doubled, moved, damaged: reading never raises, and nothing accepted is lost."""

from claim_text import GOOD, file_of
from hypothesis import given, settings
from hypothesis import strategies as st
from written_back import canonical, lost

from edi_hit.claims import ClaimRecord, read_claims
from edi_hit.rules import DelimiterClashError, NotX12Error
from edi_hit.x12 import read_segments

RICH = [
    *GOOD[:-4],
    *("SBR*S*18*******CI", "CAS*CO*45*10", "OI***Y***Y", "NM1*IL*1*M*R****MI*X1", "NM1*PR*2*P*****PI*P2"),
    *(
        "NM1*82*1*FIR*ANN****XX*1234567893",
        "PRV*PE*PXC*207R00000X",
        "NTE*ADD*TEXT",
        "REF*G1*AUTH",
        "AMT*F5*1",
    ),
    *("LIN**N4*00002751001", "CTP****50*UN", "REF*XZ*RX1", "SVD*P2*10*HC:G0069**1", "DTP*573*D8*20250109"),
    *("PWK*OZ*BM***AC*C1", "K3*X", "HL*3*2*23*0", "PAT*19", "NM1*QC*1*MAPLE*LEO", *GOOD[-4:]),
]
VALUES = st.sampled_from(["", "X", "A:B:C:D:E", "1e5", "^", "-1", "20250101-20240101", "**", "Ñ", "  ", "\t"])
CHANGES = st.lists(
    st.tuples(st.sampled_from("drsbec"), st.integers(0, 199), st.integers(0, 199), VALUES),
    min_size=1,
    max_size=5,
)


def damaged(changes: list[tuple[str, int, int, str]]) -> bytes:
    """A file with these changes: drop, repeat, swap, add one from elsewhere, change an element, cut."""
    segments = list(GOOD)
    for kind, one, other, value in changes:
        if not segments:
            break
        at = one % len(segments)
        if kind == "d":
            del segments[at]
        elif kind == "r":
            segments.insert(at, segments[at])
        elif kind == "s":
            to = other % len(segments)
            segments[at], segments[to] = segments[to], segments[at]
        elif kind == "b":
            segments.insert(at, RICH[other % len(RICH)])
        elif kind == "e":
            elements = segments[at].split("*")
            elements[other % len(elements)] = value
            segments[at] = "*".join(elements)
        else:
            segments = segments[:at]
    return file_of(*segments)


@settings(max_examples=300, deadline=None)
@given(CHANGES)
def test_reading_never_raises_and_loses_nothing_it_accepts(changes: list[tuple[str, int, int, str]]) -> None:
    for event in read_claims(damaged(changes)):
        if isinstance(event, ClaimRecord):
            assert event.claim is not None or any(finding.is_error for finding in event.findings)
            if event.accepted:
                assert [segment for segment in lost(event) if segment[0] != "CAS"] == []


@settings(max_examples=150, deadline=None)
@given(CHANGES, st.integers(0, 2000), st.binary(max_size=3))
def test_damaged_bytes(changes: list[tuple[str, int, int, str]], at: int, more: bytes) -> None:
    whole = damaged(changes)
    data = whole[: at % len(whole)] + more + whole[at % len(whole) + len(more) :]
    try:
        for event in read_claims(data):
            if isinstance(event, ClaimRecord) and event.accepted:
                assert [segment for segment in lost(event) if segment[0] != "CAS"] == []
    except NotX12Error:
        assert at % len(whole) < 106
    except DelimiterClashError:
        assert more


def test_segments_in_a_canonical_form_differ_where_their_values_do() -> None:
    """The comparison above must not take different things for the same."""
    one, other = (list(read_segments(file_of(*body)))[2:-3] for body in (GOOD, RICH))
    assert {canonical(s.elements) for s in one} < {canonical(s.elements) for s in other}
    assert (
        canonical(["SV1", "A", "1.50"]) == canonical(["SV1", "A", "1.5"]) != canonical(["SV1", "A", "1.51"])
    )
    assert canonical(["REF", "G1", "0150"]) != canonical(["REF", "G1", "150"])

"""Each rule of the X12 and guide rooms is found in its bad example and not in its good one.

Examples that are whole segments are taken from the declaration and put into a good claim file; for those that
are words a file is here.
"""

import pytest
from claim_text import CLAIM, GOOD, HEADER, LINE, PROVIDER, SUBSCRIBER, after, changed, file_of, records
from x12_text import findings_of, in_delimiters, interchange, isa, transaction

from edi_hit.guides import Unit, loop_builder, read_loops
from edi_hit.mapping.problems import Problem, problem_finding
from edi_hit.rules import Finding, load_rules
from edi_hit.x12 import read_events

ROOMS = ("edi_hit.x12", "edi_hit.guides")
RULES = {rule_id: rule for room in ROOMS for rule_id, rule in load_rules(room).items()}
OTHER_SUBSCRIBER = [s.replace("HL*2*", "HL*3*") for s in SUBSCRIBER]
SET = transaction(*GOOD)


def raw(*segments: str, **header: str) -> bytes:
    """A file of these segments, from GS on, after an ISA with these elements."""
    return (isa(**header) + in_delimiters(segments)).encode()


def put(old: str, new: str) -> list[str]:
    """The good set with one segment in place of another."""
    assert old in SET
    return [new if segment == old else segment for segment in SET]


def lines(number: int) -> list[str]:
    return [*HEADER, *PROVIDER, *SUBSCRIBER, *CLAIM, *(s for _ in range(number) for s in LINE)]


def long_claim(length: int) -> bytes:
    return file_of(*after("REF*6R*L1", *["ZZZ*1"] * length))


SE, IEA = f"SE*{len(GOOD) + 2}*0001", "IEA*1*000000001"
GOOD_FILE = file_of(*GOOD)
REFERRING = "NM1*DN*1*ELM*BO****XX*1234567893"

IN_WORDS: dict[str, tuple[bytes, bytes]] = {
    "X12-ENV-01": (raw(*SET, e2="SHORT"), GOOD_FILE),
    "X12-ENV-02": (raw(*SET, e11=">", e16=">"), GOOD_FILE),
    "X12-ENV-03": (GOOD_FILE.replace(b"HOME INFUSION PHARMACY", b"HOME INF\nUSION PHARMACY"), GOOD_FILE),
    "X12-ENV-04": (file_of(*changed(SUBSCRIBER[2], SUBSCRIBER[2].replace("MAPLE", "PEÑA"))), GOOD_FILE),
    "X12-ENV-05": (raw(*SET, e12="00401"), GOOD_FILE),
    "X12-ENV-06": (raw(*SET, e15="X"), raw(*SET, e15="P")),
    "X12-ENV-07": (raw(*put(IEA, "IEA*1*1")), GOOD_FILE),
    "X12-ENV-08": (raw(*(s.replace("GS*HC", "GS*HP") for s in SET)), GOOD_FILE),
    "X12-ENV-09": (raw(*put("GE*1*1", "GE*2*1")), GOOD_FILE),
    "X12-ENV-10": (raw(*put(SE, "SE*9*0001")), GOOD_FILE),
    "X12-ENV-11": (raw(*put("ST*837*0001*005010X222A1", "ST*837*0001")), GOOD_FILE),
    "X12-ENV-14": (raw(*SET[:-3]), GOOD_FILE),
    "X12-ENV-16": (file_of(*changed("N3*7 OAK LN", "N3*7 OAK LN**")), GOOD_FILE),
    "X12-ENV-17": (file_of(*after("HI*ABK:E10A*ABF:I10", "NTE*ADD*A\tB")), GOOD_FILE),
    "X12-ENV-20": (raw(SET[0], "CLM*A1*1", *SET[1:]), GOOD_FILE),
    "X12-ENV-21": (
        file_of(*after("LX*1", "NTE*ADD*" + "A" * 70_000)),
        file_of(*after("LX*1", "K3*" + "A" * 80)),
    ),
    "X12-ENV-22": (raw(*SET, e9="251399", e10="2561"), GOOD_FILE),
    "X12-GUIDE-01": (interchange(*transaction(*GOOD, guide="004010X098A1")), GOOD_FILE),
    "X12-GUIDE-02": (interchange(*transaction(*GOOD, guide="005010X222")), GOOD_FILE),
    "X12-GUIDE-03": (long_claim(400), long_claim(40)),
    "X12-SEG-03": (file_of(*changed("N4*DAYTON*OH*454021234")), GOOD_FILE),
    "X12-SEG-04": (file_of(*lines(51)), file_of(*lines(50))),
    "X12-SEG-05": (file_of(*after(CLAIM[0], "REF*G1*A", "REF*G1*B")), file_of(*after(CLAIM[0], "REF*G1*A"))),
    "X12-SEG-07": (
        file_of(*changed(CLAIM[1], REFERRING, CLAIM[1])),
        file_of(*after(CLAIM[1], REFERRING)),
    ),
    "X12-STR-03": (file_of(*after(CLAIM[0], "REF*ZZ*1")), file_of(*after(CLAIM[0], "REF*G1*AUTH1"))),
    "X12-ELE-05": (
        file_of(*changed(SUBSCRIBER[2], SUBSCRIBER[2].replace("ROSE", "R" * 36))),
        file_of(*changed(SUBSCRIBER[2], SUBSCRIBER[2].replace("ROSE", "R" * 35))),
    ),
    "X12-ENV-18": (file_of(*changed(CLAIM[0], CLAIM[0].replace("300.5", "1e5"))), GOOD_FILE),
    "X12-837-01": (file_of(*changed("HL*2*1*22*0", "HL*2*9*22*0")), GOOD_FILE),
    "X12-837-CLAIM": (
        file_of(*HEADER, *PROVIDER, *SUBSCRIBER, *OTHER_SUBSCRIBER, *CLAIM, *LINE),
        GOOD_FILE,
    ),
}
QUALIFIED = ("REF", "NM1", "DTP", "LX")
LAST_RESORT = "X12-SNIP2"
"""Told where a declaration misses what the guide did not: no file shows it."""
IN_SEGMENTS = [rule_id for rule_id in RULES if rule_id not in IN_WORDS and rule_id != LAST_RESORT]


def file_with(example: str) -> bytes:
    """The good file with this segment where one of its kind stands, or behind CLM where none does."""
    segment = example.removesuffix("~")
    assert segment + "~" == example, "an example in words needs its files here"
    segment_id, _, rest = segment.partition("*")
    kind = f"{segment_id}*{rest.split('*')[0]}*" if segment_id in QUALIFIED else f"{segment_id}*"
    found = [s for s in GOOD if s.startswith(kind)]
    return file_of(*(changed(found[0], segment) if found else after(CLAIM[0], segment)))


def found_in(data: bytes) -> list[Finding]:
    """All that is found while the claims of a file are read."""
    told = findings_of(read_loops(read_events(data)))
    return [*told, *(finding for record in records(data) for finding in record.findings)]


@pytest.fixture(autouse=True)
def limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lower limit of segments held, so that no example is a giant file."""
    monkeypatch.setattr(loop_builder, "MAX_HELD", 300)


@pytest.mark.parametrize("rule_id", IN_WORDS)
def test_an_example_in_words(rule_id: str) -> None:
    bad, good = IN_WORDS[rule_id]
    assert rule_id in {finding.rule for finding in found_in(bad)}
    assert rule_id not in {finding.rule for finding in found_in(good)}


@pytest.mark.parametrize("rule_id", IN_SEGMENTS)
def test_an_example_segment(rule_id: str) -> None:
    rule = RULES[rule_id]
    assert rule_id in {finding.rule for finding in found_in(file_with(rule.bad))}
    assert rule_id not in {finding.rule for finding in found_in(file_with(rule.good))}


def test_the_good_file_has_no_finding() -> None:
    assert found_in(GOOD_FILE) == []


def test_what_no_claim_can_be_read_without() -> None:
    (unit,) = [e for e in read_loops(read_events(file_with(RULES[LAST_RESORT].bad))) if isinstance(e, Unit)]
    problem = Problem("charge", "2300", "CLM", 2, None, None, unit.loop.segments[0][2], "")
    finding = problem_finding(problem, unit.transaction_set, "A1")
    assert (finding.rule, finding.segment_id, finding.element) == (LAST_RESORT, "CLM", 2)
    assert LAST_RESORT not in {f.rule for f in found_in(file_with(RULES[LAST_RESORT].good))}


@pytest.mark.parametrize("rule_id", [*IN_WORDS, *IN_SEGMENTS])
def test_findings_say_what_their_rule_declares(rule_id: str) -> None:
    """Type, source and hint of a finding are its rule's, and an acknowledgement can name it."""
    rule = RULES[rule_id]
    found = found_in(IN_WORDS[rule_id][0] if rule_id in IN_WORDS else file_with(rule.bad))
    for finding in (finding for finding in found if finding.rule == rule_id):
        assert (finding.snip, finding.source, finding.hint) == (rule.snip, rule.source, rule.hint)
        assert (finding.ack is None) == (rule.ack is None)

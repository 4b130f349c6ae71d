"""The table that turns findings into 277CA codes: whole, sourced, and right for the cases of the policy."""

import pytest

from edi_hit.acks.claim_acknowledgment import ClaimStatusCode
from edi_hit.acks.claim_statuses import status_of, status_table
from edi_hit.acks.mapping_277ca import StatusReports
from edi_hit.guides import LoopNode, guide
from edi_hit.guides.dictionary import external_codes
from edi_hit.guides.element import CompositeNode
from edi_hit.rules import Finding, Severity


def finding(**fields: object) -> Finding:
    given = {"rule": "X", "snip": 5, "severity": Severity.ERROR, "message": ""}
    return Finding(**(given | fields))


CASES = [
    # finding, guide, category:status:entity, why
    (finding(rule="X12-837-BAL-01", snip=3, ack="STC A7:178"), "837P", "A7:178", "its own code"),
    (finding(rule="X12-SNIP5-NPI", ack="STC A7:562", loop="2010AA"), "837P", "A7:562:85", "billing provider"),
    (finding(rule="X12-SNIP5-NPI", ack="STC A7:562", loop="2310B"), "837P", "A7:562:82", "rendering"),
    (finding(rule="X12-SNIP5-NPI", ack="STC A7:562", loop="2310B"), "837I", "A7:562:72", "operating"),
    (finding(rule="X12-SNIP5-NPI", ack="STC A7:562:DN", loop="2310B"), "837P", "A7:562:DN", "entity given"),
    (finding(rule="X12-837-11", snip=4, ack="IK403 I12"), "837P", "A8:477", "row of the rule"),
    (finding(segment_id="SV1", element=1, component=2), "837P", "A7:507", "place: the component"),
    (finding(segment_id="SV1", element=1, component=4), "837P", "A7:453", "place: the element"),
    (finding(segment_id="LIN"), "837P", "A6:218", "place: the segment"),
    (finding(segment_id="N4", element=3, loop="2010BA"), "837P", "A7:500:IL", "place with entity"),
    (finding(snip=3), "837P", "A7:400", "type 3"),
    (finding(snip=6), "837P", "A7:21", "any other type"),
    (finding(ack="STC nonsense"), "837P", "A7:21", "a code that cannot be read"),
]


@pytest.mark.parametrize(("found", "guide_name", "wanted", "why"), CASES, ids=[case[3] for case in CASES])
def test_status(found: Finding, guide_name: str, wanted: str, why: str) -> None:
    code = status_of(found, guide_name)
    assert ":".join(filter(None, (code.category, code.status, code.entity))) == wanted


def test_every_row_is_sourced_and_names_codes_that_exist() -> None:
    table = status_table()
    for rows in (table.rules, table.places, table.types):
        for name, row in rows.items():
            category, _, status = row.status.partition(":")
            assert ClaimStatusCode(category, status).rejects, name
            assert category in external_codes()["claim_status_cat"], name
            assert status in external_codes()["claim_status"], name
            assert row.source, name
            assert row.confidence, name
    assert table.entity.needed <= external_codes()["claim_status"]


def test_entities_are_those_a_claim_may_name() -> None:
    loop = guide("277CA").root
    for child in ("2000A", "2000B", "2000C", "2000D", "2200D"):
        loop = loop.loop(child)
    status = loop.segment(StatusReports("statuses").labels[0]).elements[0]
    assert isinstance(status, CompositeNode)
    allowed = status.components[2].codes
    entities = status_table().entity
    assert set(entities.loops.values()) | set(entities.institutional_loops.values()) <= allowed | {"40", "41"}


def test_loops_are_loops_of_the_guides() -> None:
    entities = status_table().entity
    assert set(entities.loops) <= _loop_ids(guide("837P").root)
    assert set(entities.institutional_loops) <= _loop_ids(guide("837I").root)


def _loop_ids(node: LoopNode) -> set[str]:
    return {node.id}.union(*(_loop_ids(child) for child in node.loops))

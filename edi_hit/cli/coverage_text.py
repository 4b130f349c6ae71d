"""What `edi-hit coverage` prints: answers in words."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from edi_hit.benefits.coverage import Cell, Dispensing, Plan, VisitPath

_COVERED = {"Y": "covered", "N": "not covered", "COND": "depends"}


def matrix_lines(cells: Sequence[Cell]) -> Iterator[str]:
    """Give the matrix, payer by payer, without the sources of its cells."""
    for payer, of_payer in groupby(cells, key=lambda cell: cell.payer):
        yield payer
        for cell in of_payer:
            yield f"  {cell.component:20} {_COVERED[cell.covered]:12} {cell.condition}".rstrip()
            road = ", ".join(filter(None, (cell.billed_to, cell.claim_format)))
            if road:
                yield f"{'':35} billed to {road}"


def part_d_lines(found: Dispensing) -> Iterator[str]:
    """Give the decision in words."""
    path = found.path
    yield f"{path.path_id} {path.outcome}"
    if found.advantage_path:
        yield f"  {found.advantage_path.path_id}: {found.advantage_path.required_action}"
    yield f"  drug: {path.drug_payer}; services and supplies: {path.services_payer}"
    yield f"  dispense: {found.dispense_allowed}"
    yield f"  to do: {path.required_action}"
    if path.drug_payer.startswith("PART_D"):
        yield "  the drug is billed on NCPDP D.0, never on an 837"
    if path.alternative_reading:
        yield f"  the chart can be read otherwise: {path.alternative_reading}"
    for rule in found.rules:
        yield f"  {rule.id}: {rule.answer}{f' ({rule.detail})' if rule.detail else ''}"
    yield f"  source: {path.source} ({path.basis})"


def visit_lines(path: VisitPath | None) -> Iterator[str]:
    """Give which claim a visit goes on."""
    if path is None:
        yield "not known: the decision table says nothing of such a visit"
        return
    yield f"{path.path_id}: home health claim {path.hh_claim}, home infusion claim {path.hit_claim}"
    for who, form in ((path.hh_biller, path.hh_format), (path.hit_biller, path.hit_format)):
        if who:
            yield f"  {who}: {form}"
    for text in (path.time_rule, path.notes):
        if text:
            yield f"  {text}"
    yield f"  source: {path.source} ({path.verification})"


def plan_lines(found: Plan) -> Iterator[str]:
    """Give the plan of a therapy, part by part."""
    therapy = found.therapy
    yield f"{therapy.drug}{f' through {therapy.pump}' if therapy.pump else ''}: {therapy.why}"
    for said in therapy.unknown:
        yield f"  not known: {said}"
    for part in found.parts:
        yield f"{part.part}: {part.billed_to} ({part.transaction}) {', '.join(part.codes)}".rstrip()
        yield f"  {part.how}"
        if part.then:
            yield f"  what is left goes to: {', '.join(part.then)}"
        yield f"  source: {part.source}"
    if found.part_d_questions:
        yield f"Part D cannot be decided without: {', '.join(found.part_d_questions)}"
    if found.part_d:
        yield "Part D:"
        yield from (f"  {line}" for line in part_d_lines(found.part_d))
    if found.home_health:
        yield "Visits under the home health plan of care:"
        for path in found.home_health:
            yield from (f"  {path.visit_content.lower()}: {line}" for line in visit_lines(path))

"""The page that says where every field of a claim and a remittance stands (docs/mapping.md)."""

import sys
from collections.abc import Iterator

from edi_hit.claims.claim_declaration import DECLARATIONS, ClaimDeclaration
from edi_hit.guides import catalogue, guide
from edi_hit.mapping.mapping_table import Row, rows
from edi_hit.mapping.normalisations import normalisations
from edi_hit.remits.mapping_835 import CLAIM_GROUP, CLAIM_PAYMENT, REMITTANCE

_HEAD = """# Where every field stands

Made from the declarations by `python -m edi_hit.jobs.mapping_page`; a test compares it with them. `[]` stands
for each item of a list. What no field names is in `unmapped` of its loop and is written back.
"""


def mapping_page() -> str:
    """Give the page, as Markdown."""
    parts = [_HEAD, "\n## What composing changes\n\n", *_changes()]
    for declaration in DECLARATIONS.values():
        parts += [f"\n## {declaration.guide}: {catalogue()[declaration.guide].title}\n\n"]
        parts += _table(_claim_rows(declaration))
    parts += [f"\n## 835: {catalogue()['835'].title}\n\n", *_table(_remittance_rows())]
    return "".join(parts)


def _changes() -> Iterator[str]:
    yield "Composed X12 has every value of what was read, and these differences of form.\n\n"
    yield "| what | read | composed |\n|---|---|---|\n"
    for change in normalisations():
        yield f"| {change.what} | {_code(change.read)} | {_code(change.composed)} |\n"


def _code(segments: tuple[str, ...]) -> str:
    return " ".join(f"`{segment}`" for segment in segments)


def _claim_rows(declaration: ClaimDeclaration) -> Iterator[Row]:
    node = guide(declaration.guide).root
    for name, loop_id, mapping in declaration.context:
        node = node if loop_id == "ST_LOOP" else node.loop(loop_id)
        yield from rows(mapping, node, f"{name}.")
    yield from rows(declaration.claim, node.loop("2300"))


def _remittance_rows() -> Iterator[Row]:
    root = guide("835").root
    yield from rows(REMITTANCE, root, "Remittance.")
    yield from rows(CLAIM_GROUP, root.loop("2000"), "ClaimPayment.group.")
    yield from rows(CLAIM_PAYMENT, root.loop("2000").loop("2100"), "ClaimPayment.")


def _table(found: Iterator[Row]) -> Iterator[str]:
    yield "| field | loop | segment | element | of the guide |\n|---|---|---|---|---|\n"
    for row in found:
        yield f"| `{row.path}` | {row.loop} | {row.segment} | {row.elements} | {row.name} |\n"


if __name__ == "__main__":
    sys.stdout.write(mapping_page())

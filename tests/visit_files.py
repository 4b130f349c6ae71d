"""837P files of one home infusion or drug claim each, and what becomes of them."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.jobs.adjudicate import RunResult, adjudicate
from edi_hit.jobs.inputs import find_inputs

EXAMPLES = Path(__file__).parents[1] / "examples"
BASE = (EXAMPLES / "01-first-visit.837").read_text().replace("*20250310*0900*CH", "*20251231*0900*CH")
AS_OF = date(2025, 8, 1)
MEMBER = "1EG4TE5MK73"
OTHER_MEMBER = "2FH5UF6NM81"


def visit_file(claim_id: str, *lines: tuple[str, str], member: str = MEMBER, **change: str) -> str:
    """A file of one claim with these (code, CCYYMMDD) lines; `change` replaces text by text."""
    head, rest = BASE.split("CLM*", 1)
    tail = rest[rest.index("SE*") :]
    charge = 300 * len(lines)
    body = f"CLM*{claim_id}*{charge}***12:B:1*Y*A*Y*Y~\nHI*ABK:I5022~\n"
    for number, (code, day) in enumerate(lines, 1):
        body += f"LX*{number}~\nSV1*HC:{code}*300*UN*4***1~\nDTP*472*D8*{day}~\nREF*6R*{claim_id}{number}~\n"
    text = head.replace(MEMBER, member) + body + tail
    for old, new in change.items():
        text = text.replace(old, new)
    segments = text[text.index("\nST*") :].split("\nSE*")[0].count("~") + 1
    return text[: text.index("\nSE*")] + f"\nSE*{segments}*0001~" + text[text.index("\nGE*") :]


def drug_file(claim_id: str, day: str = "20250301", frequency: str = "1", member: str = MEMBER) -> str:
    """A file of one drug claim to a DME contractor, with a note of the pump the patient owns."""
    text = visit_file(claim_id, ("J1250", day), member=member)
    text = text.replace("*PI*10112~", "*PI*18003~").replace("12:B:1", f"12:B:{frequency}")
    text = text.replace("HC:J1250*", "HC:J1250:KX:JZ*")
    segments = text[text.index("ST*") : text.index("GE*")].count("~")
    text = text.replace(f"SE*{segments}*", f"SE*{segments + 1}*")
    return text.replace("\nHI*", "\nNTE*ADD*PATIENT OWNED E0781 OBTAINED 2022~\nHI*")


def per_diem(name: str, *days: str, frequency: str = "1", replaces: str = "", **change: str) -> str:
    """A file of one claim to a commercial plan, a per diem of 300.00 a day, paid at 150.00."""
    text = visit_file(name, *(("S9500", day) for day in days), **change)
    text = text.replace("*PI*10112~", "*PI*SUMMIT01~").replace("*MB~", "*CI~").replace("*UN*4*", "*UN*1*")
    text = text.replace("12:B:1", f"12:B:{frequency}")
    if not replaces:
        return text
    segments = text[text.index("ST*") : text.index("GE*")].count("~")
    text = text.replace(f"SE*{segments}*", f"SE*{segments + 1}*")
    return text.replace("\nHI*", f"\nREF*F8*{replaces}~\nHI*")


def one_file(*texts: str) -> str:
    """The claims of several files in one, a set each."""
    first = texts[0]
    sets = [text[text.index("ST*") : text.index("GE*")] for text in texts]
    numbered = [text.replace("*0001", f"*{number:04d}") for number, text in enumerate(sets, 1)]
    tail = first[first.index("GE*") :].replace("GE*1*", f"GE*{len(texts)}*")
    return first[: first.index("ST*")] + "".join(numbered) + tail


def run_texts(folder: Path, *texts: str, **options: Any) -> RunResult:
    """Adjudicate files with these texts, in this order, into `folder`/out."""
    paths = []
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        paths.append(folder / f"f{number}.837")
        paths[-1].write_text(text)
    options = {"as_of": AS_OF, "force": True} | options
    return adjudicate(find_inputs([str(path) for path in paths]), folder / "out", **options)


def decisions(folder: Path) -> dict[str, ClaimDecision]:
    """The decisions of the run into `folder`/out, by claim."""
    rows: Iterable[bytes] = (folder / "out" / "decisions.ndjson").read_bytes().splitlines()
    return {row.claim: row for row in (msgspec.json.decode(line, type=ClaimDecision) for line in rows)}


def answer(decision: ClaimDecision, rule: str, line: int = 0) -> str:
    """What a rule answered on a line."""
    return next(r.answer.value for r in decision.lines[line].rules if r.id == rule)

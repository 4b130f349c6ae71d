"""A drug answered on a DME claim decides the visits of the same run."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from edi_hit.jobs.adjudicate import adjudicate
from edi_hit.jobs.inputs import find_inputs
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables

EXAMPLES = Path(__file__).parents[2] / "examples"
CLAIMS = EXAMPLES / "05-drug-and-visit.837"
TABLES = Tables.with_files([EXAMPLES / "tables"])


def decisions(out: Path, source: Path, tables: Tables = TABLES) -> dict[str, dict[str, Any]]:
    adjudicate(find_inputs([str(source)]), out, as_of=date(2025, 8, 1), tables=tables, settings=RunSettings())
    rows = [json.loads(line) for line in (out / "decisions.ndjson").read_text().splitlines()]
    return {row["claim"]: row for row in rows}


def drug_answers(visits: dict[str, Any]) -> set[str]:
    return {
        rule["answer"] for line in visits["lines"] for rule in line["rules"] if rule["id"] == "HIT-DRUG-30"
    }


def test_visits_rest_on_the_drug_paid_in_the_same_run(tmp_path: Path) -> None:
    found = decisions(tmp_path, CLAIMS)
    drug = found.pop("EX05-DME")
    assert drug["state"] == "paid"
    assert [line["allowed"] for line in drug["lines"]] == ["54.00", "250.00", "280.00"]
    (visits,) = found.values()
    assert drug_answers(visits) == {"met"}


def test_visits_fall_with_a_drug_denied_in_the_same_run(tmp_path: Path) -> None:
    source = tmp_path / "gz.837"
    source.write_text(CLAIMS.read_text().replace("J1250:JZ:KX", "J1250:JZ:GZ"))
    found = decisions(tmp_path / "out", source)
    assert found.pop("EX05-DME")["state"] == "paid"
    (visits,) = found.values()
    assert drug_answers(visits) == {"not met"}
    assert visits["state"] == "denied"


def test_without_fees_the_drug_is_unanswered_and_says_how_to_load_them(tmp_path: Path) -> None:
    found = decisions(tmp_path, CLAIMS, Tables.packaged())
    drug = found.pop("EX05-DME")
    assert drug["state"] == "unanswered"
    assert "dme_fee_schedule.csv" in drug["reason"]
    (visits,) = found.values()
    assert drug_answers(visits) == {"unknown"}

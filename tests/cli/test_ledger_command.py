"""`edi-hit ledger` as it is typed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update
from visit_files import drug_file, visit_file

from edi_hit.cli.main import edi_hit_command, main
from edi_hit.ledger import open_ledger
from edi_hit.ledger.migrations import SCHEMA_VERSION, latest_version

COVERAGE = "member_id,kind,effective_from,effective_through\n1EG4TE5MK73,part_b,2025-01-01,\n"


def run(*arguments: object, **environment: str) -> Result:
    typed = ["ledger", *map(str, arguments)]
    return CliRunner(env=environment).invoke(edi_hit_command, typed)


def exit_code(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr("sys.argv", ["edi-hit", "ledger", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_from_init_to_status(tmp_path: Path) -> None:
    ledger, coverage = tmp_path / "a.db", tmp_path / "in.csv"
    coverage.write_text(COVERAGE)
    assert run("init", "--ledger", ledger).exit_code == 0
    assert run("load", "--ledger", ledger, coverage).output == "in.csv: 1 rows into coverage\n"
    document = json.loads(run("status", "--ledger", ledger, "--format", "json").output)
    assert (document["version"], document["rows"]["coverage"], document["files"]) == (latest_version(), 1, 0)
    assert "coverage                          1" in run("status", EDI_HIT_LEDGER=str(ledger)).output


def test_a_template_loads_and_names_each_column(tmp_path: Path) -> None:
    run("init", "--ledger", tmp_path / "a.db")
    text = run("template", "coverage").output
    assert text.endswith("\nmember_id,kind,effective_from,effective_through\n")
    assert "# kind: what the span is: part_b, medicare_advantage, hospice, inpatient, home_health\n" in text
    (tmp_path / "in.csv").write_text(text)
    assert (
        run("load", "--ledger", tmp_path / "a.db", tmp_path / "in.csv").output
        == "in.csv: 0 rows into coverage\n"
    )
    assert run("template").output.splitlines()[1].startswith("coverage ")


def test_faults_are_exit_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run("init", "--ledger", tmp_path / "a.db")
    (tmp_path / "in.csv").write_text(COVERAGE + "UNKNOWN,part_c,2025-01-01,\n")
    assert exit_code(monkeypatch, "load", "--ledger", tmp_path / "a.db", tmp_path / "in.csv") == 2
    assert capsys.readouterr().err.count("in.csv: line 3: ") == 2


def test_a_newer_or_missing_ledger_is_exit_code_4(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(monkeypatch, "status", "--ledger", tmp_path / "a.db") == 4
    run("init", "--ledger", tmp_path / "a.db")
    with open_ledger(str(tmp_path / "a.db")) as ledger, ledger.transaction() as connection:
        connection.execute(update(SCHEMA_VERSION).values(version=99))
    for command in ("status", "init"):
        assert exit_code(monkeypatch, command, "--ledger", tmp_path / "a.db") == 4
    assert capsys.readouterr().err.count("newer than this release") == 2


def test_from_past_claims_to_a_visit_answered_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger, visit, drug = tmp_path / "a.db", tmp_path / "visit.837", tmp_path / "drug.837"
    visit.write_text(visit_file("A", ("G0068", "20250305")))
    drug.write_text(drug_file("D"))
    run("init", "--ledger", ledger)
    days = ("--as-of", "2025-03-10", "--history", "complete")
    adjudicate = ["adjudicate", str(visit), "--out", str(tmp_path / "1"), "--ledger", str(ledger), *days]
    assert CliRunner().invoke(edi_hit_command, adjudicate).exit_code == 0
    said = run("load-claims", "--ledger", ledger, drug).output
    assert said == "1 claims loaded, 0 known before, 0 left out\n0 lines answered\n"
    recycled = run("recycle", "--ledger", ledger, "--out", tmp_path / "2", "--as-of", "2025-03-13")
    assert recycled.output.endswith("1 claims waited, 0 still wait\n")
    assert (tmp_path / "2" / "recycled.835").exists()
    again = ("recycle", "--ledger", ledger, "--out", tmp_path / "2")
    assert exit_code(monkeypatch, *again) == 2
    assert "--force" in capsys.readouterr().err


def test_a_drug_denied_later_reopens_the_visit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger, visit, lines = tmp_path / "a.db", tmp_path / "visit.837", tmp_path / "lines.csv"
    visit.write_text(visit_file("A", ("G0068", "20250305")))
    head = "member_id,npi,claim_id,line,payer,service_date,code,outcome\n"
    drug = "1EG4TE5MK73,1999999984,D1,1,18003,2025-03-01,J1250,"
    run("init", "--ledger", ledger)
    lines.write_text(f"{head}{drug}paid\n")
    run("load", "--ledger", ledger, lines)
    adjudicate = ["adjudicate", str(visit), "--out", str(tmp_path / "1"), "--ledger", str(ledger)]
    adjudicate += ["--as-of", "2025-08-01"]
    assert CliRunner().invoke(edi_hit_command, adjudicate).exit_code == 0
    lines.write_text(f"{head}{drug}denied\n")
    run("load", "--ledger", ledger, lines)
    assert "people to reopen                  1" in run("status", "--ledger", ledger).output
    said = run("reopen", "--ledger", ledger, "--out", tmp_path / "2", "--as-of", "2025-09-01").output
    assert "in place of: paid, paid 139.64" in said
    assert said.endswith("1 claims answered otherwise than before\n")
    assert "*22*-300*-139.64*" in (tmp_path / "2" / "reopened.835").read_text()
    assert "people to reopen" not in run("status", "--ledger", ledger).output
    out = ("--ledger", ledger, "--out", tmp_path / "3")
    assert exit_code(monkeypatch, "reopen", *out, "--void") == 2
    assert exit_code(monkeypatch, "reopen", *out, "NOBODY") == 2
    assert "no answered claim NOBODY" in capsys.readouterr().err

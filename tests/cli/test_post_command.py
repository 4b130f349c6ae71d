"""`edi-hit post`: tables as files, as a document, as lines; what is printed; exit codes."""

import csv
import io
import json
from pathlib import Path

import msgspec
import pytest
from edi_hit_command import edi_hit
from remittance_files import written

from edi_hit.sample import sample_remittances

NAMES = ["adjustments", "claims", "lines", "payments", "provider_adjustments", "remarks"]
HEAD, CLAIMS = next(iter(sample_remittances(5, 1)))


@pytest.fixture
def era(tmp_path: Path) -> Path:
    return written(tmp_path / "era.835", (HEAD, CLAIMS))


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))


def test_the_tables_are_files_of_a_folder(era: Path, tmp_path: Path) -> None:
    done = edi_hit("post", era, "-o", tmp_path / "posting")
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in (tmp_path / "posting").iterdir()) == [f"{name}.csv" for name in NAMES]
    claims = rows(tmp_path / "posting" / "claims.csv")
    assert [(row["claim"], row["paid"]) for row in claims] == [(c.claim_id, str(c.paid)) for c in CLAIMS]
    assert (tmp_path / "posting" / "claims.csv").stat().st_mode & 0o777 == 0o600
    assert done.stdout.splitlines()[0].endswith(": reconciles")
    assert done.stdout.splitlines()[-1].startswith("1 payment, 1 reconciled; ")


def test_all_forms_hold_the_same(era: Path, tmp_path: Path) -> None:
    document = json.loads(edi_hit("post", era, "--format", "json").stdout)
    lines = [json.loads(line) for line in edi_hit("post", era, "--format", "ndjson").stdout.splitlines()]
    edi_hit("post", era, "-o", tmp_path / "posting")
    assert sorted(document) == NAMES
    for name in NAMES:
        of_table = [line for line in lines if line["table"] == name]
        assert [{"table": name, **row} for row in document[name]] == of_table
        texts = [
            {key: "" if value is None else str(value) for key, value in row.items()} for row in document[name]
        ]
        assert rows(tmp_path / "posting" / f"{name}.csv") == texts


def test_nothing_is_overwritten_without_force(era: Path, tmp_path: Path) -> None:
    folder = tmp_path / "posting"
    folder.mkdir()
    (folder / "lines.csv").write_text("mine")
    done = edi_hit("post", era, "-o", folder)
    assert done.returncode == 2
    assert [path.name for path in folder.iterdir()] == ["lines.csv"]
    assert (folder / "lines.csv").read_text() == "mine"
    assert edi_hit("post", era, "-o", folder, "--force").returncode == 0
    assert rows(folder / "lines.csv")
    assert edi_hit("post", era, "--format", "json", "-o", folder / "lines.csv").returncode == 2


def test_cells_are_safe_in_a_spreadsheet(tmp_path: Path) -> None:
    odd = [msgspec.structs.replace(CLAIMS[0], claim_id="=HYPERLINK(1)", payer_claim_number="-2+3")]
    era = written(tmp_path / "era.835", (HEAD, odd))
    edi_hit("post", era, "-o", tmp_path / "posting")
    for name in ("claims", "lines", "adjustments"):
        row = rows(tmp_path / "posting" / f"{name}.csv")[0]
        assert (row["claim"], row["payer_claim_number"]) == ("'=HYPERLINK(1)", "'-2+3")


def test_a_negative_amount_stays_a_number(tmp_path: Path) -> None:
    with_interest = next(head for head, _ in sample_remittances(300, 1) if head.provider_adjustments)
    era = written(tmp_path / "era.835", (with_interest, CLAIMS))
    edi_hit("post", era, "-o", tmp_path / "posting")
    (row,) = rows(tmp_path / "posting" / "provider_adjustments.csv")
    assert row["amount"] == str(with_interest.provider_adjustments[0].amount)
    assert row["amount"].startswith("-")


def test_what_does_not_add_up_is_exit_code_1(era: Path, tmp_path: Path) -> None:
    text = era.read_bytes()
    start = text.index(b"BPR*I*") + 6
    era.write_bytes(text[:start] + b"1" + text[start:])
    done = edi_hit("post", era, "-o", tmp_path / "posting")
    assert done.returncode == 1
    assert "does not reconcile" in done.stdout
    assert "X12-835-BAL-04" in done.stderr
    assert rows(tmp_path / "posting" / "payments.csv")[0]["reconciles"] == "no"


def test_a_bad_file_does_not_stop_the_good_one(era: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.835").write_text("no X12")
    done = edi_hit("post", tmp_path / "bad.835", era, "--format", "ndjson")
    assert done.returncode == 3
    assert "X12-ENV-15" in done.stderr
    assert any(json.loads(line)["table"] == "payments" for line in done.stdout.splitlines())


def test_wrong_usage(era: Path, tmp_path: Path) -> None:
    assert edi_hit("post", era).returncode == 2
    assert edi_hit("post", era, "-o", "-").returncode == 2
    assert edi_hit("post", era, "--format", "json", "-o", tmp_path).returncode == 2
    assert edi_hit("post", tmp_path / "none.835", "-o", tmp_path / "x").returncode == 2
    assert not (tmp_path / "x").exists()


def test_standard_input_and_quiet(era: Path) -> None:
    done = edi_hit("-q", "post", "-", "--format", "json", stdin=era.read_bytes())
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["payments"][0]["file"] == "standard input"

"""`edi-hit translate`, as a user runs it."""

import gzip
import json
import os
import subprocess
from pathlib import Path

import pytest
from edi_hit_command import COMMAND, edi_hit

FILE = Path(__file__).parents[1] / "files" / "four-claims.837"
DATA = FILE.read_bytes()


@pytest.mark.parametrize("form", ["xml", "json"])
def test_there_and_back(form: str, tmp_path: Path) -> None:
    there, back = tmp_path / f"claims.{form}", tmp_path / "claims.837"
    done = edi_hit("translate", FILE, "--to", form, "-o", there)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"{FILE}: {there}\n")
    assert edi_hit("-q", "translate", there, "--to", "x12", "-o", back).stderr == ""
    assert back.read_bytes() == DATA
    assert back.stat().st_mode & 0o777 == 0o600


def test_from_standard_input_to_standard_output() -> None:
    there = edi_hit("translate", "-", "--to", "xml", "--as", "loops", stdin=DATA)
    assert there.stdout.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<x12 xmlns="urn:edi-hit:loops"')
    other = edi_hit("translate", "-", "--to", "json", stdin=there.stdout.encode())
    back = edi_hit("translate", "-", "--to", "x12", "-o", "-", stdin=gzip.compress(other.stdout.encode()))
    assert (back.returncode, back.stdout, back.stderr) == (0, DATA.decode(), "")


def test_several_files_go_to_a_folder_and_a_bad_one_does_not_stop_the_others(tmp_path: Path) -> None:
    for name, data in (("a.837", DATA), ("b.837", b"not X12"), ("c.837", DATA)):
        (tmp_path / name).write_bytes(data)
    done = edi_hit(
        "translate", *sorted(tmp_path.glob("*.837")), "--to", "json", "-d", tmp_path / "new" / "out"
    )
    assert done.returncode == 3
    assert f"{tmp_path}/b.837: the input does not begin with an ISA segment" in done.stderr
    assert sorted(path.name for path in (tmp_path / "new" / "out").iterdir()) == ["a.json", "c.json"]


def test_wrong_usage(tmp_path: Path) -> None:
    kept = tmp_path / "kept.xml"
    kept.write_text("mine")
    for arguments, message in [
        ((FILE, "--to", "xml", "-o", kept), "kept.xml exists; give --force"),
        ((FILE, FILE.with_name("four-payments.835"), "--to", "xml"), "several inputs would write -"),
        ((FILE, "--to", "doc"), "'doc' is not one of"),
        ((FILE, "--to", "xml", "--as", "words"), "'words' is not"),
        ((tmp_path / "none.837", "--to", "xml"), "no such file"),
    ]:
        done = edi_hit("translate", *arguments)
        assert done.returncode == 2
        assert message in done.stderr
    assert kept.read_text() == "mine"
    assert edi_hit("translate", FILE, "--to", "xml", "-o", kept, "--force").returncode == 0
    assert kept.read_text().startswith("<?xml")


def test_an_output_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    text = edi_hit("translate", FILE, "--to", "xml").stdout
    cut = tmp_path / "cut.xml"
    cut.write_text(text[:-100])
    for output in (tmp_path / "out.837", "-"):
        done = edi_hit("translate", cut, "--to", "x12", "-o", output)
        assert done.returncode == 3
        assert done.stdout == ""
        assert "the document is cut off" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["cut.xml"]


def test_x12_that_is_cut_off_is_written_and_told(tmp_path: Path) -> None:
    out = tmp_path / "cut.json"
    done = edi_hit("translate", "-", "--to", "json", "-o", out, stdin=DATA[:-60])
    assert done.returncode == 3
    assert "the X12 is cut off; what there is of it was written" in done.stderr
    assert edi_hit("translate", out, "--to", "x12").stdout.encode() == DATA[:-60]


def test_errors_name_the_place_and_no_data(tmp_path: Path) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_text(edi_hit("translate", FILE, "--to", "xml").stdout.replace(">MAPLE<", ">MAPLE*<"))
    done = edi_hit("translate", bad, "--to", "x12")
    assert done.returncode == 3
    assert f"{bad}: line 30, column " in done.stderr
    assert "MAPLE" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_progress_bar_on_a_terminal(tmp_path: Path) -> None:
    terminal, other_end = os.openpty()
    out = tmp_path / "out.xml"
    subprocess.run([COMMAND, "translate", FILE, "--to", "xml", "-o", out], stderr=other_end, check=True)
    os.close(other_end)
    shown = os.read(terminal, 10_000).decode()
    os.close(terminal)
    assert "100%" in shown
    assert out.exists()


def test_validating(tmp_path: Path) -> None:
    for form in ("xml", "json"):
        path = tmp_path / f"small.{form}"
        edi_hit("translate", FILE, "--to", form, "-o", path)
        done = edi_hit("translate", path, "--to", "x12", "--validate")
        assert (done.returncode, done.stdout.encode(), done.stderr) == (0, DATA, "")
        path.write_bytes(path.read_bytes().replace(b'"LX01"', b'"XX01"'))
        done = edi_hit("translate", path, "--to", "x12", "--validate")
        assert done.returncode == 3
    done = edi_hit("translate", FILE, "--to", "xml", "--validate")
    assert done.returncode == 2
    assert "no schema for x12" in done.stderr
    text = edi_hit("translate", FILE, "--to", "xml").stdout
    bomb = text.replace("<x12", '<!DOCTYPE x12 [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x12')
    done = edi_hit("translate", "-", "--to", "x12", "--validate", stdin=bomb.encode())
    assert done.returncode == 3
    assert "a document type is declared" in done.stderr


@pytest.mark.parametrize("name", ["four-claims.837", "four-payments.835"])
def test_claims_there_and_back(name: str, tmp_path: Path) -> None:
    source = FILE.with_name(name)
    lines, whole = tmp_path / "claims.ndjson", tmp_path / "claims.json"
    assert edi_hit("translate", source, "--to", "ndjson", "-o", lines).returncode == 0
    assert edi_hit("translate", lines, "--to", "json", "-o", whole).returncode == 0
    assert whole.read_text().startswith(
        '{"format":"edi-hit claims","version":"1","records":[\n{"kind":"envelope"'
    )
    assert edi_hit("translate", source, "--to", "json", "--as", "claims").stdout == whole.read_text()
    back = edi_hit("translate", whole, "--to", "x12")
    assert (back.returncode, back.stdout) == (0, source.read_text())
    loops = edi_hit("translate", whole, "--to", "json", "--as", "loops")
    assert loops.stdout == edi_hit("translate", source, "--to", "json").stdout


def test_claims_of_a_file_with_errors_are_written_and_the_errors_told(tmp_path: Path) -> None:
    bad = DATA.replace(b"CLM*C1*300.5*", b"CLM*C1*x*")
    done = edi_hit("translate", "-", "--to", "ndjson", stdin=bad)
    assert done.returncode == 1
    assert [line.count('"claim_id"') for line in done.stdout.splitlines()] == [0, 1, 1, 1]
    assert "FORM-LEFT-OUT" in done.stderr
    assert "what could be read was written" in done.stderr
    done = edi_hit("translate", "-", "--to", "ndjson", stdin=DATA[:-60])
    assert done.returncode == 3
    done = edi_hit("translate", FILE, "--to", "ndjson", "--as", "loops")
    assert done.returncode == 2
    assert "ndjson cannot hold loops; xml and json can" in done.stderr


def test_claims_that_no_x12_can_hold_are_refused(tmp_path: Path) -> None:
    text = edi_hit("translate", FILE, "--to", "ndjson").stdout
    done = edi_hit("translate", "-", "--to", "x12", stdin=text.replace('"C2"', '"C*2"').encode())
    assert (done.returncode, done.stdout) == (1, "")
    assert "record 3: a value of segment CLM holds a delimiter of the interchange" in done.stderr


def test_tables(tmp_path: Path) -> None:
    done = edi_hit(
        "translate", FILE, FILE.with_name("four-payments.835"), "--to", "csv", "-d", tmp_path / "out"
    )
    assert done.returncode == 0
    names = [
        f"four-{kind}.{table}.csv"
        for kind in ("claims", "payments")
        for table in ("adjustments", "claims", "lines")
    ]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names
    assert (tmp_path / "out" / "four-claims.claims.csv").read_text().startswith("claim,kind,claim_id,")
    done = edi_hit("translate", FILE, "--to", "parquet", "-o", tmp_path / "one.parquet")
    assert done.returncode == 0
    assert (tmp_path / "one.lines.parquet").read_bytes()[:4] == b"PAR1"
    for arguments, message in [
        (("--to", "csv"), "csv is 3 files; give -o or -d"),
        (("--to", "parquet", "--as", "loops", "-d", tmp_path), "parquet cannot hold loops"),
        (("--to", "parquet", "-o", tmp_path / "one.parquet"), "one.claims.parquet exists"),
    ]:
        done = edi_hit("translate", FILE, *arguments)
        assert done.returncode == 2
        assert message in done.stderr
    lines = edi_hit("translate", FILE, "--to", "ndjson").stdout.replace('"charge":"300.00"', '"charge":"3E2"')
    done = edi_hit(
        "translate", "-", "--to", "csv", "-d", tmp_path / "none", stdin=lines.replace("300.50", "x").encode()
    )
    assert done.returncode == 3
    assert list((tmp_path / "none").iterdir()) == []


def test_claims_in_the_shape_of_a_clearinghouse(tmp_path: Path) -> None:
    there = edi_hit("translate", FILE, "--to", "json", "--shape", "medicalnetwork")
    assert (there.returncode, there.stderr) == (0, "")
    body = tmp_path / "claims.json"
    body.write_text(there.stdout)
    assert [one["claimInformation"]["patientControlNumber"] for one in json.loads(there.stdout)] == [
        "C1",
        "C2",
        "C3",
        "C4",
    ]
    sent = ("--sender", "FOURCLAIMS", "--receiver", "PAYERS", "--as-of", "2024-06-11")
    back = edi_hit("translate", body, "--to", "x12", *sent)
    assert back.returncode == 0
    same = [
        line for line in DATA.decode().splitlines() if line[:3] not in ("ISA", "GS*", "BHT", "GE*", "IEA")
    ]
    assert [line for line in back.stdout.splitlines() if line in same] == same
    for arguments, message in [
        ((body, "--to", "x12"), "give --sender, --receiver and --as-of"),
        (
            (FILE, "--to", "xml", "--shape", "medicalnetwork"),
            "xml cannot hold medicalnetwork; json and ndjson can",
        ),
    ]:
        done = edi_hit("translate", *arguments)
        assert done.returncode == 2
        assert message in done.stderr
    left = edi_hit(
        "translate",
        "-",
        "--to",
        "ndjson",
        "--shape",
        "medicalnetwork",
        stdin=DATA.replace(b"PRV*BI", b"PRV*XX"),
    )
    assert left.returncode == 1
    assert "the shape has no place for" in left.stderr

"""`edi-hit validate --ack-dir`: which files are written, what is refused, and how it is told."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from ack_text import ONE_GOOD, PAYMENT, file_of, group, st
from claim_text import GOOD as CLAIMS
from edi_hit_command import edi_hit
from pyx12_oracle import accepts

EXAMPLES = Path(__file__).parents[2] / "examples"
GOOD = EXAMPLES / "01-first-visit.837"
FAULTY = EXAMPLES / "faulty" / "three-claims-two-faulty.837"
WRONG_CHARGE = GOOD.read_text().replace("CLM*EX01-A*300*", "CLM*EX01-A*301*")
"""A fault of SNIP type 3: the 999 accepts the set, the 277CA rejects the claim."""


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def segments(path: Path) -> list[str]:
    return [line.rstrip("~") for line in path.read_text().splitlines()]


def lines(path: Path, *ids: str) -> list[str]:
    """The segments of a file with these ids."""
    return [segment for segment in segments(path) if segment.split("*")[0] in ids]


def without_count(found: list[str]) -> list[str]:
    return [segment for segment in found if not segment.startswith("SE*")]


def test_each_input_gets_its_files(tmp_path: Path) -> None:
    acks = tmp_path / "new" / "acks"
    done = edi_hit("validate", GOOD, FAULTY, "--ack-dir", acks)
    assert done.returncode == 1
    good, faulty = GOOD.stem, FAULTY.stem
    assert names(acks) == {f"{good}.999", f"{good}.277ca", f"{faulty}.999", f"{faulty}.277ca"}
    assert all(accepts(path) for path in acks.iterdir())
    assert acks.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in acks.iterdir()} == {0o600}
    wrote = f"{GOOD}: wrote {acks / good}.999, {acks / good}.277ca (1 set accepted, 0 rejected; "
    assert f"{wrote}1 claim accepted, 0 rejected)" in done.stdout
    assert "1 set accepted, 1 rejected; 1 claim accepted, 1 rejected)" in done.stdout


def test_validate_and_adjudicate_acknowledge_alike(tmp_path: Path) -> None:
    day = ("--as-of", "2025-08-01", "--received", "2025-07-31")
    edi_hit("validate", FAULTY, "--ack-dir", tmp_path / "v", *day)
    edi_hit("adjudicate", FAULTY, "--out", tmp_path / "a", *day)
    for name in names(tmp_path / "v"):
        adjudicated = [line for line in segments(tmp_path / "a" / name) if not line.startswith("REF*1K*SIM")]
        assert without_count(segments(tmp_path / "v" / name)) == without_count(adjudicated)
    told = lines(tmp_path / "v" / f"{FAULTY.stem}.277ca", "DTP")
    assert told[:2] == ["DTP*050*D8*20250731", "DTP*009*D8*20250801"]


def test_they_are_dated_today_unless_told_otherwise(tmp_path: Path) -> None:
    before = date.today()
    edi_hit("validate", GOOD, "--ack-dir", tmp_path)
    (gs,) = lines(tmp_path / f"{GOOD.stem}.999", "GS")
    assert before <= date.fromisoformat(gs.split("*")[4]) <= date.today()
    assert gs.split("*")[5] == "0000"


def test_interchanges_of_all_inputs_are_numbered_through(tmp_path: Path) -> None:
    edi_hit("validate", EXAMPLES / "0[12]*.837", "--ack-dir", tmp_path)
    ends = [
        lines(path, "IEA")[0] for path in sorted(tmp_path.iterdir(), key=lambda p: (p.stem, p.suffix[::-1]))
    ]
    assert sorted(ends) == [f"IEA*1*{number:09d}" for number in (1, 2, 3, 4)]


@pytest.mark.parametrize("form", ["json", "ndjson", "html", "text"])
def test_every_format_says_what_was_written(tmp_path: Path, form: str) -> None:
    done = edi_hit("validate", FAULTY, "--ack-dir", tmp_path, "--format", form)
    assert done.returncode == 1
    written = [str(tmp_path / f"{FAULTY.stem}.{kind}") for kind in ("999", "277ca")]
    assert sorted(map(str, tmp_path.iterdir())) == sorted(written)
    if form == "json":
        (file,) = json.loads(done.stdout)["files"]
        counts = {"sets_accepted": 1, "sets_rejected": 1, "claims_accepted": 1, "claims_rejected": 1}
        assert file["acknowledgment"] == {"files": written, **counts, "left_out": 0}
    elif form == "ndjson":
        assert [json.loads(line)["rule"] for line in done.stdout.splitlines()] == ["X12-ENV-19", "X12-ENV-10"]
        assert f"wrote {', '.join(written)}" in done.stderr
    else:
        assert f"wrote {', '.join(written)}" in done.stdout


def test_json_without_a_folder_has_no_acknowledgement() -> None:
    (file,) = json.loads(edi_hit("validate", GOOD, "--format", "json").stdout)["files"]
    assert file["acknowledgment"] is None


def test_snip_chooses_what_is_shown_not_what_is_acknowledged(tmp_path: Path) -> None:
    (tmp_path / "a.837").write_text(WRONG_CHARGE)
    done = edi_hit("validate", tmp_path / "a.837", "--snip", "1-2", "--ack-dir", tmp_path / "acks")
    assert "accepted; 1 claim in 1 transaction set, 0 errors" in done.stdout
    assert "0 claims accepted, 1 rejected" in done.stdout
    assert lines(tmp_path / "acks" / "a.277ca", "STC")[-1].startswith("STC*A7:178*")
    assert done.returncode == 1, "a claim was rejected"
    never = ("--fail-on", "never", "--force")
    done = edi_hit("validate", tmp_path / "a.837", "--snip", "1", "--ack-dir", tmp_path / "acks", *never)
    assert done.returncode == 0


def test_nothing_is_overwritten_without_force(tmp_path: Path) -> None:
    source, acks = tmp_path / "a.837", tmp_path / "acks"
    source.write_bytes(GOOD.read_bytes())
    edi_hit("validate", source, "--ack-dir", acks, "--as-of", "2025-01-01")
    first = (acks / "a.999").read_bytes()
    again = edi_hit("validate", source, "--ack-dir", acks)
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert again.stdout == ""
    assert (acks / "a.999").read_bytes() == first
    source.write_text("no X12")
    assert edi_hit("validate", source, "--ack-dir", acks, "--force").returncode == 3
    assert names(acks) == set(), "what is no longer due is gone"


def test_two_inputs_with_one_stem_are_refused_before_any_work(tmp_path: Path) -> None:
    for name in ("a.837", "a.txt"):
        (tmp_path / name).write_bytes(GOOD.read_bytes())
    done = edi_hit("validate", tmp_path / "a.837", tmp_path / "a.txt", "--ack-dir", tmp_path / "acks")
    assert done.returncode == 2
    assert "a.ta1" in done.stderr
    assert (done.stdout, (tmp_path / "acks").exists()) == ("", False)


def test_an_input_is_never_overwritten_nor_removed(tmp_path: Path) -> None:
    source = tmp_path / "a.999"
    source.write_bytes(GOOD.read_bytes())
    done = edi_hit("validate", source, "--ack-dir", tmp_path, "--force")
    assert done.returncode == 2
    assert "is an input" in done.stderr
    assert source.read_bytes() == GOOD.read_bytes()


@pytest.mark.parametrize("folder", ["-", GOOD])
def test_a_folder_is_wanted(folder: object) -> None:
    done = edi_hit("validate", GOOD, "--ack-dir", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--ack-dir" in done.stderr


def test_standard_input_and_gzip_have_names(tmp_path: Path) -> None:
    packed = tmp_path / "claims.837.gz"
    packed.write_bytes(gzip.compress(GOOD.read_bytes()))
    edi_hit("validate", packed, "-", "--ack-dir", tmp_path / "acks", stdin=GOOD.read_bytes())
    assert names(tmp_path / "acks") == {"claims.999", "claims.277ca", "stdin.999", "stdin.277ca"}


@pytest.mark.parametrize(
    "option", ["--force", "--config=x.toml", "--as-of=2025-01-01", "--received=2025-01-01"]
)
def test_options_for_acknowledgements_want_a_folder(option: str) -> None:
    done = edi_hit("validate", GOOD, option)
    assert done.returncode == 2
    assert "--ack-dir" in done.stderr


INPUTS = {
    # what comes in: what is written, sets accepted and rejected, exit code
    "several interchanges": (
        ONE_GOOD + file_of(group(st("0001", CLAIMS)), e06="OTHER".ljust(15), e13="000000002"),
        {"x.999", "x.277ca"},
        (2, 0),
        0,
    ),
    "cut off in a segment": (ONE_GOOD[:700], {"x.999"}, (0, 1), 3),
    "cut off before GE": (ONE_GOOD.partition(b"GE*")[0], {"x.999"}, (0, 1), 3),
    "not X12": (b"%PDF-1.7", set(), (0, 0), 3),
    "empty": (b"", set(), (0, 0), 3),
    "cut off in a gzip": (gzip.compress(ONE_GOOD)[:300], set(), (0, 0), 3),
    "an 835 without ST03": (
        file_of(group(st("0001", PAYMENT, "835", ""), kind="HP", guide="005010X221A1")),
        {"x.999"},
        (1, 0),
        0,
    ),
    "an unknown guide": (
        file_of(group(st("0001", CLAIMS, guide="005010X999"), guide="005010X999")),
        {"x.999"},
        (0, 1),
        1,
    ),
    "a TA1 asked for, and nothing else": (file_of(e14="1"), {"x.ta1"}, (0, 0), 0),
    "a TA1 asked for": (file_of(group(st("0001", CLAIMS)), e14="1"), {"x.999", "x.277ca"}, (1, 0), 0),
}


def accepts_part(part: str, folder: Path) -> bool:
    """Whether pyx12 accepts one interchange: of several in a file it misses groups after a TA1."""
    (folder / "part").write_text(f"ISA*{part}")
    return accepts(folder / "part")


@pytest.mark.parametrize("what", INPUTS)
def test_what_is_written_for_what(tmp_path: Path, what: str) -> None:
    data, written, sets, code = INPUTS[what]
    (tmp_path / "x.edi").write_bytes(data)
    acks = tmp_path / "acks"
    done = edi_hit("validate", tmp_path / "x.edi", "--ack-dir", acks, "--format", "json")
    assert (done.returncode, done.stderr) == (code, "")
    (file,) = json.loads(done.stdout)["files"]
    assert names(acks) == written
    assert {Path(path).name for path in file["acknowledgment"]["files"]} == written
    assert (file["acknowledgment"]["sets_accepted"], file["acknowledgment"]["sets_rejected"]) == sets
    for path in acks.iterdir():
        assert edi_hit("validate", path).returncode == 0, path.read_text()
        assert all(accepts_part(part, tmp_path) for part in path.read_text().split("ISA*")[1:])


def test_quiet_says_only_what_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "bad.837").write_text("no X12")
    done = edi_hit("-q", "validate", FAULTY, tmp_path / "bad.837", "--ack-dir", tmp_path / "acks")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith(f"{tmp_path / 'bad.837'}: X12-ENV-15: ")
    assert len(done.stderr.splitlines()) == 1
    assert names(tmp_path / "acks") == {f"{FAULTY.stem}.999", f"{FAULTY.stem}.277ca"}


def test_an_acknowledgement_is_accepted_without_an_answer(tmp_path: Path) -> None:
    edi_hit("validate", GOOD, "--ack-dir", tmp_path / "acks")
    for path in (tmp_path / "acks").iterdir():
        done = edi_hit("validate", path, "--ack-dir", tmp_path / path.suffix, "--format", "json")
        assert done.returncode == 0
        told = json.loads(done.stdout)["files"][0]["acknowledgment"]
        assert (told["sets_accepted"], told["sets_rejected"]) == (1, 0)
    assert names(tmp_path / ".999") == set()

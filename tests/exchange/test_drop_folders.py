"""A file drop: where each kind of file ends, what is sent for it, and what is left alone."""

import hashlib
import json
import os
from pathlib import Path

import pytest
from claim_text import CLAIM, GOOD, LINE, changed, file_of
from drop_folders import FIXED, Drop
from drop_processes import forget_leases
from edi_hit_command import edi_hit
from partner_profiles import profile, rule
from prometheus_client.parser import text_string_to_metric_families
from pyx12_oracle import accepts

from edi_hit.acks import ClaimAcknowledgment, read_acknowledgments
from edi_hit.exchange.drop import Surroundings
from edi_hit.ledger import Connection

FILE = file_of(*GOOD)
FAULTY = file_of(*changed(CLAIM[0], CLAIM[0].replace("300.5", "301.5")))
REJECTED = FILE.replace(b"SE*", b"XX*")
OTHER = FILE.replace(b"*000000001", b"*000000002")


def called(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def test_a_good_file_is_acknowledged_and_archived(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop")
    drop.put("claims.837", FILE)
    assert drop.closed() == [("archive", "accepted")]
    assert drop.exit_code == 0
    name = f"20250801_{called(FILE)}"
    assert drop.names("ack") == [f"{name}.277ca", f"{name}.999"]
    assert all(accepts(drop.root / "ack" / file) for file in drop.names("ack"))
    kept = f"archive/2025/08/01/{called(FILE)}.original"
    assert drop.files("archive")[kept] == FILE
    assert drop.names("inbound", "work", "error", "quarantine", "outbound") == []


def test_everything_is_for_its_owner_alone(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop", 'do = "adjudicate"', more='metrics = "figures/drop.prom"')
    drop.put("claims.837", FILE)
    (drop.root / "inbound" / "claims.837").chmod(0o644)
    drop.run()
    paths = [path for path in (tmp_path / "drop").rglob("*") if path.name not in ("drop.toml", "dayton.toml")]
    assert {oct(path.stat().st_mode & 0o777) for path in paths if path.is_dir()} == {"0o700"}
    assert {oct(path.stat().st_mode & 0o777) for path in paths if path.is_file()} == {"0o600"}


@pytest.mark.parametrize(
    ("data", "end", "acks"),
    [
        (FAULTY, ("archive", "accepted in part"), {"277ca", "999"}),
        (REJECTED, ("error", "rejected"), {"999"}),
        (FILE[:400], ("error", "rejected"), {"999"}),
        (b"no X12 at all", ("quarantine", "not X12"), set()),
        (b"\x1f\x8b\x08damaged", ("quarantine", "not X12"), set()),
    ],
)
def test_each_kind_of_faulty_file(tmp_path: Path, data: bytes, end: tuple[str, str], acks: set[str]) -> None:
    drop = Drop(tmp_path / "drop")
    drop.put("a", data)
    drop.put("b", OTHER)
    assert drop.closed() == [end, ("archive", "accepted")]
    assert {name.rsplit(".", 1)[1] for name in drop.names("ack") if called(data) in name} == acks
    where = f"{end[0]}/2025/08/01/{called(data)}"
    assert drop.files(end[0])[f"{where}.original"] == data
    report = json.loads(drop.files(end[0])[f"{where}.report.json"])
    assert (report["reason"], report["delivered_as"]) == (end[1], "a")
    assert not any("value" in finding for finding in report.get("findings", ()))


def test_the_same_bytes_are_answered_as_before_and_not_done_again(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop", 'do = "adjudicate"')
    drop.put("a", FILE)
    assert drop.closed() == [("archive", "accepted")]
    sent = drop.files("ack")
    for path in (*drop.root.glob("ack/*"), *drop.root.glob("outbound/*")):
        path.unlink()
    drop.put("b", FILE)
    assert drop.closed() == [("quarantine", "same bytes as before")]
    assert drop.files("ack") == sent
    assert drop.names("outbound") == []
    assert f"quarantine/2025/08/01/{called(FILE)}-2.original" in drop.files("quarantine")


def test_the_same_bytes_are_new_where_the_partner_says_so(tmp_path: Path) -> None:
    windows = "\n[duplicates]\nfile_days = 0\ninterchange_days = 0"
    drop = Drop(tmp_path / "drop", partner=windows)
    for name in ("a", "b"):
        drop.put(name, FILE)
    assert drop.closed() == [("archive", "accepted")] * 2
    assert {name.partition(".")[0] for name in drop.names("ack")} == {
        f"dayton_20250801_{called(FILE)}",
        f"dayton_20250801_{called(FILE)}-2",
    }


def test_a_file_nothing_was_judged_of_may_come_again(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop", 'partners = ["dayton"]', partner="")
    foreign = FILE.replace(b"SENDER  ", b"STRANGER")
    drop.put("a", foreign)
    assert drop.closed() == [("quarantine", "sender unknown")]
    written = tmp_path / "drop" / "dayton.toml"
    written.write_text(written.read_text().replace('"SENDER"', '"STRANGER"'))
    drop.put("a", foreign)
    assert drop.closed() == [("archive", "accepted")]


def test_a_control_number_used_before_is_refused(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop", partner="")
    again = FILE.replace(b"MAPLE", b"BIRCH")
    drop.put("a", FILE)
    drop.put("b", again)
    assert drop.closed() == [("archive", "accepted"), ("quarantine", "control number used before")]
    (answer,) = [data for path, data in drop.files("ack").items() if called(again) in path]
    assert b"TA1*000000001*250103*1200*R*025~" in answer
    assert b"AK9*R*1*1*0~" in answer


def test_a_claim_sent_before_is_refused_alone(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop", partner="\n[duplicates]\nclaim_days = 30")
    another = ["CLM*A2*200.5***12:B:1*Y*A*Y*Y", CLAIM[1], *LINE]
    drop.put("a", FILE)
    drop.put("b", file_of(*GOOD, *another).replace(b"*000000001", b"*000000002"))
    assert drop.closed() == [("archive", "accepted"), ("archive", "accepted in part")]
    (path,) = [path for path in drop.root.glob("ack/*.277ca") if called(FILE) not in path.name]
    claims = [item.claim for item in read_acknowledgments(path) if isinstance(item, ClaimAcknowledgment)]
    assert [(claim.claim_id, claim.accepted) for claim in claims] == [("A1", False), ("A2", True)]
    assert b"STC*A3:54*" in path.read_bytes()


def test_a_file_over_the_partner_s_limit_is_put_aside(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop", partner="\n[limits]\nbytes_per_file = 100")
    drop.put("a", FILE)
    assert drop.closed() == [("quarantine", "too large")]
    assert drop.names("ack") == []


def test_the_partner_s_profile_says_what_is_asked_and_done(tmp_path: Path) -> None:
    work = '\n[work]\ndo = "translate"\nto = "json"\nview = "claims"\n'
    drop = Drop(tmp_path / "drop", partner=work + rule("required", "2300", "REF*D9"))
    drop.put("a", FILE)
    assert drop.closed() == [("archive", "accepted in part")]
    (document,) = drop.files("outbound").items()
    assert document[0] == f"outbound/dayton_20250801_{called(FILE)}.json"
    assert b'"A1"' in document[1]
    report = next(data for path, data in drop.files("archive").items() if path.endswith("report.json"))
    assert [finding["rule"] for finding in json.loads(report)["findings"]] == ["OWN-1"]


def test_translation_into_tables(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop", 'do = "translate"\nto = "csv"')
    drop.put("a", FILE)
    assert drop.closed() == [("archive", "accepted")]
    assert f"20250801_{called(FILE)}.claims.csv" in drop.names("outbound")


def test_adjudication_sends_the_835_and_keeps_the_decisions(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop", 'do = "adjudicate"')
    visit = Path(__file__).parents[2] / "examples" / "01-first-visit.837"
    drop.put("a", visit.read_bytes())
    assert drop.closed() == [("archive", "accepted")]
    assert [name.rsplit(".", 1)[1] for name in drop.names("outbound")] == ["835"]
    kept = {name.partition(".")[2] for name in drop.names("archive")}
    assert {"original", "decisions.ndjson", "report.html", "999", "277ca"} == kept


def test_answers_received_are_matched_to_the_claims_sent(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop", 'do = "receive"')
    partner, sent = profile(tmp_path), tmp_path / "sent"
    claims, acks = tmp_path / "a.837", tmp_path / "acks"
    claims.write_bytes(FILE)
    day = ("--as-of", "2025-07-01")
    done = edi_hit("batch", claims, "--partner", partner, "-d", sent, "--ledger", drop.ledger, *day)
    assert done.returncode == 0, done.stderr
    edi_hit("validate", *sent.iterdir(), "--ack-dir", acks, *day)
    for path in acks.iterdir():
        drop.put(path.name, path.read_bytes())
    log = drop.run()
    assert {line["unmatched"] for line in log if line["event"] == "received"} == {0}
    assert [line["reason"] for line in log if line["event"] == "closed"] == ["accepted"] * 2
    told = json.loads(edi_hit("status", "--ledger", drop.ledger, "--format", "json", *day).stdout)
    assert told["states"] == [{"state": "accepted", "claims": 1, "charge": "300.50"}]


def test_what_is_not_finished_or_no_file_is_left_alone(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop")
    inbound = drop.root / "inbound"
    for name in ("a.837.tmp", "b.part", ".hidden", "c.FILEPART"):
        (inbound / name).write_bytes(FILE)
    (inbound / "empty").touch()
    (inbound / "folder").mkdir()
    (inbound / "link").symlink_to("/etc/hostname")
    assert drop.closed() == []
    assert len(list(inbound.iterdir())) == 7


def test_names_lead_nowhere_else(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop")
    drop.put("-rf ~ $(x) \n ROSE MAPLE é", FILE)
    assert drop.closed() == [("archive", "accepted")]
    assert not any("MAPLE" in path for path in drop.files())


def test_a_name_that_is_no_text_stops_nothing(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop")
    (drop.root / "inbound" / os.fsdecode(b"\xff\xfe.837")).write_bytes(FILE)
    drop.put("b", OTHER)
    assert drop.closed() + drop.closed() == [("archive", "accepted")] * 2
    assert drop.names("inbound") == []


def test_a_file_the_program_breaks_down_on_is_put_aside(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop", more="most_failures = 2")
    drop.put("a", FILE)
    drop.put("b", OTHER)
    sha256 = hashlib.sha256(FILE).hexdigest()

    def numbers(connection: Connection, digest: str, count: int) -> int:
        if digest == sha256:
            raise RuntimeError("ROSE MAPLE")
        return 1

    broken = Surroundings(today=FIXED.today, control_numbers=numbers)
    log = drop.run(broken)
    while not any(line["event"] == "closed" and line["fate"] == "quarantine" for line in log):
        forget_leases(drop)
        log += drop.run(broken)
    ends = [(line["fate"], line["reason"]) for line in log if line["event"] == "closed"]
    assert sorted(ends) == [("archive", "accepted"), ("quarantine", "failed too often")]
    assert [line["error"] for line in log if line["event"] == "failed"] == ["RuntimeError"] * 2
    assert "MAPLE" not in json.dumps(log)


def test_a_marker_says_when_a_file_is_whole(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop", 'ready = "marker"\nmarker = ".go"')
    (drop.root / "inbound" / "a.837").write_bytes(FILE[:100])
    assert drop.closed() == []
    (drop.root / "inbound" / "a.837").write_bytes(FILE)
    (drop.root / "inbound" / "a.837.go").touch()
    assert drop.closed() == [("archive", "accepted")]
    assert drop.names("inbound") == []


def test_the_log_and_the_figures_hold_no_data_of_patients(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop", 'do = "adjudicate"', more='metrics = "drop.prom"', partner="")
    drop.put("ROSE-MAPLE.837", FAULTY)
    drop.put("x", b"MAPLE ROSE 1EG4TE5MK73")
    told = json.dumps(drop.run()) + (tmp_path / "drop" / "drop.prom").read_text()
    for secret in ("MAPLE", "ROSE", "1EG4TE5MK73", "19480229", "OAK", "A1*"):
        assert secret not in told
    assert "000000001" in told
    assert 'edi_hit_drop_closed_files_total{folder="claims",fate="archive"} 1' in told


def test_the_figures_are_as_a_collector_reads_them(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop", more='metrics = "drop.prom"')
    for name, data in (("a", FILE), ("b", OTHER), ("c", b"no X12")):
        drop.put(name, data)
    drop.run()
    drop.put("d", FAULTY.replace(b"*000000001", b"*000000009"))
    (drop.root / "inbound" / "d").rename(drop.root / "inbound" / "d.tmp")
    drop.run()
    families = text_string_to_metric_families((tmp_path / "drop" / "drop.prom").read_text())
    found = {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}
    assert found["edi_hit_drop_closed_files_total", "claims", "archive"] == 2
    assert found["edi_hit_drop_closed_files_total", "claims", "quarantine"] == 1
    assert found["edi_hit_drop_closed_claims_total", "claims", "archive"] == 2
    assert found["edi_hit_drop_closed_bytes_total", "claims", "archive"] == 2 * len(FILE)
    assert found["edi_hit_drop_inbound_files", "claims"] == 0
    assert found["edi_hit_drop_free_bytes", "claims"] > 0
    assert found["edi_hit_drop_audit_entries",] == 3


def test_files_the_journal_does_not_know_are_put_aside(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop")
    (drop.root / "work" / "unknown").write_bytes(FILE)
    (drop.root / "work" / "gone.1.out").mkdir()
    assert drop.closed() == []
    assert drop.files("quarantine", "work") == {"quarantine/orphans/unknown": FILE}
    assert list((drop.root / "work").iterdir()) == []


def test_what_was_kept_long_enough_is_removed(tmp_path: Path) -> None:
    drop = Drop(tmp_path / "drop", more="\n[retention]\narchive_days = 30\njournal_days = 30")
    drop.put("a", FILE)
    assert drop.closed() == [("archive", "accepted")]
    assert drop.names("archive")
    drop.put("b", b"no X12")
    assert [line["event"] for line in drop.run()].count("closed") == 1
    assert drop.names("archive") == []
    assert len(drop.names("quarantine")) == 2

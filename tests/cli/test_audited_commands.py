"""What commands do to a ledger, or move, is in its audit trail: what, by whom, and no data of patients."""

from pathlib import Path

from edi_hit_command import edi_hit
from ledger_content import rows
from visit_files import MEMBER, drug_file, visit_file

DAY = ("--as-of", "2025-08-01")
PARTNER = 'name = "payer-one"\nsender = {id = "PAYERONE"}\nreceiver = {id = "RIVERBEND1"}\n'
COVERAGE = f"member_id,kind,effective_from,effective_through\n{MEMBER},part_b,2020-01-01,\n"


def test_commands_that_change_a_ledger_are_in_its_audit_trail(tmp_path: Path) -> None:
    address = tmp_path / "ledger.db"
    texts = {"past.837": drug_file("D"), "new.837": visit_file("V", ("G0088", "20250301"))}
    for name, text in {**texts, "partner.toml": PARTNER, "coverage.csv": COVERAGE}.items():
        (tmp_path / name).write_text(text)

    def run(*arguments: object) -> None:
        done = edi_hit(*arguments, "--ledger", address)
        assert done.returncode == 0, done.stdout + done.stderr

    sending = ("batch", tmp_path / "new.837", "--partner", tmp_path / "partner.toml", "-d", tmp_path / "sent")
    run("ledger", "init")
    run("ledger", "load", tmp_path / "coverage.csv", *DAY)
    run("ledger", "load-claims", tmp_path / "past.837", *DAY)
    run("adjudicate", tmp_path / "new.837", "--out", tmp_path / "out", *DAY)
    run(*sending, *DAY)
    run(*sending, *DAY)
    run(*sending, *DAY, "--again")
    for sent in (tmp_path / "sent").iterdir():
        edi_hit("validate", sent, "--ack-dir", tmp_path / "acks", *DAY)
    (acknowledgment,) = (tmp_path / "acks").glob("*.999")
    run("receive", acknowledgment, *DAY)
    run("receive", acknowledgment, *DAY)
    run("ledger", "recycle", "--out", tmp_path / "recycled", *DAY)
    run("ledger", "reopen", "V", "--out", tmp_path / "reopened", *DAY)
    run("ledger", "audit")
    told = rows(str(address), "audit_entry")
    assert [(row["action"], row["subject"].partition(" sha256 ")[0]) for row in told] == [
        ("loaded", "coverage"),
        ("loaded", "past claims and payments"),
        ("adjudicated", "file 2"),
        ("made", "batch 000000002 for payer-one"),
        ("written again", "batch 000000002 for payer-one"),
        ("received", "file"),
        ("recycled", "0 of 0 claims"),
        ("reopened", "0 claims"),
    ]
    assert all("@" in row["actor"] for row in told)
    assert not any(MEMBER in str(row) for row in told)

"""`edi-hit batch`, `receive` and `status`: claims from sent to paid, answers matched, nothing sent twice."""

import json
from pathlib import Path

import pytest
from edi_hit_command import edi_hit
from postgresql_server import PostgresqlServer
from visit_files import OTHER_MEMBER, one_file, visit_file

from edi_hit.ledger import init_ledger

PARTNER = """
name = "payer-one"
usage = "T"
[sender]
id = "PAYERONE"
[receiver]
id = "RIVERBEND1"
"""
DAY = "2025-07-01"
LATER = "2025-07-15"


class Office:
    """A supplier's folder: a partner, a ledger, claims, and what the partner does with them."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.ledger = folder, address
        init_ledger(address)
        self.partner = folder / "partner.toml"
        self.partner.write_text(PARTNER)
        self.claims = folder / "claims.ndjson"
        x12 = folder / "written.837"
        visits = [visit_file("A-1", ("G0068", "20250610")), visit_file("A-2", ("G0068", "20250612"))]
        x12.write_text(one_file(*visits, visit_file("B-1", ("G0068", "20250611"), member=OTHER_MEMBER)))
        done = edi_hit("translate", x12, "--to", "ndjson", "-o", self.claims)
        assert done.returncode == 0, done.stderr

    def run(self, *arguments: object, code: int = 0) -> str:
        done = edi_hit(*arguments, "--ledger", self.ledger)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def batch(self, *more: object, claims: Path | None = None, code: int = 0) -> str:
        to = ("--partner", self.partner, "-d", self.folder / "outbound", "--as-of", DAY)
        return self.run("batch", claims or self.claims, *to, *more, code=code)

    @property
    def sent(self) -> list[Path]:
        return sorted((self.folder / "outbound").iterdir())

    def acknowledged(self, text: str | None = None) -> Path:
        """What the partner acknowledges the first batch with, or a changed one."""
        file = self.folder / "arrived.837p"
        file.write_text(self.sent[0].read_text() if text is None else text)
        edi_hit("validate", file, "--ack-dir", self.folder / "acks", "--as-of", LATER, "--force")
        return self.folder / "acks"

    def status(self) -> dict[str, int]:
        document = json.loads(self.run("status", "--format", "json", "--as-of", LATER))
        return {state["state"]: state["claims"] for state in document["states"]}


def renamed(claims: Path) -> str:
    """The same claims under other ids."""
    return claims.read_text().replace("A-", "X-").replace("B-", "Y-")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, str(tmp_path / "ledger.db"))


def test_a_claim_goes_from_sent_to_paid(office: Office) -> None:
    office.batch()
    assert office.status() == {"sent": 3}
    (sent,) = office.sent
    assert sent.name == "payer-one_20250701_000000001.837p"
    assert edi_hit("validate", sent).returncode == 0
    acks = office.acknowledged()
    assert "1 999, 1 TA1; 3 claims answered" in office.run("receive", acks / "arrived.999", "--as-of", LATER)
    assert office.status() == {"acknowledged": 3}
    assert "3 277CA; 3 claims answered" in office.run("receive", acks / "arrived.277ca", "--as-of", LATER)
    assert office.status() == {"accepted": 3}
    out = office.folder / "paid"
    assert edi_hit("adjudicate", sent, "--out", out, "--as-of", LATER).returncode == 0
    office.run("receive", out / f"{sent.stem}.835", "--as-of", LATER)
    states = office.status()
    assert sum(states.values()) == 3
    assert set(states) <= {"paid", "denied"}
    story = office.run("status", "A-1")
    assert [line.split()[1] for line in story.splitlines()[1:]] == ["999", "277CA", "835"]


def test_the_same_claims_are_not_sent_twice(office: Office) -> None:
    office.batch()
    first = office.sent[0].read_bytes()
    assert "made on 2025-07-01" in office.batch()
    assert len(office.sent) == 1
    office.sent[0].unlink()
    assert "made on 2025-07-01" in office.batch()
    assert office.sent == []
    office.batch("--again")
    assert office.sent[0].read_bytes() == first
    office.claims.write_text(office.claims.read_text().replace('"20251231"', '"20250102"'))
    assert "made on 2025-07-01" in office.batch()
    office.claims.write_text(renamed(office.claims))
    office.batch()
    assert [path.name[-14:-5] for path in office.sent] == ["000000001", "000000002"]


def test_a_claim_of_an_earlier_batch_is_not_sent_in_another(office: Office) -> None:
    office.batch()
    lines = office.claims.read_text().splitlines(keepends=True)
    office.claims.write_text("".join(line.replace("A-2", "A-7") for line in lines))
    office.batch(code=1)
    assert len(office.sent) == 1
    office.batch("--resend")
    assert len(office.sent) == 2
    assert office.status() == {"sent": 6}


def test_answers_are_taken_in_once_and_never_set_a_claim_back(office: Office) -> None:
    office.batch()
    acks = office.acknowledged()
    office.run("receive", acks / "arrived.277ca")
    office.run("receive", acks / "arrived.999")
    assert office.status() == {"accepted": 3}
    assert "received before" in office.run("receive", acks / "arrived.999")
    assert len(office.run("status", "A-1").splitlines()) == 3


def test_a_claim_is_rejected_by_the_277ca_alone(office: Office) -> None:
    office.batch()
    text = office.sent[0].read_text().replace("CLM*A-2*300", "CLM*A-2*301")
    acks = office.acknowledged(text)
    office.run("receive", acks / "arrived.999", acks / "arrived.277ca")
    assert office.status() == {"accepted": 2, "rejected": 1}
    assert "rejected" in office.run("status", "A-2").splitlines()[-1]


def test_a_set_is_rejected_by_the_999_and_an_interchange_by_the_ta1(office: Office) -> None:
    office.batch()
    whole = office.sent[0].read_text()
    count = whole.split("~SE*")[1].split("*")[0]
    acks = office.acknowledged(whole.replace(f"~SE*{count}*", "~SE*7*"))
    office.run("receive", acks / "arrived.999")
    assert office.status() == {"rejected": 3}
    office.claims.write_text(renamed(office.claims))
    office.batch()
    text = office.sent[1].read_text().replace("*00501*", "*00402*", 1)
    office.run("receive", office.acknowledged(text) / "arrived.999")
    assert office.status() == {"rejected": 6}
    story = office.run("status", "X-1").splitlines()[1:]
    assert [line.split()[1:3] for line in story] == [["TA1", "rejected"], ["999", "rejected"]]


def test_what_fits_nothing_is_told_and_not_guessed(office: Office) -> None:
    office.batch()
    acks = office.acknowledged(office.sent[0].read_text().replace("000000001", "000000777"))
    for name in ("arrived.999", "arrived.277ca"):
        text = (acks / name).read_text().replace("*HC*1*", "*HC*777*")
        (acks / name).write_text(text)
        done = edi_hit("receive", acks / name, "--ledger", office.ledger)
        assert done.returncode == 0
        assert "fit nothing that was sent" in done.stdout
        assert "ANSWER-UNKNOWN" in done.stderr
    assert office.status() == {"sent": 3}


def test_an_answer_of_another_sender_is_not_taken_for_the_partners(office: Office) -> None:
    office.batch()
    acks = office.acknowledged(office.sent[0].read_text().replace("PAYERONE ", "STRANGER "))
    for name in ("arrived.999", "arrived.277ca"):
        done = edi_hit("receive", acks / name, "--ledger", office.ledger)
        assert "fit nothing that was sent" in done.stdout
    assert office.status() == {"sent": 3}


def test_a_file_without_an_answer_changes_nothing(office: Office, tmp_path: Path) -> None:
    office.batch()
    office.run("receive", office.sent[0], code=1)
    (tmp_path / "letter").write_bytes(b"Dear sir")
    office.run("receive", tmp_path / "letter", code=3)
    assert office.status() == {"sent": 3}


def test_a_claim_no_837_can_hold_stops_its_batch(office: Office) -> None:
    office.claims.write_text(office.claims.read_text().replace('"charge":"300', '"charge":"301', 1))
    done = edi_hit(
        "batch", office.claims, "--partner", office.partner, "-d", office.folder / "outbound",
        "--ledger", office.ledger,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing written: 1 claim refused" in done.stderr
    assert office.sent == []
    assert office.status() == {}


def test_claims_without_news_are_listed(office: Office) -> None:
    office.batch()
    told = office.run("status", "--days", "14", "--as-of", LATER)
    assert sum(line.startswith("  ") for line in told.splitlines()) == 3
    assert "no news" not in office.run("status", "--days", "15", "--as-of", LATER)
    assert "never sent" in office.run("status", "Z-9", code=1)


def test_postgresql_answers_the_same(tmp_path: Path, postgresql: PostgresqlServer) -> None:
    office = Office(tmp_path, postgresql.database())
    office.batch()
    office.run("receive", office.acknowledged() / "arrived.277ca")
    assert office.status() == {"accepted": 3}

"""Names, ids and birth dates of a file's people stand in no error, log line or file name of any command.

Each command is seen to have done its work: by its exit code, by what it prints, and by what it wrote.
"""

from pathlib import Path
from typing import NamedTuple

import pytest
from edi_hit_command import edi_hit

EXAMPLE = Path(__file__).parents[2] / "examples" / "01-first-visit.837"
CANARIES = ("QUETZALCOATL", "XOCHIPILLI", "3AA9AA9AA99", "19431224")
FILES = ("good.837", "faulty.837", "cut.837")
PARTNER = 'name = "payer-one"\nsender = {id = "PAYERONE"}\nreceiver = {id = "RIVERBEND1"}\n'
DROP = """
ledger = "ledger.db"
metrics = "edi.prom"
[[folders]]
name = "claims"
path = "drop"
do = "adjudicate"
"""


class Step(NamedTuple):
    """A command, the exit code it ends with, and something it prints."""

    exit_code: int
    shows: str
    command: str


STEPS = (
    Step(0, "", "ledger init --ledger ledger.db"),
    Step(
        3,
        "is not a date",
        "validate good.837 faulty.837 cut.837 --no-values --ack-dir acks --as-of 2025-08-01",
    ),
    Step(3, "X12-837-CLAIM", "validate good.837 faulty.837 cut.837 -q"),
    Step(3, '"accepted"', "validate good.837 faulty.837 cut.837 --format json --no-values"),
    Step(
        3,
        "X12-ENV-19",
        "adjudicate good.837 faulty.837 cut.837 --out out --ledger ledger.db --as-of 2025-08-01",
    ),
    Step(2, "Traceback", "-v adjudicate good.837 --out out --as-of 2025-08-01"),
    Step(0, "forms/good.json", "translate good.837 --to json -d forms"),
    Step(0, "forms/faulty.json", "translate faulty.837 --to json -d forms"),
    Step(3, "is cut off", "translate cut.837 --to json -d forms"),
    Step(0, "claims/good.ndjson", "translate good.837 --to ndjson --as claims -d claims"),
    Step(1, "X12-ENV-19", "translate faulty.837 --to ndjson --as claims -d claims"),
    Step(3, "X12-ELE-01", "translate cut.837 --to ndjson --as claims -d claims"),
    Step(0, "1 known before", "ledger load-claims good.837 --ledger ledger.db"),
    Step(0, "1 left out", "ledger load-claims faulty.837 --ledger ledger.db"),
    Step(0, "0 claims loaded", "ledger load-claims cut.837 --ledger ledger.db"),
    Step(0, "claims paid", "ledger status --ledger ledger.db"),
    Step(
        0,
        "control number",
        "batch good.837 --partner partner.toml --ledger ledger.db -d sent --as-of 2025-08-01",
    ),
    Step(
        2,
        "X12-ENV-19",
        "batch faulty.837 --partner partner.toml --ledger ledger.db -d sent --as-of 2025-08-01",
    ),
    Step(
        2, "X12-ELE-01", "batch cut.837 --partner partner.toml --ledger ledger.db -d sent --as-of 2025-08-01"
    ),
    Step(1, "ANSWER-NONE", "receive good.837 faulty.837 cut.837 --ledger ledger.db --as-of 2025-08-01"),
    Step(0, "sent", "status --ledger ledger.db --as-of 2025-08-01"),
    Step(0, "1 claim compared, 0 differences", "reconcile out/good.835 out/good.835"),
    Step(1, "X12-ENV-19", "post out/good.835 faulty.837 -o post"),
    Step(3, "", "report good.837 faulty.837 cut.837 -o report.html"),
    Step(0, "medicare_hit", "explain EX01-A --decisions out/decisions.ndjson"),
    Step(1, '"closed"', "drop drop.toml --once"),
    Step(0, "quarantine", "drop drop.toml --status"),
    Step(0, "", "ledger audit --ledger ledger.db"),
)

WRITTEN_WITH_DATA = (
    "out/good.835",
    "forms/good.json",
    "forms/faulty.json",
    "forms/cut.json",
    "claims/good.ndjson",
    "sent/payer-one_20250801_000000002.837p",
    "post/claims.csv",
    "report.html",
)
"""What commands wrote that must hold a name: they did their work, and could have told it."""


def marked(text: str) -> str:
    """The example's patient under other names, with another id and birth date."""
    lines = []
    for line in text.splitlines():
        elements = line.rstrip("~").split("*")
        if elements[:2] == ["NM1", "IL"]:
            elements[3], elements[4], elements[9] = CANARIES[:3]
        elif elements[0] == "DMG":
            elements[2] = CANARIES[3]
        lines.append("*".join(elements) + "~")
    return "\n".join(lines) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    good = marked(EXAMPLE.read_text())
    assert all(canary in good for canary in CANARIES)
    faulty = good.replace("*G0088*", "*G00*").replace("19431224", "19431224X").replace("SE*", "SE*9")
    contents = (good, faulty.replace("3AA9AA9AA99", "3AA9AA9AA99^"), good[: good.index("DMG*") + 14])
    inbound = tmp_path / "drop" / "inbound"
    inbound.mkdir(parents=True)
    for name, text in zip(FILES, contents, strict=True):
        for where in (tmp_path, inbound):
            (where / name).write_text(text)
    (tmp_path / "partner.toml").write_text(PARTNER)
    (tmp_path / "drop.toml").write_text(DROP)
    return tmp_path


def test_no_command_tells_whom_a_file_is_about(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    for step in STEPS:
        done = edi_hit(*step.command.split())
        assert done.returncode == step.exit_code, (step, done)
        assert step.shows in done.stdout + done.stderr, (step, done)
        assert ("Traceback" in done.stderr) is step.command.startswith("-v "), step
        assert told(done.stdout + done.stderr) == [], (step, done)
    for name in WRITTEN_WITH_DATA:
        assert CANARIES[0] in (folder / name).read_text(), name
    assert told("\n".join(str(path.relative_to(folder)) for path in folder.rglob("*"))) == []
    assert told((folder / "edi.prom").read_text()) == []


def told(text: str) -> list[str]:
    """The canaries that stand in a text."""
    return [canary for canary in CANARIES if canary in text]

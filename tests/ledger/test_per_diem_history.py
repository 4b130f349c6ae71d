"""Per diems of earlier runs: the days of a span are known, not its first day alone."""

from datetime import date
from pathlib import Path

import pytest

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.jobs.adjudicate import adjudicate
from edi_hit.jobs.inputs import find_inputs
from edi_hit.ledger import open_ledger
from edi_hit.profiles import read_run_settings

EXAMPLES = Path(__file__).parents[2] / "examples"
WEEK = (EXAMPLES / "09-commercial-per-diem.837").read_text()
SETTINGS = read_run_settings(EXAMPLES / "settings.toml")


def day_in_it(day: str) -> str:
    """The same claim again, under another number, for one day."""
    text = WEEK.replace("EX09", "AGAIN").replace("RD8*20250203-20250209", f"D8*{day}")
    return text.replace("*980*UN*7", "*980*UN*1")


def decide(address: str, folder: Path, text: str) -> ClaimDecision:
    folder.mkdir()
    path = folder / "claims.837"
    path.write_text(text)
    with open_ledger(address) as ledger:
        result = adjudicate(
            find_inputs([str(path)]), folder / "out", as_of=date(2025, 3, 1), settings=SETTINGS,
            ledger=ledger, show=1,
        )  # fmt: skip
    return result.decisions[0]


@pytest.mark.parametrize(("day", "answer"), [("20250209", "not met"), ("20250210", "met")])
def test_a_day_of_a_week_paid_before_is_paid_once(
    ledger_address: str, tmp_path: Path, day: str, answer: str
) -> None:
    assert decide(ledger_address, tmp_path / "1", WEEK).state == "paid"
    again = decide(ledger_address, tmp_path / "2", day_in_it(day))
    rules = {rule.id: rule for rule in again.lines[0].rules}
    assert rules["COMM-SCODE-DAY"].answer == answer
    assert again.lines[0].denied is (answer == "not met")

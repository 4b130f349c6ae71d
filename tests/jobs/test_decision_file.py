from decimal import Decimal
from pathlib import Path

import pytest

from edi_hit.jobs.decision_file import DecisionIndex, decisions_on
from edi_hit.rules import ConfigError

LINE = '{{"claim":"{}","benefit":null,"payer":"P","state":"paid","charge":"{}"}}\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "decisions.ndjson"
    given = [("A", "1.00"), ("B", "2.00"), ("A", "3.00"), ("A", "4.00")]
    file.write_text("\n" + "".join(LINE.format(*one) for one in given))
    return file


def test_a_decision_is_found_by_claim_and_charge(path: Path) -> None:
    with DecisionIndex(path) as index:
        wanted = [("A", "3.00", "3.00"), ("B", "2.00", "2.00"), ("A", "9.00", "4.00"), ("A", "1.00", "1.00")]
        for claim, asked, charge in wanted:
            found = index.find(claim, Decimal(asked))
            assert found is not None
            assert (found.claim, found.charge) == (claim, Decimal(charge))
        assert index.find("C", Decimal(1)) is None


def test_all_decisions_on_a_claim(path: Path) -> None:
    assert [str(found.charge) for found in decisions_on(path, "A")] == ["1.00", "3.00", "4.00"]


def test_what_is_no_decision_is_named_by_its_line(path: Path) -> None:
    path.write_text(path.read_text() + '{"claim": 7}\n')
    with pytest.raises(ConfigError, match="line 6 is no decision"):
        DecisionIndex(path)
    path.write_text('{"claim": "A", "state": "lost"}\n')
    with DecisionIndex(path) as index, pytest.raises(ConfigError, match="line 1 is no decision"):
        index.find("A", Decimal(1))

"""Where the results go, and what may never happen to other files."""

from datetime import date
from pathlib import Path

import pytest

from edi_hit.acks import ClaimAcknowledgment, read_acknowledgments
from edi_hit.jobs.adjudicate import RunResult, adjudicate
from edi_hit.jobs.inputs import find_inputs
from edi_hit.rules import ConfigError
from edi_hit.x12 import InterchangeStart, SetStart, read_events

EXAMPLES = Path(__file__).parents[2] / "examples"
GOOD = (EXAMPLES / "01-first-visit.837").read_text()


def run(out: Path, *paths: Path, force: bool = False) -> RunResult:
    return adjudicate(find_inputs([str(path) for path in paths]), out, as_of=date(2025, 8, 1), force=force)


def test_an_input_is_never_overwritten_by_its_own_result(tmp_path: Path) -> None:
    source = tmp_path / "claims.835"
    source.write_text(GOOD)
    with pytest.raises(ConfigError, match="is an input"):
        run(tmp_path, source, force=True)
    assert source.read_text() == GOOD


def test_a_payers_835_is_neither_overwritten_nor_removed(tmp_path: Path) -> None:
    source, real = tmp_path / "claims.837", tmp_path / "out" / "claims.835"
    source.write_text(GOOD)
    real.parent.mkdir()
    run(real.parent, source)
    payers = real.read_text().replace("SIM2025", "EFT2025").replace("*T*:", "*P*:")
    real.write_text(payers)
    with pytest.raises(ConfigError, match="no simulation"):
        run(real.parent, source, force=True)
    assert real.read_text() == payers


def test_values_with_the_usual_delimiters_are_written_with_others(tmp_path: Path) -> None:
    text = GOOD.replace("*", "!").replace(":", ">").replace("~", "$").replace("!^!00501", "!?!00501")
    text = text.replace("MAPLE", "M*A|P~L^E:")
    source = tmp_path / "a.837"
    source.write_text(text)
    result = run(tmp_path / "out", source)
    assert result.failures == ()
    assert "M*A|P~L^E:" in (tmp_path / "out" / "a.835").read_text()


def test_one_835_that_cannot_be_written_does_not_stop_the_others(tmp_path: Path) -> None:
    every = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in "*:~^")
    bad = GOOD.replace("MAPLE", every[:60]).replace("ROSE", every[60:90])
    (tmp_path / "bad.837").write_text(bad)
    (tmp_path / "good.837").write_text(GOOD.replace("EX01-A", "GOOD"))
    result = run(tmp_path / "out", tmp_path / "bad.837", tmp_path / "good.837")
    assert (tmp_path / "out" / "good.835").exists()
    assert (tmp_path / "out" / "decisions.ndjson").read_text().count("\n") == 2
    assert (tmp_path / "out" / "report.html").exists()
    for label, reason in result.failures:
        assert label.endswith("bad.837")
        assert every[:60] not in reason


def two_interchanges() -> str:
    other = GOOD.replace("RIVERBEND1     ", "OTHERSENDER    ").replace("EX01-A", "OTHER")
    return GOOD + other.replace("1EG4TE5MK73", "2FH5UF6NM81")


def test_each_sender_gets_an_interchange_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.837").write_text(two_interchanges())
    run(tmp_path / "out", tmp_path / "a.837")
    events = list(read_events(tmp_path / "out" / "a.835"))
    starts = [event.interchange for event in events if isinstance(event, InterchangeStart)]
    assert [start.receiver for start in starts] == ["RIVERBEND1", "OTHERSENDER"]
    assert [start.control_number for start in starts] == ["000000001", "000000002"]


def test_one_payee_under_two_spellings_is_one_transaction_set(tmp_path: Path) -> None:
    second = GOOD.replace("100 RIVER RD", "100 RIVER ROAD").replace("EX01-A", "SECOND")
    second = second.replace("1EG4TE5MK73", "2FH5UF6NM81")
    body = second[second.index("ST*") : second.index("GE*")].replace("*0001", "*0002")
    text = GOOD[: GOOD.index("GE*")] + body + GOOD[GOOD.index("GE*") :].replace("GE*1", "GE*2")
    (tmp_path / "a.837").write_text(text)
    run(tmp_path / "out", tmp_path / "a.837")
    events = list(read_events(tmp_path / "out" / "a.835"))
    assert sum(isinstance(event, SetStart) for event in events) == 1
    assert (tmp_path / "out" / "a.835").read_text().count("CLP*") == 2


def test_a_claim_has_one_number_in_277ca_and_835(tmp_path: Path) -> None:
    """REF*1K of an accepted claim is its CLP07; a rejected claim has no number."""
    faulty = (EXAMPLES / "faulty" / "three-claims-two-faulty.837").read_text()
    (tmp_path / "a.837").write_text(GOOD)
    (tmp_path / "b.837").write_text(faulty)
    run(tmp_path / "out", tmp_path / "a.837", tmp_path / "b.837")
    answered: dict[str, str] = {}
    for path in sorted((tmp_path / "out").glob("*.835")):
        segments = [line.split("*") for line in path.read_text().split("~\n")]
        answered |= {segment[1]: segment[7] for segment in segments if segment[0] == "CLP"}
    told = [item for path in (tmp_path / "out").glob("*.277ca") for item in read_acknowledgments(path)]
    numbers = {
        item.claim.claim_id: item.claim.payer_claim_number
        for item in told
        if isinstance(item, ClaimAcknowledgment)
    }
    assert answered == {"EX01-A": "SIM000000001", "GOOD-B": "SIM000000003"}
    assert numbers == {**answered, "FAULTY-A": ""}


def test_results_are_for_their_owner_alone(tmp_path: Path) -> None:
    (tmp_path / "a.837").write_text(GOOD)
    run(tmp_path / "new" / "out", tmp_path / "a.837")
    assert (tmp_path / "new" / "out").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "new" / "out").iterdir()} == {0o600}


def test_html_in_a_claim_id_is_text_in_the_report(tmp_path: Path) -> None:
    (tmp_path / "a.837").write_text(GOOD.replace("EX01-A", "<b>X</b>"))
    run(tmp_path / "out", tmp_path / "a.837")
    page = (tmp_path / "out" / "report.html").read_text()
    assert "<b>X</b>" not in page
    assert "&lt;b&gt;X&lt;/b&gt;" in page

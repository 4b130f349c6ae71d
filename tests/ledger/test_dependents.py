"""What rested on an answer that a replacement or void takes back is answered again in the same run."""

import io
import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from broken_off import killed_at
from click.testing import CliRunner
from ledger_content import content, load_rows, rows
from test_reopening_at_once import just_before
from test_replaced_in_a_run import FIRST, SECOND, THIRD, outputs, same_again, told
from test_replacements import CONTRACT, DAY, NEXT, SETTINGS, Office, payments
from visit_files import AS_OF, EXAMPLES, OTHER_MEMBER, one_file, per_diem, run_texts, visit_file

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.cli.decision_text import total_lines
from edi_hit.cli.main import edi_hit_command
from edi_hit.jobs import dependents
from edi_hit.jobs.adjudicate import RunResult, adjudicate
from edi_hit.jobs.asked_batch import Batch
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.reopen import reopen
from edi_hit.jobs.replacing import decide
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.jobs.to_decide import ToDecide
from edi_hit.ledger import claim_number, ledger_status, open_ledger, payer_number
from edi_hit.profiles import History, RunSettings
from edi_hit.rules import ConfigError, LedgerError
from edi_hit.sample import write_sample_837p

VOID = per_diem("V1", DAY, frequency="8", replaces=FIRST)
OTHER_SENDER = {"ZZ*RIVERBEND1     ": "ZZ*OTHERSENDER    "}


def run(address: str, folder: Path, *texts: str, **options: Any) -> RunResult:
    with open_ledger(address) as ledger:
        return run_texts(folder, *texts, **({"ledger": ledger, "settings": SETTINGS} | options))


def answered_again(folder: Path) -> list[ClaimDecision]:
    path = folder / "out" / "reanswered.ndjson"
    lines = path.read_bytes().splitlines() if path.exists() else []
    return [msgspec.json.decode(line, type=ClaimDecision) for line in lines]


def told_again(folder: Path) -> list[tuple[str, ...]]:
    """CLP01, CLP02 and CLP04 of each claim of the 835 of answers given again."""
    return [(one[0], one[1], one[3]) for one in payments(folder / "out" / "reanswered.835")]


def to_reopen(address: str) -> int:
    """How many people `ledger status` has to reopen."""
    with open_ledger(address) as ledger, ledger.reading() as connection:
        return ledger_status(connection).changed


PAID_AFTER_ALL = [("B1", "22", "0.00"), ("B1", "1", "150.00")]


def test_a_denial_that_rested_on_it_is_taken_back(ledger_address: str, tmp_path: Path) -> None:
    run(ledger_address, tmp_path / "one", per_diem("A1", DAY), per_diem("B1", DAY), per_diem("C1", NEXT))
    assert told(tmp_path / "one", 1) == [("B1", "1", "0.00")]
    result = run(ledger_address, tmp_path, VOID)
    (decision,) = answered_again(tmp_path)
    assert decision.former is not None
    assert (decision.claim, decision.state, decision.former.state) == ("B1", "paid", "denied")
    assert told(tmp_path) == [("A1", "22", "-150.00")]
    assert told_again(tmp_path) == PAID_AFTER_ALL
    assert (result.reanswered, result.people_to_reopen, result.exit_code) == (1, 0, 0)
    assert {path.name for path in result.outputs} == set(outputs(tmp_path)) >= {"reanswered.835"}
    assert "1 earlier answers rested" in (tmp_path / "out" / "report.html").read_text()
    assert to_reopen(ledger_address) == 0
    same_again(ledger_address, tmp_path, VOID)
    assert Office(tmp_path, ledger_address).reopen("reopened") == ([], []), "it was told"


@pytest.mark.parametrize(("day", "again"), [(DAY, []), (NEXT, PAID_AFTER_ALL)])
def test_it_rests_on_what_takes_its_place_too(
    ledger_address: str, tmp_path: Path, day: str, again: list[tuple[str, ...]]
) -> None:
    run(ledger_address, tmp_path / "one", per_diem("A1", DAY), per_diem("B1", DAY))
    replacement = per_diem("R1", day, frequency="7", replaces=FIRST)
    run(ledger_address, tmp_path, replacement)
    assert told(tmp_path) == [("A1", "22", "-150.00"), ("R1", "1", "150.00")]
    assert told_again(tmp_path) == again
    same_again(ledger_address, tmp_path, replacement)


def test_what_stands_is_not_moved_by_what_takes_its_place(ledger_address: str, tmp_path: Path) -> None:
    """The replacement bills a day that another claim was paid for."""
    run(ledger_address, tmp_path / "one", per_diem("A1", DAY), per_diem("C1", NEXT))
    run(ledger_address, tmp_path, per_diem("R1", NEXT, frequency="7", replaces=FIRST))
    assert told(tmp_path) == [("A1", "22", "-150.00"), ("R1", "1", "0.00")]
    assert told_again(tmp_path) == []


def test_one_of_the_same_run_is_told_as_it_was_answered_and_again(
    ledger_address: str, tmp_path: Path
) -> None:
    texts = per_diem("A1", DAY), per_diem("B1", DAY), VOID
    run(ledger_address, tmp_path, *texts)
    assert told(tmp_path, 1) == [("B1", "1", "0.00")]
    assert told_again(tmp_path) == PAID_AFTER_ALL
    same_again(ledger_address, tmp_path, *texts)
    run(ledger_address, tmp_path / "alone", texts[1])
    assert told(tmp_path / "alone") == [("B1", "1", "150.00")], "its file alone gets the answer that stands"


def test_other_people_and_what_came_first_are_left_alone(ledger_address: str, tmp_path: Path) -> None:
    others = [per_diem(name, DAY, member=OTHER_MEMBER) for name in ("D1", "E1")]
    run(ledger_address, tmp_path / "one", per_diem("A1", DAY), *others)
    result = run(ledger_address, tmp_path, VOID)
    assert (result.reanswered, told_again(tmp_path)) == (0, [])
    assert "reanswered.835" not in outputs(tmp_path)


def test_what_other_settings_alone_would_change_stands(ledger_address: str, tmp_path: Path) -> None:
    run(ledger_address, tmp_path / "one", per_diem("A1", DAY), per_diem("B1", DAY), per_diem("C1", NEXT))
    run(ledger_address, tmp_path, VOID, settings=RunSettings(contracts=cheaper()))
    assert [(one.claim, str(one.paid)) for one in answered_again(tmp_path)] == [("B1", "100.00")]


def test_it_goes_to_who_sent_the_claim(ledger_address: str, tmp_path: Path) -> None:
    run(ledger_address, tmp_path / "one", per_diem("A1", DAY), per_diem("B1", DAY, **OTHER_SENDER))
    run(ledger_address, tmp_path, VOID)
    assert b"*OTHERSENDER" in outputs(tmp_path)["reanswered.835"]
    assert b"*OTHERSENDER" not in outputs(tmp_path)["f0.835"]
    assert b"B1" not in outputs(tmp_path)["f0.835"]


def of_advantage(text: str) -> str:
    """A claim to a Medicare Advantage plan, for a first visit."""
    return text.replace("S9500", "G0088").replace("*CI~", "*16~")


ADVANTAGE = msgspec.structs.replace(CONTRACT, fees=CONTRACT.fees | {"G0088": CONTRACT.fees["S9500"]})
BOTH = RunSettings(contracts={"SUMMIT01": (ADVANTAGE,)})


@pytest.mark.parametrize("reanswer", [True, False])
def test_answers_of_other_payers_are_left_to_reopen(
    ledger_address: str, tmp_path: Path, reanswer: bool
) -> None:
    """A visit to Medicare was denied for one that the plan had paid, which is voided."""
    run(ledger_address, tmp_path / "1", of_advantage(per_diem("A1", DAY)), settings=BOTH)
    run(ledger_address, tmp_path / "2", visit_file("M1", ("G0088", "20250225")), settings=BOTH)
    void = of_advantage(VOID)
    result = run(ledger_address, tmp_path, void, settings=BOTH, reanswer=reanswer)
    assert (result.reanswered, result.people_to_reopen, to_reopen(ledger_address)) == (0, 1, 1)
    assert "to 1 people earlier answers may rest" in "".join(total_lines(result))
    before = content(ledger_address)
    again = run(ledger_address, tmp_path, void, settings=BOTH, reanswer=reanswer)
    assert (again.people_to_reopen, content(ledger_address)) == (1, before)
    with open_ledger(ledger_address) as ledger:
        done = reopen(ledger, tmp_path / "reopened", as_of=AS_OF, settings=BOTH)
    assert [(one.claim, one.state) for one in done.decisions] == [("M1", "paid")]
    assert to_reopen(ledger_address) == 0


def test_nobody_is_to_be_reopened_where_nothing_rests_on_it(ledger_address: str, tmp_path: Path) -> None:
    run(ledger_address, tmp_path / "1", per_diem("A1", DAY), visit_file("M1", ("G0088", "20250225")))
    assert run(ledger_address, tmp_path, VOID, reanswer=False).people_to_reopen == 0
    assert to_reopen(ledger_address) == 0


def test_what_cannot_be_told_is_left_to_reopen(ledger_address: str, tmp_path: Path) -> None:
    """The run has no contract of another payer who answered."""
    run(ledger_address, tmp_path / "1", per_diem("A1", DAY), per_diem("B1", DAY))
    other = per_diem("C1", DAY).replace("SUMMIT01", "PLANID12345")
    run(ledger_address, tmp_path / "2", other)
    result = run(ledger_address, tmp_path, VOID, settings=RunSettings(contracts={"SUMMIT01": (CONTRACT,)}))
    assert (result.reanswered, result.people_to_reopen) == (1, 1)


def test_without_answering_again_it_is_left_to_reopen(ledger_address: str, tmp_path: Path) -> None:
    run(ledger_address, tmp_path / "one", per_diem("A1", DAY), per_diem("B1", DAY))
    result = run(ledger_address, tmp_path, VOID, reanswer=False)
    assert (result.reanswered, result.people_to_reopen) == (0, 1)
    assert "reanswered.835" not in outputs(tmp_path)
    with open_ledger(ledger_address) as ledger:
        done = reopen(ledger, tmp_path / "reopened", as_of=AS_OF, settings=SETTINGS)
    assert [decision.claim for decision in done.decisions] == ["B1"]


def test_what_other_runs_left_to_reopen_stays(ledger_address: str, tmp_path: Path) -> None:
    run(ledger_address, tmp_path / "one", per_diem("A1", DAY), per_diem("B1", DAY), per_diem("C1", NEXT))
    assert run(ledger_address, tmp_path / "left", VOID, reanswer=False).people_to_reopen == 1
    result = run(ledger_address, tmp_path, per_diem("V3", NEXT, frequency="8", replaces=THIRD))
    assert (result.reanswered, result.people_to_reopen) == (0, 0)
    assert to_reopen(ledger_address) == 1
    reopened = Office(tmp_path, ledger_address).reopen("reopened")[1]
    assert [(one[0], one[1], one[3]) for one in reopened] == PAID_AFTER_ALL
    assert to_reopen(ledger_address) == 0


def test_a_deductible_is_taken_once(ledger_address: str, tmp_path: Path) -> None:
    """However often a claim is looked at; the visit is to the payer of the claim that is voided."""
    settings = msgspec.structs.replace(SETTINGS, deductible_left=Decimal(257))
    visit = per_diem("M1", DAY).replace("S9500", "G0068").replace("*CI~", "*MB~")
    run(ledger_address, tmp_path / "one", per_diem("A1", DAY), visit, settings=settings)
    assert told(tmp_path / "one", 1) == [("M1", "1", "0.00")]
    result = run(ledger_address, tmp_path, VOID, settings=settings)
    assert (result.reanswered, told_again(tmp_path)) == (0, [])


@pytest.mark.parametrize("by", ["R1", "S1"])
def test_reopening_leaves_a_replacement_the_place_of_its_original(
    ledger_address: str, tmp_path: Path, by: str
) -> None:
    """Of the same day as a claim that came in between, which is denied for it as for the original."""
    texts = [one_file(per_diem("A1", DAY), per_diem("B1", DAY))]
    texts.append(per_diem("R1", DAY, frequency="7", replaces=FIRST))
    texts.append(per_diem("S1", DAY, frequency="7", replaces=SECOND))
    for number, text in enumerate(texts if by == "S1" else texts[:2]):
        run(ledger_address, tmp_path / str(number), text)
    assert told(tmp_path / "0") == [("A1", "1", "150.00"), ("B1", "1", "0.00")]
    with open_ledger(ledger_address) as ledger:
        done = reopen(ledger, tmp_path / "reopened", as_of=AS_OF, claims=["B1", by], settings=SETTINGS)
    assert done.decisions == ()


def test_results_of_an_older_run_go(ledger_address: str, tmp_path: Path) -> None:
    run(ledger_address, tmp_path / "one", per_diem("A1", DAY), per_diem("B1", DAY))
    run(ledger_address, tmp_path, VOID)
    run(ledger_address, tmp_path, per_diem("C1", NEXT))
    assert not {"reanswered.835", "reanswered.ndjson"} & set(outputs(tmp_path))


def test_killed_at_any_commit_a_run_is_completed_by_the_same_command(
    new_ledger: Callable[[], str], tmp_path: Path
) -> None:
    earlier = per_diem("A1", DAY), per_diem("B1", DAY, **OTHER_SENDER), per_diem("C1", DAY)
    texts = per_diem("D1", DAY), VOID
    whole = new_ledger()
    run(whole, tmp_path / "before", *earlier)
    run(whole, tmp_path / "whole", *texts)
    for commit in count(1):
        address, folder = new_ledger(), tmp_path / f"broken{commit}"
        run(address, tmp_path / f"before{commit}", *earlier)
        if not killed_at(commit, partial(run, address, folder, *texts, force=False)):
            break
        run(address, folder, *texts, force=False)
        assert outputs(folder) == outputs(tmp_path / "whole"), commit
        assert content(address) == content(whole), commit
    assert commit > 8, "it was killed at each"
    assert "reanswered.835" in outputs(tmp_path / "whole")


def test_the_commands_say_so(sqlite_ledger: str, tmp_path: Path) -> None:
    run(sqlite_ledger, tmp_path / "one", per_diem("A1", DAY), per_diem("B1", DAY))
    (tmp_path / "v1.837").write_text(VOID)
    given = ["adjudicate", tmp_path / "v1.837", "--out", tmp_path / "v1", "--ledger", sqlite_ledger]
    given += ["--config", EXAMPLES / "settings.toml", "--as-of", "2025-08-01"]
    said = CliRunner().invoke(edi_hit_command, list(map(str, given)))
    assert "1 earlier answers rested on answers taken back, and were given again" in said.output
    again = CliRunner().invoke(edi_hit_command, [*map(str, given), "--force", "--format", "json"])
    found = json.loads(again.output)
    assert (found["reanswered"], found["people_to_reopen"]) == (1, 0)
    assert str(tmp_path / "v1" / "reanswered.835") in found["outputs"]
    assert (said.exit_code, again.exit_code) == (0, 0)


def test_an_input_may_not_take_the_name(tmp_path: Path) -> None:
    path = tmp_path / "reanswered.837"
    path.write_text(per_diem("A1", DAY))
    with pytest.raises(ConfigError, match=r"reanswered\.835"):
        adjudicate(find_inputs([str(path)]), tmp_path / "out", as_of=AS_OF)


def test_several_processes_give_the_same(sqlite_ledger: str, tmp_path: Path) -> None:
    """In as many processes as it takes, and in one."""
    sample = io.BytesIO()
    write_sample_837p(sample, 2_000, 11)
    texts = sample.getvalue().decode(), VOID
    run(sqlite_ledger, tmp_path / "one", per_diem("A1", DAY), per_diem("B1", DAY))
    other = shutil.copy(sqlite_ledger, tmp_path / "other.db")
    run(sqlite_ledger, tmp_path / "alone", *texts)
    run(str(other), tmp_path / "spread", *texts, workers=2)
    assert told_again(tmp_path / "alone") == PAID_AFTER_ALL
    assert outputs(tmp_path / "spread") == outputs(tmp_path / "alone")
    assert content(str(other)) == content(sqlite_ledger)


def cheaper() -> dict[str, tuple[Any, ...]]:
    """The contract with a per diem of 100.00."""
    fees = {
        code: tuple(msgspec.structs.replace(fee, rate=Decimal(100)) for fee in some)
        for code, some in CONTRACT.fees.items()
    }
    contract = msgspec.structs.replace(CONTRACT, fees=fees)
    return dict.fromkeys(contract.payers, (contract,))


def test_what_is_on_file_of_other_suppliers_is_known(ledger_address: str, tmp_path: Path) -> None:
    """The visit is of a supplier of whom no claim of the run is."""
    settings = msgspec.structs.replace(BOTH, suppliers=History.COMPLETE)
    visit = visit_file("M1", ("G0088", "20250225"), **{"1234567893": "1999999984"})
    load_rows(ledger_address, tmp_path, "supplier", {"npi": "1999999984", "attests_24_7": "Y"})
    run(ledger_address, tmp_path / "1", of_advantage(per_diem("A1", DAY)), settings=settings)
    run(ledger_address, tmp_path / "2", visit, settings=settings)
    result = run(ledger_address, tmp_path, of_advantage(VOID), settings=settings)
    assert (result.people_to_reopen, to_reopen(ledger_address)) == (1, 1)


def test_many_replacements_ask_few_claims_each(
    sqlite_ledger: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each claim is asked once in the run, and again where it is near what was taken back."""
    days = [f"20250{month}{day}" for month in (1, 2) for day in range(10, 28)]
    run(sqlite_ledger, tmp_path / "one", one_file(*(per_diem(f"A{day}", day) for day in days)))
    asked: list[int] = []

    def counted(ledger: RunLedger, batch: Batch, one: ToDecide) -> ClaimDecision:
        asked.append(one.number)
        return decide(ledger, batch, one)

    monkeypatch.setattr(dependents, "decide", counted)
    first = claim_number(1, 0)
    replacements = [
        per_diem(f"R{day}", day, frequency="7", replaces=payer_number(first + place))
        for place, day in enumerate(days)
    ]
    result = run(sqlite_ledger, tmp_path, one_file(*replacements))
    assert (result.totals.paid, result.reanswered) == (150 * len(days), 0)
    assert len(days) <= len(asked) <= 4 * len(days)


def voided_first(address: str, folder: Path) -> None:
    """Answer three claims and void the first; what rested on it is left to `ledger reopen`."""
    texts = per_diem("A1", DAY), per_diem("B1", DAY).replace("S9500", "S5502"), per_diem("D1", NEXT)
    run(address, folder / "answered", *texts)
    run(address, folder / "voided", VOID, reanswer=False)


def told_in(folder: Path) -> Decimal:
    """What all 835s below a folder come to, by CLP04."""
    return sum((Decimal(one[3]) for path in folder.rglob("*.835") for one in payments(path)), Decimal(0))


@pytest.mark.parametrize("others", [("run",), ("reopen",), ("run and leave", "reopen")])
def test_reopened_beside_others_what_stands_is_told_once(
    new_ledger: Callable[[], str], tmp_path: Path, others: tuple[str, ...]
) -> None:
    """A run that takes back what rests on the same answer, another reopening, or both, at any moment of one.

    A reopening that another one was ahead of says so and leaves no file.
    """
    replacement = per_diem("R1", DAY, frequency="7", replaces=THIRD)
    refused = []
    for transaction in count(1):
        address, folder = new_ledger(), tmp_path / f"at{transaction}"
        folder.mkdir()
        voided_first(address, folder)
        office = Office(folder, address)

        def beside(office: Office = office, address: str = address, folder: Path = folder) -> None:
            for other in others:
                if other == "reopen":
                    office.reopen("beside")
                else:
                    run(address, folder / "run", replacement, reanswer=other == "run")

        with just_before(transaction, beside) as came:
            try:
                office.reopen("this")
            except LedgerError as error:
                refused.append((str(error).partition(":")[0], list((folder / "this").iterdir())))
        if not came():
            break
        office.reopen("next")
        assert told_in(folder) == sum(row["paid"] or 0 for row in rows(address, "claim_line")), transaction
    assert transaction > 3
    said = "another ledger reopen told of some of these answers at the same moment"
    assert [one for one in refused if one != (said, [])] == []
    assert bool(refused) is ("reopen" in others)

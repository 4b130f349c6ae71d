"""Originals, replacements and voids: a run of many files gives what a run for each of them gives."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from test_dependents import PAID_AFTER_ALL, cheaper, run, to_reopen, told_again
from test_replaced_in_a_run import FIRST, IN_ONE_FILE, LATER, SECOND, THIRD, same_again, told
from test_replacements import CONTRACT, DAY, NEXT, SETTINGS
from test_stories_over_runs import held, stand
from test_stories_over_runs import told as sums_told
from visit_files import one_file, per_diem, visit_file

from edi_hit.jobs.adjudicate import Progress
from edi_hit.jobs.recycle import Recycled, recycle
from edi_hit.ledger import open_ledger
from edi_hit.profiles import RunSettings, Unknown

FOURTH = "SIM000004000000001"
CASES = {
    "replaced": ((per_diem("A1", DAY), per_diem("R1", NEXT, frequency="7", replaces=FIRST)), 0),
    "replaced, and that replaced": (
        (
            per_diem("A1", DAY),
            per_diem("B1", NEXT),
            per_diem("R1", NEXT, frequency="7", replaces=FIRST),
            per_diem("S1", LATER, frequency="7", replaces=THIRD),
            per_diem("T1", NEXT, frequency="7", replaces=FOURTH),
        ),
        0,
    ),
    "replaced and voided": (
        (
            per_diem("A1", DAY),
            per_diem("B1", DAY),
            per_diem("R1", DAY, NEXT, frequency="7", replaces=FIRST),
            per_diem("V1", DAY, frequency="8", replaces=THIRD),
            per_diem("C1", DAY),
        ),
        1,
    ),
    "what rests on one that rested on it": (
        (
            per_diem("A1", NEXT),
            per_diem("B1", DAY).replace(f"D8*{DAY}", f"RD8*{DAY}-{NEXT}").replace("*UN*1*", "*UN*2*"),
            per_diem("C1", DAY).replace("S9500", "S5502"),
            per_diem("D1", LATER),
            per_diem("R1", LATER, frequency="7", replaces=FOURTH),
            per_diem("V1", NEXT, frequency="8", replaces=FIRST),
        ),
        2,
    ),
    "the one that rested on it replaced too": (
        (
            per_diem("A1", DAY),
            per_diem("B1", DAY),
            per_diem("V1", DAY, frequency="8", replaces=FIRST),
            per_diem("S1", NEXT, frequency="7", replaces=SECOND),
        ),
        1,
    ),
}


@pytest.mark.parametrize("before", [0, 2])
@pytest.mark.parametrize("case", CASES)
def test_one_run_or_one_for_each_file(
    new_ledger: Callable[[], str], tmp_path: Path, case: str, before: int
) -> None:
    """The first files each in a run before; then the others, with another contract, in one or each in one."""
    texts, reanswered = CASES[case]
    settings = RunSettings(contracts=cheaper())
    singly, together = new_ledger(), new_ledger()
    sums: dict[str, Decimal] = {}
    count = 0
    for number, text in enumerate(texts):
        folder = tmp_path / f"singly{number}"
        result = run(singly, folder, text, settings=SETTINGS if number < before else settings)
        count += result.reanswered
        sums = {claim: sums.get(claim, Decimal(0)) + paid for claim, paid in sums_told(folder).items()} | {
            claim: paid for claim, paid in sums.items() if claim not in sums_told(folder)
        }
        assert result.people_to_reopen == 0
    for number, text in enumerate(texts[:before]):
        run(together, tmp_path / f"before{number}", text)
    result = run(together, tmp_path / "together", *texts[before:], settings=settings)
    assert (result.reanswered, result.people_to_reopen, count) == (reanswered, 0, reanswered)
    assert held(together) == held(singly)
    assert {claim: paid for claim, paid in sums.items() if paid} == stand(together)
    assert to_reopen(together) == 0
    before_again = held(together)
    run(together, tmp_path / "together" / "again", *texts[before:], settings=settings)
    assert held(together) == before_again


def test_an_answer_given_again_twice_in_a_run_is_told_twice(ledger_address: str, tmp_path: Path) -> None:
    texts = (
        per_diem("A1", DAY),
        per_diem("B1", NEXT),
        per_diem("C1", DAY, NEXT),
        per_diem("V1", DAY, frequency="8", replaces=FIRST),
        per_diem("V2", NEXT, frequency="8", replaces=SECOND),
    )
    result = run(ledger_address, tmp_path, *texts)
    assert told_again(tmp_path) == [
        ("C1", "22", "0.00"), ("C1", "1", "150.00"), ("C1", "22", "-150.00"), ("C1", "1", "300.00")
    ]  # fmt: skip
    assert (result.reanswered, result.failures) == (2, ())
    same_again(ledger_address, tmp_path, *texts)


def test_in_one_file(ledger_address: str, tmp_path: Path) -> None:
    third, fourth = "SIM000001000000003", "SIM000001000000004"
    text = one_file(
        per_diem("A1", DAY),
        per_diem("B1", DAY),
        per_diem("R1", DAY, NEXT, frequency="7", replaces="SIM000001000000001"),
        per_diem("S1", NEXT, frequency="7", replaces=third),
        per_diem("C1", LATER),
    )
    result = run(ledger_address, tmp_path, text)
    assert told(tmp_path) == [
        ("A1", "1", "150.00"), ("B1", "1", "0.00"), ("A1", "22", "-150.00"), ("R1", "1", "300.00"),
        ("R1", "22", "-300.00"), ("S1", "1", "150.00"), ("C1", "1", "150.00"),
    ]  # fmt: skip
    assert (told_again(tmp_path), result.people_to_reopen) == (PAID_AFTER_ALL, 0)
    same_again(ledger_address, tmp_path, text)
    assert stand(ledger_address) == {
        IN_ONE_FILE: Decimal(150), fourth: Decimal(150), "SIM000001000000005": Decimal(150)
    }  # fmt: skip


@pytest.mark.parametrize("split", [(1, 1), (2,)])
def test_both_wait_and_are_recycled(ledger_address: str, tmp_path: Path, split: tuple[int, ...]) -> None:
    both = texts = [per_diem("A1", DAY), per_diem("R1", NEXT, frequency="7", replaces=FIRST)]
    pend = msgspec.structs.replace(SETTINGS, unknown=Unknown.PEND)
    for number, some in enumerate(split):
        mine, texts = texts[:some], texts[some:]
        run(ledger_address, tmp_path / str(number), *mine, settings=pend)
    run(ledger_address, tmp_path / "b", per_diem("B1", LATER))
    done = recycled(ledger_address, tmp_path / "recycled")
    assert [(one.claim, one.state, one.former and one.former.state) for one in done.decisions] == [
        ("R1", "paid", "pended")
    ]
    assert (done.waited, done.waiting) == (2, 0)
    assert sums_told(tmp_path / "recycled") == {SECOND: Decimal(150)}
    for number, text in enumerate(both):
        run(ledger_address, tmp_path / f"alone{number}", text)
    alone = [sums_told(tmp_path / f"alone{number}") for number in (0, 1)]
    assert alone == [{}, {SECOND: Decimal(150)}], "so it is told where the 835 of the recycling was lost"
    assert done.people_to_reopen == to_reopen(ledger_address) == 0


def test_a_replacement_that_waits_is_not_replaced(ledger_address: str, tmp_path: Path) -> None:
    """Its original, which stands until it is answered, would be paid besides."""
    pend = msgspec.structs.replace(SETTINGS, unknown=Unknown.PEND)
    run(ledger_address, tmp_path / "1", per_diem("A1", DAY))
    run(ledger_address, tmp_path / "2", per_diem("R1", DAY, frequency="7", replaces=FIRST), settings=pend)
    other = per_diem("S1", NEXT, frequency="7", replaces=SECOND)
    (decision,) = run(ledger_address, tmp_path / "3", other, show=1).decisions
    assert (decision.state, stand(ledger_address)) == ("unanswered", {FIRST: Decimal(150)})
    recycled(ledger_address, tmp_path / "4")
    assert stand(ledger_address) == {SECOND: Decimal(150)}
    run(ledger_address, tmp_path / "3", other)
    assert stand(ledger_address) == {THIRD: Decimal(150)}
    assert told(tmp_path / "3") == [("R1", "22", "-150.00"), ("S1", "1", "150.00")]


def recycled(address: str, folder: Path) -> Recycled:
    with open_ledger(address) as ledger:
        return recycle(ledger, folder / "out", as_of=date(2025, 8, 1), settings=SETTINGS)


def test_what_stands_is_known_to_a_claim_that_is_asked_about_later(
    ledger_address: str, tmp_path: Path
) -> None:
    """One ahead of it in its file, whose code had no fee before: it goes with no infusion."""
    text = one_file(per_diem("C1", DAY).replace("S9500", "S5502"), per_diem("B1", DAY))
    contract = msgspec.structs.replace(CONTRACT, fees={"S9500": CONTRACT.fees["S9500"]})
    run(ledger_address, tmp_path / "1", text, settings=RunSettings(contracts={"SUMMIT01": (contract,)}))
    assert told(tmp_path / "1") == [("B1", "1", "150.00")]
    run(ledger_address, tmp_path / "2", text)
    assert told(tmp_path / "2") == [("C1", "1", "0.00"), ("B1", "1", "150.00")]


def test_a_file_given_twice_takes_the_deductible_once(new_ledger: Callable[[], str], tmp_path: Path) -> None:
    settings = RunSettings(deductible_left=Decimal(257))
    first, second = visit_file("A", ("G0068", "20250301")), visit_file("B", ("G0068", "20250310"))
    run(new_ledger(), tmp_path / "once", first, second, settings=settings)
    run(new_ledger(), tmp_path / "twice", first, first, second, settings=settings)
    assert told(tmp_path / "twice", 2) == told(tmp_path / "once", 1) != []
    assert told(tmp_path / "twice", 1) == told(tmp_path / "twice")


def test_a_run_completed_later_tells_what_it_decided(ledger_address: str, tmp_path: Path) -> None:
    """Before its 835 was written, another run voided its claim and told so: the two come to nothing."""

    def fail() -> None:
        raise OSError("the disk is gone")

    texts = per_diem("A1", DAY), per_diem("B1", DAY)
    with pytest.raises(OSError, match="disk"):
        run(ledger_address, tmp_path / "1", *texts, force=False, progress=Progress(claim_decided=fail))
    run(ledger_address, tmp_path / "2", per_diem("V1", DAY, frequency="8", replaces=FIRST))
    run(ledger_address, tmp_path / "1", *texts, force=False)
    assert told(tmp_path / "1") == [("A1", "1", "150.00")]
    assert told(tmp_path / "1", 1) == [("B1", "1", "0.00")]
    assert told(tmp_path / "2") == [("A1", "22", "-150.00")]
    assert told_again(tmp_path / "2") == PAID_AFTER_ALL
    run(ledger_address, tmp_path / "3", texts[0])
    assert told(tmp_path / "3") == [], "it is completed: told again is what stands"

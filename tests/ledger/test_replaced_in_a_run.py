"""Originals and what replaces or voids them (CLM05-3 7, 8) in one run: all are answered, in turn."""

from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from broken_off import killed_at
from ledger_content import content, rows
from test_replacements import DAY, NEXT, SETTINGS, payments
from visit_files import OTHER_MEMBER, one_file, per_diem, run_texts

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.ledger import open_ledger

FIRST, SECOND, THIRD = (f"SIM00000{number}000000001" for number in (1, 2, 3))
IN_ONE_FILE = "SIM000001000000002"
LATER = "20250205"


def run(address: str, folder: Path, *texts: str, **options: Any) -> dict[str, ClaimDecision]:
    """The decisions of a run on files, by claim."""
    with open_ledger(address) as ledger:
        result = run_texts(folder, *texts, ledger=ledger, settings=SETTINGS, show=99, **options)
    return {decision.claim: decision for decision in result.decisions}


def told(folder: Path, file: int = 0) -> list[tuple[str, ...]]:
    """CLP01, CLP02 and CLP04 of each claim of the 835 of a file of a run."""
    return [(one[0], one[1], one[3]) for one in payments(folder / "out" / f"f{file}.835")]


def outputs(folder: Path) -> dict[str, bytes]:
    """What a run wrote, without the folder its inputs were in, which the page names."""
    inside = {path.name: path.read_bytes() for path in (folder / "out").iterdir()}
    return {name: content.replace(bytes(folder), b"") for name, content in inside.items()}


def same_again(address: str, folder: Path, *texts: str) -> None:
    """Hold a run that is made again, into another folder, against the first one in `folder`."""
    before = content(address)
    run(address, folder / "again", *texts)
    assert outputs(folder / "again") == outputs(folder)
    assert content(address) == before


def test_an_original_is_answered_and_then_replaced(ledger_address: str, tmp_path: Path) -> None:
    texts = per_diem("A1", DAY), per_diem("R1", DAY, NEXT, frequency="7", replaces=FIRST)
    found = run(ledger_address, tmp_path, *texts)
    assert (found["A1"].state, found["A1"].former) == ("paid", None)
    assert (found["R1"].state, str(found["R1"].paid)) == ("paid", "300.00")
    assert found["R1"].former is not None
    assert told(tmp_path) == [("A1", "1", "150.00")]
    assert told(tmp_path, 1) == [("A1", "22", "-150.00"), ("R1", "1", "300.00")]
    assert [row["state"] for row in rows(ledger_address, "claim")] == ["returned", "paid"]
    same_again(ledger_address, tmp_path, *texts)


def test_one_of_the_same_file_is_decided_behind_its_original(ledger_address: str, tmp_path: Path) -> None:
    """Though its day is earlier."""
    text = one_file(per_diem("A1", NEXT), per_diem("R1", DAY, frequency="7", replaces=FIRST))
    found = run(ledger_address, tmp_path, text)
    assert [decision.state for decision in found.values()] == ["paid", "paid"]
    assert told(tmp_path) == [("A1", "1", "150.00"), ("A1", "22", "-150.00"), ("R1", "1", "150.00")]
    same_again(ledger_address, tmp_path, text)


def test_one_is_replaced_and_then_voided(ledger_address: str, tmp_path: Path) -> None:
    texts = (
        per_diem("A1", DAY),
        per_diem("R1", NEXT, frequency="7", replaces=FIRST),
        per_diem("V1", NEXT, frequency="8", replaces=SECOND),
        per_diem("B1", NEXT),
    )
    found = run(ledger_address, tmp_path, *texts)
    assert {claim: decision.state.value for claim, decision in found.items()} == {
        "A1": "paid", "R1": "paid", "V1": "returned", "B1": "paid"
    }  # fmt: skip
    assert told(tmp_path, 1) == [("A1", "22", "-150.00"), ("R1", "1", "150.00")]
    assert told(tmp_path, 2) == [("R1", "22", "-150.00")]
    assert [row["state"] for row in rows(ledger_address, "claim")] == ["returned"] * 3 + ["paid"]
    same_again(ledger_address, tmp_path, *texts)


def test_an_original_is_replaced_once_in_a_run(ledger_address: str, tmp_path: Path) -> None:
    texts = per_diem("A1", DAY), *(per_diem(name, NEXT, frequency="7", replaces=FIRST) for name in "RS")
    found = run(ledger_address, tmp_path, *texts)
    assert [found[name].state.value for name in "RS"] == ["paid", "returned"]
    same_again(ledger_address, tmp_path, *texts)


def test_one_that_names_a_claim_behind_it_is_sent_back(ledger_address: str, tmp_path: Path) -> None:
    text = one_file(per_diem("R1", DAY, frequency="7", replaces=IN_ONE_FILE), per_diem("A1", DAY))
    found = run(ledger_address, tmp_path, text)
    assert [decision.state.value for decision in found.values()] == ["returned", "paid"]
    assert found["R1"].lines[0].remarks == ("M47",)
    same_again(ledger_address, tmp_path, text)


@pytest.mark.parametrize("members", [(OTHER_MEMBER, {}), (None, {"member": OTHER_MEMBER})])
def test_so_is_one_that_names_a_claim_of_another_patient(
    ledger_address: str, tmp_path: Path, members: tuple[str | None, dict[str, str]]
) -> None:
    first, then = members
    original = per_diem("A1", DAY, **({"member": first} if first else {}))
    texts = original, per_diem("R1", DAY, frequency="7", replaces=FIRST, **then)
    found = run(ledger_address, tmp_path, *texts)
    assert [decision.state.value for decision in found.values()] == ["paid", "returned"]
    same_again(ledger_address, tmp_path, *texts)


def test_an_original_that_is_not_answered_is_not_replaced(ledger_address: str, tmp_path: Path) -> None:
    """Its contract is loaded later, and both are answered when the files come again."""
    texts = per_diem("A1", DAY), per_diem("R1", NEXT, frequency="7", replaces=FIRST)
    with open_ledger(ledger_address) as ledger:
        run_texts(tmp_path / "without", *texts, ledger=ledger)
    assert [row["state"] for row in rows(ledger_address, "claim")] == ["unanswered", "unanswered"]
    run(ledger_address, tmp_path, *texts)
    assert told(tmp_path, 1) == [("A1", "22", "-150.00"), ("R1", "1", "150.00")]
    same_again(ledger_address, tmp_path, *texts)


def test_killed_at_any_commit_a_run_is_completed_by_the_same_command(new_ledger: Any, tmp_path: Path) -> None:
    texts = (
        one_file(per_diem("A1", DAY), per_diem("B1", DAY)),
        per_diem("R1", NEXT, LATER, frequency="7", replaces=FIRST),
    )
    whole = new_ledger()
    run(whole, tmp_path / "whole", *texts)
    for commit in count(1):
        address, folder = new_ledger(), tmp_path / f"broken{commit}"
        if not killed_at(commit, partial(run, address, folder, *texts, force=False)):
            break
        run(address, folder, *texts, force=False)
        assert outputs(folder) == outputs(tmp_path / "whole"), commit
        assert content(address) == content(whole), commit
    assert commit > 4, "it was killed at each"

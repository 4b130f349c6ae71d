"""Past 837s and 835s into the ledger: lines with what became of them."""

from decimal import Decimal
from pathlib import Path

from ledger_content import ON, rows
from visit_files import MEMBER, answer, decisions, drug_file, one_file, run_texts, visit_file

from edi_hit.ledger import ClaimsLoaded, load_claims, open_ledger


def load(address: str, folder: Path, *texts: str) -> ClaimsLoaded:
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"past{number}.x12")
        paths[-1].write_text(text)
    with open_ledger(address) as ledger, ledger.transaction() as connection:
        return load_claims(connection, paths, ON)


def remittance(folder: Path, *texts: str) -> str:
    """What our own run answers to claims, as the past answer."""
    run_texts(folder, one_file(*texts))
    return (folder / "out" / "f0.835").read_text()


def outcomes(address: str) -> list[tuple[str, str, Decimal | None]]:
    return [(row["claim_id"], row["outcome"], row["paid"]) for row in rows(address, "claim_line")]


def test_lines_get_the_outcome_the_835_says(ledger_address: str, tmp_path: Path) -> None:
    texts = [visit_file("A", ("G0068", "20250301")), visit_file("B", ("G0068", "20250301"))]
    told = load(ledger_address, tmp_path, remittance(tmp_path / "r", *texts), *texts)
    assert (told.claims, told.payments.lines, told.payments.claims_unmatched) == (2, 2, 0)
    assert outcomes(ledger_address) == [("A", "paid", Decimal("139.64")), ("B", "denied", Decimal(0))]
    assert {row["state"] for row in rows(ledger_address, "claim")} == {"paid", "denied"}


def test_loaded_twice_is_held_once(ledger_address: str, tmp_path: Path) -> None:
    text = visit_file("A", ("G0068", "20250301"))
    load(ledger_address, tmp_path, text)
    told = load(ledger_address, tmp_path, text)
    assert (told.claims, told.known, len(outcomes(ledger_address))) == (0, 1, 1)


def test_a_reversal_takes_the_outcome_back(ledger_address: str, tmp_path: Path) -> None:
    text = visit_file("A", ("G0068", "20250301"))
    paid = remittance(tmp_path / "r", text)
    load(ledger_address, tmp_path, text, paid, paid.replace("CLP*A*1*", "CLP*A*22*"))
    assert outcomes(ledger_address) == [("A", "unanswered", None)]


def test_nothing_is_guessed(ledger_address: str, tmp_path: Path) -> None:
    text = visit_file("A", ("G0068", "20250301"))
    paid = remittance(tmp_path / "r", text)
    told = load(ledger_address, tmp_path, text, paid.replace("CLP*A*", "CLP*OTHER*"))
    assert (told.payments.lines, told.payments.claims_unmatched) == (0, 1)
    told = load(ledger_address, tmp_path, paid.replace("1234567893", "1999999984"))
    assert told.payments.claims_unmatched == 1
    told = load(ledger_address, tmp_path, paid.replace("REF*6R*A1~", "").replace("G0068", "G0069"))
    assert (told.payments.lines, told.payments.lines_unmatched) == (0, 1)
    assert outcomes(ledger_address) == [("A", "unanswered", None)]


def test_a_drug_answered_later_serves_the_visit(ledger_address: str, tmp_path: Path) -> None:
    drug, visit = drug_file("D", "20250301"), visit_file("A", ("G0068", "20250305"))
    load(ledger_address, tmp_path, drug)
    paid = remittance(tmp_path / "r", visit_file("D", ("G0068", "20250301"))).replace("G0068", "J1250")
    told = load(ledger_address, tmp_path, paid.replace("REF*6R*D1~", ""))
    assert told.payments.lines == 1
    with open_ledger(ledger_address) as ledger:
        run_texts(tmp_path / "v", visit, ledger=ledger)
    assert answer(decisions(tmp_path / "v")["A"], "HIT-DRUG-30") == "met"
    assert {row["person"] for row in rows(ledger_address, "claim_line")} == {MEMBER}

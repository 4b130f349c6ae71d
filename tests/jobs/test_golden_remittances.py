"""One golden 835 for every claim status and every provider adjustment that is written.

A golden file of `golden_835` begins with a sentence on why it is as it is; then one segment a line, which is
what the job writes. With EDI_HIT_WRITE_GOLDEN in the environment they are written anew: read the diff.
"""

import os
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from equations_835 import broken_equations
from ledger_content import load_rows
from pyx12_oracle import accepts
from visit_files import MEMBER, run_texts, visit_file

from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.reopen import reopen
from edi_hit.jobs.validate import FileCheck
from edi_hit.ledger import init_ledger, open_ledger
from edi_hit.profiles import (
    BankAccount,
    History,
    PayeeIdentity,
    PayerIdentity,
    PaymentMethod,
    Recovery,
    RemittanceSettings,
    RunSettings,
)

GOLDEN = Path(__file__).parent / "golden_835"
SUPPLIER = "1234567893"
FIRST = visit_file("A", ("G0088", "20250301"))
SECOND = visit_file("B", ("G0068", "20250308"), ("G0068", "20250315"))

_NAMES = "OI***Y***Y~\nNM1*IL*1*ASH*ANN****MI*W123456~\nNM1*PR*2*{name}*****PI*{id}~"
EARLIER = "SBR*P*18*******CI~\nAMT*D*160~\n" + _NAMES.format(name="EMPLOYER PLAN", id="EP1")
BETWEEN = "SBR*S*18*******CI~\nAMT*D*20~\n" + _NAMES.format(name="UNION PLAN", id="UP1")
DECIDED = "SVD*EP1*160*HC:G0088**4~\nCAS*CO*45*50~\nCAS*PR*2*90~\nDTP*573*D8*20250401~"
DECIDED_AGAIN = "SVD*UP1*20*HC:G0088**4~\nCAS*OA*23*210~\nCAS*PR*2*70~\nDTP*573*D8*20250501~"


def after(text: str, sequence: str, payers: str, decided: str) -> str:
    """The claim to Medicare after other payers."""
    text = text.replace("SBR*P*18*******MB~", f"SBR*{sequence}*18**12*****MB~")
    text = text.replace("HI*ABK:I5022~", f"HI*ABK:I5022~\n{payers}")
    return counted(text.replace("REF*6R*A1~", f"REF*6R*A1~\n{decided}"))


def before(text: str, sequence: str) -> str:
    """The claim with a payer that comes after Medicare."""
    other = f"SBR*{sequence}*18*******CI~\n" + _NAMES.format(name="SUPPLEMENT PLAN", id="SP1")
    return counted(text.replace("\nLX*1~", f"\n{other}\nLX*1~", 1))


def counted(text: str) -> str:
    """The file with the right SE01."""
    start, end = text.index("\nST*") + 1, text.index("\nSE*") + 1
    segments = text[start:end].count("~") + 1
    return text[:end] + f"SE*{segments}*0001" + text[text.index("~", end) :]


def alone(folder: Path, *texts: str, settings: RunSettings | None = None) -> Path:
    """The 835 of one run without a ledger."""
    run_texts(folder, *texts, settings=settings or RunSettings(), received_on=date(2025, 3, 20))
    return folder / "out" / "f0.835"


CROSSOVER = RunSettings(payer=PayerIdentity(remarks=("MA01",), crossover=True))
CHECK = RunSettings(
    remittance=RemittanceSettings(production=True, sender="PARTBMAC"),
    payer=PayerIdentity(tax_id="521234567"),
    payees={SUPPLIER: PayeeIdentity(name="RIVERBEND INFUSION LLC", tax_id="630000009")},
)
BY_ACH = RunSettings(
    remittance=RemittanceSettings(production=True, sender="PARTBMAC", method=PaymentMethod.ACH),
    payer=PayerIdentity(tax_id="521234567", bank=BankAccount("011900445", "0000009999")),
    payees={SUPPLIER: PayeeIdentity(bank=BankAccount("107001232", "2200008888"))},
)
INTEREST = RunSettings(remittance=RemittanceSettings(interest_percent=Decimal("4.625")))


class Kept:
    """A ledger, and what a run changes in it: the first answer to claim A is taken back, then B comes."""

    def __init__(self, folder: Path, settings: RemittanceSettings) -> None:
        self._folder = folder
        self._address = f"sqlite:///{folder / 'ledger.db'}"
        self._settings = RunSettings(history=History.COMPLETE, remittance=settings)
        init_ledger(self._address)
        self._drug("paid")
        self.adjudicate("first", FIRST, date(2025, 4, 1))

    def _drug(self, outcome: str) -> None:
        line = {"member_id": MEMBER, "npi": "1999999984", "claim_id": "D1", "line": "1", "payer": "18003"}
        line |= {"service_date": "2025-02-25", "code": "J1250", "outcome": outcome}
        load_rows(self._address, self._folder, "claim_line", line)

    def adjudicate(self, name: str, text: str, on: date) -> Path:
        """The 835 of one file."""
        with open_ledger(self._address) as ledger:
            run_texts(self._folder / name, text, ledger=ledger, settings=self._settings, as_of=on)
        return self._folder / name / "out" / "f0.835"

    def take_back(self) -> Path:
        """The 835 that tells that the visit is not paid, since its drug is not."""
        self._drug("denied")
        out = self._folder / "reopened"
        with open_ledger(self._address) as ledger:
            reopen(ledger, out, as_of=date(2025, 5, 1), settings=self._settings)
        return out / "reopened.835"

    def collect(self, on: date) -> Path:
        """The next 835 to the same payee."""
        self._drug("paid")
        return self.adjudicate("second", SECOND, on)


def taken_back(folder: Path, settings: RemittanceSettings) -> Path:
    return Kept(folder, settings).take_back()


def collected(folder: Path, settings: RemittanceSettings, on: date) -> Path:
    kept = Kept(folder, settings)
    kept.take_back()
    return kept.collect(on)


LATER = RemittanceSettings(recovery=Recovery.LATER)
BY_CHECK = RemittanceSettings(production=True, sender="PARTBMAC")

SCENES: dict[str, Callable[[Path], Path]] = {
    "status_1_paid": lambda folder: alone(folder, FIRST),
    "status_1_denied": lambda folder: alone(folder, FIRST.replace("12:B:1", "21:B:1")),
    "status_1_bundled": lambda folder: alone(
        folder, visit_file("A", ("G0088", "20250301"), ("G0088", "20250301"))
    ),
    "status_2_after_another_payer": lambda folder: alone(folder, after(FIRST, "S", EARLIER, DECIDED)),
    "status_3_after_two_payers": lambda folder: alone(
        folder, after(FIRST, "T", f"{EARLIER}\n{BETWEEN}", f"{DECIDED}\n{DECIDED_AGAIN}")
    ),
    "status_19_sent_on": lambda folder: alone(folder, before(FIRST, "S"), settings=CROSSOVER),
    "status_20_sent_on": lambda folder: alone(
        folder, before(after(FIRST, "S", EARLIER, DECIDED), "T"), settings=CROSSOVER
    ),
    "status_21_sent_on": lambda folder: alone(
        folder,
        before(after(FIRST, "T", f"{EARLIER}\n{BETWEEN}", f"{DECIDED}\n{DECIDED_AGAIN}"), "A"),
        settings=CROSSOVER,
    ),
    "status_22_plb_fb_carried_forward": lambda folder: taken_back(folder, RemittanceSettings()),
    "plb_fb_collected": lambda folder: collected(folder, RemittanceSettings(), date(2025, 5, 2)),
    "plb_wo_put_off": lambda folder: taken_back(folder, LATER),
    "plb_wo_collected": lambda folder: collected(folder, LATER, date(2025, 6, 11)),
    "plb_l6_interest": lambda folder: alone(folder, FIRST, settings=INTEREST),
    "production_check": lambda folder: alone(folder, FIRST, settings=CHECK),
    "production_ach": lambda folder: alone(folder, FIRST, settings=BY_ACH),
    "production_nothing_paid": lambda folder: taken_back(folder, BY_CHECK),
}


def split(golden: str) -> tuple[str, str]:
    """The sentence and the 835 of a golden file."""
    sentence, _, text = golden.partition("\n")
    assert sentence.startswith("# ")
    assert sentence.endswith(".")
    return sentence, text


@pytest.mark.parametrize("name", SCENES)
def test_the_835_is_as_it_was_read(name: str, tmp_path: Path) -> None:
    written = SCENES[name](tmp_path)
    golden = GOLDEN / f"{name}.835"
    text = written.read_text()
    if os.environ.get("EDI_HIT_WRITE_GOLDEN"):
        sentence = golden.read_text().partition("\n")[0] if golden.exists() else "# ."
        golden.write_text(f"{sentence}\n{text}")
    assert text == split(golden.read_text())[1]
    assert list(broken_equations(text)) == []
    assert list(FileCheck(find_inputs([str(written)])[0]).findings()) == []
    assert accepts(written)


def test_no_golden_file_is_without_a_scene() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(SCENES)
    assert len({split(path.read_text())[0] for path in GOLDEN.iterdir()}) == len(SCENES)


def paid(name: str) -> Decimal:
    """BPR02 of a golden file."""
    text = split((GOLDEN / f"{name}.835").read_text())[1]
    return Decimal(next(row for row in text.splitlines() if row.startswith("BPR*")).split("*")[2])


@pytest.mark.parametrize("collected_by", ["plb_fb_collected", "plb_wo_collected"])
def test_reversal_and_correction_net_across_835s(collected_by: str) -> None:
    told_by = {"plb_fb_collected": "status_22_plb_fb_carried_forward", "plb_wo_collected": "plb_wo_put_off"}
    second = paid("status_1_paid")
    assert paid(told_by[collected_by]) == 0
    _, text = split((GOLDEN / f"{collected_by}.835").read_text())
    claims = [Decimal(row.split("*")[4]) for row in text.splitlines() if row.startswith("CLP*")]
    assert paid(collected_by) == sum(claims) - second

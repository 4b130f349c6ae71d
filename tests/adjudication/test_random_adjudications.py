"""Random adjudications balance, whatever is decided; every 835 of them is valid by pyx12 and by our checks.

The suite runs some hundred; with EDI_HIT_ADJUDICATIONS=10000 in the environment it is ten thousand, in
a minute or two.
"""

import io
import os
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest
from equations_835 import broken_equations
from pyx12_oracle import accepts
from random_adjudications import ON, SETTINGS, Adjudicated, random_adjudications

from edi_hit.adjudication import interest_paid, remittance_head, remittance_parties, trace_number
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.validate import FileCheck
from edi_hit.profiles import RemittanceSettings
from edi_hit.remits import ClaimPayment, OpenBalance, Remittance, net_payment, write_remittances
from edi_hit.remits.balance import ZERO
from edi_hit.x12 import ComposeWriter, EnvelopeHeader

COUNT = int(os.environ.get("EDI_HIT_ADJUDICATIONS", "500"))
PER_FILE = 250
FILES = -(-COUNT // PER_FILE)


def written(adjudicated: list[Adjudicated], seed: int) -> str:
    """One 835 of two sets, in either shape, with balances that come in and recoveries put off."""
    draw = random.Random(seed)
    settings = RemittanceSettings(production=seed % 2 == 0, sender="PAYER")
    stream = io.BytesIO()
    usage = "P" if settings.production else "T"
    header = EnvelopeHeader("PAYER", "PROVIDER", ON, "0000", 1 + seed, "HP", "005010X221A1", usage=usage)
    writer = ComposeWriter(stream, header)
    writer.start()
    middle = draw.randrange(len(adjudicated))
    sets = []
    for number, some in enumerate((adjudicated[:middle], adjudicated[middle:]), 1):
        payments = [payment for one in some for payment in one.payments]
        sets.append((_head(draw, adjudicated[0], payments, number, settings), payments))
    write_remittances(writer, sets)
    writer.end()
    return stream.getvalue().decode()


def _head(
    draw: random.Random,
    one: Adjudicated,
    payments: list[ClaimPayment],
    number: int,
    settings: RemittanceSettings,
) -> Remittance:
    paid = sum((payment.paid for payment in payments), ZERO)
    trace = trace_number(ON, 1, number, settings)
    due = [OpenBalance("FB", "T0", _some(draw, paid), ON)] if draw.random() < 0.5 else []
    due += [OpenBalance("WO", "ICN1", _some(draw, paid), ON)] if draw.random() < 0.5 else []
    put_off = [OpenBalance("WO", "ICN2", _some(draw, paid), date(2026, 3, 1))] if draw.random() < 0.5 else []
    parties = remittance_parties(one.claim, SETTINGS)
    interest = sum(map(interest_paid, payments), ZERO)
    net = net_payment(paid, trace, parties.payee.id, ON, interest=interest, put_off=put_off, due=due)
    return remittance_head(parties, net, trace, ON, settings)


def _some(draw: random.Random, paid: Decimal) -> Decimal:
    return Decimal(draw.randrange(1, int(abs(paid) * 150) + 2)) / 100


def batches() -> Iterator[tuple[int, list[Adjudicated]]]:
    rest = random_adjudications(COUNT, seed=835)
    for seed in range(FILES):
        yield seed, list(islice(rest, PER_FILE))


def test_every_835_balances_and_is_valid(tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    path = tmp_path / "random.835"
    for seed, adjudicated in batches():
        text = written(adjudicated, seed)
        assert list(broken_equations(text)) == []
        path.write_text(text)
        check = FileCheck(find_inputs([str(path)])[0])
        assert list(check.findings()) == []
        assert accepts(path)
        seen.update(row.split("*")[2] for row in text.splitlines() if row.startswith("CLP*"))
        seen.update(
            part for row in text.splitlines() if row.startswith("PLB*") for part in row[:-1].split("*")
        )
        seen.update(one.decision.state for one in adjudicated)
    assert {"1", "2", "19", "20", "22", "L6", "FB:T0", "WO:ICN1", "WO:ICN2"} <= seen.keys()
    assert seen["paid"] > COUNT // 10
    assert seen["denied"] > COUNT // 20
    assert sum(seen[state] for state in ("paid", "denied", "returned", "unanswered", "pended")) == COUNT


def test_a_reversal_and_its_correction_net_to_the_corrected_answer() -> None:
    pairs = [one for one in random_adjudications(200, seed=22) if one.former is not None]
    assert len(pairs) > 20
    for one in pairs:
        assert one.former is not None
        taken, corrected = one.payments
        assert one.former.paid + taken.paid + corrected.paid == corrected.paid == one.decision.paid
        assert taken.charge == -one.former.charge
        assert (taken.claim_id, taken.payer_claim_number) == (
            one.former.claim_id,
            one.former.payer_claim_number,
        )


def test_the_equations_are_told_where_they_do_not_hold() -> None:
    text = written(list(random_adjudications(40, seed=1)), 1)
    service = next(row for row in text.splitlines() if row.startswith("SVC*") and row.split("*")[3] != "0")
    elements = service.split("*")
    elements[3] = "0.01"
    found = " ".join(broken_equations(text.replace(service, "*".join(elements), 1)))
    assert "BAL-01" in found
    for name, old in (("BAL-02", "CLP*"), ("BAL-04", "BPR*")):
        row = next(row for row in text.splitlines() if row.startswith(old))
        at = 4 if old == "CLP*" else 2
        changed = row.split("*")
        changed[at] = "0.03"
        assert name in " ".join(broken_equations(text.replace(row, "*".join(changed), 1)))


@pytest.mark.parametrize("seed", [5])
def test_the_same_seed_gives_the_same_adjudications(seed: int) -> None:
    assert list(random_adjudications(20, seed)) == list(random_adjudications(20, seed))

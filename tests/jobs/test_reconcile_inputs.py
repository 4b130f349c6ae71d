"""What payers and people do to 835s: reversals, copies, other payers, broken files. It is said."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from remittance_files import adjusted, file_of, reversal_of, under_trace, with_line, written

from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.reconcile import Reconciliation, reconcile
from edi_hit.mapping.parts import Period
from edi_hit.remits import ClaimPayment, Remittance
from edi_hit.sample import sample_remittances

HEAD, (CLAIM, *OTHERS) = next(
    (head, sorted((claim for claim in claims if claim.paid > 50), key=lambda claim: claim.paid))
    for head, claims in sample_remittances(60, 5)
    if sum(claim.paid > 50 for claim in claims) > 1
)
NEXT = under_trace(HEAD, "NEXT")
TEN = Decimal("10.00")
NUMBER = next(number for number, line in enumerate(CLAIM.lines, 1) if line.paid > 20)


def less(claim: ClaimPayment, amount: Decimal = TEN) -> ClaimPayment:
    """The claim paid less by some dollars."""
    return with_line(claim, NUMBER, adjusted(claim.lines[NUMBER - 1], ("CO", "45", amount)))


def changed(claim: ClaimPayment, **fields: object) -> ClaimPayment:
    return msgspec.structs.replace(claim, **fields)


def of_payer(head: Remittance, name: str) -> Remittance:
    return msgspec.structs.replace(head, payer=msgspec.structs.replace(head.payer, name=name))


Told = tuple[list[tuple[str, str, Decimal]], list[str]]


def told(result: Reconciliation) -> Told:
    """The differences, and the rules of all findings."""
    files = (*result.expected.files, *result.actual.files)
    of_files = [finding.rule for file in files for finding in file.findings]
    found = [(one.kind.value, one.claim, one.amount) for one in result]
    return found, of_files + [finding.rule for finding in result.findings]


def compared(
    folder: Path, expected: list[ClaimPayment], *actual: tuple[Remittance, list[ClaimPayment]]
) -> Told:
    """Compare one expected remittance with one file for each actual one."""
    first = written(folder / "expected.835", (HEAD, expected))
    paths = [written(folder / f"{number}.835", one) for number, one in enumerate(actual)]
    with reconcile(find_inputs([str(first)]), find_inputs(map(str, paths))) as result:
        return told(result)


CORRECTED = [reversal_of(CLAIM), less(CLAIM)]


def test_a_reversal_and_its_correction_net_in_one_file(tmp_path: Path) -> None:
    both = (HEAD, [CLAIM, *OTHERS, *CORRECTED])
    assert compared(tmp_path, [CLAIM, *OTHERS], both) == ([("underpaid", CLAIM.claim_id, TEN)], [])
    assert compared(tmp_path, [less(CLAIM), *OTHERS], both) == ([], [])


def test_a_reversal_and_its_correction_net_across_files_in_any_order(tmp_path: Path) -> None:
    first, second = (HEAD, [CLAIM, *OTHERS]), (NEXT, [OTHERS[0], *CORRECTED])
    expected = [less(CLAIM), *OTHERS]
    twice = [("claim unexpected", OTHERS[0].claim_id, OTHERS[0].paid)], ["REC-TWICE"]
    assert compared(tmp_path, expected, first, second) == twice
    assert compared(tmp_path, expected, second, first) == twice


def test_an_answer_corrected_twice_counts_as_last_corrected(tmp_path: Path) -> None:
    again = [CLAIM, reversal_of(CLAIM), less(CLAIM), reversal_of(less(CLAIM)), less(CLAIM, 2 * TEN)]
    assert compared(tmp_path, [CLAIM], (HEAD, again)) == ([("underpaid", CLAIM.claim_id, 2 * TEN)], [])


def test_a_reversal_without_a_correction_leaves_the_claim_unanswered(tmp_path: Path) -> None:
    path = written(tmp_path / "e.835", (HEAD, [CLAIM]))
    taken = written(tmp_path / "a.835", (HEAD, [CLAIM, reversal_of(CLAIM), *OTHERS]))
    with reconcile(find_inputs([str(path)]), find_inputs([str(taken)])) as result:
        missing = next(iter(result))
    assert (missing.kind, missing.amount) == ("claim missing", CLAIM.paid)
    assert "took its answer back" in missing.next_step


def test_a_reversal_of_an_earlier_file_is_said(tmp_path: Path) -> None:
    late = (HEAD, [*OTHERS, reversal_of(CLAIM), less(CLAIM)])
    found = compared(tmp_path, [CLAIM, *OTHERS], late)
    assert found == ([("underpaid", CLAIM.claim_id, TEN)], ["REC-REVERSAL"])


def test_a_correction_is_no_original_of_its_reversal(tmp_path: Path) -> None:
    same_money = changed(CLAIM, payer_claim_number="ICN-2")
    late = (HEAD, [*OTHERS, reversal_of(CLAIM), same_money])
    assert compared(tmp_path, [CLAIM, *OTHERS], late) == ([], ["REC-REVERSAL"])
    first, second = (HEAD, [*OTHERS, reversal_of(CLAIM)]), (paid_later(NEXT), [same_money])
    assert compared(tmp_path, [CLAIM, *OTHERS], first, second) == ([], ["REC-REVERSAL"])
    assert compared(tmp_path, [CLAIM, *OTHERS], second, first) == ([], ["REC-REVERSAL"])


def paid_later(head: Remittance) -> Remittance:
    day = head.payment.paid_on + timedelta(days=7)
    return msgspec.structs.replace(head, payment=msgspec.structs.replace(head.payment, paid_on=day))


def test_a_reversal_of_other_amounts_is_said(tmp_path: Path) -> None:
    wrong = (HEAD, [CLAIM, *OTHERS, reversal_of(less(CLAIM)), less(CLAIM)])
    found = compared(tmp_path, [CLAIM, *OTHERS], wrong)
    assert found == ([("underpaid", CLAIM.claim_id, TEN)], ["REC-REVERSAL"])


def test_a_claim_paid_twice_is_said_and_its_second_payment_unexpected(tmp_path: Path) -> None:
    second = changed(CLAIM, payer_claim_number="ICN-2")
    found = compared(tmp_path, [CLAIM], (HEAD, [CLAIM]), (NEXT, [second]))
    assert found == ([("claim unexpected", CLAIM.claim_id, CLAIM.paid)], ["REC-TWICE"])


@pytest.mark.parametrize("denied_first", [True, False])
def test_a_denial_beside_a_payment_is_said_and_the_payment_compared(
    tmp_path: Path, denied_first: bool
) -> None:
    denied = changed(CLAIM, payer_claim_number="ICN-2")
    for number, line in enumerate(CLAIM.lines, 1):
        denied = with_line(denied, number, adjusted(line, ("OA", "18", line.paid)))
    answers = [denied, less(CLAIM)] if denied_first else [less(CLAIM), denied]
    found = compared(tmp_path, [CLAIM], (HEAD, answers))
    assert found == ([("underpaid", CLAIM.claim_id, TEN)], ["REC-TWICE"])


def test_a_claim_id_used_again_for_other_days_is_another_claim(tmp_path: Path) -> None:
    lines = [
        msgspec.structs.replace(line, service_dates=Period.day(HEAD.payment.paid_on)) for line in CLAIM.lines
    ]
    later = changed(CLAIM, lines=tuple(lines), payer_claim_number="ICN-2")
    assert compared(tmp_path, [CLAIM, later], (HEAD, [later, CLAIM])) == ([], [])
    found = compared(tmp_path, [CLAIM], (HEAD, [later]))
    assert [kind for kind, _, _ in found[0]] == ["claim missing", "claim unexpected"]


def test_the_same_file_twice_is_said_and_counted_once(tmp_path: Path) -> None:
    whole = (HEAD, [CLAIM, *OTHERS])
    assert compared(tmp_path, [CLAIM, *OTHERS], whole, whole) == ([], ["REC-TRACE"])


def test_two_payments_under_one_trace_number_are_said_and_both_counted(tmp_path: Path) -> None:
    found = compared(tmp_path, [CLAIM, *OTHERS], (HEAD, [CLAIM]), (HEAD, OTHERS))
    assert found == ([], ["REC-TRACE"])


def test_another_payer_is_said(tmp_path: Path) -> None:
    other = of_payer(HEAD, "SOMEBODY ELSE")
    assert compared(tmp_path, [CLAIM], (other, [CLAIM])) == ([], ["REC-PAYER"])


def test_the_answer_of_a_secondary_payer_is_not_that_of_the_primary(tmp_path: Path) -> None:
    primary = changed(CLAIM, status="1")
    secondary = changed(less(CLAIM, CLAIM.lines[NUMBER - 1].paid), status="2")
    found, rules = compared(tmp_path, [primary], (of_payer(NEXT, "SOMEBODY ELSE"), [secondary]))
    assert rules == ["REC-PAYER"]
    assert [(kind, amount) for kind, _, amount in found] == [
        ("claim missing", primary.paid),
        ("claim unexpected", secondary.paid),
    ]
    both = (HEAD, [primary]), (of_payer(NEXT, "SOMEBODY ELSE"), [secondary])
    assert [kind for kind, _, _ in compared(tmp_path, [primary], *both)[0]] == ["claim unexpected"]


def test_other_charges_are_said(tmp_path: Path) -> None:
    line = CLAIM.lines[NUMBER - 1]
    more = msgspec.structs.replace(line, charge=line.charge + TEN, paid=line.paid + TEN)
    found = compared(tmp_path, [CLAIM], (HEAD, [with_line(CLAIM, NUMBER, more)]))
    assert found == ([("overpaid", CLAIM.claim_id, TEN)], ["REC-CHARGE"])


@pytest.mark.parametrize("claim_id", ["0", "ELSEWHERE"])
def test_another_claim_id_is_said(tmp_path: Path, claim_id: str) -> None:
    renamed = changed(less(CLAIM), claim_id=claim_id)
    by_number = compared(tmp_path, [CLAIM, *OTHERS], (HEAD, [renamed, *OTHERS]))
    assert by_number == ([("underpaid", CLAIM.claim_id, TEN)], ["REC-CLAIM-ID"])
    by_patient = compared(tmp_path, [CLAIM], (HEAD, [changed(renamed, payer_claim_number="ICN-2")]))
    assert by_patient == ([("underpaid", CLAIM.claim_id, TEN)], ["REC-CLAIM-ID"])
    someone = changed(renamed, payer_claim_number="ICN-2", patient=None)
    found, rules = compared(tmp_path, [CLAIM], (HEAD, [msgspec.structs.replace(someone, patient=OTHER)]))
    assert ([kind for kind, _, _ in found], rules) == (["claim missing", "claim unexpected"], [])


OTHER = msgspec.structs.replace(
    CLAIM.patient, id="", id_qualifier="", last_name="SOMEBODY", first_name="ELSE"
)


def damaged(tmp_path: Path, old: bytes, new: bytes) -> tuple[Told, int]:
    """Compare a remittance with itself after a change of its bytes."""
    data = file_of((HEAD, [CLAIM, *OTHERS]))
    assert old in data
    (tmp_path / "e.835").write_bytes(data)
    (tmp_path / "a.835").write_bytes(data.replace(old, new, 1))
    inputs = find_inputs([str(tmp_path / "e.835")]), find_inputs([str(tmp_path / "a.835")])
    with reconcile(*inputs) as result:
        return told(result), result.exit_code


def test_a_wrong_total_is_a_finding(tmp_path: Path) -> None:
    (found, rules), code = damaged(tmp_path, b"BPR*I*", b"BPR*I*1")
    assert (found, rules, code) == ([], ["X12-835-BAL-04"], 1)


def test_what_5010_has_not_is_a_finding(tmp_path: Path) -> None:
    (found, rules), code = damaged(tmp_path, b"CAS*CO*45", b"CAS*CR*45")
    assert rules == ["X12-ELE-07"]
    assert [kind for kind, _, _ in found] == ["reason differs"]
    assert code == 1
    status = f"CLP*{CLAIM.claim_id}*".encode()
    (found, rules), _ = damaged(tmp_path, status + CLAIM.status.encode(), status + b"5")
    assert (found, rules) == ([], ["X12-ELE-07"])


def test_a_file_that_is_cut_off_is_compared_as_far_as_it_goes(tmp_path: Path) -> None:
    data = file_of((HEAD, [CLAIM, *OTHERS]))
    (tmp_path / "e.835").write_bytes(data)
    (tmp_path / "a.835").write_bytes(data[: data.index(f"CLP*{OTHERS[0].claim_id}".encode())])
    inputs = find_inputs([str(tmp_path / "e.835")]), find_inputs([str(tmp_path / "a.835")])
    with reconcile(*inputs) as result:
        found, rules = told(result)
        assert result.exit_code == 3
    assert [claim for _, claim, _ in found] == [claim.claim_id for claim in OTHERS]
    assert {kind for kind, _, _ in found} == {"claim missing"}
    assert "X12-ENV-14" in rules


def test_a_file_that_is_no_835_is_said_and_the_others_are_compared(tmp_path: Path) -> None:
    good = written(tmp_path / "e.835", (HEAD, [CLAIM]))
    (tmp_path / "text.835").write_text("no X12 at all")
    claims = Path(__file__).parents[2] / "examples" / "01-first-visit.837"
    with reconcile(find_inputs([str(good)]), find_inputs([str(good), str(tmp_path / "text.835")])) as result:
        assert told(result) == ([], ["X12-ENV-15"])
        assert result.exit_code == 3
    with reconcile(find_inputs([str(good)]), find_inputs([str(claims), str(good)])) as result:
        assert told(result) == ([], ["REC-NO-835"])
        assert result.exit_code == 1

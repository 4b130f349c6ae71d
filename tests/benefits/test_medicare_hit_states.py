"""The state of the claim: what unknowns, missing tables, the deductible and other payers lead to."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hit_claims import (
    claim,
    codes,
    decide,
    details,
    drug,
    drugs_of,
    earlier,
    facts,
    failed,
    home,
    paid,
    said,
    subscriber,
    unknowns,
    visit,
)
from hypothesis import given
from hypothesis import strategies as st

from edi_hit.benefits.decision import ClaimDecision, LineDecision, State
from edi_hit.benefits.facts import ClaimFacts, Outcome
from edi_hit.claims.claim import Claim, OtherPayer
from edi_hit.mapping.parts import Address, Party
from edi_hit.reference import Tables
from edi_hit.rules import Answer

WAITING = facts(drugs=(drug(outcome=Outcome.UNANSWERED),))


def said_of(line: LineDecision) -> list[Answer]:
    return [rule.answer for rule in line.rules]


def assumed(decision: ClaimDecision) -> list[str]:
    return [rule.id for rule in decision.lines[0].rules if rule.assumed]


@pytest.mark.parametrize(
    ("setting", "state"), [("assume", State.PAID), ("pend", State.PENDED), ("deny", State.DENIED)]
)
def test_an_unanswered_drug_under_each_setting(setting: str, state: State) -> None:
    decision = decide(known=WAITING, unknown=setting)
    assert decision.state is state
    assert unknowns(decision) == ["HIT-DRUG-30", "HIT-DRUG-PAID"]
    assert assumed(decision) == (["HIT-DRUG-30", "HIT-DRUG-PAID"] if setting == "assume" else [])


def test_assumed_lines_are_paid_in_full() -> None:
    assert paid(decide(known=WAITING)) == ["139.64"]


def test_a_pended_claim_has_no_money_on_any_line() -> None:
    other_day = visit(on=date(2025, 3, 25), place_of_service="21")
    decision = decide(claim(visit(), other_day), WAITING, unknown="pend")
    assert (decision.state, decision.paid, decision.status) == (State.PENDED, None, None)
    assert [(line.paid, line.adjustments) for line in decision.lines] == [(None, ()), (None, ())]
    assert (decision.reason or "").startswith("line 1 waits: not known to be met is HIT-DRUG-30")
    assert failed(decision, 2) == ["HIT-HOME", "HIT-POS"]
    assert [line.denied for line in decision.lines] == [False, False]


def test_deny_uses_the_codes_of_the_unknown_rule() -> None:
    decision = decide(known=WAITING, unknown="deny")
    assert (codes(decision.lines[0]), decision.lines[0].remarks) == (["CO 16 250.00"], ("N657",))
    assert said(decision)["HIT-PAY-GAF"] == "not reached"


def test_an_unknown_payer_under_deny() -> None:
    decision = decide(claim(subscriber=subscriber("SOMEMAC")), unknown="deny")
    assert codes(decision.lines[0]) == ["CO 109 250.00"]


def test_nothing_is_assumed_where_everything_is_known() -> None:
    for setting in ("assume", "pend", "deny"):
        decision = decide(unknown=setting)
        assert (decision.state, assumed(decision)) == (State.PAID, [])


@pytest.mark.parametrize(
    ("setting", "state"), [("assume", State.PAID), ("pend", State.PENDED), ("deny", State.PENDED)]
)
def test_an_unknown_deductible_never_denies(setting: str, state: State) -> None:
    decision = decide(known=facts(deductible_left=None), unknown=setting)
    assert (decision.state, unknowns(decision)) == (state, ["HIT-PAY-DED"])
    assert assumed(decision) == (["HIT-PAY-DED"] if setting == "assume" else [])
    if state is State.PENDED:
        assert (decision.paid, decision.lines[0].paid, decision.lines[0].adjustments) == (None, None, ())
        assert "HIT-PAY-DED" in (decision.reason or "")


def test_the_deductible_is_used_up_line_by_line() -> None:
    lines = (visit(on=date(2025, 3, day)) for day in (5, 6, 7))
    decision = decide(claim(*lines), facts(deductible_left=Decimal("200.00")))
    assert [codes(line)[1] for line in decision.lines] == ["PR 1 178.11", "PR 1 21.89", "PR 2 35.62"]
    assert paid(decision) == ["0.00", "122.48", "139.64"]
    assert str(decision.patient_responsibility) == "266.86"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ("50", "50.00 goes to the 2025 deductible of 257.00 (not verified against the source)"),
        ("0", "the 2025 deductible of 257.00 (not verified against the source) is met"),
        (
            None,
            "what is left of the 2025 deductible of 257.00 (not verified against the source) is not known",
        ),
    ],
)
def test_the_deductible_of_the_year_is_told(left: str | None, said: str) -> None:
    decision = decide(known=facts(deductible_left=Decimal(left) if left else None))
    assert details(decision)["HIT-PAY-DED"] == said


def test_a_year_whose_deductible_is_not_known_is_paid_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "hit_rates.csv").write_text("calendar_year,hcpcs,national_amount\n2027,G0068,200.00\n")
    (tmp_path / "hit_gaf.csv").write_text(
        "calendar_year,mac,locality_number,state,gaf\n2027,10112,00,AL,0.95\n"
    )
    (tmp_path / "sequestration.csv").write_text("effective_from,effective_through,percent\n2027-01-01,,2\n")
    day = date(2027, 1, 5)
    decision = decide(
        claim(visit(on=day)),
        facts(drugs=drugs_of(day), deductible_left=Decimal(10)),
        Tables.with_files([tmp_path]),
    )
    assert decision.state is State.PAID
    assert details(decision)["HIT-PAY-DED"] == "10.00 goes to the 2027 deductible"


def test_the_deductible_of_another_year_is_unknown() -> None:
    lines = visit(on=date(2025, 1, 2)), visit(on=date(2024, 12, 30))
    decision = decide(
        claim(*lines), facts(drugs=drugs_of(date(2024, 12, 20)), deductible_left={2024: Decimal(0)})
    )
    assert (unknowns(decision, 1), unknowns(decision, 2)) == (["HIT-PAY-DED"], [])


def test_a_claim_is_paid_while_one_line_is_and_denied_when_none_is() -> None:
    bad = visit(on=date(2025, 3, 4), place_of_service="21")
    assert decide(claim(visit(), bad)).state is State.PAID
    assert [line.denied for line in decide(claim(visit(), bad)).lines] == [False, True]
    assert decide(claim(bad)).state is State.DENIED


def test_a_line_that_the_deductible_takes_whole_is_answered_not_denied() -> None:
    decision = decide(known=facts(deductible_left=Decimal(257)))
    assert (decision.state, paid(decision)) == (State.PAID, ["0.00"])
    assert not decision.lines[0].denied
    assert str(decision.lines[0].allowed) == "178.11"


@pytest.mark.parametrize(
    ("billed", "table"),
    [
        (claim(visit(on=date(2026, 1, 5))), "hit_gaf"),
        (claim(subscriber=home("CA", "94105")), "zip_locality"),
    ],
)
def test_a_missing_table_leaves_the_claim_unanswered(billed: Claim, table: str) -> None:
    day = billed.lines[0].service_dates
    assert day is not None
    for setting in ("assume", "pend", "deny"):
        decision = decide(billed, facts(drugs=drugs_of(day.start)), unknown=setting)
        assert (decision.state, decision.missing_table) == (State.UNANSWERED, table)
        assert said(decision)["HIT-PAY-GAF"] is Answer.UNKNOWN
        assert assumed(decision) == []
        assert decision.paid is None
        assert "--tables" in (decision.reason or "")


def test_a_line_denied_before_its_price_needs_no_table() -> None:
    decision = decide(claim(subscriber=home("CA", "94105"), place_of_service="21"))
    assert (decision.state, decision.missing_table) == (State.DENIED, None)


def test_one_line_without_a_price_leaves_the_whole_claim_unanswered() -> None:
    lines = visit(on=date(2025, 12, 30)), visit(on=date(2026, 1, 2))
    decision = decide(claim(*lines), facts(drugs=drugs_of(date(2025, 12, 20))))
    assert (decision.state, [line.paid for line in decision.lines]) == (State.UNANSWERED, [None, None])


def test_a_loaded_zip_table_prices_the_home(tmp_path: Path) -> None:
    path = tmp_path / "zip_locality.csv"
    path.write_text("zip_code,mac,locality_number,year_quarter\n94105,01112,05,20251\n")
    billed = claim(visit(charge="900"), subscriber=home("CA", "94105"))
    decision = decide(billed, tables=Tables.with_files([path]))
    assert decision.state is State.PAID
    assert "locality 01112-05" in next(r.detail for r in decision.lines[0].rules if r.id == "HIT-PAY-GAF")


@pytest.mark.parametrize(
    ("state", "zip_code", "said"),
    [
        ("ZZ", "", "the state of the home is none that the tables know"),
        ("ON", "352030000", "the state of the home is none that the tables know"),
        ("AL", "90001", "the ZIP code lies in another state than the one given"),
        ("AL", "3520", "the ZIP code has neither five nor nine digits"),
        ("AL", "35203-", "the ZIP code has neither five nor nine digits"),
    ],
)
@pytest.mark.parametrize("setting", ["assume", "pend", "deny"])
def test_a_home_address_that_is_wrong_in_itself(
    tmp_path: Path, state: str, zip_code: str, said: str, setting: str
) -> None:
    path = tmp_path / "zip_locality.csv"
    path.write_text("zip_code,mac,locality_number,year_quarter\n90001,01182,18,20251\n")
    decision = decide(
        claim(subscriber=home(state, zip_code)), tables=Tables.with_files([path]), unknown=setting
    )
    assert (decision.state, decision.missing_table, decision.paid) == (State.UNANSWERED, None, None)
    assert (decision.reason or "").endswith(said)


def test_nine_digits_decide_where_five_lie_in_several_localities(tmp_path: Path) -> None:
    five, nine = tmp_path / "zip5.txt", tmp_path / "zip_locality.csv"
    five.write_text("VA223011220201B  ".ljust(20) + "1".ljust(55) + "20251\n")
    nine.write_text(
        "zip_code,mac,locality_number,year_quarter\n22301-0001,12202,01,20251\n22301-0002,11302,00,20251\n"
    )
    tables = Tables.with_files([five, nine])
    for zip_code, locality in (("223010001", "12202-01"), ("22301-0002", "11302-00")):
        decision = decide(claim(subscriber=home("VA", zip_code)), tables=tables)
        assert decision.state is State.PAID
        assert details(decision)["HIT-PAY-GAF"].startswith(f"locality {locality}: ")
    for zip_code in ("22301", "223010003"):
        decision = decide(claim(subscriber=home("VA", zip_code)), tables=tables)
        assert (decision.state, decision.missing_table) == (State.UNANSWERED, "zip_locality")
        assert "several localities" in (decision.reason or "")


@pytest.mark.parametrize("address", [Address(state=""), Address(state="al"), Address(state="<b>")])
def test_no_usable_home_address(address: Address) -> None:
    decision = decide(claim(subscriber=subscriber(address=address)))
    assert (decision.state, decision.missing_table) == (State.UNANSWERED, None)
    assert "no home address" in (decision.reason or "")


def test_a_figure_missing_in_the_payment_leaves_the_claim_unanswered(tmp_path: Path) -> None:
    tables = {
        "hit_rates.csv": "calendar_year,hcpcs,national_amount\n2027,G0068,200.00\n",
        "hit_gaf.csv": "calendar_year,mac,locality_number,state,gaf\n2027,10112,00,AL,0.950\n",
    }
    for name, text in tables.items():
        (tmp_path / name).write_text(text)
    day = date(2027, 1, 5)
    loaded = Tables.with_files([tmp_path / name for name in tables])
    decision = decide(claim(visit(on=day)), facts(drugs=drugs_of(day)), loaded)
    assert (decision.state, decision.missing_table) == (State.UNANSWERED, "sequestration")
    assert said(decision)["HIT-PAY-SEQ"] is Answer.UNKNOWN
    assert decision.lines[0].paid is None


OTHER = OtherPayer(sequence="P", payer=Party(id="X"))


@pytest.mark.parametrize(
    ("billed", "answered"),
    [
        (claim(other_payers=(msgspec.structs.replace(OTHER, paid=Decimal(1)),)), False),
        (claim(other_payers=(msgspec.structs.replace(OTHER, paid=Decimal(0)),)), True),
        (claim(other_payers=(msgspec.structs.replace(OTHER, sequence="S"),)), True),
    ],
)
def test_a_primary_payer_after_another_paid_is_not_answered(billed: Claim, answered: bool) -> None:
    decision = decide(billed)
    assert decision.state is (State.PAID if answered else State.UNANSWERED)


@pytest.mark.parametrize(("sequence", "status"), [("S", "2"), ("T", "3")])
def test_a_later_payer_says_so_and_needs_the_earlier_decision(sequence: str, status: str) -> None:
    decision = decide(claim(subscriber=subscriber(sequence=sequence)))
    assert (decision.state, decision.status) == (State.DENIED, status)
    assert decision.lines[0].remarks == ("MA04",)


@pytest.mark.parametrize("sequence", ["U", ""])
def test_a_payer_whose_place_is_not_told_is_not_called_secondary(sequence: str) -> None:
    decision = decide(claim(subscriber=subscriber(sequence=sequence)))
    assert (decision.state, decision.paid) == (State.UNANSWERED, None)
    assert "not known whether the payer is the primary" in (decision.reason or "")
    assert "is not the primary" not in (decision.reason or "")


def test_another_payer_that_paid_is_the_reason_told() -> None:
    paid_first = msgspec.structs.replace(OTHER, paid=Decimal(1))
    assert "another payer has paid" in (decide(claim(other_payers=(paid_first,))).reason or "")


def test_two_lines_of_one_number_are_not_answered() -> None:
    lines = tuple(visit(on=date(2025, 3, day), number=1) for day in (5, 6))
    decision = decide(claim(lines=lines, charge=Decimal(500)))
    assert (decision.state, decision.paid) == (State.UNANSWERED, None)
    assert decision.reason == "two lines of the claim have the same number (LX01)"


@pytest.mark.parametrize("charge", ["-1.00", "10.005", "1000000000000", "1E+30", "1E+999999"])
def test_a_faulty_charge_is_not_answered(charge: str) -> None:
    decision = decide(claim(visit(charge=charge)))
    assert (decision.state, decision.lines[0].paid) == (State.UNANSWERED, None)
    assert decision.reason == "the charge of line 1 is negative, not in whole cents or too large"


def test_the_largest_charge_balances() -> None:
    line = decide(claim(visit(charge="999999999999.99"))).lines[0]
    assert codes(line)[0] == "CO 45 999999999821.88"
    assert str(line.paid) == "139.64"


def test_charges_that_do_not_add_up_are_not_answered() -> None:
    assert decide(claim(charge=Decimal("250.01"))).state is State.UNANSWERED


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([visit(units=Decimal(0)), visit(on=date(2025, 3, 6), units=Decimal(1))], State.RETURNED),
        ([visit(units=Decimal(0)), visit(on=date(2020, 12, 31))], State.RETURNED),
        ([visit(on=date(2020, 12, 31)), visit(place_of_service="21")], State.UNANSWERED),
    ],
)
def test_the_weightiest_line_decides_the_claim(lines: list, state: State) -> None:
    assert decide(claim(*lines), unknown="pend").state is state
    assert decide(claim(*lines, frequency="7")).state is State.REJECTED


def test_reasons_hold_nothing_of_the_file() -> None:
    secret = Party(entity="1", last_name="QQNAME", id="QQMEMBER", address=Address(state="CA", line1="QQ"))
    person = msgspec.structs.replace(subscriber(), person=secret)
    variants = [{"frequency": "7"}, {"place_of_service": "21"}, {}, {"charge": Decimal(1)}]
    for fields in variants:
        written = msgspec.json.encode(decide(claim(subscriber=person, **fields)))
        assert b"QQ" not in written


DAYS = st.dates(min_value=date(2018, 1, 1), max_value=date(2027, 12, 31))
CODES = st.sampled_from(["G0068", "G0069", "G0070", "G0088", "G0089", "G0090"])
LINES = st.builds(
    visit,
    code=CODES,
    on=DAYS,
    charge=st.decimals(0, 9999, places=2).map(str),
    place_of_service=st.sampled_from(["", "12", "21"]),
    units=st.sampled_from([Decimal(1), Decimal(4), Decimal(0)]),
)
DRUGS = st.builds(
    drug,
    on=DAYS,
    code=st.sampled_from(["J1250", "J1559", "J9190", "J7799", "J3490", "J0696"]),
    modifiers=st.sampled_from([(), ("JB",)]),
    outcome=st.sampled_from(list(Outcome)),
)
FACTS = st.builds(
    ClaimFacts,
    visits=st.lists(st.builds(earlier, CODES, DAYS, st.sampled_from(list(Outcome))), max_size=3).map(tuple),
    drugs=st.lists(DRUGS, max_size=3).map(tuple),
    complete=st.booleans(),
    deductible_left=st.dictionaries(st.just(2025), st.decimals(0, 300, places=2)),
)


@given(
    lines=st.lists(LINES, min_size=1, max_size=4),
    known=FACTS,
    unknown=st.sampled_from(["assume", "pend", "deny"]),
    same_day=st.sampled_from(["highest", "per_category", "return"]),
)
def test_whatever_is_billed_money_balances_or_is_absent(
    lines: list, known: ClaimFacts, unknown: str, same_day: str
) -> None:
    decision = decide(claim(*lines), known, unknown=unknown, same_day_categories=same_day)
    if decision.state not in (State.PAID, State.DENIED):
        assert decision.reason
        assert all((line.paid, line.allowed, line.adjustments) == (None, None, ()) for line in decision.lines)
        return
    assert decision.paid == sum(line.paid for line in decision.lines)
    assert decision.allowed == sum(line.allowed for line in decision.lines)
    for line in decision.lines:
        assert line.charge - sum(one.amount for one in line.adjustments) == line.paid
        assert Answer.NOT_MET not in said_of(line) or line.denied
        assert line.denied == (Answer.NOT_REACHED in said_of(line))
        assert not line.denied or (line.paid, line.allowed) == (0, 0)

"""What sample claims are made of: valid identifiers, codes of their day, money that adds up."""

import tracemalloc
from collections import Counter, deque
from datetime import date
from decimal import Decimal

import pytest

from edi_hit.claims import Claim, ServiceLine
from edi_hit.identifiers import ein, hcpcs, icd10, mbi, ndc, npi, taxonomy, zip_code
from edi_hit.mapping.parts import Party
from edi_hit.reference import Tables
from edi_hit.reference.layout import packaged_rows
from edi_hit.sample import sample_claims

SIZE = 1500
TABLES = Tables.packaged()


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    return list(sample_claims(SIZE, 11))


def lines_of(claims: list[Claim]) -> list[ServiceLine]:
    return [line for claim in claims for line in claim.lines]


def is_visit(line: ServiceLine) -> bool:
    return line.procedure_code in TABLES.hit_codes()


def parties(claim: Claim) -> list[Party]:
    orderers = [line.ordering_provider for line in claim.lines if line.ordering_provider]
    return [claim.billing_provider.party, *claim.referring_providers, *orderers]


def contractor_type(claim: Claim) -> str:
    contractor = TABLES.contractor(claim.payer.id)
    return contractor.contractor_type if contractor else "commercial"


def test_same_seed_same_claims_and_smaller_count_is_a_prefix():
    assert list(sample_claims(40, 3)) == list(sample_claims(5001, 3))[:40]
    assert list(sample_claims(40, 3)) != list(sample_claims(40, 4))
    assert list(sample_claims(0, 3)) == []


@pytest.mark.parametrize(("count", "seed"), [(-1, 0), (1, -1)])
def test_numbers_below_zero_are_refused(count, seed):
    with pytest.raises(ValueError, match="0 or more"):
        sample_claims(count, seed)


def test_claims_come_one_at_a_time():
    endless = sample_claims(10**12, 1)
    assert next(endless).claim_id != next(endless).claim_id


def test_memory_does_not_grow_with_the_number_of_claims():
    deque(sample_claims(10, 1), maxlen=0)

    def peak(count: int) -> int:
        tracemalloc.start()
        deque(sample_claims(count, 1), maxlen=0)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(4000) < 2 * peak(400)


def test_claim_charge_is_the_sum_of_its_lines(claims):
    for claim in claims:
        assert claim.charge == sum(line.charge for line in claim.lines) > 0
        assert all(line.charge == line.charge.quantize(Decimal("0.01")) > 0 for line in claim.lines)


def test_identifiers_are_valid(claims):
    for claim in claims:
        assert all(npi.is_valid(party.npi) for party in parties(claim))
        assert ein.is_valid(claim.billing_provider.party.tax_id)
        assert taxonomy.is_valid(claim.billing_provider.taxonomy)
        assert zip_code.is_valid(claim.patient_address.postal_code)
        assert all(icd10.is_valid(diagnosis.code) for diagnosis in claim.diagnoses)
        if claim.subscriber.filing_indicator == "MB":
            assert mbi.is_valid(claim.subscriber.person.id)
        for line in claim.lines:
            assert hcpcs.is_valid(line.procedure_code)
            assert line.drug is None or ndc.is_valid(line.drug.ndc)


def test_control_numbers_are_unique(claims):
    assert len({claim.claim_id for claim in claims}) == SIZE
    controls = [line.control_number for line in lines_of(claims)]
    assert "" not in controls
    assert len(set(controls)) == len(controls)


def test_data_vary(claims):
    people = [claim.patient_person for claim in claims]
    assert len({person.last_name for person in people}) > 200
    assert len({claim.billing_provider.party.id for claim in claims}) > 40
    assert len({claim.subscriber.person.id for claim in claims}) > SIZE / 4
    assert len({line.charge for line in lines_of(claims)}) > SIZE
    assert len({line.procedure_code for line in lines_of(claims)}) > 40
    assert len({line.service_dates for line in lines_of(claims)}) > SIZE / 2
    assert len({claim.diagnoses for claim in claims}) > 200
    assert len({line.drug.prescription_number for line in lines_of(claims) if line.drug}) > 300


def test_every_code_is_in_the_tables_on_its_day(claims):
    for line in lines_of(claims):
        on = line.service_dates.start
        assert date(2021, 1, 1) <= on <= line.service_dates.end <= date(2025, 12, 31)
        texts = TABLES.describe(line.procedure_code)
        begun = [text for text in texts if text.effective_from is None or text.effective_from <= on]
        assert any(text.effective_through is None or on <= text.effective_through for text in begun)


def test_pointers_name_diagnoses_of_the_claim(claims):
    assert any(len(line.pointers) == 2 for line in lines_of(claims))
    for claim in claims:
        assert all(1 <= p <= len(claim.diagnoses) for line in claim.lines for p in line.pointers)


def test_about_a_third_are_medicare_visits(claims):
    kinds = Counter((contractor_type(claim), is_visit(claim.lines[0])) for claim in claims)
    assert 0.25 < kinds["AB_MAC_B", True] / SIZE < 0.42
    assert 0.15 < kinds["DME_MAC", False] / SIZE < 0.4
    assert 0.2 < kinds["commercial", False] / SIZE < 0.45
    assert sum(1 for claim in claims if claim.other_payers) > SIZE / 40


def test_visits_go_to_the_part_b_contractor_of_the_home_state(claims):
    several = 0
    for claim in claims:
        if contractor_type(claim) != "AB_MAC_B":
            continue
        state, on = claim.patient_address.state, claim.lines[0].service_dates.start
        localities = TABLES.localities_of_state(state, on)
        several += len(localities) > 1
        assert claim.payer.id in {locality.mac for locality in localities}
        assert (claim.subscriber.filing_indicator, claim.subscriber.relationship) == ("MB", "18")
        assert claim.place_of_service == "12"
        assert claim.frequency == "1"
        assert all(is_visit(line) for line in claim.lines)
    assert several > 0


def test_only_the_first_visit_of_a_therapy_is_billed_as_initial(claims):
    initial = {
        code for code in TABLES.hit_codes() if TABLES.hit_code(code, date(2025, 1, 1)).visit_type == "initial"
    }
    visits: dict[str, list[ServiceLine]] = {}
    for claim in claims:
        if contractor_type(claim) == "AB_MAC_B":
            visits.setdefault(claim.subscriber.person.id, []).extend(claim.lines)
    codes = [[line.procedure_code in initial for line in lines] for lines in visits.values()]
    assert not any(any(flags[1:]) for flags in codes)
    assert 0 < sum(flags[0] for flags in codes) < len(codes)
    days = [[line.service_dates.start for line in lines] for lines in visits.values()]
    assert all(dates == sorted(set(dates)) for dates in days)


def test_drugs_go_to_the_dme_contractor_with_pump_and_supplies(claims):
    dme = [claim for claim in claims if contractor_type(claim) == "DME_MAC"]
    for claim in dme:
        drug_line, pump, *supplies = claim.lines
        on = drug_line.service_dates.start
        assert TABLES.hit_drug(drug_line.procedure_code, drug_line.modifiers, on).benefit == "permanent"
        assert drug_line.drug.prescription_number
        assert drug_line.drug.quantity > 0
        assert TABLES.pump_code(pump.procedure_code).kind == "pump"
        assert pump.modifiers[0] == "RR"
        assert [TABLES.pump_code(line.procedure_code).kind for line in supplies] == ["supply", "supply"]
        assert all(line.ordering_provider.address for line in claim.lines)
    assert any("JB" in claim.lines[0].modifiers for claim in dme)
    assert any(claim.lines[1].equipment for claim in dme)


def test_commercial_claims_bill_a_per_diem_for_each_day(claims):
    per_diems = {row["hcpcs"] for row in packaged_rows("s_codes") if row["billing_kind"] == "per_diem"}
    commercial = [c for c in claims if contractor_type(c) == "commercial" and not c.other_payers]
    for claim in commercial:
        first = claim.lines[0]
        assert first.procedure_code in per_diems
        assert not first.service_dates.is_day
        assert first.units == (first.service_dates.end - first.service_dates.start).days + 1
        assert claim.lines[1].drug.ndc
    assert any(claim.patient for claim in commercial)
    assert any(claim.frequency == "7" and claim.payer_claim_number for claim in commercial)


def test_secondary_claims_balance(claims):
    secondary = [claim for claim in claims if claim.other_payers]
    for claim in secondary:
        (other,) = claim.other_payers
        assert (claim.subscriber.sequence, other.sequence) == ("S", "P")
        decisions = [line.adjudications[0] for line in claim.lines]
        assert other.paid == sum(decision.paid for decision in decisions)
        for line, decision in zip(claim.lines, decisions, strict=True):
            adjusted = sum(adjustment.amount for adjustment in decision.adjustments)
            assert decision.paid + adjusted == line.charge
            assert decision.payer_id == other.payer.id
            assert decision.paid_on > line.service_dates.end
            assert all(TABLES.carc(a.carc) and TABLES.group_code(a.group) for a in decision.adjustments)
        assert all(TABLES.rarc(code) for code in other.remark_codes)
    assert {claim.subscriber.secondary_type for claim in secondary} == {"", "12"}

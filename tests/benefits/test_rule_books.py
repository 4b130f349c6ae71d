"""The declared rules, their functions, their codes and their order belong together."""

import csv
import tomllib
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from hit_claims import TABLES, claim, codes, decide, earlier, facts, failed, subscriber, visit
from sample_files import samples_root

from edi_hit.benefits import all_codes, answer, require_known
from edi_hit.benefits.decision import State
from edi_hit.benefits.engine.benefit import Benefit
from edi_hit.benefits.engine.claim_answer import answer_claim
from edi_hit.benefits.engine.rule_book import RuleBook
from edi_hit.benefits.engine.ruling import Ruling, met
from edi_hit.benefits.medicare_hit import BENEFIT
from edi_hit.benefits.medicare_part_b.parameters import parameters
from edi_hit.benefits.medicare_part_b.places_of_service import places_of_service
from edi_hit.benefits.reason_codes import Origin, RuleCodes
from edi_hit.benefits.registry import BUILT
from edi_hit.benefits.roads import roads
from edi_hit.benefits.rule_codes import packaged_codes
from edi_hit.profiles import RunSettings
from edi_hit.rules import ConfigError, Rule

OUTCOMES = {"deny", "pend", "return", "reject", "route", "warning", "information", "payment"}
PACKAGES = (
    "coordination", "medicare_part_b", "medicare_hit", "medicare_transitional", "ivig", "home_health",
    "part_d", "commercial", "medicare_dme", "medicare_advantage", "medicaid",
)  # fmt: skip
_SAMPLES = samples_root()
REFERENCE = _SAMPLES.parent / "reference" / "data" if _SAMPLES else Path("no reference folder")
RULES: dict[str, Rule] = {rule.id: rule for benefit in BUILT.values() for rule in benefit.book.rules.values()}


@pytest.mark.parametrize("benefit", BUILT.values(), ids=list(BUILT))
def test_every_rule_of_a_book_has_one_function(benefit: Benefit) -> None:
    book = benefit.book
    functions = [*book.checks, *book.steps, *book.reviews]
    assert sorted(functions) == sorted(book.rules)


def test_every_declared_rule_is_asked_by_a_benefit() -> None:
    declared = []
    for package in PACKAGES:
        text = (files(f"edi_hit.benefits.{package}") / "rules.toml").read_text(encoding="utf-8")
        declared += list(tomllib.loads(text))
    assert sorted(declared) == sorted(RULES)


@pytest.mark.skipif(not (REFERENCE / "hit_edits.csv").exists(), reason="the reference folder is not there")
def test_every_edit_of_the_reference_is_a_rule() -> None:
    text = (REFERENCE / "hit_edits.csv").read_text(encoding="utf-8")
    edits = {row["rule_id"]: row for row in csv.DictReader(text.splitlines())}
    assert len(edits) == 60
    assert set(edits) <= set(RULES)
    for rule_id, edit in edits.items():
        packaged = packaged_codes().get(rule_id)
        if packaged and edit["suggested_carc"]:
            given = (packaged.group, packaged.carc, " ".join(packaged.rarc))
            assert given == (edit["suggested_group"], edit["suggested_carc"], edit["suggested_rarc"])


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_declarations_are_whole(rule: Rule) -> None:
    assert rule.outcome in OUTCOMES
    assert all((rule.title, rule.source, rule.looks_at, rule.confidence, rule.bad, rule.good))
    coded = bool(all_codes(rule.id, RunSettings()))
    if rule.outcome in ("deny", "return"):
        assert coded
        assert rule.road in roads()
        assert rule.hint
    elif rule.outcome in ("information", "warning", "route"):
        assert not coded


@pytest.mark.parametrize("codes", packaged_codes().values(), ids=list(packaged_codes()))
def test_codes_exist_and_are_active(codes: RuleCodes) -> None:
    assert codes.rule in RULES
    reason = TABLES.carc(codes.carc)
    assert reason is not None
    assert reason.active
    assert TABLES.group_code(codes.group) is not None
    assert not reason.group_only or codes.group in reason.group_only
    assert codes.rarc or not reason.remark_required
    for code in codes.rarc:
        remark = TABLES.rarc(code)
        assert remark is not None
        assert remark.active


def test_only_codes_that_follow_from_their_definition_are_more_than_suggestions() -> None:
    firm = {row.rule for row in packaged_codes().values() if row.origin is Origin.DEFINITION}
    assert firm == {
        "COMM-PAY-LESSER", "HIT-PAY-LESSER", "HIT-PAY-DED", "HIT-PAY-COINS", "HIT-PAY-SEQ", "MSP-PAY",
        "COB-PAY",
    }  # fmt: skip
    others = [row for row in packaged_codes().values() if row.rule not in firm]
    assert all(row.origin is Origin.SUGGESTED and "not found" in row.confidence for row in others)


def test_the_decision_says_where_the_codes_of_a_denial_come_from() -> None:
    (denied,) = [rule for rule in decide(claim(place_of_service="21")).lines[0].rules if rule.codes]
    assert (denied.id, denied.codes) == ("HIT-POS", "suggested")
    by_rule = {rule.id: rule.codes for rule in decide().lines[0].rules if rule.codes}
    assert by_rule == dict.fromkeys(("HIT-PAY-LESSER", "HIT-PAY-COINS", "HIT-PAY-SEQ"), "definition")


def test_the_users_codes_replace_ours() -> None:
    own = {
        "HIT-POS": {"group": "PR", "carc": "58", "rarc": ["N428"]},
        "HIT-PAY-SEQ": {"group": "OA", "carc": "223"},
    }
    decision = decide(claim(place_of_service="21"), codes=own)
    assert (codes(decision.lines[0]), decision.lines[0].remarks) == (["PR 58 250.00"], ("N428",))
    assert str(decision.patient_responsibility) == "250.00"
    assert [rule.codes for rule in decision.lines[0].rules if rule.codes] == ["configured"]
    assert codes(decide(codes=own).lines[0])[-1] == "OA 223 2.85"


def test_a_case_of_a_rule_has_its_own_codes() -> None:
    lines = claim(visit("G0068"), visit("G0070"))
    own = {"HIT-DAY-HIGH-P:returned": {"group": "CO", "carc": "16", "rarc": ["N61"]}}
    known = facts(earlier("G0069", lines.lines[0].service_dates.start))
    for given, remark in (({}, "MA130"), (own, "N61")):
        decision = decide(lines, known, same_day_categories="return", codes=given)
        assert decision.state is State.RETURNED
        assert decision.lines[0].remarks == (remark,)


def test_codes_for_what_is_no_rule_are_refused() -> None:
    require_known(RunSettings())
    wrong = msgspec.convert({"codes": {"HIT-NONE": {"group": "CO", "carc": "1"}}}, RunSettings)
    with pytest.raises(ConfigError, match="HIT-NONE"):
        require_known(wrong)


def test_the_remark_codes_of_what_a_payment_rule_takes_off_are_told() -> None:
    codes = {"HIT-PAY-SEQ": {"group": "CO", "carc": "16", "rarc": ["N640"]}}
    decision = decide(claim(), codes=codes)
    assert decision.lines[0].remarks == ("N640",)


def test_every_decision_names_every_rule_in_the_asked_order() -> None:
    for billed in (claim(), claim(subscriber=subscriber("18003")), claim(visit("G0088"), visit("G0089"))):
        for line in decide(billed).lines:
            assert [rule.id for rule in line.rules] == list(BENEFIT.book.rules)
            assert [rule.source for rule in line.rules] == [
                rule.source for rule in BENEFIT.book.rules.values()
            ]


def test_a_rule_can_be_added_by_one_function_and_one_declaration() -> None:
    rule = Rule(
        id="HIT-NEW", title="t", source="s", looks_at="l", confidence="c", bad="b", good="g",
        outcome="warning",
    )  # fmt: skip
    book = RuleBook({**BENEFIT.book.rules, rule.id: rule})
    book.checks, book.steps = dict(BENEFIT.book.checks), BENEFIT.book.steps
    book.explains = dict(BENEFIT.book.explains)
    asked: list[str] = []

    @book.check("HIT-NEW")
    def look(context: object) -> Ruling:
        asked.append("HIT-NEW")
        return met("seen")

    decision = answer_claim(
        Benefit("medicare_hit", book, BENEFIT.quote), claim(), facts(), TABLES, RunSettings()
    )
    assert asked == ["HIT-NEW"]
    assert decision.lines[0].rules[-1].detail == "seen"
    with pytest.raises(KeyError):
        BENEFIT.book.check("HIT-NOT-DECLARED")


def test_a_rule_left_out_of_the_book_is_neither_asked_nor_named() -> None:
    benefit = Benefit("medicare_hit", BENEFIT.book.without("HIT-POS").without("HIT-HOME"), BENEFIT.quote)
    decision = answer_claim(benefit, claim(place_of_service="21"), facts(), TABLES, RunSettings())
    assert decision.state is State.PAID
    assert "HIT-POS" not in {rule.id for rule in decision.lines[0].rules}
    assert failed(answer(claim(place_of_service="21"), facts(), TABLES, RunSettings()))[-1] == "HIT-POS"


def test_places_of_service_are_sourced_and_told_once() -> None:
    places = places_of_service()
    assert len({row.value.code for row in places}) == len(places)
    assert {row.value.is_home for row in places} == {True, False}
    assert all(row.value.setting and row.source and row.confidence for row in places)
    assert all(len(row.value.code) == 2 for row in places)


def test_every_parameter_has_a_source_and_how_sure_it_is() -> None:
    known = parameters()
    for name in known.__struct_fields__:
        rows = getattr(known, name)
        for row in rows if isinstance(rows, tuple) else (rows,):
            assert row.source
            assert row.confidence


def test_parameter_files_are_packaged() -> None:
    assert (Path(str(files("edi_hit.benefits"))) / "adjustment_codes.csv").is_file()

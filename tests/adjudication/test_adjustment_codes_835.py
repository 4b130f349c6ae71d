"""Every code the rules can put into an 835 stands there without a finding; others are refused."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from equations_835 import broken_equations
from remittance_files import paying
from story_files import StoryClaim, StoryLine

from edi_hit.adjudication import claim_payment, remittance_head, remittance_parties, require_usable
from edi_hit.benefits.decision import ClaimDecision, LineDecision, State
from edi_hit.benefits.reason_codes import RuleCodes
from edi_hit.benefits.rule_codes import packaged_codes
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.validate import FileCheck
from edi_hit.mapping.parts import Adjustment
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables
from edi_hit.remits import NetPayment, write_remittances
from edi_hit.rules import ComposeError, ConfigError, Finding
from edi_hit.x12 import ComposeWriter, EnvelopeHeader

ROWS = list(packaged_codes().values())
TABLES = Tables.packaged()
LAST_CHECKED = date(2024, 6, 18)
"""The day our code lists were read."""
CLAIM = StoryClaim("A1", (StoryLine("G0068", date(2024, 3, 5)),)).build()


def written(codes: tuple[RuleCodes, ...], on: date) -> str:
    """An 835 of a line that all of `codes` take something off."""
    adjustments = tuple(Adjustment(one.group, one.carc, Decimal("1.25")) for one in codes)
    remarks = tuple(dict.fromkeys(remark for one in codes for remark in one.rarc))
    off = sum((one.amount for one in adjustments), Decimal(0))
    line = LineDecision(
        line=1, control="L1", code="G0068", modifiers=(), date=None, units=None,
        charge=CLAIM.charge, allowed=CLAIM.charge - off, paid=CLAIM.charge - off,
        adjustments=adjustments, remarks=remarks,
    )  # fmt: skip
    owed = sum((one.amount for one in adjustments if one.group == "PR"), Decimal(0))
    decision = ClaimDecision(
        "A1", "medicare_hit", "P", State.PAID, CLAIM.charge, "1", line.paid, line.paid, owed, (line,)
    )
    settings = RunSettings()
    payment = claim_payment(CLAIM, decision, "SIM1", on=on, settings=settings)
    parties = remittance_parties(CLAIM, settings)
    head = remittance_head(parties, NetPayment(Decimal(0)), "SIM1", on, settings.remittance)
    stream = io.BytesIO()
    writer = ComposeWriter(stream, EnvelopeHeader("SIM", "ME", on, "0000", 1, "HP", "005010X221A1"))
    writer.start()
    write_remittances(writer, [(paying(head, [payment]), [payment])])
    writer.end()
    return stream.getvalue().decode()


def findings(text: str, folder: Path) -> list[Finding]:
    path = folder / "a.835"
    path.write_text(text)
    return list(FileCheck(find_inputs([str(path)])[0]).findings())


@pytest.mark.parametrize("on", [LAST_CHECKED, date(2026, 1, 15)])
@pytest.mark.parametrize("codes", ROWS, ids=[row.key for row in ROWS])
def test_the_codes_of_every_rule_can_be_sent(codes: RuleCodes, on: date, tmp_path: Path) -> None:
    text = written((codes,), on)
    assert findings(text, tmp_path) == []
    assert f"CAS*{codes.group}*{codes.carc}*1.25~" in text
    assert all(f"LQ*HE*{remark}~" in text for remark in codes.rarc)


def test_all_of_them_together_are_packed_six_to_a_segment(tmp_path: Path) -> None:
    reasons = {(row.group, row.carc): row for row in ROWS}
    text = written(tuple(reasons.values()), LAST_CHECKED)
    assert list(broken_equations(text)) == []
    assert findings(text, tmp_path) == []
    groups = [row.split("*")[1] for row in text.splitlines() if row.startswith("CAS*")]
    assert groups == sorted(groups, key=groups.index)
    assert {group: groups.count(group) for group in groups} == {
        group: -(-sum(key[0] == group for key in reasons) // 6) for group, _ in reasons
    }


def test_a_code_that_was_stopped_is_not_written(tmp_path: Path) -> None:
    stopped = next(code for code in map(TABLES.carc, map(str, range(1, 300))) if code and code.stopped_on)
    codes = msgspec.structs.replace(ROWS[0], group="CO", carc=stopped.code, rarc=())
    with pytest.raises(ComposeError, match="X12-SNIP5-CARC"):
        written((codes,), LAST_CHECKED)


def own(**codes: object) -> RunSettings:
    return msgspec.convert({"codes": {"HIT-POS": codes}}, RunSettings)


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ({"group": "CO", "carc": "999"}, "carc: 999 is no claim adjustment reason code"),
        ({"group": "CO", "carc": "17"}, "carc: 17 is an adjustment reason code that was stopped"),
        ({"group": "CO", "carc": "18"}, "carc: 18 is an adjustment reason code that may not stand with this"),
        ({"group": "CO", "carc": "5", "rarc": ["M999"]}, "rarc: M999 is no remark code"),
        ({"group": "CO", "carc": "16"}, "rarc: 16 needs a remark code beside it that is no alert"),
        ({"group": "CO", "carc": "16", "rarc": ["MA01"]}, "rarc: 16 needs a remark code beside it"),
    ],
)
def test_codes_of_the_user_that_cannot_be_sent_are_refused(codes: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        require_usable(own(**codes), TABLES, LAST_CHECKED)


def test_codes_the_list_does_not_reach_are_let_pass() -> None:
    newer = own(group="CO", carc="999", rarc=["M999"])
    require_usable(newer, TABLES, date(2026, 1, 15))
    with pytest.raises(ConfigError, match=r"payers\.P1\.remarks: M999 is no remark code"):
        require_usable(
            msgspec.convert({"payers": {"P1": {"remarks": ["M999"]}}}, RunSettings), TABLES, LAST_CHECKED
        )

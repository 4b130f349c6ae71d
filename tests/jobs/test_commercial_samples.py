"""The home infusion examples of the 837P guide, and our own example claim, under the example contract."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_files import samples_root

from edi_hit.cli.main import edi_hit_command
from edi_hit.jobs.adjudicate import RunResult, adjudicate
from edi_hit.jobs.inputs import find_inputs
from edi_hit.profiles import read_run_settings
from edi_hit.remits import read_remittances

EXAMPLES = Path(__file__).parents[2] / "examples"
SAMPLES = (samples_root() or Path("nowhere")) / "837P"
_HEAD = "stupidedi__x222a1-hc837-professional-home-infusion-therapy-pharmacy-adjudicated-with"
BY_HCPCS = f"{_HEAD}-hcpcs-in-loop-24.edi"
BY_NDC = f"{_HEAD}-ndc-in-loop-2410.edi"
TWELVE_DIGITS = "botsedi__home-infusion-ndc.dat"
needs_samples = pytest.mark.skipif(not SAMPLES.exists(), reason="the sample files are not there")

PER_DIEM = ["1050.00", "682.50", "13.09", "58.91", "49.98", "9.52"]
"""S9500 at 150.00 a day; J0696 below 106% of ASP; 85% of AWP."""
BY_NDC_PAID = ["1050.00", "596.82", "13.09", "58.91", "49.98", "9.52"]
"""The same with the drug S5001 at 87% of AWP."""


def run(out: Path, *paths: Path) -> RunResult:
    settings = read_run_settings(EXAMPLES / "settings.toml")
    return adjudicate(
        find_inputs([str(path) for path in paths]), out, as_of=date(2026, 11, 22), settings=settings, show=9
    )


def lines_paid(path: Path) -> list[str]:
    (payment,) = [record.payment for record in read_remittances(path) if hasattr(record, "payment")]
    assert payment is not None
    assert payment.paid == payment.charge - sum(
        one.amount for line in payment.lines for one in line.adjustments
    )
    return [str(line.paid) for line in payment.lines]


@needs_samples
@pytest.mark.parametrize(
    ("sample", "paid"),
    [
        (BY_HCPCS, PER_DIEM),
        (BY_NDC, BY_NDC_PAID),
        ("lfh__demo.drug.example10.2.837", BY_NDC_PAID),
        ("lfh__demo.drug.example10.3.837", PER_DIEM),
    ],
)
def test_the_examples_of_the_guide_are_answered_by_a_balanced_835(
    tmp_path: Path, sample: str, paid: list[str]
) -> None:
    result = run(tmp_path, SAMPLES / sample)
    assert result.failures == ()
    (decision,) = result.decisions
    assert (decision.state, decision.benefit) == ("paid", "commercial")
    assert [str(line.paid) for line in decision.lines] == paid
    written = tmp_path / f"{Path(sample).stem}.835"
    assert lines_paid(written) == paid
    told = CliRunner().invoke(edi_hit_command, ["validate", str(written), "--format", "json"])
    assert told.exit_code == 0, told.output


@needs_samples
def test_the_arithmetic_is_explained(tmp_path: Path) -> None:
    run(tmp_path, SAMPLES / BY_HCPCS)
    told = CliRunner().invoke(
        edi_hit_command, ["explain", "CLMNO12345", "--decisions", str(tmp_path / "decisions.ndjson")]
    )
    assert told.exit_code == 0
    assert "7 units x 150 = 1050.00" in told.output
    assert "56 units of J0696 x 106% of ASP 11.5 = 682.64" in told.output
    assert "14 UN of the NDC x 85% of AWP 1.1 = 13.09" in told.output


@needs_samples
def test_an_ndc_of_twelve_digits_is_rejected_at_its_element(tmp_path: Path) -> None:
    head = (SAMPLES / BY_NDC).read_text().split("ST*837")[0]
    sent = (SAMPLES / TWELVE_DIGITS).read_text().replace("\n", "").strip()
    path = tmp_path / "twelve.837"
    path.write_text(
        f"{head}{sent}GE*1*20213~IEA*1*000010216~".replace("X222*", "X222A1*").replace(
            "005010X222~", "005010X222A1~"
        )
    )
    result = run(tmp_path / "out", path)
    assert [decision.state for decision in result.decisions] == ["rejected"]
    assert "X12-837-13" in (result.decisions[0].reason or "")
    (finding,) = [one for one in result.files[0].findings if one.rule == "X12-837-13"]
    assert (finding.loop, finding.segment_id, finding.element) == ("2410", "LIN", 3)
    assert finding.is_error


def test_the_example_claim_is_answered_under_the_example_contract(tmp_path: Path) -> None:
    result = run(tmp_path, EXAMPLES / "09-commercial-per-diem.837")
    (decision,) = result.decisions
    assert [str(line.paid) for line in decision.lines] == ["980.00", "84.00"]
    assert result.exit_code == 0
    first = json.loads((tmp_path / "decisions.ndjson").read_text())["lines"][0]
    rules = {rule["id"]: rule for rule in first["rules"]}
    assert rules["COMM-PRICE"]["detail"] == "7 units x 150 = 1050.00 (loaded)"
    assert "the charge is the lower" in rules["COMM-PAY-LESSER"]["detail"]


def test_without_a_contract_nothing_is_priced(tmp_path: Path) -> None:
    result = adjudicate(
        find_inputs([str(EXAMPLES / "09-commercial-per-diem.837")]),
        tmp_path,
        as_of=date(2026, 11, 22),
        show=1,
    )
    (decision,) = result.decisions
    assert decision.state == "unanswered"
    assert "docs/contracts.md" in (decision.reason or "")
    assert decision.paid is None
    assert result.exit_code == 0


def test_an_institutional_claim_is_priced_by_its_codes(tmp_path: Path) -> None:
    text = (EXAMPLES / "09-commercial-per-diem.837").read_text()
    text = text.replace("X222A1", "X223A2").replace("***12:B:1*Y*A*Y*Y~", "***83:A:1**A*Y*Y~")
    text = text.replace("REF*G1*AUTH5521~", "DTP*434*RD8*20250203-20250209~\nCL1*3*1*30~\nREF*G1*AUTH5521~")
    text = text.replace("HI*ABK:A419~", "HI*ABK:A419~\nNM1*71*1*OKAFOR*ADA****XX*1472583693~")
    text = text.replace("SV1*HC:S9500*980*UN*7***1~", "SV2*0640*HC:S9500*980*UN*7~")
    text = text.replace("SV1*HC:J0696*84*UN*56***1~", "SV2*0636*HC:J0696*84*UN*56~")
    keep = [
        line for line in text.splitlines() if not line.startswith(("NM1*DK", "N3*9 CLINIC", "PER*IC**TE"))
    ]
    ordering = keep.index("N4*BIRMINGHAM*AL*352030002~")
    del keep[ordering]
    count = len(keep) - 4 + 0
    keep = [line if not line.startswith("SE*") else f"SE*{count}*0001~" for line in keep]
    path = tmp_path / "ub.837"
    path.write_text("\n".join(keep) + "\n")
    result = run(tmp_path / "out", path)
    assert [one.rule for one in result.files[0].findings if one.is_error] == []
    (decision,) = result.decisions
    assert (decision.state, decision.benefit, str(decision.paid)) == ("paid", "commercial", "1064.00")
    written = (tmp_path / "out" / "ub.835").read_text()
    assert "SVC*HC:S9500*980*980*0640*7~" in written
    assert "*83*1" in written

"""Every setting of the acknowledgements has its effect through the command line."""

from pathlib import Path

import pytest
from ack_text import BAD, ONE_GOOD, claim, claims_set, file_of, group, st
from claim_text import GOOD, changed
from click.testing import CliRunner, Result
from pyx12_oracle import accepts

from edi_hit.cli.main import edi_hit_command
from edi_hit.profiles import AcknowledgmentSettings
from edi_hit.profiles.acknowledgment import AcknowledgmentParty, ClaimSource

CLAIM_FAULT = file_of(group(st("0001", claims_set(claim("A1", "1e5"), claim("A2", "x")))))
SET_FAULT = file_of(group(st("0001", BAD)))
WRONG_NPI = file_of(
    group(
        st(
            "0001",
            changed(
                "NM1*85*2*HOME INFUSION PHARMACY*****XX*1234567893",
                "NM1*85*2*HOME INFUSION PHARMACY*****XX*1234567894",
            ),
        )
    )
)
WARNED = file_of(group(st("0001", changed("N3*100 MAIN ST", "N3*100 MA\u00cfN ST"))))

SENDER = '{id = "US", qualifier = "30", application = "APPL"}'
SOURCE = '{name = "CLEARING CO", id = "99", id_qualifier = "FI", entity = "AY"}'
EFFECTS = [
    # setting, its value, what comes in, a file, how a segment of it begins by default, and with the setting
    ("ta1", '"always"', ONE_GOOD, "999", "GS*FA", "TA1*000000001*250103*1200*A*000"),
    ("snip_in_999", "[1]", SET_FAULT, "999", "IK5*R*5", "IK5*A"),
    ("snip_in_277ca", "[3]\nisolate_claims = false", WRONG_NPI, "277ca", "STC*A7:562:85", "STC*A2:20"),
    ("snip_in_999_by_set", "{837 = [1]}", SET_FAULT, "999", "IK5*R*5", "IK5*A"),
    ("isolate_claims", "false", CLAIM_FAULT, "999", "IK5*E*5", "IK5*R*5"),
    ("copy_values", "false", SET_FAULT, "999", "IK4*9*1032*7*ZZZ", "IK4*9*1032*7"),
    ("list_accepted_sets", "false", ONE_GOOD, "999", "AK2*837", "AK9*A*1*1*1"),
    ("note_warnings", "true", WARNED, "999", "IK5*A", "IK5*E*5"),
    ("findings_per_set", "1", CLAIM_FAULT, "999", "CTX*CLM01:A2", "CTX*CLM01:A1"),
    (
        "interchange_verdicts",
        '{021 = "R"}',
        ONE_GOOD.replace(b"IEA*1*", b"IEA*2*"),
        "999",
        "TA1*000000001*250103*1200*E*021",
        "TA1*000000001*250103*1200*R*021",
    ),
    ("rejecting_group_codes", '["5"]', ONE_GOOD.replace(b"GE*1*", b"GE*2*"), "999", "AK9*E*2", "AK9*R*2"),
    ("accepted_as", '"A1"', ONE_GOOD, "277ca", "STC*A2:20", "STC*A1:20"),
    ("sender", SENDER, ONE_GOOD, "999", "GS*FA*RECEIVER*SENDER", "GS*FA*APPL*SENDER"),
    ("receiver", '{id = "THEM"}', ONE_GOOD, "999", "GS*FA*RECEIVER*SENDER", "GS*FA*RECEIVER*THEM"),
    ("source", SOURCE, ONE_GOOD, "277ca", "NM1*PR*2*MAC J15*****46*15202", "NM1*AY*2*CLEARING CO*****FI*99"),
    ("first_control_number", "500", ONE_GOOD, "999", "IEA*1*000000001", "IEA*1*000000500"),
]


def run(folder: Path, data: bytes, settings: str = "", command: str = "validate") -> Result:
    """Acknowledge `data` into `folder`, as `x.999` and the like."""
    folder.mkdir()
    (folder / "x.837").write_bytes(data)
    (folder / "settings.toml").write_text(f"[acknowledgments]\n{settings}")
    out = ("--ack-dir", folder) if command == "validate" else ("--out", folder)
    arguments = [command, folder / "x.837", *out, "--config", folder / "settings.toml"]
    return CliRunner().invoke(edi_hit_command, [*map(str, arguments), "--as-of", "2025-01-04"])


def segments(path: Path) -> list[str]:
    return path.read_text().replace("~\n", "\n").splitlines()


def has(found: list[str], start: str) -> bool:
    """Whether a segment begins with these elements."""
    return any(segment == start or segment.startswith(f"{start}*") for segment in found)


@pytest.mark.parametrize(
    ("name", "value", "data", "kind", "usual", "changed"), EFFECTS, ids=[row[0] for row in EFFECTS]
)
def test_a_setting_has_its_effect(
    tmp_path: Path, name: str, value: str, data: bytes, kind: str, usual: str, changed: str
) -> None:
    run(tmp_path / "usual", data)
    run(tmp_path / "set", data, f"{name} = {value}")
    before, after = segments(tmp_path / "usual" / f"x.{kind}"), segments(tmp_path / "set" / f"x.{kind}")
    assert has(before, usual)
    assert has(after, changed)
    assert before != after
    assert usual not in after
    assert accepts(tmp_path / "set" / f"x.{kind}")


def test_every_setting_is_tested() -> None:
    assert [row[0] for row in EFFECTS] == list(AcknowledgmentSettings.__struct_fields__)
    for kind, text in ((AcknowledgmentParty, SENDER), (ClaimSource, SOURCE)):
        assert all(f"{name} = " in text for name in kind.__struct_fields__)


def test_findings_over_the_limit_are_said_to_be_left_out(tmp_path: Path) -> None:
    done = run(tmp_path / "x", CLAIM_FAULT, "findings_per_set = 1")
    assert "1 finding over the limit left out" in done.stdout


def test_adjudicate_takes_the_same_settings(tmp_path: Path) -> None:
    settings = f'isolate_claims = false\nlist_accepted_sets = false\nsender = {SENDER}\nta1 = "always"'
    data = file_of(group(st("0001", GOOD), st("0002", BAD)))
    for command in ("validate", "adjudicate"):
        run(tmp_path / command, data, settings, command)
    written, adjudicated = (segments(tmp_path / name / "x.999") for name in ("validate", "adjudicate"))
    assert adjudicated == written
    assert has(written, "GS*FA*APPL")
    assert (
        segments(tmp_path / "adjudicate" / "x.277ca")[:3] == segments(tmp_path / "validate" / "x.277ca")[:3]
    )


@pytest.mark.parametrize("command", ["validate", "adjudicate"])
def test_wrong_settings_are_refused_by_name_before_any_work(tmp_path: Path, command: str) -> None:
    done = run(tmp_path / "x", ONE_GOOD, 'ta1 = "sometimes"', command)
    assert "acknowledgments.ta1" in str(done.exception)
    assert {path.name for path in (tmp_path / "x").iterdir()} == {"x.837", "settings.toml"}

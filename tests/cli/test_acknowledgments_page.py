"""docs/acknowledgments.md says what is: every setting with its default, the example, the lines of Python."""

import re
import tomllib
from pathlib import Path

import msgspec
import pytest
from edi_hit_command import edi_hit

from edi_hit.profiles import AcknowledgmentSettings, read_run_settings
from edi_hit.profiles.acknowledgment import AcknowledgmentParty, ClaimSource

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "acknowledgments.md").read_text()
NAME = "three-claims-two-faulty"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def acks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    source = ROOT / "examples" / "faulty" / f"{NAME}.837"
    edi_hit("validate", source, "--ack-dir", tmp_path / "acks", "--as-of", "2025-08-01")
    return tmp_path / "acks"


def test_every_setting_is_listed_with_its_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\S.*?) \| (.*) \|$", PAGE, re.MULTILINE)
    defaults = msgspec.json.decode(msgspec.json.encode(AcknowledgmentSettings()))
    assert [name for name, _, _ in rows] == list(AcknowledgmentSettings.__struct_fields__)
    for name, written, _ in rows:
        default = None if written == "none" else tomllib.loads(f"x = {written.strip('`')}")["x"]
        assert default == defaults[name], name
    told = {name: text for name, _, text in rows}
    for name, kind in (("sender", AcknowledgmentParty), ("source", ClaimSource)):
        for field in msgspec.structs.fields(kind):
            said = field.name if field.required else f'{field.name} = "{field.default}"'
            assert said in told[name]


def test_the_settings_shown_are_right(tmp_path: Path) -> None:
    (text,) = blocks("toml")
    (tmp_path / "run.toml").write_text(text)
    settings = read_run_settings(tmp_path / "run.toml").acknowledgments
    assert settings.first_control_number == 4711
    assert settings.snip_in_999_by_set == {"835": (1, 2, 3, 4, 5)}


def test_the_example_is_what_is_written(acks: Path) -> None:
    shown = [block for block in blocks("") if "~" in block]
    for block, kind in zip(shown, ("999", "277ca"), strict=True):
        assert block in (acks / f"{NAME}.{kind}").read_text()


def test_the_lines_of_python_run(acks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (lines,) = blocks("python")
    exec(lines, {})
    assert capsys.readouterr().out == "FAULTY-A False\nGOOD-B True\n"

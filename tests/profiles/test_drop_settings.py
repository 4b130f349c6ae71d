"""The settings of a drop: what is read, and what is refused with the file and the setting named."""

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from edi_hit.exchange.drop import read_plan
from edi_hit.formats.schema_files import DROP, schema_files, shipped_schema
from edi_hit.rules import ConfigError

EXAMPLE = Path(__file__).parents[2] / "examples" / "drop" / "drop.toml"
SCHEMA = Draft202012Validator(json.loads(shipped_schema(DROP)))
FOLDER = '[[folders]]\nname = "a"\npath = "a"\n'


def refused(tmp_path: Path, text: str) -> str:
    path = tmp_path / "drop.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as refusal:
        read_plan(path)
    return str(refusal.value)


def test_the_example_and_the_schema() -> None:
    SCHEMA.validate(tomllib.loads(EXAMPLE.read_text()))
    assert schema_files()[DROP] == shipped_schema(DROP)
    assert not SCHEMA.is_valid({"ledger": "a.db", "folders": []})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FOLDER, "missing required field `ledger`"),
        ('ledger = "a"\nfolders = []', "folders: Expected `array` of length >= 1"),
        (f'ledger = "a"\n{FOLDER}{FOLDER}', "folders: the name a is given twice"),
        (f'ledger = "a"\n{FOLDER}do = "translate"', "folders.a.to: a form is wanted"),
        (f'ledger = "a"\n{FOLDER}do = "translate"\nto = "yaml"', "yaml"),
        (f'ledger = "a"\n{FOLDER}partners = ["b"]', "folders.a.partners: no profile is called b"),
        (f'ledger = "a"\npartners = ["none/*.toml"]\n{FOLDER}', "no file fits none/*.toml"),
        (f'ledger = "a"\n{FOLDER}settings = "none.toml"', "none.toml"),
        (f'ledger = "a"\n{FOLDER}name2 = "x"', "unknown field `name2`"),
        (f'ledger = "a"\npoll_seconds = 0\n{FOLDER}', "poll_seconds"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused(tmp_path, text)

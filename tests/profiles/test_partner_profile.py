"""Profiles of trading partners: what is read, and what is refused with the file and the setting named."""

import json
import tomllib
from pathlib import Path

import msgspec
import pytest
from jsonschema import Draft202012Validator
from partner_profiles import PARTIES, profile, rule

from edi_hit.formats.schema_files import PARTNER, schema_files, shipped_schema
from edi_hit.jobs.partner_files import checked_partner, checked_partners, partner_for
from edi_hit.profiles import AcknowledgmentPolicy, Partner, SftpTransport, Work, read_partner
from edi_hit.rules import ConfigError

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "partners").glob("*.toml"))
SCHEMA = Draft202012Validator(json.loads(shipped_schema(PARTNER)))


def refused(path: Path) -> str:
    with pytest.raises(ConfigError) as refusal:
        checked_partner(path)
    assert refusal.value.exit_code == 2
    said = str(refusal.value)
    assert said.startswith(f"{path}: ")
    return said.removeprefix(f"{path}: ")


def test_the_examples_can_be_used_and_hold_the_schema() -> None:
    assert len(EXAMPLES) == 2
    assert len(checked_partners(EXAMPLES)) == 2
    for path in EXAMPLES:
        SCHEMA.validate(tomllib.loads(path.read_text()))


def test_the_shipped_schema_is_made_from_the_code_and_as_strict() -> None:
    assert schema_files()[PARTNER] == shipped_schema(PARTNER)
    SCHEMA.check_schema(SCHEMA.schema)
    assert not SCHEMA.is_valid(tomllib.loads(PARTIES.replace("name", "nome")))
    assert not SCHEMA.is_valid(tomllib.loads('usage = "X"' + PARTIES))


def test_a_profile_needs_only_the_parties(tmp_path: Path) -> None:
    found = checked_partner(profile(tmp_path))
    assert (found.name, found.sender.id, found.usage) == ("dayton", "SENDER", None)
    assert found.acknowledgments == AcknowledgmentPolicy()
    assert msgspec.json.decode(msgspec.json.encode(found), type=Partner) == found


def test_every_kind_of_setting_is_read(tmp_path: Path) -> None:
    text = """
usage = "P"
guides = ["837P"]

[work]
do = "translate"
to = "json"
view = "claims"
[duplicates]
claim_days = 7
[limits]
bytes_per_file = 10
[transport]
kind = "sftp"
host = "sftp.example"
user = "us"
host_key = "ssh-ed25519 AAAAC3Nza"
private_key = "env:OUR_KEY"
""" + rule("allowed", "2000B", "SBR", 'element = 9\nvalues = ["MB"]')
    found = read_partner(profile(tmp_path, text))
    assert found.work is not None
    assert (found.work.do, found.work.to, found.duplicates.claim_days) == (Work.TRANSLATE, "json", 7)
    assert isinstance(found.transport, SftpTransport)
    assert (found.limits.bytes_per_file, found.rules[0].values) == (10, ("MB",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 1", "Object contains unknown field `colour`"),
        ('usage = "X"', "usage: Invalid enum value 'X'"),
        ('guides = ["837X"]', "guides: 837X is none of 837P"),
        ("\n[duplicates]\nclaim_days = -1", "duplicates.claim_days: "),
        ('\n[delimiters]\nelement = "A"', "delimiters: punctuation"),
        ('\n[delimiters]\nelement = ":"', "delimiters: four different ones are wanted"),
        ('\n[naming]\noutput = "{id}"', "naming.output: a text with {id} and {type}"),
        ('\n[naming]\noutput = "{id}{claim}.{type}"', "naming.output: a text with {id}"),
        ('\n[naming]\noutput = "../{id}.{type}"', "naming.output: letters, digits"),
        ('\n[naming]\noutput = "{id.type}.{type}"', "naming.output: a text with {id}"),
        ('\n[work]\ndo = "translate"', "work.to: the form to translate to is wanted"),
        ('\n[work]\ndo = "validate"\nto = "xml"', "work.to: the form"),
        ('\n[work]\ndo = "translate"\nto = "yaml"', "work.to: "),
        ('\n[transport]\nkind = "sftp"', "transport: Object missing required field `host`"),
        (rule("allowed", "2300", "CLM"), "rules: OWN-1: allowed values need an element"),
        (rule("required", "2300", "", "element = 1"), "rules: OWN-1: an element is of a segment"),
        (rule("required", "2300", "CLM", 'values = ["A"]'), "rules: OWN-1: values are for rules of kind"),
        (rule("required", "2300", "QQQ"), "rules: OWN-1: Loop 2300 QQQ is in none of 837P"),
        (
            rule("required", "2300", "REF*QQ", 'guides = ["837P"]'),
            "Loop 2300 REF*QQ is in none of",
        ),
        (rule("required", "9999"), "rules: OWN-1: Loop 9999 is in none of"),
        (rule("wanted", "2300"), "rules[0].kind: Invalid enum value 'wanted'"),
        (rule("required", "2300", "CLM") * 2, "rules: the id OWN-1 is given twice"),
        (rule("required", "2300", "CLM").replace("OWN-1", "X12-ENV-01"), "the id is that of another rule"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_setting(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused(profile(tmp_path, text))


def test_partners_that_cannot_be_told_apart_are_refused(tmp_path: Path) -> None:
    one, two = profile(tmp_path, name="one"), profile(tmp_path, name="two")
    with pytest.raises(ConfigError, match="the same sender and receiver: ZZ SENDER ZZ RECEIVER"):
        checked_partners([one, two])
    with pytest.raises(ConfigError, match="the same name: one"):
        checked_partners([one, one])


def test_partners_of_one_sender_are_told_apart_by_the_receiver(tmp_path: Path) -> None:
    one, two = profile(tmp_path, name="one"), profile(tmp_path, name="two")
    two.write_text(two.read_text().replace("RECEIVER", "OTHER"))
    partners = checked_partners([one, two])

    class To:
        sender_qualifier, sender, receiver_qualifier = "ZZ", "SENDER", "ZZ"

        def __init__(self, receiver: str) -> None:
            self.receiver = receiver

    found = [partner_for(partners.values(), To(name)) for name in ("RECEIVER", "OTHER", "NOBODY")]
    assert [one and one.name for one in found] == ["one", "two", None]
    (alone,) = checked_partners([one]).values()
    assert partner_for([alone], To("NOBODY")) is alone

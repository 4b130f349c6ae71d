"""The settings of a run: what is read, and what is refused with the file and the setting named."""

from decimal import Decimal
from pathlib import Path

import pytest

from edi_hit.profiles import (
    AcknowledgmentSettings,
    History,
    RunSettings,
    SameDayCategories,
    Unknown,
    read_run_settings,
)
from edi_hit.profiles.remittance_forms import PAYER_FORMS, REMITTANCE_FORMS
from edi_hit.profiles.setting_forms import text_faults
from edi_hit.rules import ConfigError


def read(folder: Path, text: str) -> RunSettings:
    path = folder / "run.toml"
    path.write_text(text, encoding="utf-8")
    return read_run_settings(path)


def refused(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as refusal:
        read(folder, text)
    assert refusal.value.exit_code == 2
    said = str(refusal.value)
    assert said.startswith(str(folder / "run.toml"))
    return said.removeprefix(f"{folder / 'run.toml'}: ")


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert read(tmp_path, "") == RunSettings()
    assert RunSettings().deductible_left is None


def test_the_defaults_have_the_forms_that_are_asked_of_a_file() -> None:
    settings = RunSettings()
    assert list(text_faults(settings.payer, PAYER_FORMS, "payer")) == []
    assert list(text_faults(settings.remittance, REMITTANCE_FORMS, "remittance")) == []


def test_every_setting_is_read(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        """
        unknown = "pend"
        history = "complete"
        same_day_categories = "return"
        deductible_left = "120.50"
        [payer]
        name = "PART B"
        [payers.10112]
        name = "PALMETTO"
        tax_id = "123456789"
        contact_name = ""
        [remittance]
        sender = "ME-1"
        receiver = "YOU 2"
        first_control_number = 999999999
        """,
    )
    assert (settings.unknown, settings.history) == (Unknown.PEND, History.COMPLETE)
    assert settings.same_day_categories is SameDayCategories.RETURN
    assert settings.deductible_left == Decimal("120.50")
    assert (settings.payer.name, settings.payers["10112"].tax_id) == ("PART B", "123456789")
    assert (settings.remittance.sender, settings.remittance.receiver) == ("ME-1", "YOU 2")
    assert settings.remittance.first_control_number == 999_999_999


@pytest.mark.parametrize(
    ("written", "dollars"),
    [
        *(("0", "0"), ("257", "257"), ("257.00", "257"), ('"257.10"', "257.10"), ("1e3", "1000")),
        *(("0.010", "0.01"), ("1_000_000", "1000000"), ("-0.0", "0")),
    ],
)
def test_a_deductible_in_whole_cents(tmp_path: Path, written: str, dollars: str) -> None:
    assert read(tmp_path, f"deductible_left = {written}").deductible_left == Decimal(dollars)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "nan",
            "-nan",
            '"NaN"',
            '"sNaN"',
            "inf",
            "-inf",
            '"Infinity"',
            "1e30",
            "1e-30",
            "0.005",
            "-1",
            "-0.01",
        ),
        *("1000000.01", "1e999999", '"1E+999999"'),
    ],
)
def test_any_other_deductible_is_refused(tmp_path: Path, written: str) -> None:
    said = refused(tmp_path, f"deductible_left = {written}")
    assert said == "deductible_left: 0 to 1,000,000 dollars in whole cents are wanted"


@pytest.mark.parametrize("written", ['"abc"', "true", "[1]", "2025-01-01"])
def test_a_deductible_that_is_no_number_is_refused(tmp_path: Path, written: str) -> None:
    assert refused(tmp_path, f"deductible_left = {written}").startswith("deductible_left: ")


PAYER_TEXTS = [
    ("name", "X" * 60, ["", "X" * 61, " X", "X ", "X\\nY", "CAF\u00c9", "X\\u001dY"]),
    ("line1", "1 MAIN ST", ["", "X" * 56]),
    ("city", "NY", ["", "X", "X" * 31]),
    ("state", "MD", ["", "M", "MDX", "md", "M1"]),
    ("postal_code", "21244", ["", "21", "X" * 16]),
    ("tax_id", "123456789", ["", "12345678", "1234567890", "12-3456789", "12345678X", "123456789\\n"]),
    ("contact_name", "", ["X" * 61, "\\t"]),
    ("contact_url", "x.org", ["", "X" * 257]),
]


@pytest.mark.parametrize("under", ["payer", "payers.10112", 'payers."A B"'])
@pytest.mark.parametrize(("name", "good", "bad"), PAYER_TEXTS)
def test_texts_of_a_payer(tmp_path: Path, under: str, name: str, good: str, bad: list[str]) -> None:
    assert read(tmp_path, f'[{under}]\n{name} = "{good}"')
    for text in bad:
        said = refused(tmp_path, f'[{under}]\n{name} = "{text}"')
        assert said.startswith(f"{under.replace(chr(34), '')}.{name}: ")
        assert said.endswith("are wanted")


@pytest.mark.parametrize("name", ["sender", "receiver"])
@pytest.mark.parametrize(
    "text", ["X", "X" * 16, " ", "A*B", "A:B", "A~B", "A^B", "A|B", "AB ", "\u00c4B", "A\\tB"]
)
def test_ids_of_the_interchange(tmp_path: Path, name: str, text: str) -> None:
    said = refused(tmp_path, f'[remittance]\n{name} = "{text}"')
    assert said.startswith(f"remittance.{name}: ")
    assert "* : ~ ^ |" in said


def test_a_sender_is_needed_and_a_receiver_is_not(tmp_path: Path) -> None:
    assert read(tmp_path, '[remittance]\nsender = "A-1/2 (B) + C>D"\nreceiver = ""')
    assert refused(tmp_path, '[remittance]\nsender = ""').startswith("remittance.sender: ")


@pytest.mark.parametrize("number", ["0", "-1", "1000000000", '"1"', "1.5"])
def test_a_control_number_has_nine_digits_at_most(tmp_path: Path, number: str) -> None:
    said = refused(tmp_path, f"[remittance]\nfirst_control_number = {number}")
    assert said.startswith("remittance.first_control_number: ")


ACKNOWLEDGMENTS = [
    # a setting that is right, settings that are wrong, where they are named
    ('ta1 = "asked"', ['ta1 = "often"'], "ta1"),
    ("snip_in_999 = [1, 7]", ["snip_in_999 = [8]", "snip_in_999 = [0]"], "snip_in_999[0]"),
    ("snip_in_277ca = []", ["snip_in_277ca = 3"], "snip_in_277ca"),
    ('snip_in_999_by_set = {"835" = [1]}', ["snip_in_999_by_set = {835P = [1]}"], "snip_in_999_by_set"),
    ("findings_per_set = 1", ["findings_per_set = 0", "findings_per_set = 100001"], "findings_per_set"),
    (
        "interchange_verdicts = {001 = 'A', 027 = 'R'}",
        ["interchange_verdicts = {000 = 'R'}", "interchange_verdicts = {028 = 'R'}"],
        "interchange_verdicts",
    ),
    (
        "rejecting_group_codes = ['1', '26']",
        ["rejecting_group_codes = ['7']", "rejecting_group_codes = ['05']"],
        "rejecting_group_codes",
    ),
    ("accepted_as = 'A1'", ["accepted_as = 'A3'"], "accepted_as"),
    ("sender = {id = 'ME-1'}", ["sender = {id = 'X'}", "sender = {id = 'A*B'}"], "sender.id"),
    (
        "sender = {id = 'ME-1', qualifier = '30'}",
        ["sender = {id = 'ME-1', qualifier = '99'}", "sender = {id = 'ME-1', qualifier = ' 1'}"],
        "sender.qualifier",
    ),
    (
        "receiver = {id = 'ME-1', application = 'APP'}",
        ["receiver = {id = 'ME-1', application = 'A'}"],
        "receiver.application",
    ),
    (
        "source = {name = 'A', id = '12', id_qualifier = 'XV', entity = 'AY'}",
        ["source = {name = 'A', id = '12', entity = 'QC'}"],
        "source.entity",
    ),
    ("source = {name = 'A', id = '12'}", ["source = {name = 'A', id = '1\t2'}"], "source.id"),
    ("source = {name = 'A', id = '12'}", ["source = {name = ' A', id = '12'}"], "source.name"),
    ("first_control_number = 2", ["first_control_number = 0"], "first_control_number"),
]


@pytest.mark.parametrize(("right", "wrong", "place"), ACKNOWLEDGMENTS)
def test_settings_of_acknowledgements(tmp_path: Path, right: str, wrong: list[str], place: str) -> None:
    assert read(tmp_path, f"[acknowledgments]\n{right}").acknowledgments != AcknowledgmentSettings()
    for text in wrong:
        assert refused(tmp_path, f"[acknowledgments]\n{text}").startswith(f"acknowledgments.{place}: ")


BANK = 'bank = {routing = "011900445", account = "99"'
PRODUCTION = '[remittance]\nproduction = true\nsender = "PAYER1"\n[payer]\ntax_id = "521234567"'
BY_ACH = PRODUCTION.replace("sender", "method = 'ACH'\nsender")


@pytest.mark.parametrize(
    ("right", "wrong", "place"),
    [
        (f"[payer]\n{BANK}}}", f"[payer]\n{BANK.replace('445', '448')}}}", "payer.bank.routing"),
        (f"[payers.1]\n{BANK}}}", f"[payers.1]\n{BANK.replace('445', '')}}}", "payers.1.bank.routing"),
        (f"[payees.1]\n{BANK}, kind='SG'}}", f"[payer]\n{BANK}, kind='SG'}}", "payer.bank.kind"),
        (f"[payees.1]\n{BANK}}}", "[payees.1]\nbank = {routing='011900445', account=' '}", "payees.1.bank"),
        ("[payees.1]\nname = 'A'", "[payees.1]\nname = ' A'", "payees.1.name"),
        (
            "[payees.1]\nline1='1 A ST'\ncity='TOWN'\nstate='AL'\npostal_code='35203'",
            "[payees.1]\nline1='1 A ST'\ncity='TOWN'\nstate='AL'",
            "payees.1",
        ),
        ("[payees.1]\ntax_id='123456789'", "[payees.1]\ntax_id='12-3456789'", "payees.1.tax_id"),
        ("[payer]\nremarks = ['MA01']", "[payer]\nremarks = ['ma01']", "payer.remarks"),
        ("[payer]\nremarks = ['MA01']", "[payer]\nremarks = ['A','B','C','D','E']", "payer.remarks"),
        ("[payer]\nfiling_indicator = '12'", "[payer]\nfiling_indicator = 'CIX'", "payer.filing_indicator"),
        (PRODUCTION, "[remittance]\nproduction = true", "remittance.sender"),
        (f"{BY_ACH}\n{BANK}}}", BY_ACH, "remittance.method"),
        (PRODUCTION, PRODUCTION.replace("521234567", "000000000"), "payer.tax_id"),
        (PRODUCTION, f"{PRODUCTION}\n[payers.1]\nname = 'A'", "payers.1.tax_id"),
        ("[remittance]\nmethod='NON'", "[remittance]\nmethod='FWT'", "remittance.method"),
        ("[remittance]\nrecovery='later'", "[remittance]\nrecovery='never'", "remittance.recovery"),
        ("[remittance]\nrecovery_days=1", "[remittance]\nrecovery_days=0", "remittance.recovery_days"),
        ("[remittance]\ninterest_percent=4.5", "[remittance]\ninterest_percent=0", "remittance.interest"),
        ("[remittance]\ninterest_percent=100", "[remittance]\ninterest_percent=101", "remittance.interest"),
        ("[remittance]\ninterest_percent=1", "[remittance]\ninterest_percent=nan", "remittance.interest"),
        ("[remittance]\ninterest_percent=1", "[remittance]\ninterest_percent=inf", "remittance.interest"),
    ],
)
def test_settings_of_remittances(tmp_path: Path, right: str, wrong: str, place: str) -> None:
    assert read(tmp_path, right) != RunSettings()
    assert refused(tmp_path, wrong).startswith(place)


def test_every_fault_is_told(tmp_path: Path) -> None:
    said = refused(tmp_path, 'deductible_left = -1\n[payer]\nstate = "X"\n[remittance]\nsender = ""')
    assert [line.removeprefix(f"{tmp_path / 'run.toml'}: ").split(":")[0] for line in said.splitlines()] == [
        "deductible_left",
        "payer.state",
        "remittance.sender",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('unknown = "perhaps"', "unknown: Invalid enum value 'perhaps'"),
        ("sauce = 1", "Object contains unknown field `sauce`"),
        ("[payer]\nnmae = 'X'", "payer: Object contains unknown field `nmae`"),
        ("[payers.10112]\nnmae = 'X'", "payers.10112: Object contains unknown field `nmae`"),
        (
            "[payers.10112]\nname = 'A'\n[payers.20112]\nname = 1",
            "payers.20112.name: Expected `str`, got `int`",
        ),
        (
            "[codes.HIT-POS]\ngroup = 'CO'\ncarc = '5'\n[codes.HIT-DUP]\ngroup = 'XX'\ncarc = '18'",
            "codes.HIT-DUP.group: Expected `str` matching regex",
        ),
        ("payers = 3", "payers: Expected `object`, got `int`"),
        ("deductible_left =", "Invalid value"),
        ("deductible_left = 1e99999999999999999999", "a number is out of range"),
        (f"deductible_left = 1{'0' * 5000}", "integer string conversion"),
        ("x = " + "[" * 5000 + "]" * 5000, "recursion"),
    ],
)
def test_a_malformed_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused(tmp_path, text)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.toml", tmp_path):
        with pytest.raises(ConfigError, match=path.name):
            read_run_settings(path)
    path = tmp_path / "latin.toml"
    path.write_bytes(b"[payer]\nname = 'CAF\xc9'\n")
    with pytest.raises(ConfigError, match=r"latin\.toml"):
        read_run_settings(path)

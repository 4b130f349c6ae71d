"""The drop and the service answer nothing else again: they say how many people are left to reopen."""

from pathlib import Path

from drop_folders import Drop
from edi_hit_command import edi_hit
from http_service import served
from prometheus_client.parser import text_string_to_metric_families
from visit_files import EXAMPLES, per_diem

from edi_hit.ledger import init_ledger

DAY = "20250203"
FIRST = "SIM000001000000001"
ANSWERED = per_diem("A1", DAY), per_diem("B1", DAY)
VOID = per_diem("V1", DAY, frequency="8", replaces=FIRST)
SETTINGS = EXAMPLES / "settings.toml"


def test_the_drop_says_so_in_its_log_its_status_and_its_figures(tmp_path: Path) -> None:
    drop = Drop(
        tmp_path / "drop",
        f'do = "adjudicate"\nsettings = "{SETTINGS}"',
        more='metrics = "figures/drop.prom"',
    )
    for name, text in zip("ab", ANSWERED, strict=True):
        drop.put(name, with_number(text, name))
    assert "to reopen" not in [line["event"] for line in drop.run()]
    assert "people" not in edi_hit("drop", drop.config, "--status").stdout
    drop.put("v", with_number(VOID, "v"))
    (line,) = [line for line in drop.run() if line["event"] == "to reopen"]
    assert (line["people"], line["folder"]) == (1, "claims")
    said = "to 1 people earlier answers may rest on what was taken back: edi-hit ledger reopen"
    assert said in edi_hit("drop", drop.config, "--status").stdout
    families = text_string_to_metric_families((tmp_path / "drop" / "figures" / "drop.prom").read_text())
    values = {one.name: one.value for family in families for one in family.samples}
    assert values["edi_hit_drop_people_to_reopen"] == 1
    reopened = edi_hit(
        "ledger", "reopen", "--ledger", drop.ledger, "--config", SETTINGS, "--out", tmp_path / "out",
        "--as-of", "2025-08-02",
    )  # fmt: skip
    assert "1 claims answered otherwise than before" in reopened.stdout
    assert "people" not in edi_hit("drop", drop.config, "--status").stdout


def with_number(text: str, name: str) -> bytes:
    """A file with an interchange number (ISA13, IEA02) of its own."""
    old = text.split("*")[13]
    assert text.count(old) == 2
    return text.replace(old, f"{ord(name):09d}").encode()


def test_the_service_says_so_in_its_answer(tmp_path: Path) -> None:
    init_ledger(str(tmp_path / "ledger.db"))
    settings = f'ledger = "ledger.db"\nrun = "{SETTINGS}"\n'
    with served(tmp_path, settings=settings) as service:
        for text, people in zip((*ANSWERED, VOID), (0, 0, 1), strict=True):
            told = service.post("/v1/adjudicate?as_of=2025-08-01", text.encode()).json
            assert (told["people_to_reopen"], told["failures"]) == (people, [])
        (page,) = [file for file in told["files"] if file["name"].endswith("report.html")]
        assert "edi-hit ledger reopen" in page["text"]

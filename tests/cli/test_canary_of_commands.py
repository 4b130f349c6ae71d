"""Names, ids and birth dates of a file's people stand in no error, log line or file name of any command."""

from pathlib import Path

import pytest
from edi_hit_command import edi_hit

EXAMPLE = Path(__file__).parents[2] / "examples" / "01-first-visit.837"
CANARIES = ("QUETZALCOATL", "XOCHIPILLI", "3AA9AA9AA99", "19431224")
PARTNER = 'name = "payer-one"\nsender = {id = "PAYERONE"}\nreceiver = {id = "RIVERBEND1"}\n'


def marked(text: str) -> str:
    """The example's patient under other names, with another id and birth date."""
    lines = []
    for line in text.splitlines():
        elements = line.rstrip("~").split("*")
        if elements[:2] == ["NM1", "IL"]:
            elements[3], elements[4], elements[9] = CANARIES[:3]
        elif elements[0] == "DMG":
            elements[2] = CANARIES[3]
        lines.append("*".join(elements) + "~")
    return "\n".join(lines) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    good = marked(EXAMPLE.read_text())
    assert all(canary in good for canary in CANARIES)
    (tmp_path / "good.837").write_text(good)
    faulty = good.replace("*G0088*", "*G00*").replace("19431224", "19431224X").replace("SE*", "SE*9")
    (tmp_path / "faulty.837").write_text(faulty.replace("3AA9AA9AA99", "3AA9AA9AA99^"))
    (tmp_path / "cut.837").write_text(good[: good.index("DMG*") + 14])
    (tmp_path / "partner.toml").write_text(PARTNER)
    return tmp_path


def test_no_command_tells_whom_a_file_is_about(folder: Path) -> None:
    ledger = ("--ledger", folder / "ledger.db")
    files = [folder / name for name in ("good.837", "faulty.837", "cut.837")]
    out, day = folder / "out", ("--as-of", "2025-08-01")
    told = [
        edi_hit("ledger", "init", *ledger),
        edi_hit("validate", *files, "--no-values", "--ack-dir", folder / "acks", *day),
        edi_hit("validate", *files, "-q"),
        edi_hit("adjudicate", *files, "--out", out, *ledger, *day),
        edi_hit("-v", "adjudicate", *files, "--out", out, *day),
        *(edi_hit("translate", file, "--to", "json", "-d", folder / "forms") for file in files),
        *(edi_hit("translate", file, "--to", "ndjson", "-d", folder / "forms") for file in files),
        *(edi_hit("ledger", "load-claims", file, *ledger) for file in files),
        edi_hit("ledger", "status", *ledger),
        *(
            edi_hit("batch", file, "--partner", folder / "partner.toml", *ledger, "-d", folder / "sent", *day)
            for file in files
        ),
        edi_hit("receive", *files, *ledger, *day),
        edi_hit("status", *ledger, *day),
        edi_hit("reconcile", out / "good.835", out / "good.835"),
        edi_hit("post", out / "good.835", files[1], "-o", folder / "post"),
    ]
    printed = [done.stderr for done in told] + [told[1].stdout, told[2].stdout]
    names = [str(path.relative_to(folder)) for path in folder.rglob("*")]
    assert any(printed)
    for canary in CANARIES:
        assert not [text for text in (*printed, *names) if canary in text]
    assert [done.args[1] for done in told if "Traceback" in done.stderr] == ["-v"]

"""A command loads what it needs and no more: checking one small file is over before a person waits."""

import subprocess
import sys
from pathlib import Path

import pytest

from edi_hit.sample import write_sample_837p

HEAVY = (
    "sqlalchemy",
    "jinja2",
    "duckdb",
    "pyarrow",
    "edi_hit.acks",
    "edi_hit.benefits",
    "edi_hit.formats.loops",
    "edi_hit.ledger",
)
"""What plain checking has no use for."""


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [((), set()), (("--ack-dir", "acks"), {"edi_hit.acks"})],
)
def test_validate_loads_only_what_it_is_asked_for(
    arguments: tuple[str, ...], wanted: set[str], tmp_path: Path
) -> None:
    with (tmp_path / "one.837").open("wb") as stream:
        write_sample_837p(stream, 1, 7)
    code = (
        "import sys\n"
        "from edi_hit.cli.main import edi_hit_command\n"
        "edi_hit_command.main(['validate', *sys.argv[1:]], standalone_mode=False)\n"
        f"print('loaded:', *(name for name in {HEAVY} if name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "one.837", *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.splitlines()[-1].removeprefix("loaded:").split())
    assert loaded == wanted

"""Imported once, by the process that those of the work are forked from.

Guides are compiled and tables read there, so that a piece of work need not: it begins in milliseconds.
"""

import datetime
import tempfile
from pathlib import Path

from edi_hit.exchange.http.job_record import BODY, OUTPUTS
from edi_hit.exchange.http.operations import WORK
from edi_hit.exchange.http.operations.work import Work, WorkSettings
from edi_hit.guides import guide
from edi_hit.sample import write_sample_837p

_WARMED = ("validate", "look")
_DAY = datetime.date(2025, 1, 1)


def _warm(operation: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / OUTPUTS).mkdir()
        with (folder / BODY).open("wb") as body:
            write_sample_837p(body, 10, 1)
        one = WORK[operation]
        one.work(Work(folder, one.query(), _DAY, WorkSettings(), inline=True, href=""))


for _name in _WARMED:
    _warm(_name)
for _name in ("837I", "835"):
    guide(_name)

"""A worker of a drop as a process of its own, with a fixed day and control numbers: what fault runs kill.

`python drop_worker.py CONFIG [--once] [--ledger-numbers]`; the log goes to standard error. Control numbers
are made of each file's digest, or come from the ledger as they do in production.
"""

import signal
import sys
from pathlib import Path

from drop_folders import DAY_FIXED, FIXED

from edi_hit.exchange.drop import DropRun, read_plan
from edi_hit.ledger import open_ledger


def main(config: Path, once: bool, ledger_numbers: bool) -> int:
    plan = read_plan(config)
    with open_ledger(plan.ledger) as ledger:
        run = DropRun(plan, ledger, sys.stderr, DAY_FIXED if ledger_numbers else FIXED)
        signal.signal(signal.SIGTERM, lambda number, frame: run.stop())
        return run.run(once=once)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "--once" in sys.argv, "--ledger-numbers" in sys.argv))

"""Ratios of this package against plain yardsticks, on the same files, in one run.

    python bench/run.py [--claims 50000] [--peer-claims 2000] [--growth 100]

Files are synthetic and varied, made in a temporary folder and removed. Rates are segments per CPU second (the
best of three runs; of one for peers); what counts is the ratio.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import files
import jobs
import peers
from timing import Timed, heading, row, timed

SMALL_FILE = 5_000
"""Claims of the file that is grown to measure memory."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=50_000)
    parser.add_argument("--peer-claims", type=int, default=2_000)
    parser.add_argument(
        "--growth", type=int, default=100, help="how many times 5,000 claims the largest file is"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in files.KINDS:
            large, small = (files.sample(folder, kind, n) for n in (options.claims, options.peer_claims))
            heading(f"{kind}: {options.claims} claims, {files.segments(large)} segments; thousands a second")
            measure_kind(large, small)
        heading("One claim")
        measure_start(files.sample(folder, "837P", 1))
        heading("Memory and growth: edi-hit validate")
        measure_growth(files.sample(folder, "837P", SMALL_FILE), options.growth)


def measure_kind(large: Path, small: Path) -> None:
    count, few = files.segments(large), files.segments(small)
    plain = timed(peers.split, large, 3)
    pyx12 = timed(peers.pyx12_validate, small, units=few)
    against = [(peers.SPLIT, plain.rate), (peers.PYX12, pyx12.rate)]
    row("streaming split", plain)
    row("pyx12 x12n_document", pyx12)
    if x12sdk := timed_x12sdk(small, few):
        row("x12sdk parse (validates)", x12sdk)
        against.append((peers.X12SDK, x12sdk.rate))
    row("tokenise with positions", timed(jobs.tokenise, large, 3), *against[:1])
    row("loop tree (SNIP 1-2)", timed(jobs.loops, large, 3, count), *against)
    clean = timed(jobs.validate, large, 3, count)
    row("full validation (SNIP 1-5, receipt)", clean, *against)
    if large.suffix == ".837":
        broken = files.faulty(large, large.with_name("faulty.837"))
        faulty = timed(jobs.validate, broken, 1, count)
        row("the same, one fault in ten claims", faulty, *against)
        print(f"  a fault in every tenth claim: {faulty.seconds / clean.seconds:.2f} x the time of none")
        row("claim objects", timed(jobs.claims, large, 1, count), *against)


def timed_x12sdk(path: Path, segments: int) -> Timed | None:
    """x12sdk on the same file, under the guide ids it knows; None where it does not read it."""
    copy = peers.for_x12sdk(path, path.with_name("x12sdk" + path.suffix))
    try:
        return timed(peers.x12sdk_parse, copy, units=segments)
    except ImportError:
        print("  x12sdk is not installed")
    except ValueError:
        print("  x12sdk refuses the file (in an 837I, a line's period of days)")
    return None


def measure_start(path: Path) -> None:
    """Wall seconds of a whole process on one claim."""
    best = min(wall_seconds(path) for _ in range(5))
    print(f"  edi-hit validate, whole process: {best:.2f} s")


def wall_seconds(path: Path) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "edi_hit", "validate", str(path)], check=True, capture_output=True)
    return time.perf_counter() - start


def measure_growth(small: Path, times: int) -> None:
    for factor in (1, 10, times):
        path = files.grown(small, small.with_name("grown.837"), factor)
        seconds, megabytes = peak(path)
        size = path.stat().st_size / 1e6
        print(
            f"  {SMALL_FILE * factor:8} claims, {size:6.1f} MB: {seconds:7.2f} s,"
            f" {files.segments(path) / seconds / 1000:6.1f} k segments/s, {megabytes:4.0f} MB resident"
        )


def peak(path: Path) -> tuple[float, float]:
    """CPU seconds and resident megabytes of a process of its own that validates `path`."""
    code = (
        "import resource, sys\n"
        "from click.testing import CliRunner\n"
        "from edi_hit.cli.main import edi_hit_command\n"
        "edi_hit_command.main(['validate', sys.argv[1]], standalone_mode=False)\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
    )
    seconds, megabytes = done.stdout.splitlines()[-1].split()
    return float(seconds), float(megabytes)


if __name__ == "__main__":
    main()

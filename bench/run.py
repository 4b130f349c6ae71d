"""Ratios of this package against plain yardsticks, on the same files, in one run.

    make bench [BENCH="--claims 50000 --peer-claims 2000 --growth 100"]

Files are synthetic and varied, made in a temporary folder and removed. Rates are segments per CPU second, the
best of the runs; the two sides of a ratio take turns, and the ratio of their wall time is told beside it.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import files
import jobs
import peers
from formats import measure_forms
from timing import Task, heading, row, take_turns

import edi_hit.guides.loop_builder

SMALL_FILE = 5_000
"""Claims of the file that is grown to measure memory."""

VALIDATION, FAULTY = "full validation (SNIP 1-5, receipt)", "the same, one fault in ten claims"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=50_000)
    parser.add_argument("--peer-claims", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--growth", type=int, default=100, help="how many times 5,000 claims the largest file is"
    )
    options = parser.parse_args()
    print(f"edi_hit as installed: {installed()}")
    print("ratios by CPU time, by wall time in brackets")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in files.KINDS:
            large, small = (files.sample(folder, kind, n) for n in (options.claims, options.peer_claims))
            heading(f"{kind}: {options.claims} claims, {files.segments(large)} segments; thousands a second")
            measure_kind(large, small, options.rounds)
        measure_forms(folder, options.peer_claims, options.rounds)
        measure_main_job(options.claims, options.peer_claims, options.rounds)
        heading("One claim: edi-hit validate, the whole process")
        measure_start(files.sample(folder, "837P", 1))
        heading("Memory and growth: edi-hit validate")
        measure_growth(files.sample(folder, "837P", SMALL_FILE), options.growth)


def installed() -> str:
    """Which build is measured."""
    pure = edi_hit.guides.loop_builder.__file__.endswith(".py")
    return "pure Python" if pure else "inner loops compiled (mypyc)"


def measure_kind(large: Path, small: Path, rounds: int) -> None:
    count, few = files.segments(large), files.segments(small)
    peer_tasks = [
        Task(peers.SPLIT, peers.split, large, count),
        Task(peers.PYX12, peers.pyx12_validate, small, few),
    ]
    for_x12sdk = peers.for_x12sdk(small, small.with_name("x12sdk" + small.suffix))
    if x12sdk_reads(for_x12sdk):
        peer_tasks.append(Task(peers.X12SDK, peers.x12sdk_parse, for_x12sdk, few))
    own_tasks = [
        Task("tokenise with positions", jobs.tokenise, large, count),
        Task("loop tree (SNIP 1-2)", jobs.loops, large, count),
        Task(VALIDATION, jobs.validate, large, count),
    ]
    if large.suffix == ".837":
        broken = files.faulty(large, large.with_name("faulty.837"))
        own_tasks.append(Task(FAULTY, jobs.validate, broken, count))
        own_tasks.append(Task("claim objects", jobs.claims, large, count))
    timed = take_turns([*peer_tasks, *own_tasks], rounds)
    for task in peer_tasks:
        row(task.name, timed[task.name])
    for task in own_tasks:
        row(task.name, timed[task.name], [(peer.name, timed[peer.name]) for peer in peer_tasks])
    if FAULTY in timed:
        times = timed[FAULTY].cpu / timed[VALIDATION].cpu
        print(f"  a fault in every tenth claim: {times:.2f} x the CPU time of none")


def x12sdk_reads(path: Path) -> bool:
    """Whether x12sdk is there and takes the file; says where not."""
    try:
        peers.x12sdk_parse(path)
    except ImportError:
        print("  x12sdk is not installed")
        return False
    except ValueError:
        print("  x12sdk refuses the file (in an 837I, a line's period of days)")
        return False
    return True


def measure_main_job(claims: int, peer_claims: int, rounds: int) -> None:
    """In a process of its own, as it is used, with nothing in memory of what was measured before."""
    sys.stdout.flush()
    numbers = {"--claims": claims, "--peer-claims": peer_claims, "--rounds": rounds}
    given = [text for option, number in numbers.items() for text in (option, str(number))]
    subprocess.run([sys.executable, Path(__file__).with_name("main_job.py"), *given], check=True)


def measure_start(path: Path) -> None:
    """Wall seconds of a whole process on one claim: as always, and with no bytecode kept by Python."""
    print(f"  as always: {min(wall_seconds(path) for _ in range(5)):.2f} s")
    with tempfile.TemporaryDirectory() as empty:
        print(f"  the first time, nothing cached: {wall_seconds(path, empty):.2f} s")


def wall_seconds(path: Path, bytecode: str | None = None) -> float:
    program = Path(sys.executable).with_name("edi-hit")
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode} if bytecode else None
    start = time.perf_counter()
    subprocess.run([program, "validate", path], env=environment, check=True, capture_output=True)
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
    """CPU seconds and the most resident megabytes of a process of its own that validates `path` (Linux)."""
    code = (
        "import re, sys, time\n"
        "from pathlib import Path\n"
        "from edi_hit.cli.main import edi_hit_command\n"
        "edi_hit_command.main(['validate', sys.argv[1]], standalone_mode=False)\n"
        "most = re.search(r'VmHWM:\\s+(\\d+) kB', Path('/proc/self/status').read_text())\n"
        "print(time.process_time(), int(most[1]) / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(path)], capture_output=True, text=True, check=False
    )
    seconds, megabytes = done.stdout.splitlines()[-1].split()
    return float(seconds), float(megabytes)


if __name__ == "__main__":
    main()

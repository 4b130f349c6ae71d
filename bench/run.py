"""Ratios of this package against plain yardsticks, on the same file, in one run.

    python bench/run.py [--claims 20000] [--megabytes 500]

Times are wall seconds of the best of three; what counts is the ratio. Files are synthetic and varied, made
in a temporary folder and removed.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from edi_hit.claims import ClaimRecord, read_claims
from edi_hit.guides import Unit, read_loops
from edi_hit.sample import write_sample_837p
from edi_hit.x12 import ELEMENT, read_events, read_segments

BLOCK = 128 * 1024


def streaming_split(path: Path) -> int:
    """The yardstick: blocks split into segments and elements, nothing else."""
    count, rest = 0, b""
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            parts = (rest + block).split(b"~\n")
            rest = parts.pop()
            for part in parts:
                part.split(b"*")
                count += 1
    return count


def tokenise(path: Path) -> int:
    count = 0
    for segment in read_segments(path):
        segment.text.split(ELEMENT)
        count += 1
    return count


def loops(path: Path) -> int:
    return sum(isinstance(event, Unit) for event in read_loops(read_events(path)))


def claims(path: Path) -> int:
    return sum(isinstance(event, ClaimRecord) for event in read_claims(path))


def best(work: Callable[[Path], int], path: Path, runs: int = 3) -> tuple[float, int]:
    times, result = [], 0
    for _ in range(runs):
        start = time.perf_counter()
        result = work(path)
        times.append(time.perf_counter() - start)
    return min(times), result


def peak_megabytes(path: Path) -> float:
    """Resident memory of a process of its own that reads `path` to its end."""
    code = (
        "import resource, sys\n"
        "from edi_hit.x12 import read_segments\n"
        "for segment in read_segments(sys.argv[1]): pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def grow(source: Path, target: Path, megabytes: int) -> None:
    """Repeat the interchange of `source` until `target` has the size wanted."""
    data = source.read_bytes()
    with target.open("wb") as stream:
        while stream.tell() < megabytes * 1_000_000:
            stream.write(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--megabytes", type=int, default=500)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sample, large = Path(folder) / "sample.837", Path(folder) / "large.837"
        with sample.open("wb") as stream:
            write_sample_837p(stream, options.claims, seed=7)
        yardstick, segments = best(streaming_split, sample)
        print(f"{options.claims} claims, {segments} segments, {sample.stat().st_size / 1e6:.1f} MB")
        report("streaming split", yardstick, segments, yardstick)
        for name, work in (("tokenise with positions", tokenise), ("loop tree", loops), ("claims", claims)):
            report(name, best(work, sample)[0], segments, yardstick)
        grow(sample, large, options.megabytes)
        size, peak = large.stat().st_size / 1e6, peak_megabytes(large)
        print(f"peak memory reading {size:.0f} MB: {peak:.0f} MB resident")


def report(name: str, seconds: float, segments: int, yardstick: float) -> None:
    rate = segments / seconds / 1e6
    print(f"{name:26} {seconds:7.3f} s  {rate:6.2f} M segments/s  {seconds / yardstick:5.1f} x")


if __name__ == "__main__":
    main()

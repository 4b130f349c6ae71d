"""Fuzzes reading, checking, mapping and acknowledging with real files as seeds; ends at the first failure.

    python bench/fuzz.py --seconds 900 FOLDER

FOLDER and its subfolders hold the seeds, which are not changed. What fails is written into `--work` (a
temporary folder otherwise), where the corpus is kept; `python bench/fuzz.py --replay FILE` shows it again.
What is asserted of any bytes is in `tests/any_bytes.py`. Needs the extra `fuzz` (atheris).
"""

import argparse
import random
import re
import sys
import tempfile
from pathlib import Path

import atheris

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

with atheris.instrument_imports(include=["edi_hit"]):
    from any_bytes import assert_sound

SLOWEST = 20
"""Seconds after which one input counts as a hang."""

LONGEST = 64 * 1024
"""Bytes of the longest input; longer seeds are cut."""

MEMORY = 2048
"""Megabytes after which an input counts as a leak."""

_CUT = re.compile(rb"(?<=[~\n])")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("seeds", nargs="?", type=Path, metavar="FOLDER")
    parser.add_argument("--seconds", type=int, default=900)
    parser.add_argument("--work", type=Path, help="folder kept for corpus and failures")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="run one input")
    options = parser.parse_args()
    if options.replay:
        assert_sound(options.replay.read_bytes())
        return
    if options.seeds is None:
        parser.error("FOLDER or --replay FILE is needed")
    fuzz(options.seeds, options.work or Path(tempfile.mkdtemp(prefix="fuzz-")), options.seconds)


def fuzz(seeds: Path, work: Path, seconds: int) -> None:
    """Run libFuzzer over the seeds; it ends the process."""
    corpus = work / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(path for path in sorted(seeds.rglob("*")) if path.is_file()):
        (corpus / f"seed-{number:04d}").write_bytes(path.read_bytes()[:LONGEST])
    limits = [f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}"]
    arguments = [sys.argv[0], *limits, f"-max_len={LONGEST}", f"-artifact_prefix={work}/", str(corpus)]
    atheris.Setup(arguments, assert_sound, custom_mutator=mutated)
    print(f"corpus and failures in {work}")
    atheris.Fuzz()


def mutated(data: bytes, longest: int, seed: int) -> bytes:
    """Change whole segments as often as bytes: delete, double, swap, move, cut, change an element."""
    pick = random.Random(seed)
    segments = _CUT.split(data)
    if len(segments) < 3 or pick.random() < 0.4:
        return atheris.Mutate(data, longest)
    at, to = pick.randrange(len(segments)), pick.randrange(len(segments))
    what = pick.choice(("delete", "double", "swap", "move", "cut", "element", "spread"))
    if what == "delete":
        del segments[at : at + pick.randint(1, 3)]
    elif what == "double":
        segments[to:to] = segments[at : at + pick.randint(1, 5)] * pick.choice((1, 2, 12))
    elif what == "swap":
        segments[at], segments[to] = segments[to], segments[at]
    elif what == "move":
        segments.insert(to, segments.pop(at))
    elif what == "cut":
        del segments[at:]
    elif what == "element":
        segments[at] = with_element(segments[at], pick)
    else:
        segments[at] = atheris.Mutate(segments[at], len(segments[at]) + 20)
    return b"".join(segments)[:longest]


ODD = (
    b"",
    b" ",
    b"X",
    b"\xd1",
    b"A:B",
    b"A^B",
    b"1e5",
    b"-1",
    b"9" * 20,
    b"20259999",
    b"ZZZ",
    b"A ",
    b"\x00",
    b"\x1d",
)


def with_element(segment: bytes, pick: random.Random) -> bytes:
    """The segment with an odd value in one of its elements."""
    elements = segment.split(b"*")
    elements[pick.randrange(len(elements))] = pick.choice(ODD)
    return b"*".join(elements)


if __name__ == "__main__":
    main()

"""A run read in several processes: the same claims, findings and acknowledgements as in one."""

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from ack_text import BAD, PAYMENT, claim, claims_set, file_of, group, st
from changes import FILES
from damage import damaged
from hypothesis import given, settings
from run_reading import run_read
from sample_files import NO_SAMPLES, sample_paths
from valid_file import VALID_FILES

from edi_hit.jobs.check_options import CheckOptions
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.partner_findings import KnownBefore
from edi_hit.jobs.reading_processes import InputChangedError, reading_processes
from edi_hit.jobs.set_share import SetElsewhere, SetShare
from edi_hit.sample import write_sample_837i, write_sample_837p
from edi_hit.x12 import Delimiters, SetStart, read_events

EXAMPLES = Path(__file__).parents[2] / "examples"
OTHER = Delimiters(element="|", component=">", terminator="'", repetition="!")


def claims(*names: str) -> list[str]:
    return claims_set(*(claim(name) for name in names))


FIRST = file_of(
    group(
        st("0001", claims("A1", "A2")), st("0002", BAD), st("0003", claims("A3")), st("0004", claims("A4"))
    ),
    group(st("0001", PAYMENT, "835", ""), kind="HP", guide="005010X221A1", control="2"),
)
NO_CLAIMS = file_of(e06="NOBODY".ljust(15), e13="000000002")
SECOND = (
    file_of(
        group(st("0001", claims("B#1", "B@2")), st("0001", claims("B3"))),
        delimiters=OTHER,
        e06="ANOTHER".ljust(15),
        e13="000000003",
    )
    .replace(b"B#1", b"B*1")
    .replace(b"B3", b"B~3")
)
"""Either set holds a usual delimiter: those of its answers are others."""
MIXED = FIRST + NO_CLAIMS + SECOND + (FILES / VALID_FILES["837I"]).read_bytes() + FIRST
"""Interchanges of several senders, delimiters and guides, many sets, some of them with faults."""


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("generated") / "claims.837"
    with path.open("wb") as stream:
        for seed in range(4):
            write_sample_837p(stream, 40, seed)
            write_sample_837i(stream, 30, seed)
    return path


@pytest.mark.parametrize("processes", [2, 3])
def test_files_of_all_kinds(generated: Path, tmp_path: Path, processes: int) -> None:
    (tmp_path / "mixed.837").write_bytes(MIXED)
    (tmp_path / "empty.837").write_bytes(b"")
    (tmp_path / "cut.gz").write_bytes(gzip.compress(generated.read_bytes())[:-5000])
    (tmp_path / "packed.gz").write_bytes(gzip.compress(MIXED))
    paths = [*sorted(tmp_path.iterdir()), generated, tmp_path / "missing", *sorted(EXAMPLES.glob("*.837"))]
    alone = run_read(paths, tmp_path / "out", 1)
    assert run_read(paths, tmp_path / "out", processes) == alone
    read = [file for file, _ in alone.files]
    assert [file.summary.exit_code for file in read[:5]] == [3, 3, 1, 1, 0]
    assert read[2].senders == (("ZZ", "SENDER"), ("ZZ", "ANOTHER"), read[2].senders[2])
    assert [read[2].sender_of(number) for number in (0, 3, 5, 6, 7, 8)] == [0, 0, 1, 1, 2, 0]


@pytest.mark.parametrize("processes", [2, 3])
def test_every_sample(tmp_path: Path, processes: int) -> None:
    paths = [path for path in sample_paths() if path.stat().st_size < 200_000]
    if not paths:
        pytest.skip(NO_SAMPLES)
    assert run_read(paths, tmp_path, processes) == run_read(paths, tmp_path, 1)


@given(damaged([MIXED, FIRST, SECOND + FIRST]), damaged([MIXED, FIRST]))
@settings(max_examples=60, deadline=None)
def test_whatever_is_done_to_files(one: bytes, other: bytes) -> None:
    with TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("one", "other")]
        for path, data in zip(paths, (one, other), strict=True):
            path.write_bytes(data)
        alone = run_read(paths, Path(folder, "out"), 1)
        assert run_read(paths, Path(folder, "out"), 2) == alone
        assert run_read(paths, Path(folder, "out"), 3) == alone


def test_only_the_first_findings_are_kept_and_all_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "many.837"
    path.write_bytes(file_of(group(*(st(f"{n:04d}", claims(*map(str, range(150)))) for n in range(1, 5)))))
    path.write_bytes(path.read_bytes().replace(b"*12:B:1*", b"*ZZ:B:1*"))
    (read,), _, _, _ = alone = run_read([path], tmp_path / "out", 1)
    assert (len(read[0].findings), read[0].summary.errors >= 600) == (200, True)
    assert run_read([path], tmp_path / "out", 2) == alone


def test_what_a_check_looks_for_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "mixed.837"
    path.write_bytes(MIXED)
    options = CheckOptions(snip_types=frozenset({1}), fail_on=None)
    alone = run_read([path], tmp_path / "out", 1, options)
    assert run_read([path], tmp_path / "out", 2, options) == alone
    assert alone != run_read([path], tmp_path / "out", 2)


def test_a_file_that_changes_while_it_is_read_is_an_error(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.write_bytes(FIRST[: len(FIRST) // 3])
    after.write_bytes(FIRST)
    with pytest.raises(InputChangedError):
        run_read([after], tmp_path / "out", 2, seen_beside=[before])


def processes_of(data: bytes, processes: int, file: int) -> list[int]:
    """The process each set of a file falls to."""
    shares = [SetShare(mine, processes) for mine in range(processes)]
    passed = [list(share.of(read_events(data).runs(), file)) for share in shares]
    mine = [[event for event in events if type(event) is SetStart] for events in passed]
    elsewhere = [[event for event in events if type(event) is SetElsewhere] for events in passed]
    found = {event.transaction_set.ordinal: at for at, events in enumerate(mine) for event in events}
    told = [{event.transaction_set.ordinal: event.process for event in events} for events in elsewhere]
    assert all(found | others == found for others in told), "all agree"
    assert all(len(others) + len(own) == len(found) for others, own in zip(told, mine, strict=True))
    seen = list(SetShare(None, processes).of(read_events(data).runs(), file))
    assert {
        event.transaction_set.ordinal: event.process for event in seen if type(event) is SetElsewhere
    } == found
    assert SetStart not in map(type, seen)
    return [found[ordinal] for ordinal in sorted(found)]


def test_each_set_falls_to_the_process_that_has_read_least() -> None:
    long = st("0001", claims(*map(str, range(10))))
    short = [st(f"{number:04d}", claims("A")) for number in range(2, 6)]
    assert processes_of(file_of(group(long, *short)), 2, file=0) == [0, 1, 1, 1, 1]
    assert processes_of(file_of(group(*short)), 2, file=0) == [0, 1, 0, 1]
    assert processes_of(file_of(group(*short)), 3, file=2) == [2, 0, 1, 2]


@pytest.fixture
def large(tmp_path: Path) -> InputFile:
    path = tmp_path / "large.837"
    with path.open("wb") as stream:
        stream.truncate(5 << 20)
    return InputFile(str(path), "large", "large")


def test_only_large_files_are_read_in_several_processes(large: InputFile, tmp_path: Path) -> None:
    small, options = InputFile(str(EXAMPLES / "01-first-visit.837"), "", ""), CheckOptions()
    assert reading_processes([small] * 10, options, 8) == 1
    assert reading_processes([small, large], options, 8) == 5
    assert reading_processes([small, large], options, 2) == 2
    assert reading_processes([large] * 3, options, 100) == 8
    assert reading_processes([large, InputFile(str(tmp_path / "none"), "", "")], options, 8) == 5
    assert reading_processes([large, InputFile("/dev/null", "", "")], options, 8) == 1
    assert reading_processes([large], CheckOptions(known=KnownBefore()), 8) == 1

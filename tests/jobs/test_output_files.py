import os
import stat
from pathlib import Path

import pytest

from edi_hit.jobs.output_files import OutputExistsError, written_together, written_whole


def write_half(target: Path) -> None:
    with written_whole(target, force=True) as stream:
        stream.write(b"half")
        raise RuntimeError


def test_a_file_appears_whole_under_its_name_and_only_for_its_owner(tmp_path: Path) -> None:
    target = tmp_path / "a.835"
    with written_whole(target) as stream:
        stream.write(b"ISA")
        assert not target.exists()
    assert target.read_bytes() == b"ISA"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a.835"]


def test_an_error_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        write_half(tmp_path / "a.835")
    assert list(tmp_path.iterdir()) == []


def test_an_error_leaves_the_older_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "a.835"
    target.write_bytes(b"older")
    with pytest.raises(RuntimeError):
        write_half(target)
    assert target.read_bytes() == b"older"


def test_an_existing_file_is_overwritten_only_by_force(tmp_path: Path) -> None:
    target = tmp_path / "a.835"
    target.write_bytes(b"older")
    with pytest.raises(OutputExistsError, match="--force"), written_whole(target):
        pass
    assert target.read_bytes() == b"older"
    with written_whole(target, force=True) as stream:
        stream.write(b"newer")
    assert target.read_bytes() == b"newer"


def write_two(folder: Path, text: bytes, *, fails: bool = False) -> None:
    with written_together([folder / "first", folder / "last"], force=True) as streams:
        for stream in streams:
            stream.write(text)
        if fails:
            raise RuntimeError


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_written_together_come_all_or_none(tmp_path: Path) -> None:
    write_two(tmp_path, b"older")
    with pytest.raises(RuntimeError):
        write_two(tmp_path, b"newer", fails=True)
    assert contents(tmp_path) == {"first": b"older", "last": b"older"}
    with pytest.raises(OutputExistsError), written_together([tmp_path / "none", tmp_path / "last"]):
        pass


def test_the_last_of_them_is_not_there_while_the_others_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_two(tmp_path, b"older")
    replace = Path.replace

    def full_disk(path: Path, target: Path) -> Path:
        if target.name == "last":
            raise OSError("disk full")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(OSError, match="disk full"):
        write_two(tmp_path, b"newer")
    assert contents(tmp_path) == {"first": b"newer"}


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with written_whole(pipe) as stream:
            stream.write(b"claims")
        assert os.read(reader, 100) == b"claims"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_device_gets_nothing_after_an_error(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def break_off() -> None:
        with written_whole(pipe) as stream:
            stream.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert pipe.is_fifo()

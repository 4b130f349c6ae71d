from pathlib import Path

import pytest

from edi_hit.jobs.inputs import BESIDE_835S, find_inputs
from edi_hit.rules import ConfigError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.837", "a.837", ".hidden", "c.837.gz"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "inner").mkdir()
    return tmp_path


def test_a_folder_gives_its_files_in_order_without_the_hidden_ones(folder: Path) -> None:
    assert [item.stem for item in find_inputs([str(folder)])] == ["a", "b", "c"]


def test_what_stands_beside_835s_in_a_folder_is_passed_over_unless_it_is_named(folder: Path) -> None:
    (folder / "a.835").write_bytes(b"")
    (folder / "a.999").write_bytes(b"")
    passed_over = (*BESIDE_835S, ".837", ".gz")
    assert [item.label for item in find_inputs([str(folder)], passed_over)] == [str(folder / "a.835")]
    assert [item.stem for item in find_inputs([str(folder / "a.999")], passed_over)] == ["a"]
    with pytest.raises(ConfigError, match="holds no file that is read here"):
        find_inputs([str(folder)], (*passed_over, ".835"))


def test_a_glob_and_a_file_keep_the_order_given(folder: Path) -> None:
    names = [str(folder / "b.837"), str(folder / "a*")]
    assert [item.stem for item in find_inputs(names)] == ["b", "a"]


def test_standard_input_has_a_name_of_its_own() -> None:
    (item,) = find_inputs(["-"])
    assert (item.source, item.stem) == ("-", "stdin")


def test_a_file_whose_name_holds_glob_characters_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a[1].837").write_bytes(b"")
    assert [item.stem for item in find_inputs([str(tmp_path / "a[1].837")])] == ["a[1]"]


@pytest.mark.parametrize("name", ["nothing.837", "no*.837"])
def test_a_name_that_fits_nothing_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        find_inputs([str(tmp_path / name)])


def test_a_file_named_twice_is_said(folder: Path) -> None:
    with pytest.raises(ConfigError, match="named twice"):
        find_inputs([str(folder / "a.837"), str(folder)])

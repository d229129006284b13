"""A file is written in one piece or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from annotator.core.writing import new_file


def test_a_file_takes_its_name_when_all_is_written(tmp_path: Path):
    out = tmp_path / "out.jsonl"
    with new_file(out) as file:
        file.write(b"one")
        assert not out.exists()
    assert out.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [out]


def test_a_writer_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path):
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), new_file(out) as file:
        file.write(b"half" * (1 // 0))
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("below", ["missing/out.jsonl", "folder"])
def test_a_place_that_cannot_be_written_is_named_in_a_sentence(tmp_path: Path, below: str):
    (tmp_path / "folder").mkdir()
    with (
        pytest.raises(BadInput, match=r"cannot be written: .*\. Nothing was written\."),
        new_file(tmp_path / below),
    ):
        assert below == "folder"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder"]

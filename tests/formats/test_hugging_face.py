"""A Hugging Face folder: `datasets` loads every split as it was declared, whoever marked what."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from annotator.core.records import Record
from annotator.formats.hugging_face import FORMAT, MANIFEST
from annotator.formats.typed_rows import ROW
from tests.formats.exchanging import GOLDEN, assert_nothing_is_left, ferry, read, suggested, unmarked, write


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Load a folder with `datasets`, without the network and with a cache of the test's own."""
    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "HF_DATASETS_DISABLE_PROGRESS_BARS"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import datasets
    datasets.disable_progress_bars()

    def loaded(folder: Path) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))

    return loaded


def test_a_folder_of_ours_is_written_as_it_once_was(tmp_path: Path):
    assert write(FORMAT, [ferry()], tmp_path / "out") == {}
    for name, golden in (("README.md", "ferry.card.md"), ("data/train.jsonl", "ferry.rows.jsonl")):
        assert (tmp_path / "out" / name).read_bytes() == (GOLDEN / golden).read_bytes()


def test_datasets_finds_each_span_where_it_was_marked(tmp_path: Path, load: Any):
    write(FORMAT, [ferry()], tmp_path / "out", label="kind")
    (row,) = load(tmp_path / "out")["train"]
    assert list(row) == list(ROW)
    assert row["text"] == ferry().text
    assert all(row["text"][one["start"] : one["end"]] == one["quote"] for one in row["spans"])
    for mark, found in zip(ferry().attributions or (), row["attributions"], strict=True):
        for role in ("source", "cue", "content", "via_span"):
            parts = [(part.start, part.end) for part in getattr(mark, role)]
            assert [(one["start"], one["end"]) for one in found[role]] == parts
        assert (found["id"], found["kind"], found["parent"]) == (mark.id, mark.kind, mark.parent)
    assert {one["label"] for one in row["spans"]} == {mark.kind for mark in ferry().attributions or ()}
    heads = {(row["spans"][one["head"]]["quote"], one["label"]) for one in row["relations"]}
    assert ("citing", "via") in heads
    assert ("citing", "parent") in heads


def test_a_split_without_marks_loads_beside_one_that_has_them(tmp_path: Path, load: Any):
    rows = [
        replace(unmarked(), annotator="maria", attributions=()),
        unmarked(),
        replace(ferry(), split="dev"),
        replace(unmarked(), split="test"),
    ]
    assert write(FORMAT, rows, tmp_path / "out") == {}
    loaded = load(tmp_path / "out")
    assert {name: len(rows) for name, rows in loaded.items()} == {"train": 2, "validation": 1, "test": 1}
    assert loaded["train"].features == loaded["validation"].features == loaded["test"].features
    assert [row["attributions"] for row in loaded["train"]] == [[], None]
    assert loaded["test"][0]["spans"] is None


def test_suggestions_stand_in_the_attributions_and_not_in_the_flat_spans(tmp_path: Path, load: Any):
    write(FORMAT, [suggested(ferry())], tmp_path / "out")
    (row,) = load(tmp_path / "out")["train"]
    assert row["attributions"][-1]["state"] == "open"
    assert {one["attribution"] for one in row["spans"]} == {"m1", "m2", "m3"}


def test_an_unknown_split_is_written_as_train_and_counted(tmp_path: Path):
    lost = write(FORMAT, [replace(ferry(), split="probe")], tmp_path / "out")
    assert lost == {"split 'probe', written as train (the column keeps the name)": 1}


def test_texts_may_be_left_out(tmp_path: Path, load: Any):
    write(FORMAT, [ferry()], tmp_path / "out", without_text=True)
    (row,) = load(tmp_path / "out")["train"]
    assert row["text"] is None
    assert "said" in {one["quote"] for one in row["spans"]}
    assert "Left out" in (tmp_path / "out/README.md").read_text(encoding="utf-8")


def test_the_manifest_has_the_hash_of_each_file(tmp_path: Path):
    write(FORMAT, [ferry(), replace(unmarked(), split="test")], tmp_path / "out")
    lines = (tmp_path / "out" / MANIFEST).read_text(encoding="utf-8").splitlines()
    assert [line.split("  ")[1] for line in lines] == ["README.md", "data/train.jsonl", "data/test.jsonl"]
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest


def test_the_card_has_places_for_licence_language_and_split(tmp_path: Path):
    write(FORMAT, [ferry(), replace(unmarked(), language='x"y: z')], tmp_path / "out")
    card = (tmp_path / "out/README.md").read_text(encoding="utf-8")
    assert "license: other\nlicense_name: unknown  # say here" in card
    assert 'language:\n- "en"\n- "x\\"y: z"\n' in card
    assert "Articles stand in the split that the project gave them" in card
    write(FORMAT, [unmarked()], tmp_path / "bare")
    assert "all are in train" in (tmp_path / "bare/README.md").read_text(encoding="utf-8")


def test_an_odd_text_loads_to_the_character(tmp_path: Path, load: Any):
    text = "a\r\nb\u2028c\u0085 🔥 \u00a0e\u0301 \x0b"
    write(FORMAT, [Record(id="a", text=text)], tmp_path / "out")
    assert load(tmp_path / "out")["train"][0]["text"] == text


def test_nothing_stands_there_when_there_was_nothing_to_write(tmp_path: Path):
    out = tmp_path / "out"
    assert_nothing_is_left(out, lambda: write(FORMAT, [], out), "There is nothing to write")


def test_it_is_written_and_not_read(tmp_path: Path):
    with pytest.raises(BadInput, match="are written, not read"):
        read(FORMAT, tmp_path / "a.jsonl")
    assert FORMAT.recognises(Path("a.jsonl"), b'{"attributions": []}') == 0

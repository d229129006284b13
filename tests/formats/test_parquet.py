"""Parquet: everything comes back, pyarrow and DuckDB see the spans where they were marked."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from annotator.core.errors import BadInput
from annotator.core.records import Record
from annotator.formats import parquet
from annotator.formats.parquet import FORMAT
from annotator.formats.typed_rows import ROW
from tests.formats.exchanging import (
    GOLDEN,
    assert_nothing_is_left,
    assert_refuses_what_is_none,
    ferry,
    read,
    read_one,
    refused,
    suggested,
    unmarked,
    write,
)
from tests.formats.strategies import records


def table(folder: Path, **columns: list[Any]) -> Path:
    """A Parquet file as another program may have written it."""
    path = folder / "theirs.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def test_everything_comes_back_with_suggestions_and_comments(tmp_path: Path):
    everything = [suggested(ferry()), unmarked(), replace(unmarked(), annotator="olena", attributions=())]
    assert write(FORMAT, everything, tmp_path / "a.parquet") == {}
    back, losses = read(FORMAT, tmp_path / "a.parquet")
    assert losses == {}
    assert [replace(one, where="") for one in back] == [
        replace(one, has_offsets=one.attributions is not None) for one in everything
    ]


@given(records(further=True))
@settings(max_examples=50)
def test_everything_of_a_record_comes_back(record: Record):
    with tempfile.TemporaryDirectory() as folder:
        write(FORMAT, [record], Path(folder, "a.parquet"))
        back = read_one(FORMAT, Path(folder, "a.parquet"))
    assert replace(back, where="", has_offsets=False) == record


def test_the_columns_and_the_row_are_what_they_once_were(tmp_path: Path):
    write(FORMAT, [ferry()], tmp_path / "a.parquet")
    read_back = pq.read_table(tmp_path / "a.parquet")
    assert f"{read_back.schema.to_string(truncate_metadata=False)}\n" == (
        GOLDEN / "ferry.columns.txt"
    ).read_text(encoding="utf-8")
    assert read_back.column_names == list(ROW)


def test_pyarrow_and_duckdb_find_each_span_where_it_was_marked(tmp_path: Path):
    path = tmp_path / "a.parquet"
    write(FORMAT, [ferry(), unmarked()], path, label="kind/role")
    (row, bare) = pq.read_table(path).to_pylist()
    text = ferry().text or ""
    assert all(text[one["start"] : one["end"]] == one["quote"] for one in row["spans"])
    assert (bare["attributions"], bare["spans"]) == (None, None)
    asked = duckdb.connect().execute(
        'select one.attribution, one.start, one."end", one.label from (select unnest(spans) as one from read_parquet(?))',
        [str(path)],
    )
    found = {row for row in asked.fetchall() if row[3] == "anonymous_source/source"}
    assert found == {("m3", 111, 121, "anonymous_source/source")}
    nested = duckdb.connect().execute(
        "select attributions[1].content[2].quote, attributions[3].parent from read_parquet(?) where id = 'ferry'",
        [str(path)],
    )
    assert nested.fetchall() == [("“and nobody will.”", "m2")]


def test_texts_may_be_left_out_and_spans_keep_their_words(tmp_path: Path):
    write(FORMAT, [ferry()], tmp_path / "a.parquet", without_text=True)
    (row,) = pq.read_table(tmp_path / "a.parquet").to_pylist()
    assert (row["text"], row["text_sha256"]) == (None, ferry().text_sha256)
    assert row["attributions"][0]["cue"] == [{"start": 51, "end": 55, "quote": "said"}]
    assert replace(read_one(FORMAT, tmp_path / "a.parquet"), where="") == replace(ferry(), text=None)


def test_rows_are_written_and_read_a_few_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parquet, "_ROWS_AT_ONCE", 10)
    monkeypatch.setattr(parquet, "_READ_AT_ONCE", 3)
    taken = 0

    def many() -> Any:
        nonlocal taken
        for number in range(35):
            taken += 1
            yield replace(ferry(), id=f"a{number}")

    write(FORMAT, many(), tmp_path / "a.parquet")
    assert pq.ParquetFile(tmp_path / "a.parquet").metadata.num_row_groups == 4
    back, _ = read(FORMAT, tmp_path / "a.parquet")
    assert (taken, [one.id for one in back]) == (35, [f"a{number}" for number in range(35)])


def test_columns_of_others_are_read_by_our_names(tmp_path: Path):
    path = table(
        tmp_path,
        id=[7, 8],
        text=["Words.", "More."],
        published=[dt.date(2026, 1, 12), None],
        stars=[float("nan"), 3.5],
        price=[Decimal("1.50"), None],
    )
    back, losses = read(FORMAT, path)
    assert losses == {}
    assert [(one.id, one.text, one.published, one.extra) for one in back] == [
        ("7", "Words.", "2026-01-12", {"price": "1.50"}),
        ("8", "More.", "", {"stars": 3.5}),
    ]


MARK = {"id": "m", "content": [{"start": 0, "end": 2}]}


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"text": ["x"], "extra": ["{"]}, "row 1: extra is not JSON"),
        ({"text": ["x"], "extra": ["3"]}, "row 1: extra should be an object"),
        ({"text": ["x"], "blob": [b"\x00"]}, "row 1: blob holds bytes"),
        ({"text": [3]}, "row 1: text should be text"),
        ({"text": ["x"], "attributions": [[MARK]]}, "lies outside the text"),
        ({"text": ["x"], "attributions": [[{**MARK, "features": "["}]]}, "features is not JSON"),
        ({"text": ["x"], "attributions": [["m"]]}, "attributions should be a list of objects"),
        ({"stars": [3]}, "needs a text"),
        ({"text": []}, "has no rows"),
        (
            {"text": ["x"], "when": pa.array([2**62], pa.timestamp("us"))},
            "is no Parquet file that can be read",
        ),
    ],
)
def test_a_row_that_does_not_fit_refuses_the_file(tmp_path: Path, columns: dict[str, Any], says: str):
    assert says in refused(FORMAT, table(tmp_path, **columns))


def test_a_group_of_rows_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(parquet, "_LARGEST_GROUP", 100)
    assert "has a group of rows of more than" in refused(FORMAT, table(tmp_path, text=["x" * 1000]))


def test_a_cut_file_is_refused(tmp_path: Path):
    write(FORMAT, [ferry()], tmp_path / "a.parquet")
    whole = (tmp_path / "a.parquet").read_bytes()
    for length in (4, 100, len(whole) // 2, len(whole) - 1):
        (tmp_path / "a.parquet").write_bytes(whole[:length])
        assert "is no Parquet file that can be read" in refused(FORMAT, tmp_path / "a.parquet")
    for at in range(40, len(whole), max(1, len(whole) // 40)):
        (tmp_path / "a.parquet").write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        with contextlib.suppress(BadInput):
            read(FORMAT, tmp_path / "a.parquet")


def test_without_the_package_one_sentence_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write(FORMAT, [ferry()], tmp_path / "a.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    out = tmp_path / "b.parquet"
    says = r"needs the package pyarrow \(`pip install annotator\[parquet\]`\)\. Nothing was written\."
    assert_nothing_is_left(out, lambda: write(FORMAT, [ferry()], out), says)
    with pytest.raises(BadInput, match=r"annotator\[parquet\]`\)\. Nothing was imported\."):
        read(FORMAT, tmp_path / "a.parquet")


def test_what_is_no_parquet_is_refused_in_one_sentence(tmp_path: Path):
    assert_refuses_what_is_none(FORMAT, tmp_path, ".parquet")


def test_it_is_known_by_its_first_bytes():
    assert FORMAT.recognises(Path("a"), b"PAR1\x15") == 2
    assert FORMAT.recognises(Path("a.PARQUET"), b"") == 1
    assert FORMAT.recognises(Path("a.tsv"), b"text\n") == 0

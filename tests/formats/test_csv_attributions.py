"""The table of attributions opens in any spreadsheet, and runs nothing there."""

from __future__ import annotations

import csv
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from annotator.core.errors import BadInput
from annotator.core.ports import NO
from annotator.core.records import Record
from annotator.formats.csv_attributions import COLUMNS, FORMAT
from tests.building import what
from tests.formats.strategies import records
from tests.formats.writing import GOLDEN, ferry, marks_of, read, said, unmarked, written

FORMULA = "cell that a spreadsheet would take for a formula, written with an apostrophe before it"


def table(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_our_article_is_written_as_it_once_was(tmp_path: Path):
    written(FORMAT, tmp_path / "out.csv", *ferry())
    assert (tmp_path / "out.csv").read_bytes() == (GOLDEN / "ferry.csv").read_bytes()


def test_excel_sees_that_it_is_utf8(tmp_path: Path):
    written(FORMAT, tmp_path / "out.csv", said())
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfarticle,outlet,story,")


@given(records(further=True))
def test_words_offsets_and_fields_stand_in_their_columns(record: Record):
    if not marks_of(record):
        return
    with tempfile.TemporaryDirectory() as folder:
        losses = written(FORMAT, Path(folder) / "x.csv", record)
        found = table(Path(folder) / "x.csv")
    cells = [cell for row in found for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert what(losses).get(FORMULA, 0) <= sum(cell.startswith("'") for cell in cells)
    for row, one in zip(found, marks_of(record), strict=True):
        assert tuple(row) == COLUMNS
        assert (row["id"], row["kind"], row["parent"]) == (one.id, one.kind or "", one.parent or "")
        offsets = [tuple(map(int, pair.split("-"))) for pair in row["content_at"].split(";")]
        assert offsets == [(part.start, part.end) for part in one.content]
        plain = " … ".join(part.text(record.text or "") for part in one.content)
        assert row["content"] in (plain, f"'{plain}")
        assert row["hedge"] == ("true" if one.hedge else "false")
        assert row["claims"] == "; ".join(one.claims)


def test_a_cell_that_could_be_a_formula_is_made_safe_and_counted(tmp_path: Path):
    record = replace(said(), title="=1+1", outlet="@post", story="-x", published="+2", annotator="\tmaria")
    losses = written(FORMAT, tmp_path / "out.csv", record)
    (row,) = table(tmp_path / "out.csv")
    assert [row[name] for name in ("title", "outlet", "story", "published", "annotator")] == [
        "'=1+1",
        "'@post",
        "'-x",
        "'+2",
        "'\tmaria",
    ]
    assert what(losses) == {FORMULA: 5}


def test_a_name_that_ends_in_tsv_gives_tabs(tmp_path: Path):
    written(FORMAT, tmp_path / "out.tsv", *ferry())
    assert table(tmp_path / "out.tsv", "\t")[0]["source"] == "Captain Ida Brandt"


def test_without_texts_the_offsets_remain(tmp_path: Path):
    written(FORMAT, tmp_path / "out.csv", said(), without_text=True)
    (row,) = table(tmp_path / "out.csv")
    assert (row["source"], row["source_at"]) == ("", "0-10")


def test_everything_that_is_not_carried_is_counted(tmp_path: Path):
    assert what(written(FORMAT, tmp_path / "out.csv", *ferry(), unmarked())) == {
        "article's author, address, language and further fields, not carried": 1,
        "comment, not carried": 1,
        "zone, not carried": 1,
        "date, thread and place of a comment, not carried": 2,
        "article without attributions, not written": 1,
    }


def test_tables_of_attributions_are_not_read(tmp_path: Path):
    with pytest.raises(BadInput, match="written, not read"):
        read(FORMAT, tmp_path / "x.csv")
    assert FORMAT.recognises(Path("x.csv"), b"article,outlet") == NO


def test_a_table_without_rows_is_not_written(tmp_path: Path):
    with pytest.raises(BadInput, match="no article has an attribution"):
        written(FORMAT, tmp_path / "out.csv", unmarked())
    assert not list(tmp_path.iterdir())

"""A table gives an article a row, by the names of its columns or the user's word, within limits."""

from __future__ import annotations

import csv
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions, ReadOptions, Tabular
from annotator.formats.decoding import LONGEST
from annotator.formats.table_article import FORMAT
from annotator.formats.table_rows import _csv_rows
from tests.formats.article_reading import no_network, read_all, saved

TEXT = 'The ferry stops, sources said.\n\n"Nobody asked us," said Zoë 🔥.'


def csv_of(rows: list[list[str]], divider: str = ",") -> str:
    return "".join(divider.join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows)


def excel(folder: Path, rows: list[list[object]], *more_sheets: str) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    for name in more_sheets:
        book.create_sheet(name)
    path = folder / "articles.xlsx"
    book.save(path)
    return path


def test_a_row_is_an_article_and_columns_without_a_field_are_kept_beside_it(tmp_path: Path):
    rows = [
        ["ID", "Headline", "Publisher", "Date", "Link", "Body", "Byline", "Event", "Lang", "Pages"],
        [
            "a1",
            "Ferry to stop",
            "Harbour Post",
            "20.11.2025",
            "https://p.example/x",
            TEXT,
            "Ida Brandt",
            "Ferry",
            "en-GB",
            "3",
        ],
    ]
    (record,) = read_all(FORMAT, saved(tmp_path, csv_of(rows), "articles.csv"))
    assert (record.id, record.title, record.outlet) == ("a1", "Ferry to stop", "Harbour Post")
    assert (record.published, record.url, record.text) == ("2025-11-20", "https://p.example/x", TEXT)
    assert (record.author, record.story, record.language) == ("Ida Brandt", "Ferry", "en")
    assert record.extra == {"Pages": "3"}
    assert (record.file_name, record.where) == ("articles.csv", f"{tmp_path / 'articles.csv'}, row 2")


def test_the_user_says_which_column_holds_what(tmp_path: Path):
    path = saved(tmp_path, csv_of([["text", "gist", "title"], ["raw words", TEXT, "T"]]), "articles.csv")
    (record,) = read_all(FORMAT, path, text="gist", title="")
    assert (record.text, record.title) == (TEXT, "The ferry stops, sources said.")
    assert record.extra == {"text": "raw words", "title": "T"}
    with pytest.raises(BadInput, match=r"has no column 'body'; it has 'text', 'gist', 'title'\. Nothing"):
        read_all(FORMAT, path, text="body")
    with pytest.raises(BadInput, match="'colour' is no field of an article"):
        read_all(FORMAT, path, colour="gist")


def test_the_head_shows_columns_guesses_and_five_rows(tmp_path: Path):
    rows = [["Title", "Article", ""], *[[f"t{n}", "words " * 100, ""] for n in range(7)]]
    head = FORMAT.head(saved(tmp_path, csv_of(rows), "articles.csv"))
    assert isinstance(FORMAT, Tabular)
    assert head.columns == ("Title", "Article")
    assert head.guessed == {"title": "Title", "text": "Article"}
    assert [row[0] for row in head.rows] == ["t0", "t1", "t2", "t3", "t4"]
    assert all(len(row) == 2 and len(row[1]) == 300 for row in head.rows)


@pytest.mark.parametrize("divider", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["articles.csv", "articles.tsv"])
def test_the_divider_is_found_out(tmp_path: Path, divider: str, name: str):
    rows = [["title", "text; or, body", "text"], ["Ferry, and so on; or not", "x", TEXT]]
    (record,) = read_all(FORMAT, saved(tmp_path, csv_of(rows, divider), name))
    assert (record.title, record.text) == ("Ferry, and so on; or not", TEXT)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_is_read_and_what_was_assumed_is_said(tmp_path: Path, encoding: str):
    words = "“Niemand hat uns gefragt”, sagte Zoë Hallam, die Kapitänin der Fähre, nach der Sitzung."
    (record,) = read_all(
        FORMAT, saved(tmp_path, f'sep=;\ntitle;text\nFähre;"{words}"\n'.encode(encoding), "a.csv")
    )
    assert (record.title, record.text) == ("Fähre", words)
    assert bool(record.assumed) == (encoding in {"utf-16", "cp1252"})


def test_columns_of_one_name_or_of_none_are_told_apart(tmp_path: Path):
    (record,) = read_all(FORMAT, saved(tmp_path, "text,note,note,,x\nwords,1,2,3,4\n", "a.csv"))
    assert record.extra == {"note": "1", "note (2)": "2", "column 4": "3", "x": "4"}


def test_what_cannot_be_taken_is_counted(tmp_path: Path):
    table = (
        "date,text,id\n04/05/2025,words,\n,,\n2025-11-20, ,\n2025-11-20,more words,x,y\n"
        f"2025,third,{'i' * 65}\n"
    )
    losses = LossReport()
    records = read_all(FORMAT, saved(tmp_path, table, "a.csv"), losses)
    assert [(record.text, record.published, record.id) for record in records] == [
        ("words", "04/05/2025", None),
        ("more words", "2025-11-20", "x"),
        ("third", "2025", None),
    ]
    assert records[2].extra == {"id": "i" * 65}
    assert {loss.what: loss.count for loss in losses} == {
        "date not understood, kept as it is written": 1,
        "row without text": 1,
        "cell beyond the last column not imported": 1,
    }


def test_an_excel_table_is_read_with_its_dates_and_numbers(tmp_path: Path):
    rows: list[list[object]] = [
        ["Title", "Date", "Text", "Pages", "Seen", "Share", "Front"],
        [
            "Ferry",
            datetime(2025, 11, 20, tzinfo=UTC).replace(tzinfo=None),
            TEXT,
            3.0,
            date(2025, 11, 21),
            0.5,
            True,
        ],
        [None, None, None, None, None, None, None],
        ["Second", "20 November 2025", "Words.", None, None, None, None],
    ]
    losses = LossReport()
    with no_network():
        first, second = read_all(FORMAT, excel(tmp_path, rows, "Notes"), losses)
    assert (first.title, first.published, first.text) == ("Ferry", "2025-11-20", TEXT)
    assert first.extra == {"Pages": "3", "Seen": "2025-11-21", "Share": "0.5", "Front": "true"}
    assert (second.published, second.extra) == ("2025-11-20", {})
    assert [(loss.what, loss.first[0].article) for loss in losses] == [
        ("sheet after the first not imported", "articles.xlsx: Notes")
    ]


def with_sheet(path: Path, sheet: bytes) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def test_the_size_that_an_excel_sheet_claims_is_not_believed(tmp_path: Path):
    cells = "<row r='1'><c r='A1' t='inlineStr'><is><t>text</t></is></c></row><row r='2'><c r='A2' t='inlineStr'><is><t>words</t></is></c></row>"
    sheet = f"<worksheet {MAIN}><dimension ref='A1:XFD1048576'/><sheetData>{cells}</sheetData></worksheet>"
    (record,) = read_all(FORMAT, with_sheet(excel(tmp_path, [["x"]]), sheet.encode()))
    assert record.text == "words"


@pytest.mark.parametrize(
    "sheet",
    [
        b"<worksheet",
        f'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><worksheet {MAIN}><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>'.encode(),
    ],
)
def test_an_excel_table_that_is_broken_or_hostile_is_refused(tmp_path: Path, sheet: bytes):
    with pytest.raises(BadInput, match="is a broken Excel table"):
        read_all(FORMAT, with_sheet(excel(tmp_path, [["text"], ["words"]]), sheet))


def test_an_excel_bomb_is_refused_before_it_is_unpacked(tmp_path: Path):
    with pytest.raises(BadInput, match="a zip bomb"):
        read_all(FORMAT, with_sheet(excel(tmp_path, [["text"]]), b" " * 50_000_000))


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        ("", "a.csv", "is empty"),
        ("\n\n,,\n", "a.csv", "is a table without rows"),
        ("text\n", "a.csv", "has no row with a text"),
        ("colour,size\nred,3\n", "a.csv", r"has no column with a text; it has 'colour', 'size'\. Nothing"),
        (bytes(range(256)) * 40, "a.csv", "is not text"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99,
            "a.xlsx",
            "is encrypted, or of an Excel older than 2007",
        ),
        (b"words", "a.xlsx", "is no Excel table, or a broken one"),
        (b"PK\x05\x06" + b"\x00" * 18, "a.xlsx", "is a broken Excel table"),
    ],
)
def test_what_is_no_table_of_articles_is_refused_in_a_sentence(
    tmp_path: Path, data: str | bytes, name: str, says: str
):
    path = saved(tmp_path, data, name)
    with pytest.raises(BadInput, match=says) as caught:
        read_all(FORMAT, path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    "table",
    [
        "c," * 1_000_000 + "c\n",
        "text,b\nwords," + "," * 1_000_000 + "\n",
        'text,b\n"a\n' + '",' * 11 + "," * 1_000_000 + "\n",
        'text,b\na"' + "," * 1_000_000 + "\n",
        'text,b\n"a"b"' + "," * 1_000_000 + "\n",
        ",".join(f"c{n}" for n in range(1_001)) + "\nx\n",
    ],
)
def test_a_million_columns_are_refused_without_eating_memory(tmp_path: Path, table: str):
    path = saved(tmp_path, table, "wide.csv")
    tracemalloc.start()
    try:
        with pytest.raises(BadInput, match="has more than 1,000 columns"):
            read_all(FORMAT, path)
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


def test_a_long_article_full_of_commas_is_one_cell(tmp_path: Path):
    words = "ferry, harbour, " * 20_000
    (record,) = read_all(FORMAT, saved(tmp_path, csv_of([["text"], [words]]), "a.csv"))
    assert record.text == words


def test_a_field_that_is_never_closed_is_refused_and_the_processes_limit_is_left_as_it_was(tmp_path: Path):
    before = csv.field_size_limit()
    path = saved(tmp_path, 'text\n"' + "words\n" * (LONGEST // 5), "a.csv")
    with pytest.raises(BadInput, match="a quotation mark that is never closed"):
        read_all(FORMAT, path)
    reading = FORMAT.read(saved(tmp_path, "text\none\ntwo\n", "b.csv"), LossReport(), ReadOptions())
    next(reading)
    assert csv.field_size_limit() == before
    reading.close()


def test_what_cannot_be_stored_never_comes_into_a_text(tmp_path: Path):
    (record,) = read_all(FORMAT, excel(tmp_path, [["text"], ["The ferry_x0000_ and _xD800_ stops"]]))
    (record.text or "").encode("utf-8")
    assert "\x00" not in (record.text or "")


@given(
    st.lists(
        st.lists(st.text(alphabet='ab",\n ;', max_size=6), min_size=2, max_size=2), min_size=1, max_size=5
    )
)
def test_every_cell_that_csv_can_write_is_read_back(rows: list[list[str]]):
    read = [row for _, row in _csv_rows(Path("a.csv"), csv_of(rows).replace("\r\n", "\n"), ",")]
    assert read == rows


@pytest.mark.parametrize(
    ("name", "head", "sure"),
    [
        ("a.csv", b"text\n", BY_NAME),
        ("a.TSV", b"", BY_NAME),
        ("a.xlsx", b"", BY_NAME),
        ("a", b"PK\x03\x04..xl/workbook.xml", BY_CONTENT),
        ("a.zip", b"PK\x03\x04..word/document.xml", NO),
        ("a.txt", bytes(range(256)), NO),
    ],
)
def test_a_table_is_known_by_its_name_or_by_what_is_packed_in_it(name: str, head: bytes, sure: int):
    assert FORMAT.recognises(Path(name), head) == sure


def test_tables_are_never_written(tmp_path: Path):
    with pytest.raises(BadInput, match="carries no annotations"):
        FORMAT.write([], tmp_path / "x.csv", ExportOptions())

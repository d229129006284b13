"""An article's file is read whole, in any encoding, and only a real header is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import ExportOptions, ReadOptions
from annotator.core.records import Record
from annotator.formats.decoding import LONGEST
from annotator.formats.plain_text import FORMAT

WORDS = "Ida Brandt said: “Nobody asked us.”\n\nThe café and the naïve Zoë agreed, and so did the rest of the crew.\n"
RUSSIAN = "Паром остановится в мае, сообщили два человека, знакомые с планом. «Нас не спросили», — сказала капитан.\n"
CZECH = (
    "Noční přívoz bude v květnu zastaven, řekli dva lidé obeznámení s plánem. Nikdo se nás neptal, řekla kapitánka. "
    "Úřad přístavu odmítl odpovědět na žádost o vyjádření.\n"
)
GERMAN = "Die Nachtfähre fährt nur bis Mai, sagten zwei Personen. „Niemand hat uns gefragt“, sagte die Kapitänin.\n"


def read(path: Path) -> Record:
    (record,) = FORMAT.read(path, LossReport(), ReadOptions())
    return record


def saved(folder: Path, data: str | bytes, name: str = "ferry.txt") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_header_gives_what_is_known_and_the_rest_is_the_article(tmp_path: Path):
    header = (
        "Story: Night ferry\ntitle: Ferry to stop\nOUTLET : Harbour Post\nauthor:\tA. Reporter\ndate: 2026-01-02\n"
        "url: https://post.example/a:b\nlanguage: en\nid: ferry-1\n\n"
    )
    record = read(saved(tmp_path, header + WORDS))
    assert (record.story, record.title, record.outlet, record.author) == (
        "Night ferry",
        "Ferry to stop",
        "Harbour Post",
        "A. Reporter",
    )
    assert (record.published, record.url, record.language, record.id) == (
        "2026-01-02",
        "https://post.example/a:b",
        "en",
        "ferry-1",
    )
    assert record.text == WORDS


@pytest.mark.parametrize(
    "text",
    [
        "Media: the ferry stops in May\n\nThe ferry stops.",
        "Title: Ferry\nMedia: the ferry stops\n\nThe ferry stops.",
        "Title: Ferry\nThe ferry stops at once.\n\nAnd so on.",
        "\nTitle: Ferry\n\nThe ferry stops.",
        "Title: Ferry",
        "Author: a word that begins this sentence and the file ends",
        "The harbour: a report\n\nWords.",
        "title - Ferry\n\nWords.",
    ],
)
def test_an_article_that_only_looks_as_if_it_had_a_header_is_kept_whole(tmp_path: Path, text: str):
    record = read(saved(tmp_path, text))
    assert record.text == text
    assert record.id == "ferry.txt"


def test_without_a_header_the_first_line_is_the_title_and_the_file_name_the_id(tmp_path: Path):
    record = read(saved(tmp_path, "\n\n  Ferry to stop  \n\nWords."))
    assert (record.title, record.id, record.file_name) == ("Ferry to stop", "ferry.txt", "ferry.txt")
    assert read(saved(tmp_path, "long " * 60)).title == "ferry"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_become_one_kind_and_everything_else_is_kept(tmp_path: Path, ending: str):
    text = "Tab\tand\u00a0NBSP\nline\u2028sep \u00ad soft 👨‍👩‍👧 e\u0301 🇺🇦\nend  "
    assert read(saved(tmp_path, text.replace("\n", ending))).text == text


@pytest.mark.parametrize(
    ("encoding", "text", "says"),
    [
        ("utf-8", WORDS, ""),
        ("utf-8-sig", WORDS, ""),
        ("utf-16", WORDS, "UTF-16, by its byte order mark"),
        ("utf-32", WORDS, "UTF-32, by its byte order mark"),
        ("utf-16-le", WORDS, "UTF-16 without a byte order mark"),
        ("utf-16-be", WORDS, "UTF-16 without a byte order mark"),
        ("utf-16-le", RUSSIAN, "UTF-16 without a byte order mark"),
        ("utf-16-be", RUSSIAN, "UTF-16 without a byte order mark"),
        ("utf-16", RUSSIAN, "UTF-16, by its byte order mark"),
        ("cp1252", WORDS, "not UTF-8 (byte 17); read as Windows-1252"),
        ("latin-1", WORDS.replace("“", '"').replace("”", '"'), "read as Windows-1252 (Latin-1)"),
        ("cp1251", RUSSIAN, "not UTF-8 (byte 0); read as cp1251"),
        ("cp1250", CZECH, "read as cp1250"),
        ("cp1252", GERMAN, "read as Windows-1252"),
        ("koi8-r", RUSSIAN.replace("«", '"').replace("»", '"').replace("—", "-"), "read as koi8_r"),
    ],
)
def test_any_encoding_is_read_and_what_was_assumed_is_said(
    tmp_path: Path, encoding: str, text: str, says: str
):
    record = read(saved(tmp_path, text.encode(encoding)))
    assert record.text == text
    assert says in record.assumed
    assert bool(says) == bool(record.assumed)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\xff\xfe", "is empty"),
        (b"title: Ferry\n\n \n", "has a header and no text after it"),
        (bytes(range(256)) * 40, "is not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(7)) * 99, "is not text"),
        (b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)) * 9, "is not text"),
        (b"\xff\xfe\x00\xd8a\x00", "is not text in utf-16"),
        (b"words\x00and zeros", "is not text"),
        (b"\x01\x02\x03\x04" * 200, "is not text"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(tmp_path: Path, data: bytes, says: str):
    path = saved(tmp_path, data)
    with pytest.raises(BadInput, match=says) as caught:
        read(path)
    assert str(path) in str(caught.value)


def test_a_folder_a_missing_file_and_one_that_is_too_large_are_named(tmp_path: Path):
    with pytest.raises(BadInput, match="is a folder"):
        read(tmp_path)
    with pytest.raises(BadInput, match="cannot be read"):
        read(tmp_path / "gone.txt")
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(LONGEST + 1)
    with pytest.raises(BadInput, match="an article may have at most 10 MB"):
        read(large)


def test_plain_text_is_never_written(tmp_path: Path):
    with pytest.raises(BadInput, match="carries no annotations"):
        FORMAT.write([], tmp_path / "x.txt", ExportOptions())

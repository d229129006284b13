"""A Word document is read in its order, and one that is broken, locked or a bomb is refused in a sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions
from annotator.formats.docx_article import FORMAT
from tests.formats.article_reading import no_network, paragraphs, read_one, saved, zones

WORDS = "“Nobody asked us,” said Zoë 👨‍👩‍👧 قال\u00a0 e\u0301."
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def written(folder: Path, fill: Callable[[Any], object], name: str = "ferry.docx") -> Path:
    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.created = datetime(2025, 11, 20, tzinfo=UTC)
    fill(document)
    path = folder / name
    document.save(str(path))
    return path


def nothing(document: Any) -> None:
    """Leave the document as it is made."""


def with_part(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The same document with one part of it changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_paragraphs_and_tables_are_read_in_their_order_with_the_title_as_headline(tmp_path: Path):
    def fill(document: Any) -> None:
        document.add_paragraph("Harbour Post")
        document.add_heading("Ferry to stop in May", level=0)
        document.add_paragraph("Crew not asked", style="Subtitle")
        document.add_paragraph(WORDS)
        table = document.add_table(rows=2, cols=2)
        for cell, words in zip(table._cells, ["Year", "Boats", "2024", "7"], strict=True):
            cell.text = words
        document.add_heading("What comes next", level=2)
        document.add_paragraph("The quay at dawn", style="Caption")
        document.add_paragraph("Line one\nline two\tand a tab")

    record = read_one(FORMAT, written(tmp_path, fill))
    assert paragraphs(record) == [
        "Harbour Post",
        "Ferry to stop in May",
        "Crew not asked",
        WORDS,
        "Year\tBoats",
        "2024\t7",
        "What comes next",
        "The quay at dawn",
        "Line one",
        "line two\tand a tab",
    ]
    assert zones(record) == [
        ("headline", "Ferry to stop in May"),
        ("standfirst", "Crew not asked"),
        ("caption", "The quay at dawn"),
    ]
    assert (record.title, record.id, record.file_name) == ("Ferry to stop in May", "ferry.docx", "ferry.docx")


def test_what_the_document_says_of_itself_is_kept(tmp_path: Path):
    def fill(document: Any) -> None:
        known = document.core_properties
        known.title, known.author, known.language = "Ferry to stop", "Ida Brandt", "en-GB"
        known.created = datetime(2025, 11, 20, 8, 30, tzinfo=UTC)
        document.add_paragraph("Ferry to stop")
        document.add_paragraph(WORDS)

    record = read_one(FORMAT, written(tmp_path, fill))
    assert (record.title, record.author, record.published) == ("Ferry to stop", "Ida Brandt", "2025-11-20")
    assert record.language == "en"
    assert record.assumed == "date taken from the document's properties"
    assert zones(record) == [("headline", "Ferry to stop")]


def test_without_any_title_the_first_line_is_one(tmp_path: Path):
    record = read_one(FORMAT, written(tmp_path, lambda document: document.add_paragraph("Ferry to stop")))
    assert (record.title, zones(record)) == ("Ferry to stop", [])


def test_tracked_changes_are_read_as_accepted_and_content_controls_are_read(tmp_path: Path):
    body = (
        "<w:p><w:r><w:t>The ferry </w:t></w:r><w:ins><w:r><w:t>surely </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>perhaps </w:delText></w:r></w:del><w:hyperlink><w:r><w:t>stops</w:t></w:r></w:hyperlink>"
        "<w:r><w:noBreakHyphen/><w:footnoteReference w:id='2'/></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    path = written(tmp_path, nothing)
    with_part(
        path,
        "word/document.xml",
        lambda _: f"<w:document {NAMESPACE}><w:body>{body}</w:body></w:document>".encode(),
    )
    losses = LossReport()
    assert paragraphs(read_one(FORMAT, path, losses)) == ["The ferry surely stops\u2011", "In a box."]
    assert list(losses.losses) == ["footnote not imported"]


def test_entities_in_a_document_are_not_unfolded_and_nothing_is_fetched(tmp_path: Path):
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    hostile = (
        f'<!DOCTYPE w:document SYSTEM "http://far.example/x.dtd" [<!ENTITY e0 "lol">{declared}<!ENTITY far SYSTEM "file:///etc/hostname">]>'
        f"<w:document {NAMESPACE}><w:body><w:p><w:r><w:t>Ferry &e9;&far; stops</w:t></w:r></w:p></w:body></w:document>"
    )
    path = written(tmp_path, nothing)
    with_part(path, "word/document.xml", lambda _: hostile.encode())
    with no_network():
        try:
            text = read_one(FORMAT, path).text or ""
        except BadInput as refused:
            text = str(refused)
    assert "lollol" not in text
    assert len(text) < 1000


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path):
    path = written(tmp_path, lambda document: document.add_paragraph(WORDS))
    with_part(path, "word/document.xml", lambda data: data + b" " * 50_000_000)
    with pytest.raises(BadInput, match="a zip bomb"):
        read_one(FORMAT, path)


def other_zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("notes.txt", "words")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "is encrypted, or of a Word older than 2007"),
        (b"PK\x03\x04 and so on", "is no Word document, or a broken one"),
        (b"plain words", "is no Word document, or a broken one"),
        (other_zip(), "is a zip archive, but no Word document"),
        (bytes(range(256)) * 40, "is no Word document"),
    ],
)
def test_what_is_no_document_is_refused_in_a_sentence(tmp_path: Path, data: bytes, says: str):
    path = saved(tmp_path, data, "ferry.docx")
    with pytest.raises(BadInput, match=says) as caught:
        read_one(FORMAT, path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    "part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels", "docProps/core.xml"]
)
def test_a_document_with_a_broken_part_is_refused_in_a_sentence(tmp_path: Path, part: str):
    path = with_part(
        written(tmp_path, lambda document: document.add_paragraph(WORDS)),
        part,
        lambda data: data[: len(data) // 2],
    )
    with pytest.raises(BadInput, match="is a broken Word document"):
        read_one(FORMAT, path)


def test_a_document_without_text_is_refused(tmp_path: Path):
    with pytest.raises(BadInput, match="is a document without text"):
        read_one(FORMAT, written(tmp_path, lambda document: document.add_paragraph(" ")))


@pytest.mark.parametrize(
    ("name", "head", "sure"),
    [
        ("ferry.docx", b"", BY_NAME),
        ("ferry", b"PK\x03\x04....word/document.xml", BY_CONTENT),
        ("ferry.zip", b"PK\x03\x04....xl/workbook.xml", NO),
        ("ferry.doc", bytes(range(256)), NO),
    ],
)
def test_a_document_is_known_by_its_name_or_by_what_is_packed_in_it(name: str, head: bytes, sure: int):
    assert FORMAT.recognises(Path(name), head) == sure


def test_documents_are_never_written(tmp_path: Path):
    with pytest.raises(BadInput, match="carries no annotations"):
        FORMAT.write([], tmp_path / "x.docx", ExportOptions())

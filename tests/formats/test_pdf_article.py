"""A PDF's pages become paragraphs again, and one that is broken, locked or a scan is refused in a sentence."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions
from annotator.formats.pdf_article import FORMAT
from annotator.formats.pdf_lines import Mending, paragraphs_of_pages
from tests.formats.article_reading import paragraphs, read_one, saved, zones

LINES = [
    "The night ferry will stop in May, two people familiar with the plan of the har-",
    "bour office said, and added that nobody had asked the crew or its captain be-",
    "fore the decision.",
    "“Nobody asked us,” said the captain.",
]
WHOLE = (
    "The night ferry will stop in May, two people familiar with the plan of the harbour office said, and added that "
    "nobody had asked the crew or its captain before the decision."
)


def pdf_of(*pages: list[str], title: str = "", author: str = "", created: str = "") -> bytes:
    """A small PDF, written by hand: a line of text for each line of a page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    font = len(pages) * 2 + 3
    for lines in pages:
        drawn = " ".join(f"({_escaped(line)}) Tj T*" for line in lines)
        stream = f"BT /F1 10 Tf 14 TL 50 780 Td {drawn} ET" if lines else ""
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R "
            f"/Resources << /Font << /F1 {font} 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    said = {"Title": title, "Author": author, "CreationDate": created}
    objects.append("<< " + " ".join(f"/{key} ({value})" for key, value in said.items() if value) + " >>")
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, value in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{value}\nendobj\n".encode("cp1252")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_of(LINES)))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_lines_become_paragraphs_and_divided_words_whole(tmp_path: Path):
    record = read_one(FORMAT, saved(tmp_path, pdf_of(LINES), "ferry.pdf"))
    assert paragraphs(record) == [
        WHOLE,
        "“Nobody asked us,” said the captain.",
    ]
    assert (
        record.assumed == "lines were joined into paragraphs; 2 words divided at line ends were put together"
    )
    assert (record.id, record.file_name, record.where) == (
        "ferry.pdf",
        "ferry.pdf",
        str(tmp_path / "ferry.pdf"),
    )


def test_what_the_file_says_of_itself_is_kept(tmp_path: Path):
    data = pdf_of(
        ["Ferry to stop", *LINES],
        title="Ferry to stop",
        author="Ida Brandt",
        created="D:20251120083000+02'00'",
    )
    record = read_one(FORMAT, saved(tmp_path, data, "ferry.pdf"))
    assert (record.title, record.author, record.published) == ("Ferry to stop", "Ida Brandt", "2025-11-20")
    assert zones(record) == [("headline", "Ferry to stop")]
    assert record.assumed.endswith("date taken from the file's properties")


@pytest.mark.parametrize("title", ["", "Microsoft Word - draft", "ferry-final.indd", "untitled"])
def test_a_title_that_a_program_gave_is_none(tmp_path: Path, title: str):
    data = pdf_of(["Ferry to stop", *LINES], title=title)
    assert read_one(FORMAT, saved(tmp_path, data, "ferry.pdf")).title == "Ferry to stop"


def test_headers_and_footers_of_most_pages_stand_aside_and_cut_no_paragraph():
    pages = [
        "Harbour Post, page 1\nThe night ferry will stop in May, two people familiar with\n3 December 2025",
        "Harbour Post, page 2\nthe plan said, and nobody had asked the crew of the line.\n3 December 2025",
        "Harbour Post, page 3\nThe council meets soon to decide about the line, he said.\n3 December 2025",
    ]
    found = paragraphs_of_pages(pages, Mending())
    assert [(one.zone, one.text) for one in found if one.zone == "body"] == [
        (
            "body",
            "The night ferry will stop in May, two people familiar with the plan said, and nobody had asked the crew of the line.",
        ),
        ("body", "The council meets soon to decide about the line, he said."),
    ]
    assert [one.text for one in found if one.zone == "boilerplate"].count("3 December 2025") == 3
    assert len(found) == 8


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ["a letter of the well-", "known captain, a well-known man"],
            "a letter of the well-known captain, a well-known man",
        ),
        (
            ["he came from Baden-", "Baden on a boat of the line"],
            "he came from Baden-Baden on a boat of the line",
        ),
        (["the har\u00ad", "bour office said so on Monday"], "the harbour office said so on Monday"),
        (
            ["all in all a good har-", "bour for boats of every kind"],
            "all in all a good harbour for boats of every kind",
        ),
        (["from 1939-", "1945 there were no boats here"], "from 1939- 1945 there were no boats here"),
    ],
)
def test_a_hyphen_at_a_line_end_goes_only_where_it_is_not_the_words_own(lines: list[str], text: str):
    assert [one.text for one in paragraphs_of_pages(["\n".join(lines)], Mending())] == [text]


def test_lists_and_short_lines_stay_lines_of_their_own():
    page = "The council will decide about three things in December of the year:\n• the night ferry and its crew\n• the fees\nNobody asked."
    assert [one.text for one in paragraphs_of_pages([page], Mending())] == page.split("\n")


@given(st.lists(st.text(alphabet="ab -\n\u00ad•1Z.,\u2029", max_size=80), max_size=6))
def test_mending_takes_nothing_out_but_spaces_and_hyphens(pages: list[str]):
    found = paragraphs_of_pages(pages, Mending())
    letters = "".join("".join(pages).split()).replace("-", "").replace("\u00ad", "")
    kept = "".join("".join(one.text for one in found).split()).replace("-", "").replace("\u00ad", "")
    assert sorted(kept) == sorted(letters)


def test_a_page_without_text_among_others_is_reported(tmp_path: Path):
    losses = LossReport()
    read_one(FORMAT, saved(tmp_path, pdf_of(LINES, []), "ferry.pdf"), losses)
    assert [(loss.what, loss.first[0].article) for loss in losses] == [
        ("page without text", "ferry.pdf, page 2")
    ]


def test_a_file_whose_password_is_empty_is_read(tmp_path: Path):
    assert "harbour office" in (read_one(FORMAT, saved(tmp_path, encrypted(""), "ferry.pdf")).text or "")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"plain words", "is no PDF"),
        (bytes(range(256)) * 40, "is no PDF"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 40, "is a broken PDF"),
        (b"%PDF-1.4\n%%EOF", "is a broken PDF"),
        (pdf_of(LINES)[:300], "is a broken PDF"),
        (pdf_of([], []), "holds pictures and no text"),
        (encrypted("secret"), "is encrypted; save it without its password first"),
        (pdf_of(*[[]] * 1001), "has 1001 pages; an article may have at most 1000"),
        (pdf_of(LINES).replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), "PDF|text"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    tmp_path: Path, data: bytes, says: str, caplog: pytest.LogCaptureFixture
):
    path = saved(tmp_path, data, "ferry.pdf")
    with pytest.raises(BadInput, match=says) as caught:
        read_one(FORMAT, path)
    assert str(path) in str(caught.value)
    assert caplog.records == []


@pytest.mark.parametrize(
    ("name", "head", "sure"),
    [
        ("ferry.PDF", b"", BY_NAME),
        ("ferry", b"\n%PDF-1.7\n", BY_CONTENT),
        ("ferry.txt", b"words about %PDF", NO),
        ("ferry.docx", bytes(range(256)), NO),
    ],
)
def test_a_pdf_is_known_by_its_name_or_its_mark(name: str, head: bytes, sure: int):
    assert FORMAT.recognises(Path(name), head) == sure


def test_pdfs_are_never_written(tmp_path: Path):
    with pytest.raises(BadInput, match="carries no annotations"):
        FORMAT.write([], tmp_path / "x.pdf", ExportOptions())

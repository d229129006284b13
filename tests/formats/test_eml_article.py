"""A saved mail gives its text, whatever its parts, and names what is attached to it."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions
from annotator.formats.eml_article import FORMAT
from tests.formats.article_reading import no_network, paragraphs, read_one, saved, zones

WORDS = "“Nobody asked us,” said Zoë 🔥, the captain.\n\nThe council meets on 3 December.\n"
HTML = (
    "<html><body><p>“Nobody asked us,” said Zoë.</p><img src='http://far.example/pixel'>"
    "<p>Read also: <a href='http://far.example/x'>Fees rise</a></p></body></html>"
)


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    known = {
        "Subject": "Ferry to stop in May",
        "From": "Ida Brandt <ida.brandt@harbour-post.example>",
        "Date": "Thu, 20 Nov 2025 23:30:00 -0500",
    }
    for name, value in {**known, **headers}.items():
        if value:
            message[name] = value
    return message


def plain(text: str = WORDS, **headers: str) -> EmailMessage:
    message = mail(**headers)
    message.set_content(text)
    return message


def test_a_plain_mail_is_an_article_with_subject_sender_and_date(tmp_path: Path):
    record = read_one(FORMAT, saved(tmp_path, plain().as_bytes(), "ferry.eml"))
    assert paragraphs(record) == WORDS.strip().split("\n\n")
    assert (record.title, record.author, record.outlet) == (
        "Ferry to stop in May",
        "Ida Brandt",
        "harbour-post.example",
    )
    assert (record.published, record.id, record.file_name) == ("2025-11-20", "ferry.eml", "ferry.eml")
    assert record.assumed == "outlet taken from the sender"


@pytest.mark.parametrize(
    ("sender", "author", "outlet"),
    [
        ("Harbour Post <newsletter@post.example>", "", "Harbour Post"),
        ("no-reply@post.example", "", "post.example"),
        ("Ida Brandt <ida@gmail.com>", "Ida Brandt", ""),
        ("ida@post.example", "ida@post.example", "post.example"),
        ("=?utf-8?q?Zo=C3=AB?= <zoe@post.example>", "Zoë", "post.example"),
        ("", "", ""),
        ("<<<@@", "", ""),
    ],
)
def test_a_sender_is_an_author_or_an_outlet(tmp_path: Path, sender: str, author: str, outlet: str):
    raw = f"Subject: Ferry\r\nFrom: {sender}\r\n\r\n{WORDS}".encode()
    record = read_one(FORMAT, saved(tmp_path, raw, "ferry.eml"))
    if author or outlet:
        assert (record.author, record.outlet) == (author, outlet)


def test_a_mail_in_html_alone_is_read_as_a_page_is(tmp_path: Path):
    message = mail()
    message.set_content(HTML, subtype="html")
    path = saved(tmp_path, message.as_bytes(), "ferry.eml")
    with no_network():
        record = read_one(FORMAT, path)
    assert paragraphs(record) == ["“Nobody asked us,” said Zoë.", "Read also: Fees rise"]
    assert zones(record) == [("link", "Read also: Fees rise")]


def test_of_two_bodies_the_plain_one_is_read_unless_it_is_empty(tmp_path: Path):
    message = plain()
    message.add_alternative(HTML, subtype="html")
    assert "council meets" in (read_one(FORMAT, saved(tmp_path, message.as_bytes(), "a.eml")).text or "")
    message = plain(" \n")
    message.add_alternative(HTML, subtype="html")
    assert "Fees rise" in (read_one(FORMAT, saved(tmp_path, message.as_bytes(), "b.eml")).text or "")


def test_attachments_are_named_and_left(tmp_path: Path):
    message = plain()
    message.add_attachment(b"\x00\x01", maintype="application", subtype="pdf", filename="plan.pdf")
    message.add_attachment(plain("Inner words.\n"))
    losses = LossReport()
    record = read_one(FORMAT, saved(tmp_path, message.as_bytes(), "ferry.eml"), losses)
    assert "Inner words" not in (record.text or "")
    assert [(loss.what, loss.count) for loss in losses] == [("attachment not imported", 2)]
    assert losses.losses["attachment not imported"].first[0].article == "ferry.eml: plan.pdf"


def test_soft_line_ends_are_taken_out_and_a_signature_stands_aside(tmp_path: Path):
    raw = (
        b"Subject: Ferry\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
        b"The ferry \r\nstops in May.\r\n\r\n From here on\r\nnothing.\r\n-- \r\nIda Brandt\r\nHarbour Post\r\n"
    )
    record = read_one(FORMAT, saved(tmp_path, raw, "ferry.eml"))
    assert paragraphs(record) == [
        "The ferry stops in May.",
        "From here on\nnothing.",
        "Ida Brandt\nHarbour Post",
    ]
    assert zones(record) == [("boilerplate", "Ida Brandt\nHarbour Post")]


@pytest.mark.parametrize(
    ("charset", "encoding", "says"),
    [
        ("iso-8859-1", "latin-1", ""),
        ("koi8-r", "koi8-r", ""),
        ("utf-8", "cp1252", "the mail says utf-8, and is not; not UTF-8"),
        ("no-such-thing", "utf-8", ""),
        ("", "utf-8", ""),
    ],
)
def test_a_body_is_decoded_as_it_declares_or_as_it_is(tmp_path: Path, charset: str, encoding: str, says: str):
    words = (
        "Паром остановится"
        if encoding == "koi8-r"
        else "Le café est fermé, a dit la capitaine du port à Zoë."
    )
    kind = f"; charset={charset}" if charset else ""
    raw = (
        f"Subject: x\r\nContent-Type: text/plain{kind}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
        + words.encode(encoding)
    )
    record = read_one(FORMAT, saved(tmp_path, raw, "ferry.eml"))
    assert record.text == words
    assert says in record.assumed
    assert bool(says) == bool(record.assumed)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\r\nNo headers at all", "is no mail"),
        (b"Subject: Ferry\r\n\r\n", "is a mail without text"),
        (b"Subject: Ferry\r\nContent-Type: image/png\r\n\r\nabc", "is a mail without text"),
        (
            b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\nnever closed",
            "is a mail without text",
        ),
        (b"Subject: x\r\nContent-Type: text/plain\r\n\r\n" + bytes(range(256)) * 40, "is not text"),
    ],
)
def test_what_holds_no_text_is_refused_in_a_sentence(tmp_path: Path, data: bytes, says: str):
    path = saved(tmp_path, data, "ferry.eml")
    with pytest.raises(BadInput, match=says) as caught:
        read_one(FORMAT, path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    "value", ["=?utf-8?q?a?= " * 20_000, "<" * 100_000, "(" * 100_000, "a@b.example, " * 50_000]
)
@pytest.mark.parametrize("name", ["Subject", "From", "Date", "Content-Type", "Content-Disposition"])
def test_a_header_without_end_takes_neither_time_nor_memory(tmp_path: Path, name: str, value: str):
    raw = f"Subject: x\r\n{name}: {value}\r\n\r\nThe ferry stops.\r\n".encode()
    assert read_one(FORMAT, saved(tmp_path, raw, "ferry.eml")).text == "The ferry stops."


def test_parts_nested_without_end_are_refused_and_broken_headers_passed_over(tmp_path: Path):
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (number, number)
        for number in range(2000)
    )
    with pytest.raises(BadInput, match="mail"):
        read_one(FORMAT, saved(tmp_path, b"Subject: x\r\n" + nested, "deep.eml"))
    raw = b"Subject: =?utf-8?b?///?=\r\nDate: yesterday\r\nFrom: \xff\xfe <\r\nContent-Type: ;;;\r\n\r\nThe ferry stops.\r\n"
    record = read_one(FORMAT, saved(tmp_path, raw, "broken.eml"))
    assert (record.text, record.published) == ("The ferry stops.", "")
    record.title.encode("utf-8")
    record.author.encode("utf-8")


@pytest.mark.parametrize(
    ("name", "head", "sure"),
    [
        ("ferry.eml", b"", BY_NAME),
        ("ferry.eml", b"Subject: x\r\nFrom: a@b.example\r\n\r\n", BY_CONTENT),
        ("ferry", b"Received: by x\r\nMessage-ID: <1>\r\n\r\n", BY_CONTENT),
        ("ferry.txt", b"From: the harbour\nThe ferry stops.", NO),
        ("ferry.txt", b"Title: x\n\nFrom: y\nReceived: z", NO),
        ("ferry.txt", bytes(range(256)) * 200, NO),
    ],
)
def test_a_mail_is_known_by_its_name_or_its_headers(name: str, head: bytes, sure: int):
    assert FORMAT.recognises(Path(name), head) == sure


def test_mails_are_never_written(tmp_path: Path):
    with pytest.raises(BadInput, match="carries no annotations"):
        FORMAT.write([], tmp_path / "x.eml", ExportOptions())

"""A saved feed gives an article an entry, and its addresses are never asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions
from annotator.formats.feed_article import FORMAT
from tests.formats.article_reading import no_network, paragraphs, read_all, saved, zones

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Post</title><language>en-gb</language><link>https://post.example/</link>
<item><title>Ferry to stop &amp; crew asked</title><link>https://post.example/ferry</link><guid isPermaLink="false">ferry-1</guid>
<pubDate>Thu, 20 Nov 2025 23:30:00 -0500</pubDate><dc:creator>Ida Brandt</dc:creator><description>Short words.</description>
<content:encoded><![CDATA[<p>“Nobody asked us,” said Zoë 🔥.</p><p>Read also: <a href="https://post.example/x">Fees rise</a></p>
<img src="https://far.example/p">]]></content:encoded></item>
<item><title>Fees rise</title><link>https://post.example/fees</link><description>Two people familiar with the plan said so.</description></item>
<item><title>Empty</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title></title>
<entry><title type="html">&lt;b&gt;Ferry&lt;/b&gt; to stop</title><id>https://www.quay.example/1</id><link href="https://www.quay.example/1"/>
<updated>2025-11-21T08:00:00Z</updated><author><name>A. Reporter</name></author>
<content type="html">&lt;h1&gt;Ferry to stop&lt;/h1&gt;&lt;p&gt;The ferry stops.&lt;/p&gt;</content></entry></feed>"""


def test_an_entry_is_an_article_under_its_headline(tmp_path: Path):
    path = saved(tmp_path, RSS, "post.rss")
    losses = LossReport()
    with no_network():
        first, second = read_all(FORMAT, path, losses)
    assert paragraphs(first) == [
        "Ferry to stop & crew asked",
        "“Nobody asked us,” said Zoë 🔥.",
        "Read also: Fees rise",
    ]
    assert zones(first) == [("headline", "Ferry to stop & crew asked"), ("link", "Read also: Fees rise")]
    assert (first.id, first.title, first.outlet) == ("ferry-1", "Ferry to stop & crew asked", "Harbour Post")
    assert (first.url, first.published, first.author) == (
        "https://post.example/ferry",
        "2025-11-20",
        "Ida Brandt",
    )
    assert (first.language, first.file_name, first.where) == ("en", "post.rss", f"{path}, entry 1")
    assert paragraphs(second) == ["Fees rise", "Two people familiar with the plan said so."]
    assert [(loss.what, loss.first[0].article) for loss in losses] == [
        ("entry with a summary only", f"{path}, entry 2"),
        ("entry without text", f"{path}, entry 3"),
    ]


def test_an_atom_feed_is_read_and_a_headline_is_never_there_twice(tmp_path: Path):
    (record,) = read_all(FORMAT, saved(tmp_path, ATOM, "quay.atom"))
    assert paragraphs(record) == ["Ferry to stop", "The ferry stops."]
    assert (record.title, record.author, record.published) == ("Ferry to stop", "A. Reporter", "2025-11-21")
    assert (record.id, record.outlet, record.assumed) == (
        None,
        "quay.example",
        "outlet taken from the web address",
    )


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("<pubDate>2025-11-20T10:00:00Z</pubDate>", "2025-11-20"),
        ("<dc:date>2025-11-21</dc:date>", "2025-11-21"),
        ("<pubDate>Fri, 21 Nov 25 10:00 GMT</pubDate>", "2025-11-21"),
        ("<pubDate>in spring</pubDate>", ""),
        ("", ""),
    ],
)
def test_an_entry_has_the_day_it_says_or_none(tmp_path: Path, written: str, published: str):
    feed = f'<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><title>x</title><description>y</description>{written}</item></channel></rss>'
    (record,) = read_all(FORMAT, saved(tmp_path, feed, "post.rss"))
    assert record.published == published


def test_a_feed_of_another_encoding_is_read(tmp_path: Path):
    feed = RSS.replace("utf-8", "windows-1252").replace("🔥", "é")
    first, _ = read_all(FORMAT, saved(tmp_path, feed.encode("cp1252"), "post.xml"))
    assert "“Nobody asked us,” said Zoë é." in paragraphs(first)


def test_a_file_whose_content_looks_like_an_address_or_a_path_is_never_opened(tmp_path: Path):
    other = saved(tmp_path, RSS, "other.rss")
    for words in (str(other), "https://post.example/feed", f"<rss>{other}"):
        with no_network(), pytest.raises(BadInput):
            read_all(FORMAT, saved(tmp_path, words, "lure.rss"))


def test_a_feed_that_unfolds_entities_or_reads_files_is_refused(tmp_path: Path):
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    for entities in (f'<!ENTITY e0 "lol">{declared}', '<!ENTITY e9 SYSTEM "file:///etc/hostname">'):
        feed = f"<!DOCTYPE rss [{entities}]><rss><channel><item><title>&e9;</title><description>&e9;</description></item></channel></rss>"
        for encoding in ("utf-8", "utf-16"):
            with no_network(), pytest.raises(BadInput, match="declares entities of its own"):
                read_all(FORMAT, saved(tmp_path, feed.encode(encoding), "post.rss"))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"plain words", "no RSS or Atom feed"),
        (b"<html><body><p>words</p></body></html>", "no RSS or Atom feed"),
        (b"<?xml version='1.0'?><project/>", "no RSS or Atom feed"),
        (b"<rss version='2.0'><channel></channel></rss>", "is a feed without entries"),
        (
            b"<rss version='2.0'><channel><item><title>x</title></item></channel></rss>",
            "is a feed without a text",
        ),
        (bytes(range(256)) * 40, "no RSS or Atom feed"),
        (b"<rss>" + b"<item>" * 5000, "is a feed without"),
    ],
)
def test_what_holds_no_entries_is_refused_in_a_sentence(tmp_path: Path, data: bytes, says: str):
    path = saved(tmp_path, data, "post.xml")
    with pytest.raises(BadInput, match=says) as caught:
        read_all(FORMAT, path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "head", "sure"),
    [
        ("post.rss", b"", BY_NAME),
        ("post.xml", RSS.encode(), BY_CONTENT),
        ("post", ATOM.encode("utf-16"), BY_CONTENT),
        ("post.xml", b"<?xml version='1.0'?><xmi:XMI/>", NO),
        ("post.xml", b"", NO),
        ("post.txt", bytes(range(256)), NO),
    ],
)
def test_a_feed_is_known_by_its_name_or_its_root(name: str, head: bytes, sure: int):
    assert FORMAT.recognises(Path(name), head) == sure


def test_feeds_are_never_written(tmp_path: Path):
    with pytest.raises(BadInput, match="carries no annotations"):
        FORMAT.write([], tmp_path / "x.rss", ExportOptions())

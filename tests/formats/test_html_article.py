"""A saved page gives its article, with what stands between the paragraphs told apart, and asks nobody for anything."""

from __future__ import annotations

import logging
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import BadInput
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions
from annotator.formats.article_text import Paragraph, put_together
from annotator.formats.html_article import FORMAT, record_of_page
from tests.formats.article_reading import no_network, paragraphs, read_one, saved, zones

LEAD = "The night ferry will stop in May, two people familiar with the plan said."
QUOTE = (
    "“Nobody asked us,” said Zoë Hallam, a captain of the line, on Thursday evening after a long meeting. 🔥"
)
NO_COMMENT = "The harbour office declined to comment. A spokesman said\u00a0later that the plan “is dead”, the Quay Courier reported."
COUNCIL = "The council meets on 3 December to decide about the line, said its chair, Mr Orrin Vale, who gave no figures."
PAGE = f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Ferry to stop in May - Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><meta property="og:title" content="Ferry to stop in May">
<meta name="author" content="Ida Brandt"><meta name="description" content="{LEAD}">
<link rel="canonical" href="https://www.harbour-post.example/news/ferry">
<meta property="article:published_time" content="2025-11-20T08:30:00+02:00"></head>
<body class="has-newsletter social"><nav><a href="/">Home</a> <a href="/news">All the news</a></nav>
<header><div class="menu">Menu</div></header>
<main><article><span class="label">Harbour</span><h1>Ferry to stop in May</h1>
<p class="byline">By Ida Brandt</p><div class="share-bar"><a href="/f">Share</a></div>
<p class="lead">{LEAD}</p>
<figure><img src="https://far.example/x.jpg"><figcaption>The ferry at the quay. Photo: Lio Marsh</figcaption></figure>
<p>{QUOTE}</p>
<div class="read-also"><p>Read also: <a href="/x">Harbour fees to rise again</a></p></div>
<div class="ad-slot">Advertisement</div>
<p>{NO_COMMENT}</p>
<h2>What comes next</h2>
<p>Sign up for our newsletter to get more of this.</p>
<blockquote><p>We shall see what the council makes of it, and then we shall talk again about the boats.</p></blockquote>
<p>{COUNCIL}</p></article>
<aside><h3>Most read</h3><ul><li><a href="/y">Something else happens somewhere</a></ul></aside></main>
<footer>© Harbour Post. All rights reserved. <a href="/about">About</a></footer></body></html>"""
BARE = "<html><head><title>Ferry</title></head><body><article>%s</article></body></html>"


def page_of(*blocks: str) -> str:
    return BARE % "".join(blocks)


def test_the_article_is_read_a_paragraph_a_line_with_an_empty_line_between(tmp_path: Path):
    record = read_one(FORMAT, saved(tmp_path, PAGE, "ferry.html"))
    assert paragraphs(record) == [
        "Ferry to stop in May",
        LEAD,
        "The ferry at the quay. Photo: Lio Marsh",
        QUOTE,
        "Read also: Harbour fees to rise again",
        "Advertisement",
        NO_COMMENT,
        "What comes next",
        "Sign up for our newsletter to get more of this.",
        "We shall see what the council makes of it, and then we shall talk again about the boats.",
        COUNCIL,
    ]


def test_what_is_not_body_is_marked_as_what_it_is(tmp_path: Path):
    assert zones(read_one(FORMAT, saved(tmp_path, PAGE, "ferry.html"))) == [
        ("headline", "Ferry to stop in May"),
        ("standfirst", LEAD),
        ("caption", "The ferry at the quay. Photo: Lio Marsh"),
        ("link", "Read also: Harbour fees to rise again"),
        ("boilerplate", "Advertisement"),
        ("boilerplate", "Sign up for our newsletter to get more of this."),
    ]


def test_what_the_page_says_of_itself_is_kept(tmp_path: Path):
    record = read_one(FORMAT, saved(tmp_path, PAGE, "ferry.html"))
    assert (record.title, record.outlet, record.author) == (
        "Ferry to stop in May",
        "Harbour Post",
        "Ida Brandt",
    )
    assert (record.published, record.language) == ("2025-11-20", "en")
    assert record.url == "https://www.harbour-post.example/news/ferry"
    assert (record.id, record.file_name, record.where) == (
        "ferry.html",
        "ferry.html",
        str(tmp_path / "ferry.html"),
    )
    assert (record.assumed, record.attributions) == ("", None)


def test_a_headline_outside_the_article_element_still_comes_first(tmp_path: Path):
    page = f"""<html><body><div class="top"><h1>Ferry to stop</h1><div class="photo-caption">The quay at dawn</div></div>
    <div class="text"><p>{LEAD}</p><p>{QUOTE}</p><p>{NO_COMMENT}</p><p>{COUNCIL}</p></div></body></html>"""
    record = read_one(FORMAT, saved(tmp_path, page, "ferry.html"))
    assert paragraphs(record)[:3] == ["Ferry to stop", "The quay at dawn", LEAD]
    assert zones(record)[:2] == [("headline", "Ferry to stop"), ("caption", "The quay at dawn")]


def test_a_headline_that_only_the_title_knows_is_put_first_and_never_twice(tmp_path: Path):
    page = f"<html><head><title>Ferry to stop</title></head><body><article><p>{LEAD}</p><p>{QUOTE}</p></article></body></html>"
    record = read_one(FORMAT, saved(tmp_path, page, "ferry.html"))
    assert paragraphs(record) == ["Ferry to stop", LEAD, QUOTE]
    again = page.replace("<article>", "<article><p><b>Ferry to stop</b></p>")
    record = read_one(FORMAT, saved(tmp_path, again, "ferry.html"))
    assert paragraphs(record) == ["Ferry to stop", LEAD, QUOTE]
    assert zones(record)[0] == ("headline", "Ferry to stop")


@pytest.mark.parametrize(
    ("block", "zone"),
    [
        ("<p>Читайте також: <a href='/x'>Портові збори зростуть</a></p>", "link"),
        ("<p><a href='/x'>Harbour fees to rise again</a></p>", "link"),
        ("<p>Lesen Sie auch: Hafengebühren steigen</p>", "link"),
        ("<div class='article__related'><h4>The fees explained</h4></div>", "link"),
        ("<p>Photo: Lio Marsh / Harbour Pictures</p>", "caption"),
        ("<div class='wp-caption-text'>The quay at dawn</div>", "caption"),
        ("<p>Реклама</p>", "boilerplate"),
        ("<aside><p>Each morning the harbour in your letter box.</p></aside>", "boilerplate"),
        ("<form><p>Get our morning letter</p><input type=email><button>Send</button></form>", "boilerplate"),
        ("<p>Follow us on every network there is.</p>", "boilerplate"),
    ],
)
def test_what_stands_between_paragraphs_is_kept_and_told_apart(tmp_path: Path, block: str, zone: str):
    page = page_of(
        "<h1>Ferry</h1>", f"<p>{LEAD}</p><p>{QUOTE}</p>", block, f"<p>{NO_COMMENT}</p><p>{COUNCIL}</p>"
    )
    record = read_one(FORMAT, saved(tmp_path, page, "ferry.html"))
    assert [name for name, _ in zones(record)] == ["headline", zone]


@pytest.mark.parametrize(
    "words",
    [
        "Support for the plan grew in the town, the chair said, and so did the doubts of the crew about it.",
        "Read more books, the captain urged the council, before you decide about boats that you never boarded.",
        "Share prices of the line fell by a tenth, two brokers said on the morning after the council had met.",
        "Photographs of the meeting show an empty hall, the Quay Courier wrote in its issue of the same evening.",
    ],
)
def test_a_sentence_that_only_begins_like_a_prompt_stays_body(tmp_path: Path, words: str):
    page = page_of("<h1>Ferry</h1>", f"<p>{LEAD}</p><p>{words}</p><p>{NO_COMMENT}</p>")
    record = read_one(FORMAT, saved(tmp_path, page, "ferry.html"))
    assert words in paragraphs(record)
    assert [name for name, _ in zones(record)] == ["headline"]


def test_a_whole_article_whose_wrapper_has_the_name_of_an_advert_stays_body(tmp_path: Path):
    page = page_of(
        "<h1>Ferry</h1>",
        f"<div class='social promo'><p>{LEAD}</p>",
        *[f"<p>{QUOTE}</p><p>{COUNCIL}</p>"] * 5,
        "</div>",
    )
    record = read_one(FORMAT, saved(tmp_path, page, "ferry.html"))
    assert [name for name, _ in zones(record)] == ["headline"]


def test_lines_of_names_and_dates_before_the_body_stand_aside(tmp_path: Path):
    crew = "Crew not consulted about the end of the night line, says its captain"
    page = page_of(
        f"<header><h1>Ferry</h1><p>{crew}</p><p>By Lio Marsh</p><p>Thu 20 Nov 2025 08.30</p></header>",
        f"<p>{LEAD}</p><p>{QUOTE}</p><p>{NO_COMMENT}</p><p>{COUNCIL}</p>",
        "<ul><li><a href='/f'>Ferries</a></li><li><a href='/h'>Harbours</a></li></ul>",
    )
    record = read_one(FORMAT, saved(tmp_path, page, "ferry.html"))
    assert zones(record)[:2] == [("headline", "Ferry"), ("standfirst", crew)]
    assert all(zone == "boilerplate" for zone, _ in zones(record)[2:])
    assert paragraphs(record)[-1] == COUNCIL


@pytest.mark.parametrize("tag", ["article", "div"])
def test_other_articles_and_readers_comments_are_not_read(tmp_path: Path, tag: str):
    others = (
        f"<{tag}><h2><a href='/1'>Another story of the day, told elsewhere</a></h2><p>Its teaser, which nobody read.</p></{tag}>"
        "<div id='comments' class='comments'><p>I think that this is a bad plan for the island and its people.</p></div>"
    )
    page = BARE % f"<h1>Ferry</h1><p>{LEAD}</p><p>{QUOTE}</p><p>{NO_COMMENT}</p><p>{COUNCIL}</p>"
    record = read_one(FORMAT, saved(tmp_path, page.replace("</body>", f"{others}</body>"), "ferry.html"))
    assert paragraphs(record) == ["Ferry", LEAD, QUOTE, NO_COMMENT, COUNCIL]


def test_line_breaks_lists_tables_and_quotation_elements_are_read_as_they_look(tmp_path: Path):
    page = page_of(
        f"<h1>Ferry</h1><p>{LEAD}<br>Second line.<br><br>A new   paragraph\n of the same element, with <b>bo</b>ld words.</p>",
        "<ul><li>The first of the points that the council made in its letter to the crew.</li>",
        "<li>The second of the points that the council made, and the last one.</li></ul>",
        "<table><tr><th>Year</th><th>Boats</th></tr><tr><td>2024</td><td>7</td></tr></table>",
        f"<p>The chair said <q>not now</q> to the <span>crew</span>.<script>var x = 1;</script></p><p>{COUNCIL}</p>",
    )
    found = paragraphs(read_one(FORMAT, saved(tmp_path, page, "ferry.html")))
    assert f"{LEAD}\nSecond line." in found
    assert "A new paragraph of the same element, with bold words." in found
    assert "The first of the points that the council made in its letter to the crew." in found
    assert "Year\tBoats" in found
    assert "2024\t7" in found
    assert "The chair said “not now” to the crew." in found


def test_what_a_reader_never_sees_is_not_read(tmp_path: Path):
    unseen = "<p hidden>unseen one</p><p style='display: none'>unseen two</p><template><p>unseen three</p></template>"
    page = page_of(
        "<h1>Ferry</h1>", f"<p>{LEAD}</p>", unseen, "<!-- unseen four -->", f"<p>{QUOTE}</p><p>{COUNCIL}</p>"
    )
    assert "unseen" not in (read_one(FORMAT, saved(tmp_path, page, "ferry.html")).text or "")


def test_letters_of_every_script_and_every_space_but_the_plain_are_kept(tmp_path: Path):
    words = "قال مصدران إن العبّارة ستتوقف في مايو 👨‍👩‍👧 e\u0301 \u00a0 \u00ad \u2028 🇺🇦 and so on, said the crew of the boat."
    record = read_one(
        FORMAT, saved(tmp_path, page_of(f"<p>{LEAD}</p><p>{words}</p><p>{QUOTE}</p>"), "ferry.html")
    )
    assert words in (record.text or "")


@pytest.mark.parametrize(
    ("encoding", "declared", "says"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8-sig", "iso-8859-1", ""),
        ("utf-16", "", "UTF-16, by its byte order mark"),
        ("cp1252", "iso-8859-1", ""),
        ("cp1252", "windows-1252", ""),
        ("utf-8", "windows-1251", "the page says windows-1251, and its bytes are UTF-8; read as UTF-8"),
        ("utf-8", "", ""),
        ("cp1252", "", "read as Windows-1252"),
        ("cp1252", "utf-8", "the page says utf-8, and is not; not UTF-8"),
        ("utf-8", "no-such-thing", ""),
        ("utf-8", "idna", ""),
        ("utf-8", "zip", ""),
    ],
)
def test_a_page_is_decoded_as_it_declares_or_as_it_is(
    tmp_path: Path, encoding: str, declared: str, says: str
):
    words = "“Niemand hat uns gefragt”, sagte Zoë Hallam, die Kapitänin der Fähre, nach der langen Sitzung im Rathaus."
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    page = f"<html lang=de><head>{meta}<title>Die Fähre</title></head><body><p>{words}</p><p>{words} Nein.</p></body></html>"
    record = read_one(FORMAT, saved(tmp_path, page.encode(encoding), "ferry.html"))
    assert words in paragraphs(record)
    assert record.title == "Die Fähre"
    assert says in record.assumed
    assert bool(says) == bool(record.assumed)


def test_an_xhtml_page_with_its_declaration_is_read(tmp_path: Path):
    page = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr">'
        f"<head><title>Le café</title></head><body><p>{LEAD}</p><p>Le café est fermé, a dit la capitaine du port.</p></body></html>"
    )
    record = read_one(FORMAT, saved(tmp_path, page.encode("latin-1"), "ferry.xhtml"))
    assert "Le café est fermé, a dit la capitaine du port." in paragraphs(record)
    assert (record.title, record.language) == ("Le café", "fr")


def test_what_the_page_leaves_out_is_taken_from_addresses_and_names_and_said(tmp_path: Path):
    body = page_of(f"<p>{LEAD}</p><p>{QUOTE}</p>")
    page = f"<!-- saved from url=(0050)https://www.quay-courier.example/2025/11/21/ferry -->\n{body}"
    record = read_one(FORMAT, saved(tmp_path, page, "ferry.html"))
    assert (record.outlet, record.published) == ("quay-courier.example", "2025-11-21")
    assert record.url == "https://www.quay-courier.example/2025/11/21/ferry"
    assert record.assumed == "outlet taken from the web address; date taken from the web address"
    record = read_one(FORMAT, saved(tmp_path, body, "2025-11-22 ferry.html"))
    assert (record.published, record.assumed) == ("2025-11-22", "date taken from the name of the file")


def test_nothing_that_a_page_refers_to_is_ever_fetched(tmp_path: Path):
    lures = """<!DOCTYPE html PUBLIC "x" "http://far.example/x.dtd" [<!ENTITY far SYSTEM "http://far.example/e">]>
    <html manifest="http://far.example/m"><head><base href="http://far.example/"><link rel=stylesheet href="http://far.example/c">
    <link rel="canonical" href="http://far.example/1"><meta http-equiv=refresh content="0; url=http://far.example/r">
    <script src="http://far.example/s"></script></head><body><iframe src="http://far.example/i"></iframe>
    <img src="http://far.example/p"><object data="file:///etc/hostname"></object><xi:include href="file:///etc/hostname"/>"""
    path = saved(tmp_path, f"{lures}<p>&far;{LEAD}</p><p>{QUOTE}</p>", "ferry.html")
    with no_network():
        record = read_one(FORMAT, path)
    assert LEAD in (record.text or "")
    assert QUOTE in (record.text or "")


def test_entities_that_a_page_declares_itself_are_not_unfolded(tmp_path: Path):
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    page = f'<!DOCTYPE html [<!ENTITY e0 "lol">{declared}]><html><body><p>&e9;{LEAD}</p><p>{QUOTE}</p></body></html>'
    assert "lollol" not in (read_one(FORMAT, saved(tmp_path, page, "ferry.html")).text or "")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"<!-- nothing -->", "holds no page"),
        (b"<html><body></body></html>", "holds no article text"),
        (
            b"<html><head><title>Ferry</title></head><body><h1>Ferry</h1></body></html>",
            "holds no article text",
        ),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "holds no article text"),
        (bytes(range(256)) * 40, "is not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(7)) * 99, "is not text"),
    ],
)
def test_what_holds_no_article_is_refused_in_a_sentence(tmp_path: Path, data: bytes, says: str):
    path = saved(tmp_path, data, "ferry.html")
    with pytest.raises(BadInput, match=says) as caught:
        read_one(FORMAT, path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("tag", ["div", "b", "span", "table><tr><td", "ul><li", "a href=x"])
def test_elements_nested_without_end_are_read_or_refused_at_once(tmp_path: Path, tag: str):
    path = saved(
        tmp_path, f"<html><body><p>{LEAD}</p><p>{QUOTE}</p>" + f"<{tag}>" * 20_000 + "deep", "ferry.html"
    )
    assert LEAD in (read_one(FORMAT, path).text or "")


def test_what_cannot_be_stored_never_comes_into_a_text(tmp_path: Path):
    page = page_of(
        f"<p>{LEAD}</p><p>A&#0;B&#xD800;C &#xFFFF; said the crew of the boat after the meeting.</p><p>{QUOTE}</p>"
    )
    text = read_one(FORMAT, saved(tmp_path, page, "ferry.html")).text or ""
    assert "\x00" not in text
    text.encode("utf-8")


PIECES = (
    "<p>;</p>;<div class=share>;</div>;<h1>;<br>;<a href=x>;</a>;<table><tr><td>;<li>;<aside>;<q>;<article>;</article>;"
    "<figcaption>;<title>;]]>;<!--;Ferry;&nbsp"
).split(";")


@given(st.lists(st.sampled_from([*PIECES, "&#0;", "\x00", "<pre>\n\n", LEAD, QUOTE])))
def test_whatever_a_page_is_made_of_its_zones_lie_in_its_text(pieces: list[str]):
    try:
        record = record_of_page("".join(pieces), Path("ferry.html"), "")
    except BadInput:
        return
    text = record.text or ""
    text.encode("utf-8")
    assert text.strip()
    assert "\x00" not in text
    assert all(0 <= zone.span.start < zone.span.end <= len(text) for zone in record.zones)
    assert all(one.span.end <= two.span.start for one, two in pairwise(record.zones))


@given(st.lists(st.tuples(st.sampled_from(["body", "link", "caption"]), st.text(max_size=8))))
def test_zones_put_together_never_overlap_and_cover_their_paragraphs(made: list[tuple[str, str]]):
    found = put_together(Paragraph(text, zone) for zone, text in made)
    found.text.encode("utf-8")
    assert "\x00" not in found.text
    assert all(one.span.end <= two.span.start for one, two in pairwise(found.zones))
    assert all(zone.span.text(found.text).strip() for zone in found.zones)


@pytest.mark.parametrize(
    ("name", "head", "sure"),
    [
        ("ferry.html", b"", BY_NAME),
        ("ferry.HTM", b"\xff\xfe\x00", BY_NAME),
        ("ferry", b"  <!DOCTYPE html><html>", BY_CONTENT),
        ("ferry.txt", b"\xef\xbb\xbf<!-- x --><html lang=en>", BY_CONTENT),
        ("ferry.txt", b"The <html> element", NO),
        ("ferry.txt", b"<" * 65_536, NO),
        ("ferry.txt", b"<!--" * 16_384, NO),
        ("ferry.pdf", bytes(range(256)), NO),
    ],
)
def test_a_page_is_known_by_its_name_or_by_how_it_begins(name: str, head: bytes, sure: int):
    assert FORMAT.recognises(Path(name), head) == sure


def test_the_library_is_silent_and_its_loggers_are_left_as_they_were(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    logger = logging.getLogger("trafilatura")
    before = logger.level
    read_one(FORMAT, saved(tmp_path, page_of(f"<p>{LEAD}</p>"), "ferry.html"))
    assert logger.level == before
    assert caplog.records == []


def test_pages_are_never_written(tmp_path: Path):
    with pytest.raises(BadInput, match="carries no annotations"):
        FORMAT.write([], tmp_path / "x.html", ExportOptions())

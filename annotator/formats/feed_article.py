"""Feeds (RSS, Atom): each entry an article, as far as the feed carries its text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import struct_time
from typing import Any

from annotator.core.errors import BadInput
from annotator.core.ids import usable
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions, ReadOptions
from annotator.core.records import Record
from annotator.formats.article_text import HEADLINE, ArticleText, Paragraph, put_together, squeezed, storable
from annotator.formats.decoding import read_bytes
from annotator.formats.guessing import host_of, iso_date, language_of, web_address
from annotator.formats.html_text import paragraphs_of_piece
from annotator.formats.quiet import quiet

SUMMARY_ONLY = "entry with a summary only"
WITHOUT_TEXT = "entry without text"
_LARGEST = 50_000_000
_ROOT = re.compile(rb"<(?:rss|feed|(?:rdf:)?RDF)[\s>]")
_ROOT_OF_FEED = re.compile(rb"<rss[\s>]|<feed[\s>]|<rdf:RDF[\s>].{0,2000}?purl\.org/rss", re.DOTALL)
_DECLARES = re.compile(rb"<!(?:ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-zA-Z!/][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")


class FeedArticle:
    """Read the entries of a saved feed; the addresses in it are never asked."""

    name = "feed"
    title = "Feed (RSS, Atom), saved"
    suffixes = (".rss", ".atom", ".xml")
    reads = True
    writes = False
    folder = False
    cannot_carry = ("annotations of any kind",)

    def recognises(self, path: Path, head: bytes) -> int:
        if _ROOT_OF_FEED.search(head[:8192].replace(b"\x00", b"")):
            return BY_CONTENT
        return BY_NAME if path.suffix.lower() in {".rss", ".atom"} else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """An article an entry."""
        feed = _parsed(path)
        outlet = storable(feed.feed.get("title") or "").strip()
        any_text = False
        for number, entry in enumerate(feed.entries, 1):
            where = f"{path}, entry {number}"
            title = " ".join(line.text for line in _paragraphs(entry.get("title") or ""))
            text, is_whole = _text(entry, title)
            if not text.text:
                losses.add(WITHOUT_TEXT, where)
                continue
            if not is_whole:
                losses.add(SUMMARY_ONLY, where)
            any_text = True
            url = web_address(entry.get("link") or "")
            own_id = entry.get("id") or ""
            yield Record(
                id=own_id if usable(own_id) and not host_of(own_id) else None,
                text=text.text,
                zones=text.zones,
                title=title,
                author=storable(entry.get("author") or ""),
                outlet=outlet or host_of(url),
                url=url,
                published=_published(entry),
                language=language_of(feed.feed.get("language")),
                assumed="" if outlet or not host_of(url) else "outlet taken from the web address",
                file_name=path.name,
                where=where,
            )
        if not any_text:
            raise BadInput(f"{path} is a feed without a text in it. Nothing was imported from it.")

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """Feeds are read, not written."""
        raise BadInput("A feed carries no annotations; choose another format to export.")


def _parsed(path: Path) -> Any:
    data = read_bytes(path, limit=_LARGEST)
    plain = data.replace(b"\x00", b"")
    if _DECLARES.search(plain):
        raise BadInput(
            f"{path} declares entities of its own, which no feed needs. Nothing was imported from it."
        )
    if not _ROOT.search(plain):
        raise BadInput(f"{path} is XML, but no RSS or Atom feed. Nothing was imported from it.")
    import feedparser  # noqa: PLC0415  woken late

    with quiet("feedparser"):
        try:
            # A stream, for feedparser takes text and bytes for an address or a file's name first.
            feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False)
        except Exception as wrong:  # the library promises nothing about what it raises for a broken feed
            raise BadInput(f"{path} is a broken feed: {wrong}. Nothing was imported from it.") from wrong
    if not feed.entries:
        fault = feed.get("bozo_exception")
        why = f" ({fault})" if fault else ""
        raise BadInput(f"{path} is a feed without entries{why}. Nothing was imported from it.")
    return feed


def _text(entry: Any, title: str) -> tuple[ArticleText, bool]:
    """An entry's text under its headline, and whether it is more than a summary."""
    whole = max(
        (str(content.get("value") or "") for content in entry.get("content") or ()), key=len, default=""
    )
    found = _paragraphs(whole)
    is_whole = bool(found)
    if not found:
        found = _paragraphs(str(entry.get("summary") or ""))
    if not found:
        return ArticleText(""), False
    if title and squeezed(found[0].text) == squeezed(title):
        found = [Paragraph(found[0].text, HEADLINE), *found[1:]]
    elif title:
        found = [Paragraph(title, HEADLINE), *found]
    return put_together(found), is_whole


def _paragraphs(value: str) -> list[Paragraph]:
    if not _MARKUP.search(value):
        lines = re.split(r"\n\s*\n", storable(value))
        return [Paragraph(" ".join(line.split(" ")).strip()) for line in lines if line.strip()]
    return paragraphs_of_piece(value)


def _published(entry: Any) -> str:
    """The day as the feed writes it, which is the writer's own; else the same moment's day in UTC."""
    known = dict(entry)  # the library's own look-up warns when it offers one date for another
    for name in ("published", "created", "updated"):
        if said := iso_date(str(known.get(name) or "")):
            return said
        parsed = known.get(f"{name}_parsed")
        if isinstance(parsed, struct_time):
            return iso_date(f"{parsed.tm_year:04d}-{parsed.tm_mon:02d}-{parsed.tm_mday:02d}")
    return ""


FORMAT = FeedArticle()

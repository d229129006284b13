"""Saved web pages: the article on them, with its headline, captions and link lines as zones."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions, ReadOptions
from annotator.core.records import Record
from annotator.formats.article_text import put_together, squeezed, storable
from annotator.formats.decoding import Decoded, decode, read_bytes
from annotator.formats.guessing import date_in_name, host_of, iso_date, language_of, web_address
from annotator.formats.html_main import SaidOfItself, article_paragraphs
from annotator.formats.html_text import blocks, tree_of
from annotator.formats.quiet import quiet

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_WHERE_DECLARED = 8192
_AS_BROWSERS_READ = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
_NO_PAGES = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined", "mbcs", "oem"}
_BEGINNING = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*(?:<!doctype\s+html|<html|<head\b|<body\b)",
    re.IGNORECASE | re.DOTALL,
)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)\s*(\S+)|^\s*url:\s*(https?://\S+)", re.MULTILINE)
_WHERE_SAVED = 4000
_DATES = {"original_date": True, "extensive_search": False}


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page says of itself; extracted is trafilatura's tree of its main text."""

    said: SaidOfItself = field(default_factory=SaidOfItself)
    outlet: str = ""
    url: str = ""
    published: str = ""
    extracted: Any = None


def page_source(data: bytes, where: str) -> Decoded:
    """A page's text, by its byte order mark, by the encoding it declares, or by what its bytes look like.

    Raises:
        BadInput: when the bytes are no text.
    """
    match = None if data.startswith(_MARKS) else _DECLARED.search(data[:_WHERE_DECLARED])
    declared = (match[1] or match[2]).decode("ascii", "replace") if match else ""
    name = _usable(declared)
    if not name or b"\x00" in data[:_WHERE_DECLARED]:
        return decode(data, where)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text:
        other = name != "utf-8" and not text.isascii()
        return Decoded(
            text, f"the page says {declared}, and its bytes are UTF-8; read as UTF-8" if other else ""
        )
    try:
        return Decoded(data.decode(name), "")
    except (UnicodeDecodeError, ValueError):
        guessed = decode(data, where)
        return Decoded(guessed.text, f"the page says {declared}, and is not; {guessed.assumed}")


def _usable(declared: str) -> str:
    try:
        name = codecs.lookup(declared).name
        b"a".decode(name)
    except (LookupError, ValueError):
        return ""
    return "" if name in _NO_PAGES or name.startswith("utf-16") else _AS_BROWSERS_READ.get(name, name)


def record_of_page(source: str, path: Path, assumed: str) -> Record:
    """The article on a page.

    Raises:
        BadInput: when there is no article on it.
    """
    source = storable(source)
    try:
        root = tree_of(source)
    except BadInput as wrong:
        raise BadInput(f"{path} holds no page: {wrong}. Nothing was imported from it.") from wrong
    page = _page(source)
    notes = [assumed] if assumed else []
    url = page.url or _saved_from(source)
    outlet = page.outlet
    host = host_of(url)
    if host and (not outlet or outlet == host):
        outlet = host
        notes.append("outlet taken from the web address")
    published = page.published
    if not published:
        published = date_in_name(url) or date_in_name(path.stem)
        if published:
            notes.append(f"date taken from the {'web address' if date_in_name(url) else 'name of the file'}")
    found = blocks(root, whole_page=True)
    made = put_together(article_paragraphs(found, page.extracted, page.said))
    if not any(squeezed(line) != squeezed(page.said.title) for line in made.text.split("\n") if line.strip()):
        raise BadInput(f"{path} holds no article text, only what frames one. Nothing was imported from it.")
    headline = next((zone.span.text(made.text) for zone in made.zones if zone.zone == "headline"), "")
    return Record(
        id=path.name,
        text=made.text,
        zones=made.zones,
        title=headline or page.said.title or path.stem,
        author=page.said.author,
        outlet=outlet,
        url=url,
        published=published,
        language=_language(root),
        assumed="; ".join(notes),
        file_name=path.name,
        where=str(path),
    )


def _page(source: str) -> _Page:
    """What trafilatura finds; it is given the page's text, never an address, and so fetches nothing."""
    import trafilatura  # noqa: PLC0415  woken late

    with quiet("trafilatura", "htmldate", "courlan", "readability", "justext"):
        try:
            found: Any = trafilatura.bare_extraction(
                source,
                with_metadata=True,
                include_comments=False,
                include_links=True,
                date_extraction_params=dict(_DATES),
            )
        except Exception:  # noqa: BLE001  a page that its authors' code stumbles over is still read by ours
            found = None
        if found is None:
            found = _only_what_is_said(source)
    if found is None:
        return _Page()
    author = storable(found.author or "").replace("; ", ", ")
    return _Page(
        said=SaidOfItself(storable(found.title or ""), author, storable(found.description or "")),
        outlet=storable(found.sitename or ""),
        url=web_address(storable(found.url or "")),
        published=iso_date(found.date or ""),
        extracted=found.body if len(found.body) else None,
    )


def _only_what_is_said(source: str) -> Any:
    """What is known of a page too short for trafilatura to tell its main text."""
    from trafilatura.metadata import extract_metadata  # noqa: PLC0415  woken late

    try:
        return extract_metadata(source, date_config=dict(_DATES))
    except Exception:  # noqa: BLE001  as above
        return None


def _saved_from(source: str) -> str:
    """The address that browsers write into a page when they save it."""
    match = _SAVED_FROM.search(source[:_WHERE_SAVED])
    return web_address(match[1] or match[2]) if match else ""


def _language(root: Any) -> str:
    said = root.get("lang") or root.get("xml:lang")
    if not said:
        metas: Iterable[Any] = root.iter("meta")
        for meta in metas:
            name = (meta.get("property") or meta.get("http-equiv") or meta.get("name") or "").lower()
            if name in {"og:locale", "content-language", "language"}:
                said = meta.get("content")
                break
    return language_of(said)


class HtmlArticle:
    """Read the article of a saved web page; nothing that the page refers to is ever fetched."""

    name = "html"
    title = "Web page, saved"
    suffixes = (".html", ".htm", ".xhtml")
    reads = True
    writes = False
    folder = False
    cannot_carry = ("annotations of any kind",)

    def recognises(self, path: Path, head: bytes) -> int:
        if _BEGINNING.match(head[:_WHERE_DECLARED].removeprefix(codecs.BOM_UTF8)):
            return BY_CONTENT
        return BY_NAME if path.suffix.lower() in self.suffixes else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """The article on the page."""
        decoded = page_source(read_bytes(path), str(path))
        yield record_of_page(decoded.text, path, decoded.assumed)

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """Web pages are read, not written."""
        raise BadInput("A web page carries no annotations; choose another format to export.")


FORMAT = HtmlArticle()

"""Word documents: paragraphs and tables in their order, the title as headline."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from annotator.core.articles import first_line
from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions, ReadOptions
from annotator.core.records import Record
from annotator.formats.archive import require_modest_document
from annotator.formats.article_text import HEADLINE, Paragraph, put_together, squeezed, storable
from annotator.formats.decoding import read_bytes
from annotator.formats.guessing import language_of
from annotator.formats.quiet import quiet
from annotator.formats.zone_signs import BOILERPLATE, CAPTION, STANDFIRST

_LARGEST = 100_000_000
_ZIP = b"PK\x03\x04"
_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an encrypted document begins, and one of the programs before 2007."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLES = ("title", "heading 1")
_ZONES = {"caption": CAPTION, "subtitle": STANDFIRST, "header": BOILERPLATE, "footer": BOILERPLATE}
_SIGNS = {
    f"{_WORD}tab": "\t",
    f"{_WORD}br": "\n",
    f"{_WORD}cr": "\n",
    f"{_WORD}noBreakHyphen": "\u2011",
    f"{_WORD}softHyphen": "\u00ad",
}
_LOST = {
    f"{_WORD}footnoteReference": "footnote not imported",
    f"{_WORD}endnoteReference": "footnote not imported",
    f"{_WORD}commentReference": "comment not imported",
    f"{_WORD}txbxContent": "text box not imported",
}
_NOBODY = {"python-docx", "user", "author", "microsoft office user"}
_DEEPEST_TABLE = 20


class DocxArticle:
    """Read the article in a Word document."""

    name = "docx"
    title = "Word document"
    suffixes = (".docx",)
    reads = True
    writes = False
    folder = False
    cannot_carry = ("annotations of any kind",)

    def recognises(self, path: Path, head: bytes) -> int:
        if head.startswith(_ZIP) and b"word/" in head:
            return BY_CONTENT
        return BY_NAME if path.suffix.lower() in self.suffixes else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """The article in the document."""
        document = _opened(path)
        lines = list(_lines(document, document.element.body, path, losses))
        known = document.core_properties
        said = storable(known.title or "").strip()
        title = _title_in(lines) or said
        made = put_together(
            Paragraph(text, HEADLINE if at == _place(lines, title) else _ZONES.get(style, "body"))
            for at, (text, style) in enumerate(lines)
        )
        if not made.text.strip():
            raise BadInput(f"{path} is a document without text. Nothing was imported from it.")
        author = storable(known.author or "").strip()
        written = known.created or known.modified
        yield Record(
            id=path.name,
            text=made.text,
            zones=made.zones,
            title=title or first_line(made.text) or path.stem,
            author="" if author.casefold() in _NOBODY else author,
            published=written.date().isoformat() if written else "",
            language=language_of(known.language),
            assumed="date taken from the document's properties" if written else "",
            file_name=path.name,
            where=str(path),
        )

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """Word documents are read, not written."""
        raise BadInput("A Word document carries no annotations; choose another format to export.")


def _opened(path: Path) -> Any:
    data = read_bytes(path, limit=_LARGEST)
    if data.startswith(_LOCKED):
        raise BadInput(
            f"{path} is encrypted, or of a Word older than 2007; save it as .docx without a password. Nothing was imported from it."
        )
    names = require_modest_document(data, path, "Word document")
    if "[Content_Types].xml" not in names:
        raise BadInput(f"{path} is a zip archive, but no Word document. Nothing was imported from it.")
    import docx  # noqa: PLC0415  woken late

    with quiet("docx"):
        try:
            return docx.Document(io.BytesIO(data))
        except Exception as wrong:  # what python-docx raises for a broken part is as varied as the parts
            raise BadInput(f"{path} is a broken Word document. Nothing was imported from it.") from wrong


def _lines(
    document: Any, container: Any, path: Path, losses: LossReport, deep: int = 0
) -> Iterator[tuple[str, str]]:
    """The paragraphs of a part of the document with the names of their styles, a row of a table as one."""
    for element in container:
        if element.tag == f"{_WORD}p":
            text = _words(element, path, losses)
            for line in text.split("\n"):
                if line.strip():
                    yield line.strip(" \t"), _style(document, element)
        elif element.tag == f"{_WORD}tbl":
            yield from _rows(document, element, path, losses, deep)
        elif element.tag in {f"{_WORD}sdt", f"{_WORD}sdtContent", f"{_WORD}customXml", f"{_WORD}ins"}:
            yield from _lines(document, element, path, losses, deep)


def _rows(document: Any, table: Any, path: Path, losses: LossReport, deep: int) -> Iterator[tuple[str, str]]:
    if deep > _DEEPEST_TABLE:
        losses.add(f"table inside more than {_DEEPEST_TABLE} tables not imported", path.name)
        return
    for row in table.iterchildren(f"{_WORD}tr"):
        cells = [
            list(_lines(document, cell, path, losses, deep + 1)) for cell in row.iterchildren(f"{_WORD}tc")
        ]
        if any(len(cell) > 1 for cell in cells):
            # A table that only lays out a page: its cells hold paragraphs of their own.
            yield from (line for cell in cells for line in cell)
        elif any(cells):
            yield "\t".join(cell[0][0] if cell else "" for cell in cells).strip("\t"), "table"


def _words(paragraph: Any, path: Path, losses: LossReport) -> str:
    """A paragraph's text with what was inserted and without what was deleted while changes were tracked."""
    pieces: list[str] = []
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        tag = element.tag
        if tag in _LOST:
            losses.add(_LOST[tag], path.name)
        if tag in {_FALLBACK, f"{_WORD}txbxContent", f"{_WORD}pPr", f"{_WORD}rPr"}:
            continue
        if tag == f"{_WORD}t":
            pieces.append(element.text or "")
        elif tag in _SIGNS:
            pieces.append(_SIGNS[tag])
        waiting.extend(reversed(element))
    return storable("".join(pieces))


def _style(document: Any, paragraph: Any) -> str:
    try:
        return str(document.styles.get_by_id(paragraph.style, 1).name or "").casefold()
    except (AttributeError, KeyError, ValueError):
        return ""


def _title_in(lines: list[tuple[str, str]]) -> str:
    for wanted in _TITLES:
        for text, style in lines:
            if style == wanted:
                return text
    return ""


def _place(lines: list[tuple[str, str]], title: str) -> int | None:
    """Where the title stands in the text."""
    wanted = squeezed(title)
    return next((at for at, (text, _) in enumerate(lines) if wanted and squeezed(text) == wanted), None)


FORMAT = DocxArticle()

"""PDF files: the text of all pages, with broken lines and hyphens mended, page headers told apart."""

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
from annotator.formats.article_text import HEADLINE, Paragraph, put_together, squeezed, storable
from annotator.formats.decoding import LONGEST, read_bytes
from annotator.formats.pdf_lines import Mending, paragraphs_of_pages
from annotator.formats.quiet import quiet

_LARGEST = 100_000_000
_MOST_PAGES = 1_000
_MARK = b"%PDF-"
_WHERE_MARK = 1024
_NO_TITLES = ("untitled", "microsoft word - ", "document")


class PdfArticle:
    """Read the text of a PDF file as one article."""

    name = "pdf"
    title = "PDF"
    suffixes = (".pdf",)
    reads = True
    writes = False
    folder = False
    cannot_carry = ("annotations of any kind",)

    def recognises(self, path: Path, head: bytes) -> int:
        if _MARK in head[:_WHERE_MARK]:
            return BY_CONTENT
        return BY_NAME if path.suffix.lower() in self.suffixes else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """The article in the file."""
        pages, said = _pages(path, read_bytes(path, limit=_LARGEST))
        if not any(page.strip() for page in pages):
            raise BadInput(
                f"{path} holds pictures and no text (a scan?); it needs text recognition first. Nothing was imported from it."
            )
        for number, page in enumerate(pages, 1):
            if not page.strip():
                losses.add("page without text", f"{path.name}, page {number}")
        mending = Mending()
        paragraphs = paragraphs_of_pages(pages, mending)
        title = storable(said.get("title", "")).strip()
        if title.casefold().startswith(_NO_TITLES) or title.casefold().endswith(
            (".doc", ".docx", ".pdf", ".indd")
        ):
            title = ""
        made = put_together(_with_headline(paragraphs, title))
        written = said.get("created", "")
        notes = [*mending.notes(), *(["date taken from the file's properties"] if written else [])]
        yield Record(
            id=path.name,
            text=made.text,
            zones=made.zones,
            title=title or first_line(made.text) or path.stem,
            author=storable(said.get("author", "")).strip(),
            published=written,
            assumed="; ".join(notes),
            file_name=path.name,
            where=str(path),
        )

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """PDF files are read, not written."""
        raise BadInput("A PDF carries no annotations; choose another format to export.")


def _with_headline(paragraphs: list[Paragraph], title: str) -> Iterator[Paragraph]:
    wanted = squeezed(title)
    for paragraph in paragraphs:
        if wanted and paragraph.zone == "body" and squeezed(paragraph.text) == wanted:
            wanted = ""
            yield Paragraph(paragraph.text, HEADLINE)
        else:
            yield paragraph


def _pages(path: Path, data: bytes) -> tuple[list[str], dict[str, str]]:
    """The text of each page, and what the file says of itself."""
    if _MARK not in data[:_WHERE_MARK]:
        raise BadInput(f"{path} is no PDF. Nothing was imported from it.")
    import pypdf  # noqa: PLC0415  woken late
    from pypdf.errors import DependencyError  # noqa: PLC0415  woken late

    with quiet("pypdf"):
        try:
            reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                raise BadInput(
                    f"{path} is encrypted; save it without its password first. Nothing was imported from it."
                )
            if len(reader.pages) > _MOST_PAGES:
                raise BadInput(
                    f"{path} has {len(reader.pages)} pages; an article may have at most {_MOST_PAGES}. Nothing was imported from it."
                )
            return _texts(path, reader), _said(reader)
        except BadInput:
            raise
        except DependencyError as wrong:
            raise BadInput(
                f"{path} is encrypted in a way that cannot be read here; save it without encryption first. Nothing was imported from it."
            ) from wrong
        except (Exception, RecursionError) as wrong:  # pypdf says that broken files may raise anything
            raise BadInput(f"{path} is a broken PDF. Nothing was imported from it.") from wrong


def _texts(path: Path, reader: Any) -> list[str]:
    texts: list[str] = []
    left = LONGEST
    for page in reader.pages:
        text = storable(page.extract_text() or "")
        left -= len(text)
        if left < 0:
            raise BadInput(
                f"{path} holds more than {LONGEST / 1e6:.0f} million characters, too many for an article. Nothing was imported from it."
            )
        texts.append(text)
    return texts


def _said(reader: Any) -> dict[str, str]:
    """Title, author and the day the file was made, where the file says them in a way that can be read."""
    found: dict[str, str] = {}
    try:
        known = reader.metadata
        if known is not None:
            found = {"title": str(known.title or ""), "author": str(known.author or "")}
            created = known.creation_date
            found["created"] = created.date().isoformat() if created else ""
    except Exception:  # noqa: BLE001  a file with broken properties is read without them
        return found
    return found


FORMAT = PdfArticle()

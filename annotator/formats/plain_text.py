"""Plain text articles, with an optional header of `key: value` lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from annotator.core.articles import first_line
from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_NAME, NO, ExportOptions, ReadOptions
from annotator.core.records import Record
from annotator.formats.decoding import decode, read_bytes

KEYS = {
    "story": "story",
    "title": "title",
    "outlet": "outlet",
    "author": "author",
    "published": "published",
    "date": "published",
    "url": "url",
    "language": "language",
    "id": "id",
}
"""The header's keys, and the field each one fills."""

_LINE = re.compile(r"([A-Za-z]+)[ \t]*:[ \t]*(.*)")


def split_header(text: str) -> tuple[dict[str, str], str]:
    """A file's header and the article after it.

    A header is one or more lines of a known key, a colon and a value, ended by an empty line. Anything else, such as
    an article that begins with "Media: …", has no header and is kept whole.
    """
    header: dict[str, str] = {}
    at = 0
    while True:
        end = text.find("\n", at)
        if end < 0:
            return {}, text
        line = text[at:end]
        if not line.strip():
            return (header, text[end + 1 :]) if header else ({}, text)
        match = _LINE.fullmatch(line.strip())
        if match is None or match[1].lower() not in KEYS:
            return {}, text
        header[KEYS[match[1].lower()]] = match[2].strip()
        at = end + 1


class PlainText:
    """Read articles from .txt files; an article's id is its header's, else its file's name."""

    name = "text"
    title = "Plain text, one article a file"
    suffixes = (".txt", ".text", ".md")
    reads = True
    writes = False
    folder = False
    cannot_carry = ("annotations of any kind",)

    def recognises(self, path: Path, head: bytes) -> int:
        return BY_NAME if path.suffix.lower() in self.suffixes else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """The article in the file."""
        decoded = decode(read_bytes(path), str(path))
        header, text = split_header(decoded.text)
        if not text.strip():
            what = "has a header and no text after it" if header else "is empty"
            raise BadInput(f"{path} {what}; there is nothing to import.")
        values: dict[str, Any] = {
            "title": first_line(text) or path.stem,
            "id": path.name,
            **{k: v for k, v in header.items() if v},
        }
        yield Record(**values, text=text, assumed=decoded.assumed, file_name=path.name, where=str(path))

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """Plain text is read, not written."""
        raise BadInput("Plain text carries no annotations; choose another format to export.")


FORMAT = PlainText()

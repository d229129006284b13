"""Article: one outlet's text, never changed once imported; its zones."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.core.plain import Json
from annotator.core.spans import Span

ZONES = ("headline", "standfirst", "body", "caption", "link", "boilerplate")


@dataclass(frozen=True, slots=True)
class Zone:
    """What a stretch of an article is: its headline, a caption, a link line, boilerplate."""

    zone: str
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """One outlet's telling of a story. Its text is kept apart, under its hash, and never changes.

    length counts code points; previous names the version of the article that this one corrects; assumed says what
    had to be guessed to decode the file.
    """

    id: str
    story_id: str
    text_sha256: str
    length: int
    outlet_id: str | None = None
    title: str = ""
    author: str = ""
    url: str = ""
    published: str = ""
    language: str = ""
    zones: tuple[Zone, ...] = ()
    note: str = ""
    assumed: str = ""
    file_name: str = ""
    previous: str | None = None
    duplicate_group: str | None = None
    split: str | None = None
    position: int = 0
    imported: str = ""
    extra: Mapping[str, Json] = field(default_factory=dict)
    version: int = 1


def text_hash(text: str) -> str:
    """The hex SHA-256 of the text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def clean_text(text: str) -> str:
    """The text of an article *file* as it is kept: no byte order mark, line ends as LF, all else untouched."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


_LONGEST_TITLE = 150


def first_line(text: str) -> str:
    """The first line that has words, when it is short enough to be a headline; else nothing."""
    line = next((line.strip() for line in text.split("\n", 40)[:40] if line.strip()), "")
    return line if len(line) <= _LONGEST_TITLE else ""

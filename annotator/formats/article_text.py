"""An article's text put together from its paragraphs, with the zones they stand in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.core.articles import Zone, clean_text
from annotator.core.spans import Span

BODY, HEADLINE = "body", "headline"
BETWEEN = "\n\n"
"""What stands between two paragraphs."""

REPLACEMENT = "\ufffd"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article and the zone it belongs to."""

    text: str
    zone: str = BODY


@dataclass(frozen=True, slots=True)
class ArticleText:
    """A text, and the zones in it that are not plain body."""

    text: str
    zones: tuple[Zone, ...] = ()


def storable(text: str) -> str:
    """The text as an article's file is kept; what no database stores (NUL, half a surrogate pair) becomes U+FFFD."""
    return _UNSTORABLE.sub(REPLACEMENT, clean_text(text))


def squeezed(text: str) -> str:
    """A text as it is compared with another: no spaces, no difference between large and small letters."""
    return "".join(unicodedata.normalize("NFC", text).casefold().split())


def put_together(paragraphs: Iterable[Paragraph], between: str = BETWEEN) -> ArticleText:
    """The paragraphs as one text with its zones; neighbours of one zone share one."""
    texts: list[str] = []
    zones: list[Zone] = []
    at, before = 0, BODY
    for paragraph in paragraphs:
        text = storable(paragraph.text)
        if not text.strip():
            continue
        start = at + len(between) if texts else 0
        at = start + len(text)
        texts.append(text)
        if paragraph.zone != BODY:
            if zones and before == paragraph.zone:
                start = zones.pop().span.start
            zones.append(Zone(paragraph.zone, Span(start, at)))
        before = paragraph.zone
    return ArticleText(between.join(texts), tuple(zones))

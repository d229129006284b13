"""What is known of an article as plain values, for formats that have room for it beside the text."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from annotator.core.articles import Zone
from annotator.core.plain import Json
from annotator.core.records import CommentRecord, Record
from annotator.core.spans import Span
from annotator.formats.jsonl_fields import Fields

FIELD_OF_KEY = {
    "article_id": "id",
    "annotator": "annotator",
    "story": "story",
    "outlet": "outlet",
    "title": "title",
    "author": "author",
    "url": "url",
    "published": "published",
    "language": "language",
    "status": "status",
    "split": "split",
    "duplicate_group": "duplicate_group",
    "scheme": "scheme",
    "article_note": "note",
    "assumed": "assumed",
    "file_name": "file_name",
}
"""The keys of an article's texts in other programs' files, and the field of a record that each one fills."""

OF_THE_SET = ("set_note", "guideline_version")


def article_texts(record: Record) -> dict[str, str]:
    """Everything known of an article, and of its annotator's work on it, that is a short text."""
    texts = {key: getattr(record, name) for key, name in FIELD_OF_KEY.items()}
    if record.attributions is None:
        texts["annotator"] = None
    return {key: text for key, text in texts.items() if text}


def article_structures(record: Record) -> dict[str, Json]:
    """The rest of what is known of an article: its zones, and keys that came with it."""
    found: dict[str, Json] = {key: record.set_extra[key] for key in OF_THE_SET if record.set_extra.get(key)}
    if record.zones:
        found["zones"] = [
            {"zone": one.zone, "start": one.span.start, "end": one.span.end} for one in record.zones
        ]
    if record.extra:
        found["extra"] = record.extra
    return found


def read_article(values: Fields) -> dict[str, Any]:
    """A record's fields from an article's values; only those that are there.

    Raises:
        BadInput: when one is of the wrong type.
    """
    found: dict[str, Any] = {}
    for key, name in FIELD_OF_KEY.items():
        text = values.label(key)
        if text:
            found[name] = text
    return found


def read_structures(values: Fields, text: str) -> dict[str, Any]:
    """A record's further fields: zones, what belongs to the annotator's set, and keys that nobody asked for.

    Raises:
        BadInput: when one is of the wrong type, or a zone lies outside the text.
    """
    found: dict[str, Any] = {}
    zones = [_zone(item, text) for item in values.objects("zones")]
    if zones:
        found["zones"] = tuple(zones)
    of_the_set = {key: values.raw(key) for key in OF_THE_SET if values.raw(key)}
    if of_the_set:
        found["set_extra"] = of_the_set
    extra = values.left_over()
    if extra:
        found["extra"] = extra
    return found


def _zone(item: Fields, text: str) -> Zone:
    span = Fields({"span": [[item.raw("start"), item.raw("end")]]}, item.where).spans("span", text)
    return Zone(item.text("zone"), Span(span[0].start, span[0].end))


def remark(comment: CommentRecord) -> str:
    """A comment as one text: who, and what."""
    return f"{comment.author}: {comment.text}" if comment.author else comment.text


def bare(comment: CommentRecord, ignored: Collection[str] = ("id", "created", "author", "text")) -> bool:
    """Whether a comment says nothing beyond its author and its words."""
    plain = CommentRecord(text="", author="")
    names = (name for name in CommentRecord.__slots__ if name not in ignored)
    return all(getattr(comment, name) == getattr(plain, name) for name in names)

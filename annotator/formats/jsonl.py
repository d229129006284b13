"""Our own JSONL: one line is one article as one annotator marked it; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from annotator.core.articles import Zone, text_hash
from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions, ReadOptions
from annotator.core.records import AttributionRecord, CommentRecord, Record
from annotator.core.spans import Fragments
from annotator.core.writing import new_file
from annotator.formats.jsonl_fields import Fields
from annotator.formats.jsonl_quotes import glimpses

SCHEMA = "annotator/1"
CONTEXT = 32
"""How many characters before and after a quote are written when the text itself is left out."""


def record_of(line: Fields, losses: LossReport) -> Record:
    """The record of one line's values; keys that no noun of ours has room for go into the loss report.

    Raises:
        BadInput: names file, line and what is wrong.
    """
    schema = line.text("schema", SCHEMA)
    if schema != SCHEMA:
        raise BadInput(
            f"{line.where}: this is {schema!r}; this program reads {SCHEMA}. Nothing was imported."
        )
    text = line.maybe("text")
    if text is not None and not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise BadInput(
            f"{line.where}: the text holds half a surrogate pair. Nothing of this file was imported."
        )
    sha256 = line.text("text_sha256")
    if text is not None and sha256 and sha256 != text_hash(text):
        raise BadInput(
            f"{line.where}: the text is not the one its text_sha256 was made from. Nothing was imported."
        )
    if text is None and not sha256 and line.raw("id") is None:
        raise BadInput(f"{line.where}: a line needs a text, or the text_sha256 or id of an article.")
    marked = line.raw("attributions") is not None
    annotator = line.label("annotator")
    comments = tuple(_comment(item, text, losses) for item in line.objects("comments"))
    attributions = tuple(_attribution(item, text, losses) for item in line.objects("attributions"))
    record = Record(
        id=line.label("id"),
        text=text,
        story=line.text("story"),
        outlet=line.text("outlet") or line.text("publisher"),
        title=line.text("title"),
        author=line.text("author"),
        url=line.text("url"),
        published=line.text("published") or line.text("date"),
        language=line.text("language"),
        text_sha256=sha256,
        zones=_zones(line, text, losses),
        annotator=annotator or None,
        status=line.text("status"),
        split=line.maybe("split"),
        duplicate_group=line.maybe("duplicate_group"),
        scheme=line.text("scheme"),
        attributions=attributions if marked or annotator or comments else None,
        comments=comments,
        note=line.text("article_note"),
        assumed=line.text("assumed"),
        file_name=line.text("file_name"),
        set_extra={key: line.raw(key) for key in ("set_note", "guideline_version") if line.raw(key)},
        has_offsets=marked,
        glimpses=glimpses(line.values) if text is None else "",
        where=line.where,
    )
    return replace(record, extra=line.left_over())


def _let_go(item: Fields, losses: LossReport) -> None:
    for key in item.left_over():
        losses.add(f"unknown key {key!r} of a comment or zone", item.where)


def _zones(line: Fields, text: str | None, losses: LossReport) -> tuple[Zone, ...]:
    zones = []
    for item in line.objects("zones"):
        spans = Fields({"span": [[item.raw("start"), item.raw("end")]]}, item.where).spans("span", text)
        zones.append(Zone(item.text("zone"), spans[0]))
        _let_go(item, losses)
    return tuple(zones)


def _comment(item: Fields, text: str | None, losses: LossReport) -> CommentRecord:
    comment = CommentRecord(
        id=item.label("id"),
        text=item.text("text"),
        author=item.text("author", "unknown"),
        place=item.spans("place", text),
        claim=item.maybe("claim"),
        created=item.text("created"),
        resolved=item.flag("resolved"),
        reply_to=item.label("reply_to"),
        mentions=item.texts("mentions"),
    )
    _let_go(item, losses)
    return comment


_OF_ATTRIBUTION: dict[str, tuple[str, Callable[[Fields, str], Any]]] = {
    "id": ("id", Fields.label),
    "kind": ("kind", Fields.maybe),
    "type": ("type", Fields.text),
    "source_name": ("source_name", Fields.maybe),
    "source_id": ("source_id", Fields.label),
    "via": ("via", Fields.maybe),
    "recipient_name": ("recipient_name", Fields.maybe),
    "parent": ("parent", Fields.label),
    "antecedent": ("antecedent", Fields.label),
    "medium": ("medium", Fields.maybe),
    "polarity": ("polarity", Fields.text),
    "hedge": ("hedge", Fields.flag),
    "quote": ("quote", Fields.maybe),
    "grounds": ("grounds", Fields.maybe),
    "implicit_source": ("implicit_source", Fields.flag),
    "self": ("self_citation", Fields.flag),
    "note": ("note", Fields.text),
    "origin": ("origin", Fields.text),
    "state": ("state", Fields.text),
    "confidence": ("confidence", Fields.number),
    "provenance": ("provenance", Fields.mapping),
    "features": ("features", Fields.mapping),
    "created": ("created", Fields.text),
    "updated": ("updated", Fields.text),
    "version": ("version", lambda item, key: item.whole(key, 1)),
}
"""Each key of an attribution that holds one value: its field, and how it is read."""

_PLACES = ("source", "cue", "content", "via_span", "recipient")
_FURTHER = ("claims", "claim", "inherited", "more_roles", "comments")
_ALL_KEYS = frozenset((*_OF_ATTRIBUTION, *_PLACES, *_FURTHER, "extra"))


def _attribution(item: Fields, text: str | None, losses: LossReport) -> AttributionRecord:
    found: dict[str, Any] = {}
    given = item.values
    for key, value in given.items():
        if value is None:
            continue
        if key in _PLACES:
            if key == "recipient" and isinstance(value, str):
                found["recipient_name"] = value
            else:
                found[key] = item.spans(key, text)
        elif key in _OF_ATTRIBUTION:
            name, read = _OF_ATTRIBUTION[key]
            found.setdefault(name, read(item, key))
    if "claims" in given or "claim" in given:
        named = (*item.texts("claims"), *item.texts("claim"))
        found["claims"] = tuple(dict.fromkeys(name for name in named if name.strip()))
    if "inherited" in given:
        found["inherited"] = _inherited(item)
    if "more_roles" in given:
        found["more_roles"] = _more_roles(item, text)
    if "comments" in given:
        found["comments"] = tuple(_comment(one, text, losses) for one in item.objects("comments"))
    if not given.keys() <= _ALL_KEYS or "extra" in given:
        unread = {"recipient_name"} if isinstance(given.get("recipient"), str) else set()
        item.asked.update(_ALL_KEYS - unread)
        found["extra"] = item.left_over()
    return AttributionRecord(**found)


def _inherited(item: Fields) -> tuple[str, ...]:
    value = item.raw("inherited")
    if value is None or value is False:
        return ()
    return ("via",) if value is True else item.texts("inherited")


def _more_roles(item: Fields, text: str | None) -> dict[str, Fragments]:
    roles = Fields(item.mapping("more_roles"), item.where)
    found = {role: roles.spans(role, text) for role in roles.values}
    return {role: parts for role, parts in found.items() if parts}


def _span(parts: Fragments, text: str | None) -> list[Any]:
    if text is None:
        return [[part.start, part.end] for part in parts]
    return [
        {
            "start": part.start,
            "end": part.end,
            "quote": part.text(text),
            "prefix": text[max(0, part.start - CONTEXT) : part.start],
            "suffix": text[part.end : part.end + CONTEXT],
        }
        for part in parts
    ]


def _comment_line(comment: CommentRecord, quoted: str | None) -> dict[str, Any]:
    line: dict[str, Any] = {
        "id": comment.id,
        "author": comment.author,
        "text": comment.text,
        "created": comment.created,
        "resolved": comment.resolved,
    }
    if comment.place:
        line["place"] = _span(comment.place, quoted)
    for key in ("claim", "reply_to"):
        if getattr(comment, key):
            line[key] = getattr(comment, key)
    if comment.mentions:
        line["mentions"] = list(comment.mentions)
    return line


def attribution_line(one: AttributionRecord, quoted: str | None = None) -> dict[str, Any]:
    """An attribution's values in the order in which they are written; quoted is the text when spans carry their words."""
    line: dict[str, Any] = {
        "id": one.id,
        "kind": one.kind,
        "type": one.type,
        "source": _span(one.source, quoted),
        "cue": _span(one.cue, quoted),
        "content": _span(one.content, quoted),
        "source_name": one.source_name,
        "source_id": one.source_id,
        "via": one.via,
        "via_span": _span(one.via_span, quoted),
        "recipient": _span(one.recipient, quoted),
        "parent": one.parent,
        "medium": one.medium,
        "claims": list(one.claims),
        "polarity": one.polarity,
        "hedge": one.hedge,
        "quote": one.quote,
        "grounds": one.grounds,
        "implicit_source": one.implicit_source,
        "inherited": list(one.inherited),
        "self": one.self_citation,
        "note": one.note,
        "origin": one.origin,
        "confidence": one.confidence,
        "created": one.created,
        "updated": one.updated,
        "version": one.version,
        "comments": [_comment_line(comment, quoted) for comment in one.comments],
    }
    if one.more_roles:
        line["more_roles"] = {role: _span(parts, quoted) for role, parts in one.more_roles.items()}
    if one.state != "kept":
        line["state"] = one.state
    for key in ("recipient_name", "antecedent", "provenance", "features", "extra"):
        if getattr(one, key):
            line[key] = getattr(one, key)
    return line


def line_of(record: Record, *, without_text: bool = False) -> dict[str, Any]:
    """A record's values in the order in which they are written."""
    line: dict[str, Any] = {
        "schema": SCHEMA,
        "id": record.id,
        "story": record.story,
        "outlet": record.outlet,
        "title": record.title,
        "url": record.url,
        "published": record.published,
        "language": record.language,
        "text_sha256": record.text_sha256,
    }
    if not without_text:
        line["text"] = record.text
    line["zones"] = [
        {"zone": zone.zone, "start": zone.span.start, "end": zone.span.end} for zone in record.zones
    ]
    if record.attributions is not None:
        line["annotator"] = record.annotator
        line["status"] = record.status
    line["split"] = record.split
    line["duplicate_group"] = record.duplicate_group
    if record.attributions is not None:
        quoted = record.text if without_text else None
        line["scheme"] = record.scheme
        line["attributions"] = [attribution_line(one, quoted) for one in record.attributions]
        line["comments"] = [_comment_line(comment, quoted) for comment in record.comments]
    further = {
        "author": record.author,
        "article_note": record.note,
        "assumed": record.assumed,
        "file_name": record.file_name,
        **record.set_extra,
        "extra": record.extra,
    }
    return {**line, **{key: value for key, value in further.items() if value}}


def lines(path: Path) -> Iterator[Fields]:
    """The objects of a JSONL file, a line at a time.

    Raises:
        BadInput: for a folder, an unreadable or empty file, or a line that is not a JSON object; names the line.
    """
    if path.is_dir():
        raise BadInput(f"{path} is a folder, not a JSONL file. Nothing was imported from it.")
    found = False
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                stripped = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
                if stripped.strip():
                    found = True
                    yield Fields(_parsed(stripped, f"{path}, line {number}"), f"{path}, line {number}")
    except OSError as wrong:
        raise BadInput(f"{path} cannot be read: {wrong.strerror or wrong}.") from wrong
    if not found:
        raise BadInput(f"{path} is empty; there is nothing to import.")


def _parsed(raw: bytes, where: str) -> dict[str, Any]:
    try:
        value = orjson.loads(raw)
    except (orjson.JSONDecodeError, RecursionError) as wrong:
        raise BadInput(f"{where} is not JSON: {wrong}. Nothing of this file was imported.") from wrong
    if not isinstance(value, dict):
        raise BadInput(f"{where} is not a JSON object. Nothing of this file was imported.")
    return value


class Jsonl:
    """The lossless format, in both directions."""

    name = "jsonl"
    title = "Annotator JSONL (lossless)"
    suffixes = (".jsonl", ".ndjson")
    reads = True
    writes = True
    folder = False
    cannot_carry: tuple[str, ...] = ()

    def recognises(self, path: Path, head: bytes) -> int:
        if path.suffix.lower() not in self.suffixes:
            return NO
        return BY_CONTENT if b'"annotator/' in head[:200] or b'"attributions"' in head else BY_NAME

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """A record a line."""
        for line in lines(path):
            yield record_of(line, losses)

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """A line a record, UTF-8 without escapes; nothing is lost."""
        with new_file(out) as file:
            for record in records:
                file.write(orjson.dumps(line_of(record, without_text=options.without_text)) + b"\n")
        return LossReport()


FORMAT = Jsonl()

"""Citron's JSON: one file a document, with its quotes, each of one cue, its sources and its contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from annotator.core.articles import first_line
from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, NO, ExportOptions, ReadOptions
from annotator.core.records import AttributionRecord, Record, kept
from annotator.core.spans import Fragments, Span, joined
from annotator.core.writing import new_folder
from annotator.formats.article_values import (
    article_structures,
    article_texts,
    read_article,
    read_structures,
)
from annotator.formats.file_names import FileNames
from annotator.formats.json_document import article_text, one_object
from annotator.formats.jsonl_fields import Fields
from annotator.formats.offsets import Ruler
from annotator.formats.values import lose_comments, lose_fields

_QUOTES = re.compile(rb'"quotes"\s*:\s*(?:\[|null)')
_PART = re.compile(rb'"(?:text|contents|cue|sources)"\s*:')
_CARRIED = ("confidence",)
_ROLES = (("via outlet's words", "via_span"), ("recipient's words", "recipient"))
COREFERENCES = "coreferences"
"""The feature that keeps the words with which Citron says who a pronoun means."""


class Citron:
    """A folder with one JSON file for each article and annotator; a file of that form is read."""

    name = "citron"
    title = "Citron JSON, one file a document"
    suffixes = (".json",)
    reads = True
    writes = True
    folder = True
    cannot_carry = (
        "attributions without a cue (left out, and counted)",
        "a cue's further fragments, the words of the via outlet and of the recipient, further roles (counted)",
        "kinds, source names, nesting and all further fields of an attribution but its confidence (counted)",
        "comments (counted)",
        "suggestions that nobody has accepted (left out, and counted)",
    )

    def recognises(self, path: Path, head: bytes) -> int:
        if path.suffix.lower() not in self.suffixes or not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(
            b"{"
        ):
            return NO
        return BY_CONTENT if _QUOTES.search(head) and _PART.search(head) else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """The one record of a document."""
        whole = one_object(path)
        text = article_text(whole)
        article = Fields(whole.mapping("article"), f"{whole.where}, article")
        fields = {
            "id": path.stem,
            "title": first_line(text),
            "file_name": path.name,
            **read_article(article),
            **read_structures(article, text),
        }
        ruler = Ruler(text, fields["id"], losses)
        marks = None
        if whole.raw("quotes") is not None:
            marks = tuple(
                _mark(quote, ruler, number) for number, quote in enumerate(whole.objects("quotes"), 1)
            )
        if whole.raw("coreference_groups") is not None:
            losses.add("groups of words that mean the same person, not imported", fields["id"])
        fields["extra"] = {**fields.get("extra", {}), **whole.left_over()}
        yield Record(text=text, attributions=marks, has_offsets=True, where=str(path), **fields)

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """A file a record, named after the article, and after the annotator where that name is taken."""
        if options.without_text:
            raise BadInput(
                "Citron's files hold the text; they cannot be written without. Nothing was written."
            )
        losses = LossReport()
        names = FileNames()
        with new_folder(out) as folder:
            for record in records:
                name = record.id or record.where or "article"
                file = folder / f"{names.take(name, f'{name}-{record.annotator or 0}')}.json"
                file.write_bytes(orjson.dumps(_document(record, losses), option=orjson.OPT_INDENT_2) + b"\n")
        return losses


def _document(record: Record, losses: LossReport) -> dict[str, Any]:
    text = record.text or ""
    document: dict[str, Any] = {"article": {**article_texts(record), **article_structures(record)}}
    if record.attributions is not None:
        marks = kept(record, losses)
        document["quotes"] = [_quote(one, record, losses) for one in marks if _has_cue(one, record, losses)]
    lose_comments(record, losses)
    return {**document, "text": text}


def _has_cue(one: AttributionRecord, record: Record, losses: LossReport) -> bool:
    if not one.cue:
        where = (one.content or one.source or (Span(0, 1),))[0]
        losses.add(
            "attribution without a cue, not written", record.id or record.where, where.start, where.end
        )
    return bool(one.cue)


def _quote(one: AttributionRecord, record: Record, losses: LossReport) -> dict[str, Any]:
    article = record.id or record.where
    lose_fields(record, one, _CARRIED, losses)
    for part in one.cue[1:]:
        losses.add("cue's further fragment, not carried", article, part.start, part.end)
    for what, name in _ROLES:
        parts: Fragments = getattr(one, name)
        if parts:
            losses.add(f"{what}, not carried", article, parts[0].start, parts[-1].end)
    text = record.text or ""
    quote: dict[str, Any] = {"id": one.id} if one.id else {}
    quote |= {
        "cue": _place(one.cue[0], text),
        "sources": [_place(part, text) for part in one.source],
        "contents": [_place(part, text) for part in one.content],
        "coreferences": [],
    }
    if one.confidence is not None:
        quote["confidence"] = str(one.confidence)
    return quote


def _place(part: Span, text: str) -> dict[str, Any]:
    return {"start": part.start, "end": part.end, "text": part.text(text)}


def _mark(quote: Fields, ruler: Ruler, number: int) -> AttributionRecord:
    coreferences = _spans(quote, COREFERENCES, ruler)
    features = {COREFERENCES: [part.text(ruler.text) for part in coreferences]} if coreferences else {}
    cue = quote.raw("cue")
    one = AttributionRecord(
        id=quote.label("id") or f"q{number}",
        cue=(_span(Fields(quote.mapping("cue"), f"{quote.where}, cue"), ruler),) if cue else (),
        source=_spans(quote, "sources", ruler),
        content=_spans(quote, "contents", ruler),
        confidence=_confidence(quote),
        features=features,
    )
    if not (one.cue or one.source or one.content):
        raise BadInput(
            f"{quote.where} has no cue, no source and no content. Nothing of this file was imported."
        )
    return replace(one, extra=quote.left_over())


def _spans(quote: Fields, key: str, ruler: Ruler) -> Fragments:
    return joined(_span(item, ruler) for item in quote.objects(key))


def _span(item: Fields, ruler: Ruler) -> Span:
    words = item.maybe("text")
    return ruler.span(item.where, item.whole("start", -1), item.whole("end", -1), words)


def _confidence(quote: Fields) -> float | None:
    """A number, which Citron itself writes as text."""
    value = quote.raw("confidence")
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            raise quote.wrong("confidence", "a number between 0 and 1") from None
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise quote.wrong("confidence", "a number between 0 and 1")
    return float(value)


FORMAT = Citron()

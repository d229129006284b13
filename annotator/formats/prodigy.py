"""Prodigy's JSONL of spans and relations, one task an article and annotator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, NO, ExportOptions, ReadOptions
from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Span
from annotator.core.writing import new_file
from annotator.formats.article_values import (
    article_structures,
    article_texts,
    read_article,
    read_structures,
)
from annotator.formats.flat import FRAGMENT, FlatSpan, Relation, flatten, gather
from annotator.formats.flat_roles import learned, told
from annotator.formats.json_document import article_text
from annotator.formats.jsonl import lines
from annotator.formats.jsonl_fields import Fields
from annotator.formats.offsets import Ruler
from annotator.formats.tokens import Token, tokens
from annotator.formats.values import lose_comments, lose_fields

_SIGNS = re.compile(
    rb'"(?:answer|_task_hash|_input_hash|_session_id|_annotator_id|token_start|ws)"\s*:|'
    rb'"spans"\s*:\s*\[\s*(?:\]|\{[^{}]*"label"\s*:)'
)
_OURS = re.compile(rb'"attributions"\s*:')
_CARRIED = ("parent", "more_roles")
_OF_PRODIGY = (
    "tokens",
    "spans",
    "relations",
    "answer",
    "_input_hash",
    "_task_hash",
    "_session_id",
    "_annotator_id",
    "_view_id",
    "_timestamp",
    "_is_binary",
    "options",
    "accept",
    "config",
)
"""What a task says for Prodigy's own use."""


class Prodigy:
    """Tasks with spans and relations. What is known of the article stands in meta, and under further keys."""

    name = "prodigy"
    title = "Prodigy JSONL, spans and relations"
    suffixes = (".jsonl",)
    reads = True
    writes = True
    folder = False
    cannot_carry = (
        "further fields of an attribution: source names, via, claims, polarity, notes … (counted)",
        "the kind, where labels are roles alone (counted)",
        "comments (counted)",
        "suggestions that nobody has accepted (left out, and counted)",
    )

    def recognises(self, path: Path, head: bytes) -> int:
        if path.suffix.lower() not in self.suffixes or _OURS.search(head):
            return NO
        return BY_CONTENT if b'"text"' in head and _SIGNS.search(head) else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """A record for each task that was accepted, or that nobody has answered yet."""
        for line in lines(path):
            answer = line.maybe("answer")
            if answer in ("reject", "ignore"):
                losses.add(f"task answered with {answer!r}, not imported", line.where)
            else:
                yield _record(line, losses, options)

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """A task a record; articles that nobody has marked are tasks without an answer."""
        if options.without_text:
            raise BadInput(
                "A Prodigy task holds the text; it cannot be written without. Nothing was written."
            )
        losses = LossReport()
        with new_file(out) as file:
            for record in records:
                file.write(orjson.dumps(_task(record, options.label, losses)) + b"\n")
        return losses


def _task(record: Record, label: str, losses: LossReport) -> dict[str, Any]:
    text = record.text or ""
    flat = flatten(record, label, losses)
    for one in flat.anchors.values():
        carried = _CARRIED if label == "role" else (*_CARRIED, "kind")
        lose_fields(record, one, carried, losses)
    lose_comments(record, losses)
    pieces = tokens(text, {span.start for span in flat.spans}, {span.end for span in flat.spans})
    spans = _spans(flat.spans, pieces, label)
    for anchor, one in flat.anchors.items():
        if one.id:
            spans[anchor]["attribution"] = one.id
    task: dict[str, Any] = {"text": text, "tokens": _tokens(text, pieces)}
    if record.attributions is not None:
        task["spans"] = list(spans.values())
        task["relations"] = [
            _relation(spans[one.head], spans[one.child], one.label) for one in flat.relations
        ]
        task["answer"] = "accept"
    return {**task, "meta": article_texts(record), **article_structures(record)}


def _tokens(text: str, pieces: list[Token]) -> list[dict[str, Any]]:
    return [
        {"text": text[one.start : one.end], "start": one.start, "end": one.end, "id": number, "ws": one.space}
        for number, one in enumerate(pieces)
    ]


def _spans(flat: list[FlatSpan], pieces: list[Token], label: str) -> dict[str, dict[str, Any]]:
    first = {one.start: number for number, one in enumerate(pieces)}
    last = {one.end: number for number, one in enumerate(pieces)}
    found = {}
    for span in flat:
        found[span.id] = {
            "start": span.start,
            "end": span.end,
            "token_start": first[span.start],
            "token_end": last[span.end],
            "label": span.label,
            "id": span.id,
        }
        if not told(span.role, label):
            found[span.id]["role"] = span.role
    return found


def _relation(head: dict[str, Any], child: dict[str, Any], label: str) -> dict[str, Any]:
    return {
        "head": head["token_end"],
        "child": child["token_end"],
        "label": label,
        "head_span": head,
        "child_span": child,
    }


def _record(line: Fields, losses: LossReport, options: ReadOptions) -> Record:
    text = article_text(line)
    meta = Fields(line.mapping("meta"), f"{line.where}, meta")
    fields = read_article(meta)
    article = fields.get("id") or line.where
    session = line.label("_annotator_id") or line.label("_session_id")
    if session:
        fields["annotator"] = session
    marked = line.raw("spans") is not None or line.raw("answer") is not None
    marks = None
    if marked:
        reading = _Reading(line, Ruler(text, article, losses))
        marks = gather(
            learned(reading.spans.values(), reading.relations),
            reading.relations,
            kinds=options.kinds,
            article=article,
            losses=losses,
            values=reading.values,
        )
    line.asked.update(_OF_PRODIGY)
    further = read_structures(line, text)
    extra = {**meta.left_over(), **further.pop("extra", {})}
    return Record(
        text=text,
        attributions=marks,
        has_offsets=marked,
        where=line.where,
        extra=extra,
        **{**fields, **further},
    )


class _Reading:
    """The spans and relations of one task.

    Spans that are told apart by nothing are one. SAME_UNIT is what others call the relation between fragments.
    """

    def __init__(self, line: Fields, ruler: Ruler) -> None:
        self.spans: dict[str, FlatSpan] = {}
        self.values: dict[str, AttributionRecord] = {}
        self.relations: list[Relation] = []
        self._known: dict[tuple[str | None, Span, str], str] = {}
        self._last_token: dict[int, str] = {}
        for item in line.objects("spans"):
            self._take(item, ruler)
        for item in line.objects("relations"):
            head, child = (self._end(item, side, ruler) for side in ("head", "child"))
            label = item.text("label")
            same = label.casefold().replace("-", "_") == "same_unit"
            self.relations.append(Relation(head, child, FRAGMENT if same else label))

    def _take(self, item: Fields, ruler: Ruler) -> str:
        """The id of a span, which is taken in when it is new."""
        place = ruler.span(item.where, item.whole("start", -1), item.whole("end", -1))
        label = item.text("label")
        key = (item.label("id"), place, label)
        if key not in self._known and key[0] is None:
            # a span that a relation names may be written without its own id
            key = next((other for other in self._known if other[1:] == key[1:]), key)
        if key not in self._known:
            span_id = f"s{len(self.spans) + 1}"
            self._known[key] = span_id
            self.spans[span_id] = FlatSpan(span_id, place.start, place.end, label, item.text("role"))
            mark = item.label("attribution")
            if mark:
                self.values[span_id] = AttributionRecord(id=mark)
            token = item.raw("token_end")
            if isinstance(token, int):
                self._last_token.setdefault(token, span_id)
        return self._known[key]

    def _end(self, item: Fields, side: str, ruler: Ruler) -> str:
        whole = item.raw(f"{side}_span")
        if isinstance(whole, dict):
            return self._take(Fields(whole, f"{item.where}, {side}_span"), ruler)
        token = item.whole(side, -1)
        if token not in self._last_token:
            raise BadInput(
                f"{item.where}: {side} {token} is the last token of no span. Nothing of this file was imported."
            )
        return self._last_token[token]


FORMAT = Prodigy()

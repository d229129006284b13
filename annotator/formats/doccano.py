"""doccano's JSONL: entities, relations and remarks, or lists of labels; an article a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import orjson

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, NO, ExportOptions, ReadOptions
from annotator.core.records import CommentRecord, Record
from annotator.core.writing import new_file
from annotator.formats.article_values import (
    article_structures,
    article_texts,
    bare,
    read_article,
    read_structures,
    remark,
)
from annotator.formats.flat import Flat, FlatSpan, Relation, flatten, gather
from annotator.formats.flat_roles import learned, lose_roles
from annotator.formats.json_document import article_text
from annotator.formats.jsonl import lines
from annotator.formats.jsonl_fields import Fields
from annotator.formats.offsets import Ruler
from annotator.formats.values import lose_fields

LONGEST_LABEL = 100
"""The most characters that doccano lets a label have."""

_SIGNS = re.compile(
    rb'"start_offset"\s*:|"(?:label|labels)"\s*:\s*\[\s*(?:\[\s*\d|\])|"Comments"\s*:|"entities"\s*:\s*\['
)
_OURS = re.compile(rb'"attributions"\s*:')
_CARRIED = ("parent", "more_roles", "comments")
_AUTHOR = re.compile(r"([^:\n]{1,60}): ")


class Doccano:
    """Examples with entities and relations. What is known of the article stands beside the text, as doccano's meta data."""

    name = "doccano"
    title = "doccano JSONL, entities and relations"
    suffixes = (".jsonl",)
    reads = True
    writes = True
    folder = False
    cannot_carry = (
        "ids and further fields of an attribution: source names, via, claims, polarity, notes … (counted)",
        "the kind, where labels are roles alone (counted)",
        "the role, where labels are kinds alone (counted where it cannot be told)",
        "who a comment answers, and where it stands (counted); comments become those of the article",
        "overlapping spans, where the doccano project does not allow them",
        "suggestions that nobody has accepted (left out, and counted)",
    )

    def recognises(self, path: Path, head: bytes) -> int:
        if path.suffix.lower() not in self.suffixes or _OURS.search(head):
            return NO
        return BY_CONTENT if b'"text"' in head and _SIGNS.search(head) else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """A record a line; lines without entities, labels and remarks are articles that nobody has marked."""
        for line in lines(path):
            yield _record(line, losses, options, path.stem)

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """An example a record, with numbers for ids, as doccano's are."""
        if options.without_text:
            raise BadInput(
                "doccano's file holds the text; it cannot be written without. Nothing was written."
            )
        losses = LossReport()
        entities, relations = count(1), count(1)
        with new_file(out) as file:
            for number, record in enumerate(records, 1):
                example: dict[str, Any] = {"id": number, "text": record.text or ""}
                if record.attributions is not None:
                    flat = flatten(record, options.label, losses)
                    _lose(flat, record, options.label, losses)
                    example |= _marks(flat, entities, relations)
                    example["Comments"] = _remarks(flat, record, losses)
                example |= {**article_texts(record), **article_structures(record)}
                file.write(orjson.dumps(example) + b"\n")
        return losses


def _lose(flat: Flat, record: Record, label: str, losses: LossReport) -> None:
    for one in flat.anchors.values():
        lose_fields(record, one, _CARRIED if label == "role" else (*_CARRIED, "kind"), losses)
    lose_roles(flat, record, label, losses)
    for span in flat.spans:
        if len(span.label) > LONGEST_LABEL:
            losses.add(
                f"label longer than the {LONGEST_LABEL} characters that doccano takes",
                record.id or record.where,
                span.start,
                span.end,
            )


def _marks(flat: Flat, entities: Iterator[int], relations: Iterator[int]) -> dict[str, Any]:
    number_of = {span.id: next(entities) for span in flat.spans}
    return {
        "entities": [
            {
                "id": number_of[span.id],
                "label": span.label,
                "start_offset": span.start,
                "end_offset": span.end,
            }
            for span in flat.spans
        ],
        "relations": [
            {
                "id": next(relations),
                "from_id": number_of[one.head],
                "to_id": number_of[one.child],
                "type": one.label,
            }
            for one in flat.relations
        ],
    }


def _remarks(flat: Flat, record: Record, losses: LossReport) -> list[str]:
    on_marks = [comment for one in flat.anchors.values() for comment in one.comments]
    for comment in (*on_marks, *record.comments):
        if not bare(comment):
            losses.add("thread, claim or place of a comment, not carried", record.id or record.where)
    for _ in on_marks:
        losses.add("comment that no longer says on which attribution it is", record.id or record.where)
    return [remark(comment) for comment in (*on_marks, *record.comments)]


def _record(line: Fields, losses: LossReport, options: ReadOptions, stem: str) -> Record:
    text = article_text(line)
    number = line.label("id")
    fields = {"id": f"{stem}-{number}" if number else None, **read_article(line)}
    ruler = Ruler(text, fields["id"] or line.where, losses)
    remarks = _read_remarks(line)
    keys = [key for key in ("entities", "label", "labels") if line.raw(key) is not None]
    spans, relations = _entities(line, ruler)
    spans += [span for key in keys if key != "entities" for span in _labels(line, key, ruler, losses)]
    marked = bool(keys) or bool(remarks)
    marks = gather(
        learned(spans, relations),
        relations,
        kinds=options.kinds,
        article=fields["id"] or line.where,
        losses=losses,
    )
    return Record(
        text=text,
        attributions=marks if marked else None,
        comments=remarks,
        has_offsets=marked,
        where=line.where,
        **{**fields, **read_structures(line, text)},
    )


def _read_remarks(line: Fields) -> tuple[CommentRecord, ...]:
    found = []
    for text in line.texts("Comments"):
        match = _AUTHOR.match(text)
        author = match[1] if match else "unknown"
        found.append(CommentRecord(text=text[match.end() :] if match else text, author=author))
    return tuple(found)


def _entities(line: Fields, ruler: Ruler) -> tuple[list[FlatSpan], list[Relation]]:
    spans: list[FlatSpan] = []
    for item in line.objects("entities"):
        place = ruler.span(item.where, item.whole("start_offset", -1), item.whole("end_offset", -1))
        spans.append(
            FlatSpan(item.label("id") or f"e{len(spans)}", place.start, place.end, item.text("label"))
        )
    known = {span.id for span in spans}
    if len(known) < len(spans):
        raise BadInput(f"{line.where}: two entities have the same id. Nothing of this file was imported.")
    relations = []
    for item in line.objects("relations"):
        head, child = item.label("from_id") or "", item.label("to_id") or ""
        for end in (head, child):
            if end not in known:
                raise BadInput(
                    f"{item.where}: there is no entity {end!r} in this line. Nothing of this file was imported."
                )
        relations.append(Relation(head, child, item.text("type")))
    return spans, relations


def _labels(line: Fields, key: str, ruler: Ruler, losses: LossReport) -> Iterator[FlatSpan]:
    items = line.raw(key)
    if not isinstance(items, list):
        raise line.wrong(key, "a list of [start, end, label]")
    for number, item in enumerate(items, 1):
        if isinstance(item, str):
            losses.add("label of a whole article, not imported", line.where)
            continue
        if not isinstance(item, list) or [type(one) for one in item] != [int, int, str]:
            raise line.wrong(key, "a list of [start, end, label]")
        place = ruler.span(f"{line.where}, {key} {number}", item[0], item[1])
        yield FlatSpan(f"{key}{number}", place.start, place.end, item[2])


FORMAT = Doccano()

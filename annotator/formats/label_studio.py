"""Label Studio's JSON: a task an article, an annotation an annotator, and the configuration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, NO, ExportOptions, ReadOptions
from annotator.core.records import AttributionRecord, Record
from annotator.core.writing import new_file
from annotator.formats.article_values import article_structures, article_texts
from annotator.formats.flat import FlatSpan, flatten
from annotator.formats.flat_roles import told
from annotator.formats.json_document import objects
from annotator.formats.label_studio_config import CHOICES, HAND, ID, LABEL, ROLE, TEXT, Used
from annotator.formats.label_studio_reading import records_of
from annotator.formats.values import SIMPLE, lose_comments, lose_fields, simple_values

_TASK = re.compile(rb'"data"\s*:\s*\{')
_WORK = re.compile(rb'"(?:annotations|predictions|completions)"\s*:')
_CARRIED = (*SIMPLE, "parent", "more_roles")


class LabelStudio:
    """Tasks with regions. An attribution's further fields are those of its anchor's region."""

    name = "label-studio"
    title = "Label Studio JSON, regions and relations"
    suffixes = (".json",)
    reads = True
    writes = True
    folder = False
    cannot_carry = (
        "comments (counted)",
        "antecedents, confidence, provenance, features and further keys of an attribution (counted)",
        "suggestions that nobody has accepted (left out, and counted)",
    )

    def recognises(self, path: Path, head: bytes) -> int:
        if path.suffix.lower() not in self.suffixes:
            return NO
        return BY_CONTENT if _TASK.search(head) and _WORK.search(head) else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """A record for each annotation, and one for each prediction: its attributions are open suggestions."""
        for task in objects(path):
            yield from records_of(task, losses, options)

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """A task for records of one article that follow one another, and NAME.config.xml beside the file."""
        if options.without_text:
            raise BadInput(
                "Label Studio's file holds the text; it cannot be written without. Nothing was written."
            )
        losses = LossReport()
        writing = _Writing(options.label, losses, Used())
        with new_file(out) as file:
            file.write(b"[")
            for number, (_, group) in enumerate(groupby(records, _same_article)):
                file.write((b",\n" if number else b"\n") + orjson.dumps(writing.task(number + 1, group)))
            file.write(b"\n]\n")
        with new_file(out.with_name(f"{out.stem}.config.xml")) as file:
            file.write(writing.used.as_xml().encode())
        return losses


def _same_article(record: Record) -> tuple[str | None, str | None]:
    return record.id, record.text


class _Writing:
    """One file under way, with what its configuration has to name."""

    def __init__(self, label: str, losses: LossReport, used: Used) -> None:
        self._label = label
        self._losses = losses
        self.used = used

    def task(self, number: int, group: Iterable[Record]) -> dict[str, Any]:
        """The task of one article, with an annotation for each record."""
        annotations: list[dict[str, Any]] = []
        data: dict[str, Any] = {}
        for record in group:
            texts = article_texts(record)
            texts.pop("annotator", None)
            if not data:
                data = {TEXT: record.text or "", **texts, **article_structures(record)}
            elif any(data.get(key) != value for key, value in texts.items()):
                self._losses.add(
                    "status and further values of a second annotator's set, not carried",
                    record.id or record.where,
                )
            if record.attributions is not None:
                annotations.append({"was_cancelled": False, "result": self._result(record)})
        return {"id": number, "data": data, "annotations": annotations, "predictions": []}

    def _result(self, record: Record) -> list[dict[str, Any]]:
        text = record.text or ""
        flat = flatten(record, self._label, self._losses)
        lose_comments(record, self._losses)
        result: list[dict[str, Any]] = []
        for span in flat.spans:
            region = _region(span, text)
            result.append(region)
            self.used.labels[span.label] = None
            values = {}
            if not told(span.role, self._label):
                values[ROLE] = span.role
            if span.id in flat.anchors:
                values |= self._values(record, flat.anchors[span.id])
            result += [self._attribute(region, name, value) for name, value in values.items()]
        for one in flat.relations:
            self.used.relations[one.label] = None
            result.append(
                {
                    "type": "relation",
                    "from_id": one.head,
                    "to_id": one.child,
                    "direction": "right",
                    "labels": [one.label],
                }
            )
        if record.annotator:
            value = {"text": [record.annotator]}
            result.append(
                {"id": HAND, "from_name": HAND, "to_name": TEXT, "type": "textarea", "value": value}
            )
        return result

    def _values(self, record: Record, one: AttributionRecord) -> dict[str, str]:
        lose_fields(record, one, _CARRIED, self._losses)
        return {**simple_values(one), **({ID: one.id} if one.id else {})}

    def _attribute(self, region: dict[str, Any], name: str, value: str) -> dict[str, Any]:
        place = {key: region["value"][key] for key in ("start", "end")}
        item = {"id": region["id"], "from_name": name, "to_name": TEXT}
        if name in CHOICES:
            self.used.choices[name][value] = None
            words = region["value"]["text"]
            return {**item, "type": "choices", "value": {**place, "text": words, "choices": [value]}}
        return {**item, "type": "textarea", "value": {**place, "text": [value]}}


def _region(span: FlatSpan, text: str) -> dict[str, Any]:
    return {
        "id": span.id,
        "from_name": LABEL,
        "to_name": TEXT,
        "type": "labels",
        "value": {
            "start": span.start,
            "end": span.end,
            "text": text[span.start : span.end],
            "labels": [span.label],
        },
    }


FORMAT = LabelStudio()

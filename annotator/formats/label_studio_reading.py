"""The annotations and predictions of one Label Studio task, as records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import ReadOptions
from annotator.core.records import AttributionRecord, Record
from annotator.formats.article_values import read_article, read_structures
from annotator.formats.flat import FlatSpan, Relation, gather
from annotator.formats.flat_roles import learned
from annotator.formats.foreign_values import understood
from annotator.formats.jsonl_fields import Fields
from annotator.formats.label_studio_config import HAND, ID, ROLE, TEXT
from annotator.formats.offsets import Ruler
from annotator.formats.values import with_simple_values

_LABELS = ("labels", "hypertextlabels", "paragraphlabels")


def records_of(task: Fields, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
    """The records of one task.

    A prediction's attributions are open suggestions of its model, in a set of the model's own: nobody has looked at
    them yet, so they must not be taken for a person's work.

    Raises:
        BadInput: names the task and what is wrong in it.
    """
    data = Fields(task.mapping("data"), f"{task.where}, data")
    text = _text(data)
    fields = read_article(data)
    number = task.label("id")
    fields.setdefault("id", f"task-{number}" if number else None)
    fields = {**fields, **read_structures(data, text)}
    bare = Record(text=text, where=task.where, **{**fields, "annotator": None})
    found = False
    for item in (*task.objects("annotations"), *task.objects("completions")):
        if item.flag("was_cancelled"):
            losses.add("annotation that was cancelled, not imported", bare.id or task.where)
            continue
        found = True
        reading = _Result(item, bare, losses)
        marks = reading.attributions(options)
        hand = reading.hand or _completed_by(item) or fields.get("annotator")
        yield replace(bare, attributions=marks, annotator=hand, has_offsets=True, where=item.where)
    for item in task.objects("predictions"):
        found = True
        model = item.label("model_version") or "predictions"
        score = item.number("score")
        marks = _Result(item, bare, losses).attributions(options)
        marks = tuple(replace(one, state="open", origin=model, confidence=_share(score)) for one in marks)
        yield replace(bare, attributions=marks, annotator=model, has_offsets=True, where=item.where)
    if not found:
        yield bare


def _text(data: Fields) -> str:
    texts = {key: value for key, value in data.values.items() if isinstance(value, str)}
    key = TEXT if TEXT in texts or len(texts) != 1 else next(iter(texts))
    text = data.text(key)
    if not text.strip():
        raise BadInput(f"{data.where} has no text under {TEXT!r}. Nothing of this file was imported.")
    return text


def _completed_by(item: Fields) -> str | None:
    who = item.raw("completed_by")
    if isinstance(who, dict):
        person = Fields(who, f"{item.where}, completed_by")
        return person.label("email") or person.label("username") or person.label("id")
    return item.label("completed_by")


def _share(score: float | None) -> float | None:
    return score if score is not None and 0 <= score <= 1 else None


class _Result:
    """The regions, their attributes and the relations of one annotation."""

    def __init__(self, item: Fields, article: Record, losses: LossReport) -> None:
        self.hand: str | None = None
        self._article = article.id or article.where
        self._losses = losses
        self._ruler = Ruler(article.text or "", self._article, losses)
        self._spans: dict[str, FlatSpan] = {}
        self._relations: list[Relation] = []
        self._values: dict[str, dict[str, str]] = {}
        others = []
        for one in item.objects("result"):
            kind = one.text("type")
            if kind == "relation":
                others.append(one)
            elif kind in _LABELS:
                self._region(one, kind)
            else:
                self._attribute(one, kind)
        for one in others:
            self._relation(one)

    def attributions(self, options: ReadOptions) -> tuple[AttributionRecord, ...]:
        """What the regions and relations say."""
        values = {}
        for span_id, known in self._values.items():
            if span_id not in self._spans:
                self._lose("answer about no region of the text")
                continue
            role = known.pop(ROLE, "")
            if role:
                self._spans[span_id] = replace(self._spans[span_id], role=role)
            mark = known.pop(ID, None)
            if known or mark:
                ours = understood(known, options.kinds, self._article, self._losses)
                values[span_id] = with_simple_values(AttributionRecord(id=mark), ours)
        return gather(
            learned(self._spans.values(), self._relations),
            self._relations,
            kinds=options.kinds,
            article=self._article,
            losses=self._losses,
            values=values,
        )

    def _lose(self, what: str) -> None:
        self._losses.add(f"{what}, not imported", self._article)

    def _region(self, one: Fields, kind: str) -> None:
        value = Fields(one.mapping("value"), f"{one.where}, value")
        if isinstance(value.raw("start"), str) or isinstance(value.raw("end"), str):
            self._lose("region of a web page, whose offsets are no places in a text")
            return
        labels = value.texts(kind) or value.texts("labels")
        if not labels:
            self._lose("region without a label")
            return
        if len(labels) > 1:
            self._lose("second label of a region")
        words = value.raw("text")
        place = self._ruler.span(
            one.where,
            value.whole("start", -1),
            value.whole("end", -1),
            words if isinstance(words, str) and words else None,
        )
        span_id = one.label("id") or f"region {len(self._spans)}"
        self._spans[span_id] = FlatSpan(span_id, place.start, place.end, labels[0])

    def _attribute(self, one: Fields, kind: str) -> None:
        name = one.text("from_name")
        value = Fields(one.mapping("value"), f"{one.where}, value")
        answer = _answer(value.raw("text" if kind == "textarea" else kind))
        if name == HAND:
            self.hand = answer
            return
        span_id = one.label("id")
        if answer is None or not name or span_id is None:
            self._lose(f"answer of the type {kind!r}")
            return
        self._values.setdefault(span_id, {})[name] = answer

    def _relation(self, one: Fields) -> None:
        head, child = one.label("from_id") or "", one.label("to_id") or ""
        if head not in self._spans or child not in self._spans:
            self._lose("relation to a region that is not there")
            return
        if one.text("direction", "right") == "left":
            head, child = child, head
        labels = one.texts("labels")
        self._relations.append(Relation(head, child, labels[0] if labels else ""))


def _answer(value: Any) -> str | None:
    """An answer as one text: several are joined as our lists are."""
    items = value if isinstance(value, list) else [value]
    texts = [str(item) for item in items if isinstance(item, str | int | float)]
    return "; ".join(texts) if texts and len(texts) == len(items) else None

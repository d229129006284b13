"""Attributions from the events of a brat file, or from its spans and relations."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

import orjson

from annotator.core.attributions import ROLES
from annotator.core.errors import BadInput
from annotator.core.labels import read_label, role_named
from annotator.core.losses import LossReport
from annotator.core.ports import ReadOptions
from annotator.core.records import AttributionRecord, CommentRecord, with_place
from annotator.formats.brat_lines import Event, Lines
from annotator.formats.brat_text import many_lines
from annotator.formats.brat_writing import ANTECEDENT, COMMENT, DOCUMENT, EVENT, ID, METADATA, NOTE, PARENT
from annotator.formats.flat import FRAGMENT, LABEL, FlatSpan, Relation, gather
from annotator.formats.foreign_values import understood
from annotator.formats.jsonl_fields import Fields
from annotator.formats.values import with_simple_values

_NUMBERED = re.compile(r"(.*?)\d+")
_AUTHOR = re.compile(r"([^:\n]{1,60}): ")


def metadata(lines: Lines, where: str) -> Fields | None:
    """What one of our own files says of its article; None when the file is another's.

    Raises:
        BadInput: when that note is broken.
    """
    for kind, target, words in lines.notes:
        if (kind, target) == (METADATA, DOCUMENT):
            try:
                value = orjson.loads(many_lines(words))
            except (orjson.JSONDecodeError, RecursionError) as wrong:
                raise BadInput(
                    f"{where}: the note with what is known of the article is not JSON: {wrong}. "
                    "Nothing of this file was imported."
                ) from wrong
            if not isinstance(value, dict):
                break
            return Fields(value, f"{where}, {METADATA}")
    return None


def read_remark(words: str) -> CommentRecord:
    """A comment from one text: who, and what."""
    match = _AUTHOR.match(words)
    return CommentRecord(
        text=words[match.end() :] if match else words, author=match[1] if match else "unknown"
    )


class Attributions:
    """Reads the attributions of one file: an event is one, and what no event holds is put together by relations."""

    def __init__(
        self, lines: Lines, options: ReadOptions, article: str, losses: LossReport, *, ours: bool
    ) -> None:
        self._lines = lines
        self._options = options
        self._article = article
        self._losses = losses
        self._ours = ours
        self._values: dict[str, dict[str, str]] = defaultdict(dict)
        self._comments: dict[str, list[CommentRecord]] = defaultdict(list)
        self._holders: dict[str, list[str]] = defaultdict(list)
        for event_id, event in lines.events.items():
            for target in {event.trigger, *(target for _, target in event.arguments)}:
                self._holders[target].append(event_id)
        self._sort_values()

    def all(self) -> tuple[AttributionRecord, ...]:
        """The attributions of the events, then those of the other spans."""
        events = self._lines.events
        ids = {event_id: self._values[event_id].pop(ID, event_id) for event_id in events}
        found = [self._of_event(event_id, event, ids) for event_id, event in events.items()]
        others = self._of_spans()
        taken = {one.id for one in found}
        names = {one.id: f"{one.id}-loose" if one.id in taken else one.id for one in others}
        for one in others:
            parent = names.get(one.parent, one.parent)
            found.append(replace(one, id=names[one.id], parent=parent))
        return tuple(found)

    def _sort_values(self) -> None:
        known = {*self._lines.bounds, *self._lines.events}
        for target, values in self._lines.values.items():
            self._about(target, values)
        for kind, target, words in self._lines.notes:
            if target not in known:
                if (kind, target) != (METADATA, DOCUMENT):
                    self._losses.add("note about no span and no event, not imported", self._article)
                continue
            text = many_lines(words) if self._ours else words
            if self._ours and kind == COMMENT:
                self._comments[target].append(read_remark(text))
            elif kind == NOTE:
                for holder in self._attributions_of(target):
                    before = self._values[holder].get("note")
                    self._values[holder]["note"] = f"{before}\n{text}" if before else text
            else:
                self._about(target, {kind: text})

    def _about(self, target: str, values: dict[str, str]) -> None:
        holders = self._attributions_of(target)
        for holder in holders:
            self._values[holder].update(values)
        if not holders:
            self._losses.add("value of a relation, not imported", self._article)

    def _attributions_of(self, target: str) -> list[str]:
        """The events that a span is part of, or the span itself when it is part of none."""
        if target in self._lines.events:
            return [target]
        if target in self._lines.bounds:
            return self._holders.get(target) or [target]
        return []

    def _known(self, target: str, own_id: str | None) -> AttributionRecord:
        values = understood(self._values.get(target, {}), self._options.kinds, self._article, self._losses)
        one = with_simple_values(AttributionRecord(id=own_id), values)
        return replace(one, comments=tuple(self._comments.get(target, ())))

    def _of_event(self, event_id: str, event: Event, ids: dict[str, str]) -> AttributionRecord:
        one = self._known(event_id, ids[event_id])
        roles = []
        for name, target in event.arguments:
            if target in ids:
                one = self._chained(one, name, ids[target])
            else:
                roles.append((_role(name), target))
        if not any(role == "cue" for role, _ in roles) and event.type.casefold() != EVENT.casefold():
            roles.append((read_label(event.type, self._options.kinds)[0] or "cue", event.trigger))
            one = self._labelled(one, event.trigger)
        for role, target in roles:
            one = with_place(one, role, self._lines.bounds[target].parts)
            one = self._labelled(one, target, role)
        if not roles:
            one = with_place(one, "cue", self._lines.bounds[event.trigger].parts)
        return one

    def _chained(self, one: AttributionRecord, name: str, other: str) -> AttributionRecord:
        if name.casefold() == ANTECEDENT.casefold():
            return replace(one, antecedent=other)
        if name.casefold() != PARENT.casefold():
            self._losses.add(f"event as {name} of another, kept as its parent", self._article)
        return replace(one, parent=other)

    def _labelled(self, one: AttributionRecord, target: str, role: str = "") -> AttributionRecord:
        """The attribution with the kind that a span's type names; a type that is not understood is kept.

        In our own files the kind is a value of the event.
        """
        if self._ours:
            return one
        label = self._lines.bounds[target].type
        _, kind, clear = read_label(label, self._options.kinds)
        if kind:
            return replace(one, kind=one.kind or kind)
        if clear or label == role or one.kind:
            return one
        self._losses.add(f"type {label!r} is no kind or role here; kept as a feature", self._article)
        return replace(one, features={**one.features, LABEL: label})

    def _of_spans(self) -> tuple[AttributionRecord, ...]:
        spans: list[FlatSpan] = []
        relations: list[Relation] = []
        values = {}
        for own_id, bound in self._lines.bounds.items():
            if own_id in self._holders:
                continue
            for number, part in enumerate(bound.parts):
                span_id = f"{own_id}.{number}" if number else own_id
                spans.append(FlatSpan(span_id, part.start, part.end, bound.type))
                if number:
                    relations.append(Relation(own_id, span_id, FRAGMENT))
            if own_id in self._values or own_id in self._comments:
                values[own_id] = self._known(own_id, None)
        loose = {span.id for span in spans}
        for label, head, child in self._lines.relations:
            if head in loose and child in loose:
                relations.append(Relation(head, child, label))
            else:
                self._losses.add("relation to a span that an event holds, not imported", self._article)
        return gather(
            spans,
            relations,
            kinds=self._options.kinds,
            article=self._article,
            losses=self._losses,
            values=values,
        )


def _role(name: str) -> str:
    """The role that an argument's name means: brat numbers those that an event has several of."""
    match = _NUMBERED.fullmatch(name)
    for one in (name, match[1]) if match else (name,):
        plain = one.casefold()
        if plain in ROLES or role_named(plain):
            return role_named(plain)
    return name


def comments_of(known: Fields) -> tuple[CommentRecord, ...]:
    """The comments on an article that our own file has with what is known of it."""
    return tuple(map(read_remark, known.texts("comments")))

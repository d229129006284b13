"""Attributions in tokens: learnt from a Doc's spans, and written into one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from spacy.tokens import Span

from annotator.nlp.network.features import TokenFeatures
from annotator.nlp.network.windows import Window, window_around
from annotator.nlp.token_marks import Stretch, TokenMark

Array: TypeAlias = Any

CHANCES = "attribution_chances"
"""The key in doc.user_data that holds the chance of each attribution, by its id."""
ROLES = ("source", "cue", "content")
_FIRST_LABEL = {"source": 1, "content": 3}


def marks_of(reference: Any, doc: Any, spans_key: str) -> list[TokenMark]:
    """The attributions in a Doc's spans, on the tokens of another Doc of the same text; those without a cue are no help."""
    found: dict[str, dict[str, list[Any]]] = {}
    if spans_key not in reference.spans:
        return []
    for span in reference.spans[spans_key]:
        if span.label_ in ROLES and span.id_:
            found.setdefault(span.id_, {}).setdefault(span.label_, []).append(span)
    marks = []
    for one in found.values():
        if "cue" not in one:
            continue
        roles = {role: tuple(sorted(_stretch(span, doc) for span in one.get(role, ()))) for role in ROLES}
        cue = roles["cue"][0][0], max(stop for _, stop in roles["cue"])
        kind = next((span.kb_id_ for span in one["cue"] if span.kb_id_), None)
        marks.append(TokenMark(cue, roles["source"], roles["content"], kind))
    return sorted(marks, key=lambda mark: mark.cue)


def _stretch(span: Any, doc: Any) -> Stretch:
    if span.doc is doc:
        return span.start, span.end
    same = doc.char_span(span.start_char, span.end_char, alignment_mode="expand")
    return same.start, same.end


def write(doc: Any, marks: Sequence[TokenMark], spans_key: str) -> None:
    """Put attributions into a Doc: a span for each fragment, labelled with its role, its id shared by all of one attribution."""
    spans = []
    chances = {}
    for number, mark in enumerate(marks, 1):
        name = f"a{number}"
        chances[name] = round(mark.chance, 4)
        for role in ROLES:
            stretches = (mark.cue,) if role == "cue" else getattr(mark, role)
            spans += [
                Span(doc, start, stop, label=role, span_id=name, kb_id=mark.kind or "")
                for start, stop in stretches
            ]
    doc.spans[spans_key] = spans
    doc.user_data[CHANCES] = chances


@dataclass(slots=True)
class Gold:
    """What the network should have said of one text: cue labels, labels of any role, and role labels around each cue."""

    cues: Array
    any_role: Array
    windows: list[Window]
    labels: list[Array]
    kinds: list[str | None]


def gold_of(features: TokenFeatures, marks: Iterable[TokenMark]) -> Gold:
    """Labels from attributions; of two at the same cue the first is learnt."""
    size = len(features)
    gold = Gold(np.zeros(size, dtype="int64"), np.zeros(size, dtype="int64"), [], [], [])
    for mark in marks:
        start, stop = mark.cue
        for role in ("content", "source"):
            _label(gold.any_role, 0, getattr(mark, role), _FIRST_LABEL[role])
        if gold.cues[start:stop].any():
            continue
        gold.cues[start:stop] = 2
        gold.cues[start] = 1
        window = window_around(features, start, stop)
        labels = np.zeros(window.stop - window.start, dtype="int64")
        for role in ("content", "source"):
            _label(labels, window.start, getattr(mark, role), _FIRST_LABEL[role])
        gold.windows.append(window)
        gold.labels.append(labels)
        gold.kinds.append(mark.kind)
    return gold


def _label(labels: Array, offset: int, stretches: Iterable[Stretch], first: int) -> None:
    for start, stop in stretches:
        begin, end = max(0, start - offset), min(len(labels), stop - offset)
        if begin < end:
            labels[begin:end] = first + 1
            labels[begin] = first


def stretches_of(labels: Array, role: str, offset: int) -> tuple[Stretch, ...]:
    """The stretches that labels give to a role, as tokens of the text."""
    first = _FIRST_LABEL[role]
    found = []
    begun = -1
    for at, label in enumerate([*labels, 0]):
        if begun >= 0 and label != first + 1:
            found.append((begun + offset, at + offset))
            begun = -1
        if label == first:
            begun = at
    return tuple(found)


def text_of(doc: Any, stretches: Iterable[Stretch]) -> str:
    """The words of some stretches as printed, with a space between stretches."""
    return " ".join(doc[start:stop].text for start, stop in stretches)


def cue_stretches(chances: Array, at_least: float) -> list[tuple[int, int, float]]:
    """Cues whose beginning is at least so likely, with that chance, from the chances of no cue, beginning and inside."""
    found = []
    at = 0
    while at < len(chances):
        begins = float(chances[at, 1])
        stop = at + 1
        if begins >= at_least:
            while stop < len(chances) and chances[stop, 2] > max(chances[stop, 0], chances[stop, 1]):
                stop += 1
            found.append((at, stop, begins))
        at = stop
    return found

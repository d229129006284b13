"""Make whole attributions of the places a model found: kind, chain, outlet and manner by the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from annotator.core.articles import Zone
from annotator.core.graphemes import snap_to_graphemes
from annotator.core.records import AttributionRecord
from annotator.core.spans import Fragments, Span, joined
from annotator.nlp.anaphora import fill
from annotator.nlp.chains import nest
from annotator.nlp.found import Found, Stretch
from annotator.nlp.quotes import quotations
from annotator.nlp.rules_suggester import _record
from annotator.nlp.token_marks import TokenMark
from annotator.nlp.tokens import Words, words_of

_SILENT = frozenset(["caption", "boilerplate"])


def placed(doc: Any, marks: Sequence[TokenMark]) -> list[AttributionRecord]:
    """The places of a model's attributions in the text."""
    text = doc.text
    return [
        AttributionRecord(
            source=fragments_of(doc, mark.source, text),
            cue=fragments_of(doc, [mark.cue], text),
            content=fragments_of(doc, mark.content, text),
            kind=mark.kind,
            state="open",
        )
        for mark in marks
    ]


def fragments_of(doc: Any, stretches: Sequence[Stretch], text: str) -> Fragments:
    """Stretches of tokens as places in the Doc's text, through no character; a Doc puts its text together each time it is asked."""
    spans = []
    for start, stop in stretches:
        last = doc[stop - 1]
        spans.append(Span(*snap_to_graphemes(text, doc[start].idx, last.idx + len(last))))
    return joined(spans)


def is_spoken(one: AttributionRecord, zones: Sequence[Zone]) -> bool:
    """Whether an attribution stands outside captions and boilerplate."""
    silent = [zone.span for zone in zones if zone.zone in _SILENT]
    return not any(span.meets(part) for span in silent for part in one.cue)


def completed(
    text: str, found: Sequence[AttributionRecord], origin: str, outlet: str = ""
) -> list[AttributionRecord]:
    """The attributions in reading order with everything that the rules can say of them; what they have already stays."""
    words = words_of(text)
    quoted = [0] * len(words)
    for number, (start, stop) in enumerate(quotations(words), 1):
        quoted[start:stop] = [number] * (stop - start)
    ordered = sorted(found, key=lambda one: (one.cue[0], one.content))
    rough = [_in_words(words, one) for one in ordered]
    nest(rough)
    fill(words, rough, outlet)
    numbers = {id(one): f"m-{at}" for at, one in enumerate(rough, 1)}
    done = []
    for one, sketch in zip(ordered, rough, strict=True):
        by_rules = _record(words, quoted, sketch, numbers)
        learnt = one.kind if one.kind and sketch.antecedent is None else by_rules.kind
        done.append(
            replace(
                by_rules,
                source=one.source,
                cue=one.cue,
                content=one.content,
                recipient=one.recipient,
                kind=learnt,
                confidence=one.confidence,
                origin=origin,
                provenance=one.provenance,
            )
        )
    return done


def _in_words(words: Words, one: AttributionRecord) -> Found:
    cue = _stretches(words, one.cue)
    head = cue[0][1] - 1
    recipient = _stretches(words, one.recipient)
    return Found(
        "model",
        head,
        _stretches(words, one.source),
        cue,
        _stretches(words, one.content),
        one.confidence or 0.5,
        recipient=recipient[0] if recipient else None,
    )


def _stretches(words: Words, parts: Fragments) -> list[Stretch]:
    found = []
    for part in parts:
        start, stop = words.inside(part.start, part.end)
        if start < stop:
            found.append((start, stop))
    return found

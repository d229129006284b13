"""Measure what the component found against the reference, with the measures of `annotator evaluate`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from annotator.core.records import AttributionRecord
from annotator.core.spans import Span, joined
from annotator.nlp.evaluation import Evaluation

NAMES = {
    "who_said_what": "who-said-what overlap",
    "whole_attribution": "triple overlap",
    "source_overlap": "overlap source",
    "cue_overlap": "overlap cue",
    "content_overlap": "overlap content",
}


def records_in(doc: Any, spans_key: str) -> list[AttributionRecord]:
    """The attributions of a Doc's spans, as places in its text."""
    found: dict[str, dict[str, list[Span]]] = {}
    for span in doc.spans.get(spans_key, ()):
        roles = found.setdefault(span.id_, {})
        roles.setdefault(span.label_, []).append(Span(span.start_char, span.end_char))
    return [
        AttributionRecord(
            source=joined(roles.get("source", ())),
            cue=joined(roles.get("cue", ())),
            content=joined(roles.get("content", ())),
        )
        for roles in found.values()
    ]


def score_examples(examples: Iterable[Any], spans_key: str) -> dict[str, Any]:
    """F1 of each measure over all examples."""
    evaluation = Evaluation()
    for example in examples:
        evaluation.add(
            example.reference.text,
            records_in(example.reference, spans_key),
            records_in(example.predicted, spans_key),
        )
    return {name: evaluation.score(measure).f1 for name, measure in NAMES.items()}

"""Turn articles that people marked into spaCy Docs to learn from, and say what cannot be learnt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Fragments, hull
from annotator.nlp.docbin import SPANS_KEY

_ROLES = ("source", "cue", "content")


def marked(records: Iterable[Record], losses: LossReport) -> list[Record]:
    """The articles that somebody marked, without suggestions that nobody has accepted.

    Raises:
        BadInput: when there is none, or when none holds an attribution.
    """
    found = []
    for record in records:
        name = record.id or record.where
        if record.text is None or record.attributions is None:
            losses.add("article that nobody has marked, not learnt from", name)
            continue
        kept = tuple(one for one in record.attributions if one.state == "kept")
        for _ in range(len(record.attributions) - len(kept)):
            losses.add("suggestion that nobody has accepted, not learnt from", name)
        found.append(replace(record, attributions=kept))
    if not found:
        raise BadInput("There is nothing to learn from: nobody has marked these articles. No model was made.")
    if not any(record.attributions for record in found):
        raise BadInput(
            f"There is nothing to learn from: no attribution is marked in the {len(found)} articles. No model was made."
        )
    return found


def gold_docs(nlp: Any, records: Sequence[Record], losses: LossReport) -> list[Any]:
    """A Doc for each article; its attributions are in doc.spans as the docbin format writes them, with the kind as kb_id.

    Raises:
        BadInput: when there is no attribution with a cue and something said.
    """
    docs = []
    for record in records:
        doc = nlp.make_doc(record.text or "")
        spans: list[Any] = []
        for number, one in enumerate(_learnable(record, losses), 1):
            for role in _ROLES:
                given = {"label": role, "span_id": f"a{number}", "kb_id": one.kind or ""}
                for part in getattr(one, role):
                    span = doc.char_span(part.start, part.end, **given)
                    if span is None:
                        article = record.id or record.where
                        losses.add(
                            "span widened to whole tokens of the pipeline", article, part.start, part.end
                        )
                        span = doc.char_span(part.start, part.end, alignment_mode="expand", **given)
                    if span is not None:
                        spans.append(span)
        doc.spans[SPANS_KEY] = spans
        docs.append(doc)
    if not any(doc.spans[SPANS_KEY] for doc in docs):
        raise BadInput(
            "There is nothing to learn from: no attribution in these articles has a cue and a content. No model was made."
        )
    return docs


def _learnable(record: Record, losses: LossReport) -> Iterator[AttributionRecord]:
    """The attributions that a model can learn: with a cue of their own, and something said."""
    article = record.id or record.where
    cues: list[Fragments] = []
    for one in record.attributions or ():
        around = hull([*one.cue, *one.content, *one.source])
        place = (around.start, around.end) if around else ()
        if not one.cue or not (one.content or one.source):
            losses.add("attribution without a cue, or with nothing but one, not learnt", article, *place)
        elif any(first.meets(second) for other in cues for first in other for second in one.cue):
            losses.add("attribution at the cue of another, not learnt", article, *place)
        else:
            if len(one.cue) > 1:
                losses.add("cue in several pieces, learnt as one", article, *place)
            cues.append(one.cue)
            yield one

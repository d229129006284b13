"""Let a pipeline and the rules look at articles, and finish what was chosen of their finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotator.core.articles import Zone
from annotator.core.ports import Suggester
from annotator.core.records import AttributionRecord
from annotator.core.spans import Fragments, joined
from annotator.nlp.completing import fragments_of, is_spoken, placed
from annotator.nlp.going_on import as_far_as_read
from annotator.nlp.pipelines import COMPONENT
from annotator.nlp.token_marks import Stretch, TokenMark
from annotator.nlp.weighing import MODEL, Candidate, candidates

LEAST_CHANCE = 0.04
"""What the model thinks less likely is not even weighed."""


@dataclass(frozen=True, slots=True)
class Article:
    """What a suggester is told of an article."""

    text: str
    zones: Sequence[Zone] = ()
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """One article as model and rules saw it; content says how likely each token is part of some content."""

    doc: Any
    content: Sequence[float]
    by_model: Sequence[tuple[AttributionRecord, TokenMark]]
    by_rules: Sequence[AttributionRecord]

    def candidates(self, way: str) -> list[Candidate]:
        """What a way may choose from; the model alone does not know what the rules found."""
        return candidates(self.by_model, () if way == MODEL else self.by_rules)

    def finished(self, chosen: Sequence[Candidate]) -> list[AttributionRecord]:
        """The records of what was chosen, each content as far as it goes on."""
        marks = [one.mark or self._in_tokens(one.record) for one in chosen]
        longer = as_far_as_read(self.doc, marks, self.content)
        text = self.doc.text
        return [
            one.record
            if after.content == before.content
            else replace(
                one.record,
                content=joined([*one.record.content, *fragments_of(self.doc, after.content, text)]),
            )
            for one, before, after in zip(chosen, marks, longer, strict=True)
        ]

    def _in_tokens(self, record: AttributionRecord) -> TokenMark:
        cue = self._stretches(record.cue)
        return TokenMark(
            (cue[0][0], cue[-1][1]), self._stretches(record.source), self._stretches(record.content)
        )

    def _stretches(self, parts: Fragments) -> tuple[Stretch, ...]:
        spans = [self.doc.char_span(part.start, part.end, alignment_mode="expand") for part in parts]
        return tuple((span.start, span.end) for span in spans if span is not None)


class Finder:
    """Looks at articles with a pipeline that has our component, and with the rules."""

    def __init__(self, nlp: Any, rules: Suggester) -> None:
        self.nlp = nlp
        self.rules = rules

    def see(self, articles: Sequence[Article], *, with_rules: bool) -> list[Seen]:
        """Each article as the model sees it, and with the rules where they are asked for."""
        docs = list(self.nlp.pipe([one.text for one in articles], disable=[COMPONENT]))
        readings = self.nlp.get_pipe(COMPONENT).candidates(docs, LEAST_CHANCE)
        found = []
        for article, doc, reading in zip(articles, docs, readings, strict=True):
            pairs = zip(placed(doc, reading.marks), reading.marks, strict=True)
            by_model = [(record, mark) for record, mark in pairs if is_spoken(record, article.zones)]
            by_rules = self.rules.suggest(article.text, article.zones, article.outlet) if with_rules else ()
            found.append(Seen(doc, reading.content, by_model, by_rules))
        return found

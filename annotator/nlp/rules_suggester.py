"""RulesSuggester: attributions found by rules and word counts, with no model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from annotator.core.articles import Zone
from annotator.core.graphemes import snap_to_graphemes
from annotator.core.records import AttributionRecord
from annotator.core.spans import Fragments, Span, joined
from annotator.nlp.anaphora import fill
from annotator.nlp.chains import text_of
from annotator.nlp.finding import find
from annotator.nlp.found import Found, Stretch
from annotator.nlp.lexicon import Lexicon, read_lexicon
from annotator.nlp.manner import grounds_of, is_hedged, polarity_of, quote_of, type_of
from annotator.nlp.reading import read
from annotator.nlp.tokens import Words

NAME = "rules-en"


class RulesSuggester:
    """Suggests attributions in English text; the lexicon is read when it is first needed."""

    name = NAME

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lexicon: Lexicon | None = None

    def warm(self) -> None:
        """Read the lexicon now, so that the first article does not wait for it."""
        if self._lexicon is None:
            self._lexicon = read_lexicon(self._folder)

    def suggest(self, text: str, zones: Sequence[Zone] = (), outlet: str = "") -> list[AttributionRecord]:
        """The attributions found in a text, in reading order, as open suggestions.

        outlet is the one in which the article appeared: what it says of itself is marked as a self-citation.
        """
        self.warm()
        assert self._lexicon is not None
        reading = read(text, self._lexicon)
        words, quoted = reading.words, reading.quoted
        found = find(reading, zones)
        fill(words, found, outlet)
        numbers = {id(one): f"rule-{at}" for at, one in enumerate(found, 1)}
        return [_record(words, quoted, one, numbers) for one in found]


def _record(words: Words, quoted: list[int], one: Found, numbers: dict[int, str]) -> AttributionRecord:
    head = words.lower[one.head]
    source = text_of(words, one.source)
    return AttributionRecord(
        id=numbers[id(one)],
        source=_fragments(words, one.source),
        cue=_fragments(words, one.cue),
        content=_fragments(words, one.content),
        via_span=_fragments(words, [one.via_span] if one.via_span else []),
        recipient=_fragments(words, [one.recipient] if one.recipient else []),
        kind=one.kind,
        type=type_of(source, head),
        source_name=one.source_name or source or None,
        via=one.via,
        medium=one.medium,
        parent=numbers[id(one.parent)] if one.parent else None,
        antecedent=numbers[id(one.antecedent)] if one.antecedent else None,
        inherited=one.inherited,
        polarity=polarity_of(words, one),
        hedge=is_hedged(words, one),
        quote=quote_of(quoted, one),
        grounds=grounds_of(source),
        implicit_source=not one.source,
        self_citation=one.self_citation,
        origin=NAME,
        state="open",
        confidence=round(one.chance, 3),
        provenance={"rule": one.rule},
    )


def _fragments(words: Words, stretches: Iterable[Stretch]) -> Fragments:
    spans = []
    for first, stop in stretches:
        start, end = snap_to_graphemes(words.text, words.starts[first], words.ends[stop - 1])
        spans.append(Span(start, end))
    return joined(spans)

"""RulesSuggester: attributions found by rules and word counts, with no model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from annotator.core.articles import Zone
from annotator.core.graphemes import snap_to_graphemes
from annotator.core.records import AttributionRecord
from annotator.core.spans import Fragments, Span, joined
from annotator.nlp.chains import citing, fill, nest, text_of, without_unsure_nested
from annotator.nlp.constructions import Builder
from annotator.nlp.cues import find_cues
from annotator.nlp.found import Found, Stretch
from annotator.nlp.headlines import headlines
from annotator.nlp.lexicon import Lexicon, read_lexicon
from annotator.nlp.manner import ATTITUDES, HEDGES, grounds_of, polarity_of, quote_of
from annotator.nlp.quotes import quotations
from annotator.nlp.tokens import Words, words_of

NAME = "rules-en"
_SILENT = frozenset(["caption", "boilerplate"])
_RIGHT = {
    "source and verb": 0.52,
    "content, source, verb": 0.78,
    "inverted": 0.74,
    "shared source": 0.5,
    "subject of the sentence": 0.24,
    "according to": 0.65,
    "according to, content after": 0.75,
    "no source": 0.06,
    "parenthetical": 0.81,
    "passive with no source": 0.76,
    "passive with by": 0.64,
    "speaker and colon": 0.4,
}
"""The share of each rule's attributions that were wholly right (overlap of at least a half in every role)."""

THRESHOLD = -0.7


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

    def suggest(self, text: str, zones: Sequence[Zone] = ()) -> list[AttributionRecord]:
        """The attributions found in a text, in reading order, as open suggestions."""
        self.warm()
        assert self._lexicon is not None
        words = words_of(text)
        quoted = [0] * len(words)
        for number, (start, stop) in enumerate(quotations(words), 1):
            quoted[start:stop] = [number] * (stop - start)
        builder = Builder(words, quoted, self._lexicon)
        boilerplate = [words.inside(zone.span.start, zone.span.end) for zone in zones if zone.zone in _SILENT]
        for cue in find_cues(words, quoted, self._lexicon, THRESHOLD):
            if not any(start <= cue.head < stop for start, stop in boilerplate):
                builder.build(cue)
        found = builder.done + headlines(words, zones, builder.done)
        more = citing(words, self._lexicon, found)
        found += more
        found.sort(key=lambda one: (one.cue[0], one.content))
        nest(found)
        found = without_unsure_nested(found)
        fill(words, found)
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
        type="attitude" if head in ATTITUDES else "statement",
        source_name=one.source_name or source or None,
        via=one.via,
        medium=one.medium,
        parent=numbers[id(one.parent)] if one.parent else None,
        antecedent=numbers[id(one.antecedent)] if one.antecedent else None,
        inherited=one.inherited,
        polarity=polarity_of(words, one),
        hedge=head in HEDGES,
        quote=quote_of(quoted, one),
        grounds=grounds_of(source),
        implicit_source=not one.source,
        origin=NAME,
        state="open",
        confidence=confidence(one),
        provenance={"rule": one.rule},
    )


def confidence(one: Found) -> float:
    """How often attributions of this rule were wholly right, source, cue and content, as counted on 150 held-out training articles of PolNeAR."""
    return round(_RIGHT.get(one.rule, 0.5) * (0.5 + 0.5 * one.chance), 3)


def _fragments(words: Words, stretches: Iterable[Stretch]) -> Fragments:
    spans = []
    for first, stop in stretches:
        start, end = snap_to_graphemes(words.text, words.starts[first], words.ends[stop - 1])
        spans.append(Span(start, end))
    return joined(spans)

"""Voice: one mark with all that a comparison goes by; found anew only for marks that have changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.compare.chains import CITING, Chain, Chains
from annotator.compare.clauses import SHARPNESS, Clause, clauses_of
from annotator.compare.descriptions import Description, Descriptions
from annotator.compare.quotations import Quoted, quoted_in
from annotator.compare.readings import Readings, weights
from annotator.compare.telling import (
    APART,
    REPEATING,
    Names,
    OutletNames,
    Telling,
    counted,
    is_unattributed,
    zone_of,
)
from annotator.compare.turning import TurningWords, Turns
from annotator.compare.word_keys import Keys, Token
from annotator.core.attributions import Attribution, reading_order
from annotator.core.sources import Source
from annotator.core.spans import joined, words

_MOST = 0.75
"""The share of an outlet's content that another attribution inside it must take up for the outlet only to pass it on."""


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """What a mark says: its words and their keys; found anew only when its content or cue changes.

    weights are those of the content, its cue counting half; clauses those of each part of the content, the whole first.
    """

    said: str
    tokens: tuple[Token, ...]
    keys: frozenset[str]
    weights: Mapping[str, float]
    clauses: tuple[Clause, ...]
    quoted: tuple[Quoted, ...]
    turns: Turns


@dataclass(frozen=True, slots=True)
class Voice:
    """A mark, where it stands, whom it credits through whom, and what it says.

    passed_on says that another mark inside it credits the same content to somebody behind it; inside that it stands within
    the content of another voice. counted says whether it counts for its outlet (see telling.counted).
    """

    mark: Attribution
    article: str
    outlet: str
    published: str
    zone: str
    counted: bool
    passed_on: bool
    inside: bool
    sense: Sense
    chain: Chain
    told: Description
    source: Source | None

    @property
    def id(self) -> str:
        return self.mark.id

    @property
    def said(self) -> str:
        return self.sense.said

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.sense.tokens

    @property
    def keys(self) -> frozenset[str]:
        return self.sense.keys

    @property
    def weights(self) -> Mapping[str, float]:
        return self.sense.weights

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return self.sense.clauses

    @property
    def quoted(self) -> tuple[Quoted, ...]:
        return self.sense.quoted

    @property
    def turns(self) -> Turns:
        return self.sense.turns

    @property
    def own_voice(self) -> bool:
        """Whether the outlet states it itself."""
        return is_unattributed(self.mark)

    @property
    def in_body(self) -> bool:
        """Whether it stands in the article proper, not in a headline or on the page around it."""
        return self.zone not in (*REPEATING, *APART)


class Listening:
    """Turns the marks of a story's tellings into voices."""

    def __init__(self, readings: Readings, names: Names, keys: Keys, turning: TurningWords) -> None:
        self._texts = readings.by_article()
        self._rarity = readings.rarity
        self._names, self._keys, self._turning = names, keys, turning

    def voices(
        self,
        tellings: Sequence[Telling],
        before: Mapping[str, tuple[Voice, ...]] | None = None,
        same: frozenset[str] = frozenset(),
    ) -> dict[str, tuple[Voice, ...]]:
        """The voices of each article, in reading order.

        Args:
            before: the voices of an earlier comparison.
            same: articles whose telling, and whose names, are the same as then; their voices are taken over.
        """
        outlets = OutletNames(tellings, self._names)
        earlier = before or {}
        found = {}
        for telling in tellings:
            known = earlier.get(telling.article)
            if known is not None and telling.article in same:
                found[telling.article] = known
            else:
                found[telling.article] = self._of(telling, outlets, known or ())
        return found

    def _of(self, telling: Telling, outlets: OutletNames, known: Sequence[Voice]) -> tuple[Voice, ...]:
        chains = Chains(telling, self._names, outlets)
        told = Descriptions(telling, self._keys)
        counting = {mark.id for mark in counted(telling)}
        by_id = {mark.id: mark for mark in telling.marks}
        passed = {
            mark.parent
            for mark in telling.marks
            if mark.parent in by_id and _passes(by_id[mark.parent], mark)
        }
        earlier = {voice.id: voice for voice in known}
        found = []
        for mark in sorted(telling.marks, key=reading_order):
            old = earlier.get(mark.id)
            above = chains.parents(mark)
            voice = Voice(
                mark=mark,
                article=telling.article,
                outlet=telling.name,
                published=telling.published,
                zone=zone_of(telling, mark),
                counted=mark.id in counting,
                passed_on=mark.id in passed,
                inside=any(
                    not _passes(outer, inner) for outer, inner in zip(above, [mark, *above], strict=False)
                ),
                sense=self._sense(telling, mark, old),
                chain=chains.of(mark),
                told=told.of(mark),
                source=self._names.source(mark),
            )
            found.append(old if old is not None and voice == old else voice)
        return tuple(found)

    def _sense(self, telling: Telling, mark: Attribution, old: Voice | None) -> Sense:
        if old is not None and (old.mark.content, old.mark.cue) == (mark.content, mark.cue):
            return old.sense
        read = self._texts[telling.article]
        content, cue = read.words_in(mark.content), read.words_in(mark.cue)
        return Sense(
            words(mark.content, telling.text),
            content,
            frozenset(token.key for token in content),
            weights(content, self._rarity, SHARPNESS, cue),
            clauses_of(read, mark.content, self._rarity),
            quoted_in(telling.text, mark.content, read.quotations),
            self._turning.of(content, cue),
        )


def _passes(outer: Attribution, inner: Attribution) -> bool:
    """Whether the outer mark only passes on what the inner one says: the same content, or, from an outlet, a whole attribution."""
    if outer.content == inner.content:
        return True
    if outer.kind != CITING or inner.type != "statement" or not outer.content:
        return False
    inside = joined([*inner.content, *inner.cue, *inner.source, *inner.via_span])
    shared = sum(
        max(0, min(one.end, part.end) - max(one.start, part.start))
        for one in inside
        for part in outer.content
    )
    return shared / sum(len(part) for part in outer.content) >= _MOST

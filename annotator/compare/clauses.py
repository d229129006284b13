"""Clauses: the parts of a sentence that say something by themselves, with their words' weights."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from annotator.compare.readings import Readings, ReadText, weights
from annotator.core.spans import Fragments, Span

SHARPNESS = 1.5
"""The power of rarity by which what marks say is weighed: names of the whole story count for less."""

_CUT = re.compile(
    r"[,;:—–]|\b(?:and|that|which|but|while|as|because|until|after|before|when|requiring|adding)\b"
)
_TELLING = 1.0
"""The rarity above which a word tells something."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a text. sharp and plain are its weights, with and without sharpness; telling are the keys that say something, and
    things those of them that are written small somewhere here: not names alone.
    """

    sharp: Mapping[str, float]
    plain: Mapping[str, float]
    telling: frozenset[str]
    things: frozenset[str]


def clauses_of(read: ReadText, parts: Fragments, rarity: Mapping[str, float]) -> tuple[Clause, ...]:
    """All of some fragments as one clause, then each clause in them with two words that say something."""
    found = [_clause(read, parts, rarity)]
    for part in parts:
        cuts = [match.start() for match in _CUT.finditer(read.text, part.start, part.end)]
        bounds = [part.start, *(at for at in cuts if at > part.start), part.end]
        if len(bounds) == 2 and len(parts) == 1:
            break
        for start, end in pairwise(bounds):
            clause = _clause(read, (Span(start, end),), rarity)
            if len(clause.telling) >= 2:
                found.append(clause)
    return tuple(found)


SentenceClauses: TypeAlias = Mapping[str, tuple[tuple[Clause, ...], ...]]
"""The clauses of each sentence of each article, in the order of the article's sentences."""


def sentence_clauses(readings: Readings) -> SentenceClauses:
    """The clauses of all sentences of a story."""
    return {
        text.article: tuple(clauses_of(text, (span,), readings.rarity) for span in text.sentences)
        for text in readings.texts
    }


def _clause(read: ReadText, parts: Fragments, rarity: Mapping[str, float]) -> Clause:
    tokens = read.words_in(parts)
    telling = frozenset(token.key for token in tokens if rarity.get(token.key, 0.0) > _TELLING)
    return Clause(
        weights(tokens, rarity, SHARPNESS),
        weights(tokens, rarity),
        telling,
        frozenset(token.key for token in tokens if token.key in telling and not token.word[:1].isupper()),
    )

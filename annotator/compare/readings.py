"""A story's texts as read once for comparing: words, sentences, quotations, and how rare each word is."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.compare.quotations import quotation_spans
from annotator.compare.telling import Telling
from annotator.compare.word_keys import Keys, Token
from annotator.core.boundaries import sentence_spans
from annotator.core.spans import Fragments, Span

_GROUND = 20
"""Stands for sentences not seen, so that in a handful of them the words of the event do not all count as common."""

_COMMON = 0.12
"""What a common word weighs, measured by a word of which only one sentence has it."""


@dataclass(frozen=True, slots=True)
class ReadText:
    """One article's words with their keys, its sentences, and what stands in quotation marks."""

    article: str
    text: str
    tokens: tuple[Token, ...]
    starts: tuple[int, ...]
    sentences: tuple[Span, ...]
    quotations: tuple[Span, ...]

    def words_in(self, parts: Fragments) -> tuple[Token, ...]:
        """The words that begin in some fragments."""
        found: list[Token] = []
        for part in parts:
            first = bisect_left(self.starts, part.start)
            last = bisect_left(self.starts, part.end, first)
            found.extend(self.tokens[first:last])
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Readings:
    """All articles of a story, read; rarity says how much each key tells (the logarithm of sentences over sentences with it)."""

    texts: tuple[ReadText, ...]
    rarity: Mapping[str, float]

    def by_article(self) -> dict[str, ReadText]:
        return {one.article: one for one in self.texts}


def read(tellings: Sequence[Telling], keys: Keys) -> Readings:
    """Read the texts of a story."""
    texts = [_read(telling, keys) for telling in tellings]
    counts: Counter[str] = Counter()
    common: set[str] = set()
    sentences = 0
    for one in texts:
        common.update(token.key for token in one.tokens if keys.is_common(token.word))
        for span in one.sentences:
            sentences += 1
            counts.update({token.key for token in one.words_in((span,))})
    most = math.log(1 + (_GROUND + sentences) / 2)
    rarity = {
        key: _COMMON * most if key in common else math.log(1 + (_GROUND + sentences) / (1 + count))
        for key, count in counts.items()
    }
    return Readings(tuple(texts), rarity)


def _read(telling: Telling, keys: Keys) -> ReadText:
    tokens = keys.tokens(telling.text)
    return ReadText(
        telling.article,
        telling.text,
        tokens,
        tuple(token.start for token in tokens),
        tuple(sentence_spans(telling.text)),
        quotation_spans(telling.text),
    )


def weights(
    tokens: Iterable[Token],
    rarity: Mapping[str, float],
    sharpness: float = 1.0,
    beside: Iterable[Token] = (),
) -> dict[str, float]:
    """The weight of each key among some words, (1 + ln count) times its rarity; all together of length 1.

    Args:
        sharpness: the power to which rarity is raised; above 1, words of the whole story count for less.
        beside: words that count half, once each.
    """
    counts = Counter(token.key for token in tokens)
    raw = {key: (1 + math.log(count)) * rarity.get(key, 0.0) ** sharpness for key, count in counts.items()}
    for token in beside:
        raw[token.key] = max(raw.get(token.key, 0.0), 0.5 * rarity.get(token.key, 0.0) ** sharpness)
    length = math.sqrt(sum(weight * weight for weight in raw.values()))
    return {key: weight / length for key, weight in raw.items() if weight} if length else {}


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How alike two rows of weights of length 1 are, from 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[key] for key, weight in one.items() if key in other)

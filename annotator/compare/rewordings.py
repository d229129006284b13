"""Find sentences of different articles that say the same in other words, by shared weight."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.compare.passages import SharedPassage, Side
from annotator.compare.readings import Readings, weights
from annotator.core.spans import Span

REWORDED = 0.45
"""Cosine of weighted words from which two sentences are taken to say the same."""

_SHORTEST = 4
"""A sentence of fewer words says too little to be told again."""


_MOST = 0.7
"""The share of a sentence that a shared passage must take up for it not to be told again as reworded."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with the weights of its words."""

    article: str
    span: Span
    words: int
    weights: Mapping[str, float]


def sentences(readings: Readings) -> tuple[Sentence, ...]:
    """All sentences of a story that are long enough."""
    found = []
    for text in readings.texts:
        for span in text.sentences:
            tokens = text.words_in((span,))
            if len(tokens) >= _SHORTEST:
                found.append(Sentence(text.article, span, len(tokens), weights(tokens, readings.rarity)))
    return tuple(found)


def rewordings(
    every: Sequence[Sentence], passages: Sequence[SharedPassage], least: float = REWORDED
) -> tuple[SharedPassage, ...]:
    """Pairs of sentences of different articles that are alike, the most alike first.

    A pair most of which is a shared passage already is left out; a sentence is paired with its best in each other article.
    """
    known = _taken_up(every, passages)
    best: dict[tuple[int, str], tuple[float, int]] = {}
    for left, right, alike in alike_pairs([one.weights for one in every], least):
        one, other = every[left], every[right]
        if one.article == other.article:
            continue
        for mine, its, at in ((left, other.article, right), (right, one.article, left)):
            if alike > best.get((mine, its), (0.0, 0))[0]:
                best[mine, its] = (alike, at)
    pairs = {(min(at, there), max(at, there)): alike for (at, _), (alike, there) in best.items()}
    found = []
    for (left, right), alike in pairs.items():
        one, other = every[left], every[right]
        if (left, right) in known:
            continue
        found.append(
            SharedPassage(
                Side(one.article, one.span),
                Side(other.article, other.span),
                round(min(alike, 0.9999), 4),
                one.words,
                reworded=True,
            )
        )
    return tuple(sorted(found, key=lambda one: -one.similarity))


def _taken_up(every: Sequence[Sentence], passages: Sequence[SharedPassage]) -> set[tuple[int, int]]:
    """Pairs of sentences, by their numbers, most of which are one shared passage."""
    places: dict[str, list[int]] = {}
    for at, one in enumerate(every):
        places.setdefault(one.article, []).append(at)
    ends = {article: [every[at].span.end for at in own] for article, own in places.items()}

    def mostly_in(side: Side) -> list[int]:
        own = places.get(side.article, [])
        found = []
        for at in own[bisect_right(ends.get(side.article, []), side.span.start) :]:
            span = every[at].span
            if span.start >= side.span.end:
                break
            if min(span.end, side.span.end) - max(span.start, side.span.start) >= _MOST * len(span):
                found.append(at)
        return found

    return {
        (min(one, other), max(one, other))
        for passage in passages
        for one in mostly_in(passage.one)
        for other in mostly_in(passage.other)
    }


def alike_pairs(rows: Sequence[Mapping[str, float]], least: float) -> Iterator[tuple[int, int, float]]:
    """(one, other, cosine) for each two rows of weights that reach the least cosine, one before other."""
    if len(rows) < 2:
        return
    table = as_table(rows)
    product = (table @ table.T).tocoo()
    chosen = (product.data >= least) & (product.row < product.col)
    yield from zip(
        product.row[chosen].tolist(),
        product.col[chosen].tolist(),
        product.data[chosen].tolist(),
        strict=True,
    )


def across(
    rows: Sequence[Mapping[str, float]], columns: Sequence[Mapping[str, float]], least: float
) -> Iterable[tuple[int, int, float]]:
    """(row, column, cosine) for each row and column that reach the least cosine."""
    if not rows or not columns:
        return
    keys: dict[str, int] = {}
    left, right = as_table(rows, keys), as_table(columns, keys)
    width = len(keys)
    left.resize((len(rows), width))
    product = (left @ right.T).tocoo()
    chosen = product.data >= least
    yield from zip(
        product.row[chosen].tolist(),
        product.col[chosen].tolist(),
        product.data[chosen].tolist(),
        strict=True,
    )


def as_table(
    rows: Sequence[Mapping[str, float]], keys: dict[str, int] | None = None, least: float = 0.0
) -> Any:
    """Rows of weights as a sparse table; keys holds the column of each key, and learns new ones.

    Weights below the least are left out: words that nearly every row has make most of the work and next to none of the likeness.
    """
    import numpy as np
    from scipy import sparse

    known = {} if keys is None else keys
    data, columns, starts = [], [], [0]
    for row in rows:
        for key, weight in row.items():
            if weight >= least:
                columns.append(known.setdefault(key, len(known)))
                data.append(weight)
        starts.append(len(columns))
    return sparse.csr_matrix(
        (np.array(data, float), np.array(columns, np.int32), np.array(starts, np.int32)),
        shape=(len(rows), max(1, len(known))),
    )

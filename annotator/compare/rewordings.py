"""Find sentences of different articles that say the same in other words, by shared weight."""

from __future__ import annotations

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
    known: dict[tuple[str, str], list[tuple[Span, Span]]] = {}
    for passage in passages:
        place = passage.one.article, passage.other.article
        known.setdefault(place, []).append((passage.one.span, passage.other.span))
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
        near = known.get((one.article, other.article), ())
        if any(_mostly(one.span, mine) and _mostly(other.span, its) for mine, its in near):
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


def _mostly(span: Span, inside: Span) -> bool:
    shared = min(span.end, inside.end) - max(span.start, inside.start)
    return shared >= 0.7 * len(span)


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


def as_table(rows: Sequence[Mapping[str, float]], keys: dict[str, int] | None = None) -> Any:
    """Rows of weights as a sparse table; keys holds the column of each key, and learns new ones."""
    import numpy as np
    from scipy import sparse

    known = {} if keys is None else keys
    data, columns, starts = [], [], [0]
    for row in rows:
        for key, weight in row.items():
            columns.append(known.setdefault(key, len(known)))
            data.append(weight)
        starts.append(len(columns))
    return sparse.csr_matrix(
        (np.array(data, float), np.array(columns, np.int32), np.array(starts, np.int32)),
        shape=(len(rows), max(1, len(known))),
    )

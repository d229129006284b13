"""Weigh what rules and model each found, by signs that proved right on articles new to both."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from annotator.core.records import AttributionRecord
from annotator.core.spans import Fragments
from annotator.nlp.token_marks import READINGS, TokenMark

Array: TypeAlias = Any

RULES, MODEL, BOTH = "rules", "model", "both"
WAYS = (RULES, MODEL, BOTH)
_PRIOR: Mapping[str, tuple[float, float]] = {
    "always": (-0.5, -0.5),
    "chance": (0.9, 1.0),
    "sureness": (0.3, 0.0),
    "other found it": (0.3, 0.3),
    "chance of the other": (0.0, 0.0),
    "sureness of the other": (0.0, 0.0),
    "same source": (0.0, 0.0),
    "same content": (0.3, 0.3),
    "length of content": (0.0, 0.0),
    "has a source": (0.0, 0.0),
    "content in fragments": (0.0, 0.0),
    "stands in a content": (0.0, 0.0),
    "content claimed by others": (0.0, 0.0),
    "has no content": (-3.0, -3.0),
    **dict.fromkeys(READINGS, (0.0, 0.0)),
}
"""Each sign, and what is believed of it before anything has been measured: by the model, by the rules."""

SIGNS = tuple(_PRIOR)
_HELD = 2.0
"""How firmly the weights are held to what was believed before; a few attributions do not outweigh it."""

_GOOD_ENOUGH = 0.01
THRESHOLDS = tuple(round(0.12 + 0.03 * at, 2) for at in range(20))
_STEPS, _SMALLEST = 100, 1e-5
_SURE_OUTER = -0.4
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """An attribution that one side found, rules or model, with its signs in the order of SIGNS; mark is the model's."""

    side: str
    record: AttributionRecord
    signs: tuple[float, ...]
    mark: TokenMark | None = None


Known: TypeAlias = tuple[Sequence[Candidate], Sequence[AttributionRecord]]
"""The candidates of an article, and its true attributions."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """Which sides are heard, the weight of each sign by side, and the score from which a candidate is taken."""

    way: str
    weights: Mapping[str, tuple[float, ...]]
    threshold: float

    def score(self, candidate: Candidate) -> float:
        """How likely cue, source and content are right."""
        weights = self.weights[candidate.side]
        total = sum(weight * sign for weight, sign in zip(weights, candidate.signs, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def chosen(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The best candidate at each cue and of each source and content, if its score is high enough.

        The score becomes the confidence of its record.
        """
        scored = [(self.score(one), one) for one in candidates if one.side in self.weights]
        scored.sort(key=lambda pair: -pair[0])
        taken: list[Candidate] = []
        for score, one in scored:
            if score < self.threshold or not one.record.content:
                continue
            if not any(_is_same(one.record, other.record) for other in taken):
                taken.append(replace(one, record=replace(one.record, confidence=round(score, 3))))
        return taken


def unlearnt(way: str) -> Weighing:
    """The weighing before anything has been measured."""
    prior = {
        MODEL: tuple(values[0] for values in _PRIOR.values()),
        RULES: tuple(values[1] for values in _PRIOR.values()),
    }
    sides = (MODEL, RULES) if way == BOTH else (way,)
    return Weighing(way, {side: prior[side] for side in sides}, 0.35)


def candidates(
    by_model: Sequence[tuple[AttributionRecord, TokenMark]], by_rules: Sequence[AttributionRecord]
) -> list[Candidate]:
    """The candidates of one article, from the model's and the rules' attributions."""
    model = [
        _Seen(record, _reach(record), _odds(mark.chance), _log(mark.sureness), mark)
        for record, mark in by_model
    ]
    rules = [_Seen(record, _reach(record), _odds(record.confidence or 0.5)) for record in by_rules]
    return [
        *(Candidate(MODEL, one.record, one.signs(model, rules), one.mark) for one in model),
        *(Candidate(RULES, one.record, one.signs(rules, model)) for one in rules),
    ]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one side found, from where to where its cue and content reach, and the odds of its chance."""

    record: AttributionRecord
    reach: tuple[int, int]
    odds: float
    sureness: float = 0.0
    mark: TokenMark | None = None

    def _near(self, others: Sequence[_Seen]) -> list[_Seen]:
        """Those that reach into it."""
        start, end = self.reach
        return [one for one in others if one.reach[0] < end and start < one.reach[1] and one is not self]

    def signs(self, own: Sequence[_Seen], others: Sequence[_Seen]) -> tuple[float, ...]:
        record = self.record
        other = max(
            (one for one in self._near(others) if meet(record.cue, one.record.cue)),
            key=lambda one: shared(record.cue, one.record.cue),
            default=None,
        )
        beside = self._near(own)
        return (
            1.0,
            self.odds,
            self.sureness,
            float(other is not None),
            other.odds if other else 0.0,
            other.sureness if other else 0.0,
            shared(record.source, other.record.source) if other else 0.0,
            shared(record.content, other.record.content) if other else 0.0,
            math.log1p(_size(record.content)) / 5,
            float(bool(record.source)),
            float(len(record.content) > 1),
            float(any(one.odds > _SURE_OUTER and _within(record.cue, one.record.content) for one in beside)),
            sum(_chance(one.odds) * shared(record.content, one.record.content) for one in beside),
            float(not record.content),
            *(self.mark.readings if self.mark and self.mark.readings else (0.0,) * len(READINGS)),
        )


def _reach(record: AttributionRecord) -> tuple[int, int]:
    parts = (*record.cue, *record.content)
    return min((part.start for part in parts), default=0), max((part.end for part in parts), default=0)


def learnt(way: str, articles: Sequence[Known]) -> Weighing:
    """The weighing of a way that suits articles with known attributions; what found the candidates must be new to them."""
    start = unlearnt(way)
    weights = {}
    for side, prior in start.weights.items():
        rows = [
            (one.signs, is_right(one.record, gold))
            for found, gold in articles
            for one in found
            if one.side == side
        ]
        weights[side] = _fitted(rows, prior) if rows else prior
    everything = replace(start, weights=weights, threshold=0.0)
    threshold, _ = best_threshold(
        [([one.record for one in everything.chosen(found)], gold) for found, gold in articles]
    )
    return replace(everything, threshold=threshold)


def _fitted(rows: Sequence[tuple[Sequence[float], bool]], prior: Sequence[float]) -> tuple[float, ...]:
    """Logistic regression, held to the prior weights, by Newton's method with steps halved until they lead down."""
    import numpy as np

    signs = np.asarray([signs for signs, _ in rows])
    right = np.asarray([right for _, right in rows], dtype=float)
    believed = np.asarray(prior)

    def cost(weights: Array) -> float:
        odds = signs @ weights
        return float(
            (np.logaddexp(0, odds) - right * odds).sum() + _HELD / 2 * ((weights - believed) ** 2).sum()
        )

    weights = believed.copy()
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(signs @ weights, -30, 30)))
        slope = signs.T @ (chance - right) + _HELD * (weights - believed)
        curve = (signs * (chance * (1 - chance))[:, None]).T @ signs + _HELD * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        share = 1.0
        while share > _SMALLEST and cost(weights - share * step) > cost(weights):
            share /= 2
        weights -= share * step
        if np.abs(share * step).max() < _SMALLEST:
            break
    return tuple(round(float(weight), 5) for weight in weights)


def best_threshold(
    articles: Sequence[tuple[Sequence[AttributionRecord], Sequence[AttributionRecord]]],
) -> tuple[float, float]:
    """From which confidence to keep what was found, given found and gold of each article; and the F1 of right ones then.

    It is the lowest threshold that is nearly as good as the best: what is missing costs a reader more than what is too much.
    """
    total = sum(len(gold) for _, gold in articles)
    rows = [
        (one.confidence or 0.0, is_right(one, gold))
        for found, gold in articles
        for one in found
        if one.content
    ]
    scores = []
    for threshold in THRESHOLDS:
        kept = [right for confidence, right in rows if confidence >= threshold]
        scores.append(2 * min(total, sum(kept)) / max(1, len(kept) + total))
    best = max(scores)
    return next(
        (at, score) for at, score in zip(THRESHOLDS, scores, strict=True) if score >= best - _GOOD_ENOUGH
    )


def is_right(one: AttributionRecord, gold: Sequence[AttributionRecord]) -> bool:
    """Whether it is some gold attribution: the same cue, and source and content each by at least half."""
    return any(
        (meet(one.cue, other.cue) or not other.cue)
        and shared(one.content, other.content) >= _HALF
        and _same_source(one, other)
        for other in gold
    )


def _is_same(one: AttributionRecord, other: AttributionRecord) -> bool:
    """Whether two say one thing: at the same cue, or with the same source and content."""
    if meet(one.cue, other.cue):
        return True
    return shared(one.content, other.content) >= _HALF and _same_source(one, other)


def _same_source(one: AttributionRecord, other: AttributionRecord) -> bool:
    return shared(one.source, other.source) >= _HALF if one.source or other.source else True


def shared(left: Fragments, right: Fragments) -> float:
    """How much of the longer of two roles lies in both, in code points; 0 where one is absent."""
    both = sum(
        max(0, min(one.end, other.end) - max(one.start, other.start)) for one in left for other in right
    )
    return both / max(_size(left), _size(right)) if both else 0.0


def meet(left: Fragments, right: Fragments) -> bool:
    """Whether two roles share a code point."""
    return any(one.meets(other) for one in left for other in right)


def _within(inner: Fragments, outer: Fragments) -> bool:
    return bool(inner) and all(any(other.covers(one) for other in outer) for one in inner)


def _size(parts: Fragments) -> int:
    return sum(len(part) for part in parts)


def _odds(chance: float) -> float:
    certain = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(certain / (1 - certain))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _log(chance: float) -> float:
    return math.log(max(chance, 1e-6))

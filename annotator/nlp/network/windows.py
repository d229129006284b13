"""The tokens around a cue among which its source and content are looked for, seen from the cue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from annotator.nlp.network.features import COMMA, TokenFeatures, size_class

Array: TypeAlias = Any

RELATIVE_COLUMNS = ("distance", "sentence and quotation", "commas", "arc")
_LEFT, _RIGHT = 48, 72
_SENTENCES_BEFORE, _SENTENCES_BEHIND = 1, 3
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Window:
    """The tokens [start, stop) around a cue at [first, after)."""

    start: int
    stop: int
    first: int
    after: int


def window_around(features: TokenFeatures, first: int, after: int) -> Window:
    """The window of a cue: its sentence and those beside it, no further than a fixed number of tokens.

    Of 19,832 attributions of PolNeAR's training set, 99 in 100 lie wholly inside.
    """
    sentence = int(features.sentence[first])
    starts = features.sentence_starts
    start = max(first - _LEFT, int(starts[max(0, sentence - _SENTENCES_BEFORE)]))
    last = min(len(starts) - 1, sentence + _SENTENCES_BEHIND + 1)
    stop = min(after + _RIGHT, max(after, int(starts[last])))
    return Window(start, stop, first, after)


def relative_hashes(features: TokenFeatures, window: Window) -> Array:
    """For each token of the window: how far from the cue, in which sentence and quotation, over how many marks, under which arc."""
    at = np.arange(window.start, window.stop)
    behind = at >= window.after
    distance = np.where(behind, at - window.after + 1, np.where(at < window.first, window.first - at, 0))
    near = np.where(distance <= 10, distance, 10 + size_class(distance) - size_class(np.asarray(10)))
    side = np.where(distance == 0, 0, np.where(behind, 1, 2))
    sentence = features.sentence[window.start : window.stop] - features.sentence[window.first]
    quotation = features.quotation[window.start : window.stop]
    own = features.quotation[window.first]
    state = np.where(quotation == 0, 0, np.where(quotation == own, 1, 2)) + 3 * (own > 0)
    commas = _between(features.marks[window.start : window.stop] == COMMA, window)
    edges = _between(np.diff(quotation, prepend=quotation[:1]) != 0, window)
    rows = np.zeros((len(at), len(RELATIVE_COLUMNS)), dtype="uint64")
    rows[:, 0] = 1 + near + 40 * side
    rows[:, 1] = 1 + (sentence + 1) + 6 * state + 40 * side + 120 * np.minimum(edges, 3)
    rows[:, 2] = 1 + np.minimum(commas, 4) + 5 * side + 15 * state
    if features.heads is not None and features.arcs is not None:
        rows[:, 3] = _arcs(features.heads, features.arcs, window)
    return rows


def _between(signs: Array, window: Window) -> Array:
    """How many signs lie between each token and the cue."""
    total = np.concatenate([[0], np.cumsum(signs)])
    first, after = window.first - window.start, window.after - window.start
    at = np.arange(len(signs))
    before = np.maximum(total[first] - total[np.minimum(at + 1, len(signs))], 0)
    return np.where(at >= after, total[at] - total[after], np.where(at < first, before, 0))


def _arcs(heads: Array, arcs: Array, window: Window) -> Array:
    """The arc by which the branch that holds a token hangs on the cue; 1 and 2 for tokens above the cue and apart from it."""
    found = np.full(window.stop - window.start, 2, dtype="uint64")
    above = set()
    at = window.first
    for _ in range(_DEEPEST):
        if heads[at] == at:
            break
        at = int(heads[at])
        above.add(at)
    for place in range(window.start, window.stop):
        if window.first <= place < window.after:
            continue
        if place in above:
            found[place - window.start] = 1
            continue
        at = place
        for _ in range(_DEEPEST):
            head = int(heads[at])
            if window.first <= head < window.after:
                found[place - window.start] = arcs[at]
                break
            if head == at:
                break
            at = head
    return found

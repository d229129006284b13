"""Match spans, and attributions, of two annotators one to one, by how much they overlap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeAlias

from annotator.core.attributions import Attribution
from annotator.core.spans import Fragments
from annotator.review.panels import ROLES

Array: TypeAlias = Any
"""An array of numpy, which is woken late."""

WEIGHTS = {"content": 0.5, "cue": 0.3, "source": 0.2}
"""How much each role counts when two attributions are compared."""

_SAME_KIND = 0.01
_IDENTICAL = 1.0


def shared(left: Sequence[Fragments], right: Sequence[Fragments]) -> Array:
    """How many code points each place on the left shares with each on the right; a place may be empty."""
    import numpy as np

    here, starts, ends = _flat(left)
    there, other_starts, other_ends = _flat(right)
    if not len(here) or not len(there):
        return np.zeros((len(left), len(right)))
    grid = np.minimum(ends[:, None], other_ends[None, :]) - np.maximum(starts[:, None], other_starts[None, :])
    grid = np.maximum(grid, 0).astype(float)
    if len(here) != len(left) or (np.diff(here) != 1).any():
        grid = _summed(grid, here, len(left))
    if len(there) != len(right) or (np.diff(there) != 1).any():
        grid = _summed(grid.T, there, len(right)).T
    return grid


def _flat(places: Sequence[Fragments]) -> tuple[Array, Array, Array]:
    """The number of the place that each fragment belongs to, its start and its end."""
    import numpy as np

    rows = [(at, part.start, part.end) for at, parts in enumerate(places) for part in parts]
    flat = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return flat[:, 0], flat[:, 1], flat[:, 2]


def _summed(grid: Array, owners: Array, count: int) -> Array:
    """Rows of fragments added up to rows of places."""
    import numpy as np

    found = np.zeros((count, grid.shape[1]))
    first = np.flatnonzero(np.diff(owners, prepend=-1))
    found[owners[first]] = np.add.reduceat(grid, first, axis=0)
    return found


def sizes(places: Sequence[Fragments]) -> Array:
    """How many code points each place covers."""
    import numpy as np

    return np.array([sum(len(part) for part in parts) for parts in places], dtype=float)


def overlap(left: Sequence[Fragments], right: Sequence[Fragments]) -> Array:
    """The part of two places' code points that is common to both (intersection over union), from 0 to 1."""
    import numpy as np

    both = shared(left, right)
    either = sizes(left)[:, None] + sizes(right)[None, :] - both
    return np.divide(both, either, out=np.zeros_like(both), where=either > 0)


Edge: TypeAlias = tuple[int, int, float]
"""Something on the left, something on the right, by number, and how much speaks for the two being one; more than 0."""


def edges_of(weights: Array) -> list[Edge]:
    """All pairs that weigh anything."""
    import numpy as np

    rows, columns = np.nonzero(weights > 0)
    return list(zip(rows.tolist(), columns.tolist(), weights[rows, columns].tolist(), strict=True))


def best_pairs(edges: Sequence[Edge]) -> list[Edge]:
    """The one-to-one pairs whose weights have the greatest sum, by the Hungarian method where there is a choice."""
    left, right = Counter(edge[0] for edge in edges), Counter(edge[1] for edge in edges)
    if len(left) == len(edges) == len(right):
        return list(edges)
    pairs = [edge for edge in edges if left[edge[0]] == right[edge[1]] == 1]
    rest = [edge for edge in edges if left[edge[0]] > 1 or right[edge[1]] > 1]

    import numpy as np
    from scipy.optimize import linear_sum_assignment

    rows = {row: at for at, row in enumerate(sorted({edge[0] for edge in rest}))}
    columns = {column: at for at, column in enumerate(sorted({edge[1] for edge in rest}))}
    weights = np.zeros((len(rows), len(columns)))
    for row, column, weight in rest:
        weights[rows[row], columns[column]] = weight
    chosen = dict(
        zip(*(part.tolist() for part in linear_sum_assignment(weights, maximize=True)), strict=True)
    )
    pairs += [edge for edge in rest if chosen.get(rows[edge[0]]) == columns[edge[1]]]
    return sorted(pairs)


def alike(left: Sequence[Attribution], right: Sequence[Attribution]) -> Array:
    """How alike attributions are, from 0 (not the same attribution at all) to about 2 (same words in every role).

    Each role counts with its weight and the overlap of its words; a role that neither has does not count. Two that share
    words of the source alone are not alike, unless one has nothing else: several attributions may share a source. Nor are
    those whose sources and cues are both apart, unless half of the content is common: one stands inside the other.
    """
    import numpy as np

    count, others = len(left), len(right)
    overlaps, here, there = {}, {}, {}
    for role in ROLES:
        overlaps[role] = overlap([one.spans(role) for one in left], [one.spans(role) for one in right])
        here[role] = np.array([bool(one.spans(role)) for one in left], dtype=bool)
        there[role] = np.array([bool(one.spans(role)) for one in right], dtype=bool)
    score, weight, identical = (
        np.zeros((count, others)),
        np.zeros((count, others)),
        np.ones((count, others), bool),
    )
    for role in ROLES:
        either = here[role][:, None] | there[role][None, :]
        score += WEIGHTS[role] * overlaps[role]
        weight += WEIGHTS[role] * either
        identical &= (overlaps[role] == 1) | ~either
    bare = ~(here["content"] | here["cue"])[:, None] | ~(there["content"] | there["cue"])[None, :]
    met = (overlaps["content"] > 0) | (overlaps["cue"] > 0) | (bare & (overlaps["source"] > 0))
    said_by_others = (
        (here["cue"] & here["source"])[:, None]
        & (there["cue"] & there["source"])[None, :]
        & (overlaps["cue"] == 0)
        & (overlaps["source"] == 0)
    )
    met &= ~said_by_others | (overlaps["content"] >= 0.5)
    kinds, other_kinds = _kinds(left), _kinds(right)
    same = _SAME_KIND * (kinds[:, None] == other_kinds[None, :])
    score = np.divide(score, weight, out=np.zeros_like(score), where=weight > 0)
    return np.where(met, score + same + _IDENTICAL * identical, 0)


def matched(left: Sequence[Attribution], right: Sequence[Attribution]) -> list[Edge]:
    """The attributions of two annotators that mean the same, by number, and how alike they are; one to one."""
    if not left or not right:
        return []
    return best_pairs(edges_of(alike(left, right).round(9)))


def _kinds(marks: Sequence[Attribution]) -> Array:
    import numpy as np

    return np.array([one.kind or "" for one in marks], dtype=object)

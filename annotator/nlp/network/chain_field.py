"""A chain over labels: what a sequence of labels costs, and which is the best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from annotator.nlp.network.layers import Layer, holder

Array: TypeAlias = Any
_NEVER = np.float32(-1e4)


def chain_field(forbidden: Array, first_forbidden: Array) -> Layer:
    """Learnt scores of one label after another; forbidden is 1 where one may never follow, or may not begin."""
    labels = len(first_forbidden)
    return holder(
        "chain_field",
        params={
            "T": np.zeros((labels, labels), dtype="float32"),
            "first": np.zeros(labels, dtype="float32"),
            "last": np.zeros(labels, dtype="float32"),
        },
        attrs={"forbidden": forbidden, "first_forbidden": first_forbidden},
    )


@dataclass(frozen=True, slots=True)
class Moves:
    """The scores of one label after another, of a first and of a last label."""

    after: Array
    first: Array
    last: Array

    @classmethod
    def of(cls, field: Layer) -> Moves:
        """The moves of a field, those that are forbidden all but impossible."""
        after, first, last = (field.get_param(name) for name in ("T", "first", "last"))
        limits = field.attrs
        return cls(after + limits["forbidden"] * _NEVER, first + limits["first_forbidden"] * _NEVER, last)


def _log_sum(x: Array, axis: int) -> Array:
    top = x.max(axis=axis, keepdims=True)
    return np.log(np.exp(x - top).sum(axis=axis)) + np.squeeze(top, axis=axis)


def forward_sums(moves: Moves, x: Array, lengths: Array) -> tuple[Array, Array]:
    """For each place and label, the logarithm of the summed weights of all beginnings; and that of everything.

    x holds the scores of labels: sequences by places by labels; lengths says how many places of each count.
    """
    sums = np.empty_like(x)
    sums[:, 0] = x[:, 0] + moves.first
    for at in range(1, x.shape[1]):
        step = _log_sum(sums[:, at - 1, :, None] + moves.after, axis=1) + x[:, at]
        sums[:, at] = np.where((at < lengths)[:, None], step, sums[:, at - 1])
    return sums, _log_sum(sums[:, -1] + moves.last, axis=1)


def marginals(moves: Moves, x: Array, lengths: Array) -> tuple[Array, Array, Array]:
    """The chance of each label at each place, the expected number of each move, and the logarithm of the total."""
    ahead, total = forward_sums(moves, x, lengths)
    size = x.shape[1]
    behind = np.empty_like(x)
    behind[:, -1] = moves.last
    expected = np.zeros_like(moves.after)
    for at in range(size - 2, -1, -1):
        carried = behind[:, at + 1] + x[:, at + 1]
        both = moves.after + carried[:, None, :]
        inside = (at + 1 < lengths)[:, None]
        behind[:, at] = np.where(inside, _log_sum(both, axis=2), behind[:, at + 1])
        pair = np.exp(np.minimum(ahead[:, at, :, None] + both - total[:, None, None], 0.0))
        expected += np.einsum("nij,n->ij", pair, inside[:, 0].astype("float32"))
    chances = np.exp(np.minimum(ahead + behind - total[:, None, None], 0.0))
    places = np.arange(size)[None, :] < lengths[:, None]
    chances *= places[:, :, None]
    return chances, expected, total


def loss_and_gradient(
    field: Layer, x: Array, gold: Array, lengths: Array, weight: float
) -> tuple[float, Array]:
    """The negative logarithm of the chance of the gold labels, summed and weighted, and its gradient by the scores x."""
    moves = Moves.of(field)
    chances, expected, total = marginals(moves, x, lengths)
    rows = np.arange(len(x))
    places = (np.arange(x.shape[1])[None, :] < lengths[:, None]).astype("float32")
    own = np.take_along_axis(x, gold[:, :, None], axis=2)[:, :, 0] * places
    ends = gold[rows, lengths - 1]
    steps = moves.after[gold[:, :-1], gold[:, 1:]] * places[:, 1:]
    score = own.sum(axis=1) + steps.sum(axis=1) + moves.first[gold[:, 0]] + moves.last[ends]
    gradient = chances.astype("float32")
    right = np.take_along_axis(gradient, gold[:, :, None], axis=2) - places[:, :, None]
    np.put_along_axis(gradient, gold[:, :, None], right, axis=2)
    observed = np.zeros_like(moves.after)
    np.add.at(observed, (gold[:, :-1].ravel(), gold[:, 1:].ravel()), places[:, 1:].ravel())
    by_moves = (expected - observed) * (1 - field.attrs["forbidden"])
    by_ends = chances[rows, lengths - 1].astype("float32")
    by_ends[rows, ends] -= 1
    share = np.float32(weight)
    field.inc_grad("T", (by_moves * share).astype("float32"))
    field.inc_grad("first", gradient[:, 0].sum(axis=0) * share)
    field.inc_grad("last", by_ends.sum(axis=0) * share)
    return float((total - score).sum()) * weight, gradient * share


def best_path(moves: Moves, x: Array, lengths: Array) -> tuple[Array, Array]:
    """The best labels of each sequence, and the logarithm of their chance."""
    count, size, labels = x.shape
    score = x[:, 0] + moves.first
    back = np.zeros((count, size, labels), dtype="int8")
    for at in range(1, size):
        options = score[:, :, None] + moves.after
        back[:, at] = options.argmax(axis=1)
        inside = (at < lengths)[:, None]
        score = np.where(inside, options.max(axis=1) + x[:, at], score)
        back[:, at] = np.where(inside, back[:, at], np.arange(labels)[None, :])
    score = score + moves.last
    path = np.zeros((count, size), dtype="int8")
    path[:, -1] = score.argmax(axis=1)
    rows = np.arange(count)
    for at in range(size - 1, 0, -1):
        path[:, at - 1] = back[rows, at, path[:, at]]
    _, total = forward_sums(moves, x, lengths)
    return path, score.max(axis=1) - total

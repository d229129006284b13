"""What kind of source speaks: the rules' answer has a head start, and the network mends it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np

from annotator.nlp.kinds import kind_of
from annotator.nlp.network.network import Roles, softmax
from annotator.nlp.network.windows import Window

Array: TypeAlias = Any

_HEAD_START = 3.0
"""In logarithmic odds: with no training, the kind is the rules' in 19 of 20 cases or so."""
_WEIGHT = 0.5


def start_from_rules(sources: Sequence[str], kinds: Sequence[str]) -> Array:
    """Scores that give the kind which the rules see in the words of a source its head start."""
    start = np.zeros((len(sources), len(kinds)), dtype="float32")
    for row, source in enumerate(sources):
        kind = kind_of(source)
        if kind in kinds:
            start[row, kinds.index(kind)] = _HEAD_START
    return start


def pooled(
    roles: Roles, windows: Sequence[tuple[int, Window]], labels: Array
) -> tuple[Array, Callable[[Array], Array]]:
    """For each window, the mean vector of its source and that of its cue, side by side."""
    width = roles.vectors.shape[1]
    means = np.zeros((len(windows), 2 * width), dtype="float32")
    rows: list[tuple[Array, Array]] = []
    for number, (_, window) in enumerate(windows):
        places = roles.places[number, : window.stop - window.start]
        label = labels[number, : window.stop - window.start]
        source = places[(label == 1) | (label == 2)]
        cue = places[window.first - window.start : window.after - window.start]
        rows.append((source, cue))
        if len(source):
            means[number, :width] = roles.vectors[source].mean(axis=0)
        means[number, width:] = roles.vectors[cue].mean(axis=0)

    def back(dmeans: Array) -> Array:
        dvectors = np.zeros_like(roles.vectors)
        for number, (source, cue) in enumerate(rows):
            if len(source):
                dvectors[source] += dmeans[number, :width] / len(source)
            dvectors[cue] += dmeans[number, width:] / len(cue)
        return dvectors

    return means, back


def kind_loss(scores: Array, names: Sequence[str | None], kinds: Sequence[str]) -> tuple[float, Array]:
    """The mean loss over attributions, and its gradient; those whose kind nobody has said count nothing."""
    known = np.asarray([name in kinds for name in names], dtype="float32")
    right = np.asarray([kinds.index(name) if name in kinds else 0 for name in names])
    rows = np.arange(len(names))
    gradient = softmax(scores)
    share = np.float32(_WEIGHT / len(names))
    loss = float(-(np.log(gradient[rows, right] + 1e-9) * known).sum()) * float(share)
    gradient[rows, right] -= 1
    return loss, gradient * known[:, None] * share

"""One step of learning: what the network says of some texts, against what people marked in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

from annotator.nlp.network.chain_field import loss_and_gradient
from annotator.nlp.network.features import TokenFeatures
from annotator.nlp.network.kind_head import kind_loss, pooled, start_from_rules
from annotator.nlp.network.marks import Gold, stretches_of, text_of
from annotator.nlp.network.network import Encoded, Network, softmax

Array: TypeAlias = Any

_CUE_WEIGHT, _ANY_WEIGHT = 2.0, 0.5


def learn(
    network: Network,
    docs: Sequence[Any],
    texts: Sequence[TokenFeatures],
    gold: Sequence[Gold],
    kinds: Sequence[str],
    dropout: float,
) -> float:
    """Add the gradients of one batch to the network's layers; returns the loss, by attribution."""
    encoded = network.encode(texts, dropout)
    number = max(1, sum(len(one.windows) for one in gold))
    loss = 0.0
    gradient = np.zeros_like(encoded.vectors)
    for name, weight, labels in (
        ("cue_scores", _CUE_WEIGHT, [one.cues for one in gold]),
        ("any_scores", _ANY_WEIGHT, [one.any_role for one in gold]),
    ):
        scores, back = network.part(name)(encoded.vectors, True)
        change = np.zeros_like(scores)
        for begin, text, own in zip(encoded.begins, texts, labels, strict=True):
            rows = slice(begin, begin + len(text))
            cost, change[rows] = _cross_entropy(scores[rows], own)
            loss += weight * cost / number
        gradient += back(change * np.float32(weight / number))
    if any(one.windows for one in gold):
        cost, by_roles = _learn_roles(network, encoded, docs, texts, gold, kinds, dropout)
        loss += cost
        gradient += by_roles
    encoded.back(gradient)
    return loss


def _learn_roles(
    network: Network,
    encoded: Encoded,
    docs: Sequence[Any],
    texts: Sequence[TokenFeatures],
    gold: Sequence[Gold],
    kinds: Sequence[str],
    dropout: float,
) -> tuple[float, Array]:
    windows = [(text, window) for text, one in enumerate(gold) for window in one.windows]
    roles = network.look(encoded, texts, windows, dropout)
    labels = np.zeros(roles.scores.shape[:2], dtype="int64")
    for row, own in enumerate(own for one in gold for own in one.labels):
        labels[row, : len(own)] = own
    loss, gradient = loss_and_gradient(
        network.part("field"), roles.scores, labels, roles.lengths, 1 / len(windows)
    )
    names = [name for one in gold for name in one.kinds]
    if not kinds or not any(names):
        return loss, roles.back(gradient, None)
    sources = [
        text_of(docs[text], stretches_of(own[: window.stop - window.start], "source", window.start))
        for (text, window), own in zip(windows, labels, strict=True)
    ]
    means, means_back = pooled(roles, windows, labels)
    scores, back = network.part("kind_scores")(means, True)
    cost, change = kind_loss(scores + start_from_rules(sources, kinds), names, kinds)
    return loss + cost, roles.back(gradient, means_back(back(change)))


def _cross_entropy(scores: Array, labels: Array) -> tuple[float, Array]:
    gradient = softmax(scores)
    rows = np.arange(len(labels))
    loss = float(-np.log(gradient[rows, labels] + 1e-9).sum())
    gradient[rows, labels] -= 1
    return loss, gradient

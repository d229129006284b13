"""The network's layers hand back true gradients, and its chain of labels is counted rightly."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
import spacy

from annotator.nlp.network.chain_field import Moves, best_path, chain_field, loss_and_gradient
from annotator.nlp.network.features import features_of
from annotator.nlp.network.layers import convolution, embeddings, linear, normalised
from annotator.nlp.network.marks import cue_stretches, gold_of, stretches_of
from annotator.nlp.network.windows import relative_hashes, window_around
from annotator.nlp.token_marks import TokenMark

RANDOM = np.random.default_rng(3)
TEXT = "“The mill is sold,” said Lena Brook. “We start in May.” Nobody, she added, was asked. It rained."


def drawn(*shape: int) -> Any:
    return np.random.default_rng(sum(shape)).standard_normal(shape).astype("float32")


def slope(run: Any, x: Any, at: tuple[int, ...], step: float = 1e-2) -> float:
    """How fast the sum of a layer's weighted output changes with one number of its input."""
    up, down = x.copy(), x.copy()
    up[at] += step
    down[at] -= step
    return float(run(up) - run(down)) / (2 * step)


@pytest.mark.parametrize(
    ("layer", "wrap"),
    [
        (linear(6, 4, seed=1), lambda x: x),
        (normalised(6), lambda x: x),
        (convolution(6, 5, 2, seed=1), lambda x: (x, np.ones((len(x), 1), dtype="float32"), None)),
    ],
    ids=["linear", "normalised", "convolution"],
)
def test_a_layer_gives_the_gradient_of_its_output(layer: Any, wrap: Any):
    x = drawn(9, 6)
    y, back = layer(wrap(x), True)
    weights = drawn(*y.shape)
    gradient = back(weights)
    for at in ((0, 0), (4, 3), (8, 5)):
        expected = slope(lambda given: (layer(wrap(given), False)[0] * weights).sum(), x, at)
        assert gradient[at] == pytest.approx(expected, abs=0.03)


def test_embeddings_learn_in_the_rows_that_were_looked_up_and_nowhere_else():
    layer = embeddings([50], [4], seed=1)
    y, back = layer(np.asarray([[7], [9], [7]], dtype="uint64"), True)
    assert (y[0] == y[2]).all()
    back(np.ones_like(y))
    changed = np.flatnonzero(np.abs(layer.get_grad("E0")).sum(axis=1))
    assert 2 <= len(changed) <= 4


def field() -> Any:
    forbidden = np.zeros((3, 3), dtype="float32")
    forbidden[0, 2] = 1
    made = chain_field(forbidden, np.asarray([0, 0, 1], dtype="float32"))
    made.set_param("T", drawn(3, 3))
    made.set_param("first", drawn(3))
    made.set_param("last", drawn(3) + 1)
    return made


def weight(moves: Moves, x: Any, path: tuple[int, ...]) -> float:
    total = moves.first[path[0]] + moves.last[path[-1]] + sum(x[at, label] for at, label in enumerate(path))
    return float(total + sum(moves.after[one, other] for one, other in pairwise(path)))


def test_the_best_path_and_its_chance_are_those_of_trying_every_path():
    made, x = field(), drawn(2, 4, 3)
    lengths = np.asarray([4, 2])
    moves = Moves.of(made)
    paths, chances = best_path(moves, x, lengths)
    for row, length in enumerate(lengths):
        every = {path: weight(moves, x[row], path) for path in product(range(3), repeat=int(length))}
        best = max(every, key=lambda path: every[path])
        assert tuple(paths[row, :length]) == best
        total = np.log(sum(np.exp(value) for value in every.values()))
        assert chances[row] == pytest.approx(every[best] - total, abs=1e-3)


def test_the_loss_of_a_chain_falls_along_its_gradient():
    made, x = field(), drawn(2, 4, 3)
    gold, lengths = np.asarray([[0, 1, 2, 0], [1, 2, 0, 0]]), np.asarray([4, 2])
    _, gradient = loss_and_gradient(made, x, gold, lengths, 1.0)
    for at in ((0, 0, 0), (0, 2, 1), (1, 1, 2)):
        expected = slope(lambda given: loss_and_gradient(field(), given, gold, lengths, 1.0)[0], x, at)
        assert gradient[at] == pytest.approx(expected, abs=0.03)
    assert np.abs(gradient[1, 2:]).sum() == 0, "places behind the end of a sequence learn nothing"


def test_what_is_labelled_is_read_back_as_it_was():
    doc = spacy.blank("en")(TEXT)
    features = features_of(doc)
    mark = TokenMark((6, 7), ((7, 9),), ((0, 6), (10, 16)), "named_official")
    gold = gold_of(features, [mark, TokenMark((6, 7), ((0, 2),), ())])
    assert len(gold.windows) == 1, "of two at one cue the first is learnt"
    window, labels = gold.windows[0], gold.labels[0]
    assert stretches_of(labels, "source", window.start) == mark.source
    assert stretches_of(labels, "content", window.start) == mark.content


def test_a_window_holds_the_cue_and_its_neighbouring_sentences_and_nothing_else():
    features = features_of(spacy.blank("en")(TEXT))
    first = 16 + 3
    window = window_around(features, first, first + 1)
    assert window.start <= first < window.stop
    assert window.start == features.sentence_starts[features.sentence[first] - 1]
    assert len(relative_hashes(features, window)) == window.stop - window.start


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "a😊b", "“", "word " * 500])
def test_any_text_has_features(text: str):
    doc = spacy.blank("en")(text)
    assert len(features_of(doc)) == len(doc)


def test_cues_begin_where_a_beginning_is_likely_and_go_on_while_that_is_likeliest():
    chances = np.asarray([[0.9, 0.1, 0], [0.1, 0.9, 0], [0.1, 0.1, 0.8], [0.9, 0.1, 0], [0.5, 0.5, 0]])
    assert cue_stretches(chances, 0.5) == [(1, 3, 0.9), (4, 5, 0.5)]

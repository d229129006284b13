"""The network: it reads a whole text, finds cues, then labels source and content around each cue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from annotator.nlp.network.chain_field import Moves, chain_field
from annotator.nlp.network.features import COLUMNS, UNKNOWN, TokenFeatures
from annotator.nlp.network.layers import (
    Layer,
    convolution,
    dropout_mask,
    embeddings,
    holder,
    linear,
    normalised,
)
from annotator.nlp.network.windows import RELATIVE_COLUMNS, Window, relative_hashes

Array: TypeAlias = Any
Back: TypeAlias = Callable[[Array], Array]

ROLE_LABELS = ("O", "B-source", "I-source", "B-content", "I-content")
CUE_LABELS = ("O", "B", "I")
_MAY_FOLLOW = {2: (1, 2), 4: (3, 4)}
_READS = (1, 1, 2, 4, 1)
_LOOKS = (1, 2, 4, 8, 1)
"""How far each block of convolution reaches: while reading the text, and while looking around a cue."""
_FORGETS = 0.08
"""The share of word forms that training hides, so that unknown words are met before they come."""


def build(width: int, hidden: int, rows: int, seed: int = 0) -> Layer:
    """The layers of the network, with random weights that are the same for the same seed.

    width is the size of a token's vector, hidden that of the layer inside each block, rows the size of the table of word forms.
    """
    sizes = [rows, rows // 2, rows // 2, 2000, 1000, 2000, 1000, 200, 200, 200]
    widths = [96, 48, 48, 48, 24, 24, 24, 16, 16, 16]
    near = [32, 32, 16, 16]
    layers: dict[str, Any] = {
        "embeddings": embeddings(sizes, widths, seed + 7),
        "mix": linear(sum(widths), width, seed + 11),
        "relative": embeddings([300, 2000, 600, 200], near, seed + 13),
        "relative_mix": linear(sum(near), width, seed + 17),
        "token_mix": linear(width, width, seed + 19),
        "cue_mix": linear(width, width, seed + 23),
        "encoder_norm": normalised(width),
        "role_norm": normalised(width),
        "cue_scores": linear(width, len(CUE_LABELS), seed + 29, scale=0.1),
        "any_scores": linear(width, len(ROLE_LABELS), seed + 31, scale=0.1),
        "role_scores": linear(width, len(ROLE_LABELS), seed + 37, scale=0.1),
        "field": chain_field(*_forbidden()),
    }
    encoder = [convolution(width, hidden, reach, seed + 100 * at) for at, reach in enumerate(_READS, 1)]
    roles = [convolution(width, hidden, reach, seed + 1000 * at) for at, reach in enumerate(_LOOKS, 1)]
    kinds = linear(2 * width, 1, seed + 41, scale=0.1)
    return holder(
        "cues_and_roles",
        layers=[*encoder, *roles, *layers.values(), kinds],
        refs={**layers, "kind_scores": kinds},
        attrs={"width": width},
    )


def set_kinds(model: Layer, number: int) -> None:
    """Make room for so many kinds of source, before training."""
    fresh = linear(2 * model.attrs["width"], max(1, number), 41, scale=0.1)
    for name in ("W", "b"):
        model.get_ref("kind_scores").set_param(name, fresh.get_param(name))


def _forbidden() -> tuple[Array, Array]:
    """Which role labels may not follow which (an inside with no beginning), and which may not come first."""
    size = len(ROLE_LABELS)
    moves = np.zeros((size, size), dtype="float32")
    first = np.zeros(size, dtype="float32")
    for inside, allowed in _MAY_FOLLOW.items():
        first[inside] = 1
        moves[:, inside] = [0 if before in allowed else 1 for before in range(size)]
    return moves, first


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vectors of all tokens of some texts, in one array with gaps; begins says where each text starts."""

    vectors: Array
    begins: Array
    back: Back


@dataclass(frozen=True, slots=True)
class Roles:
    """What was seen around some cues.

    scores: windows by places by role labels; lengths: the places of each window; vectors: a row for each place, found through places.
    back takes the gradients of scores and of vectors and gives that of the encoded vectors.
    """

    scores: Array
    lengths: Array
    vectors: Array
    places: Array
    back: Callable[[Array, Array | None], Array]


class Network:
    """Runs the layers of a model built by `build`; holds nothing of its own but the random numbers of training."""

    def __init__(self, model: Layer, seed: int = 0) -> None:
        self.model = model
        self.random = np.random.default_rng(seed)
        self._reading = model.layers[: len(_READS)]
        self._looking = model.layers[len(_READS) : len(_READS) + len(_LOOKS)]

    def part(self, name: str) -> Layer:
        """One layer, by its name in `build`."""
        return self.model.get_ref(name)

    def moves(self) -> Moves:
        """What the network has learnt of one role label after another."""
        return Moves.of(self.part("field"))

    def encode(self, texts: Sequence[TokenFeatures], dropout: float | None = None) -> Encoded:
        """A vector for each token; dropout is None outside training."""
        train = dropout is not None
        begins, mask = _layout([len(text) for text in texts], 1 + max(_READS))
        keys = np.zeros((len(mask), len(COLUMNS)), dtype="uint64")
        for begin, text in zip(begins, texts, strict=True):
            keys[begin : begin + len(text)] = text.hashes
        if train:
            keys[self.random.random(len(keys)) < _FORGETS, 0] = UNKNOWN
        x, embed_back = self.part("embeddings")(keys, train)
        drop = dropout_mask(x.shape, dropout, self.random)
        if drop is not None:
            x *= drop
        x, mix_back = self.part("mix")(x, train)
        x, blocks_back = self._blocks(self._reading, x * mask, mask, dropout)
        h, norm_back = self.part("encoder_norm")(x, train)

        def back(dh: Array) -> Array:
            dx = mix_back(blocks_back(norm_back(dh)) * mask)
            if drop is not None:
                dx *= drop
            return embed_back(dx)

        return Encoded(h, begins, back)

    def _blocks(
        self, blocks: Sequence[Any], x: Array, mask: Array, dropout: float | None
    ) -> tuple[Array, Back]:
        backs = []
        for block in blocks:
            drop = dropout_mask((len(x), block.get_dim("nI")), dropout, self.random)
            x, back = block((x, mask, drop), dropout is not None)
            backs.append(back)

        def all_back(dx: Array) -> Array:
            for back in reversed(backs):
                dx = back(dx)
            return dx

        return x, all_back

    def look(
        self,
        encoded: Encoded,
        texts: Sequence[TokenFeatures],
        windows: Sequence[tuple[int, Window]],
        dropout: float | None = None,
    ) -> Roles:
        """Role scores around cues; a window is given with the number of its text. There is at least one window."""
        train = dropout is not None
        lengths = np.asarray([window.stop - window.start for _, window in windows])
        starts, mask = _layout(lengths, 1 + max(_LOOKS))
        tokens = np.zeros(len(mask), dtype="int32")
        owner = np.zeros(len(mask), dtype="int32")
        keys = np.zeros((len(mask), len(RELATIVE_COLUMNS)), dtype="uint64")
        for number, (start, (text, window)) in enumerate(zip(starts, windows, strict=True)):
            rows = slice(start, start + lengths[number])
            base = int(encoded.begins[text])
            tokens[rows] = np.arange(base + window.start, base + window.stop)
            owner[rows] = number
            keys[rows] = relative_hashes(texts[text], window)
        cues = _Cues.of(encoded, windows)
        own, token_back = self.part("token_mix")(encoded.vectors[tokens], train)
        said, cue_back = self.part("cue_mix")(cues.means(encoded.vectors), train)
        near, relative_back = self.part("relative")(keys, train)
        near, near_back = self.part("relative_mix")(near, train)
        x, blocks_back = self._blocks(self._looking, (own + said[owner] + near) * mask, mask, dropout)
        g, norm_back = self.part("role_norm")(x, train)
        flat, score_back = self.part("role_scores")(g, train)
        size = np.arange(int(lengths.max()))[None, :]
        valid = size < lengths[:, None]
        places = np.where(valid, starts[:, None] + size, 0)

        def back(dscores: Array, dvectors: Array | None) -> Array:
            dflat = np.zeros_like(flat)
            dflat[places[valid]] = dscores[valid]
            dg = score_back(dflat)
            if dvectors is not None:
                dg += dvectors
            dx = blocks_back(norm_back(dg)) * mask
            relative_back(near_back(dx))
            dsaid = np.zeros_like(said)
            self.model.ops.scatter_add(dsaid, owner, dx)
            dh = np.zeros_like(encoded.vectors)
            self.model.ops.scatter_add(dh, tokens, token_back(dx))
            cues.add_gradient(dh, cue_back(dsaid))
            return dh

        return Roles(flat[places], lengths, g, places, back)


@dataclass(frozen=True, slots=True)
class _Cues:
    """Which tokens belong to which cue, and how much each counts in its mean."""

    tokens: Array
    owner: Array
    share: Array
    number: int

    @classmethod
    def of(cls, encoded: Encoded, windows: Sequence[tuple[int, Window]]) -> _Cues:
        sizes = np.asarray([window.after - window.first for _, window in windows])
        firsts = np.asarray([encoded.begins[text] + window.first for text, window in windows])
        owner = np.repeat(np.arange(len(windows)), sizes)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        share = (1.0 / sizes[owner]).astype("float32")[:, None]
        return cls(firsts[owner] + within, owner, share, len(windows))

    def means(self, vectors: Array) -> Array:
        found = np.zeros((self.number, vectors.shape[1]), dtype="float32")
        np.add.at(found, self.owner, vectors[self.tokens] * self.share)
        return found

    def add_gradient(self, dvectors: Array, dmeans: Array) -> None:
        np.add.at(dvectors, self.tokens, dmeans[self.owner] * self.share)


def _layout(lengths: Sequence[int] | Array, gap: int) -> tuple[Array, Array]:
    """Where sequences begin when they are laid one after another with gaps, and a mask that is 0 in the gaps."""
    sizes = np.asarray(lengths, dtype="int64")
    begins = gap + np.cumsum(sizes + gap) - sizes - gap
    mask = np.zeros((int(gap + (sizes + gap).sum()), 1), dtype="float32")
    for begin, size in zip(begins, sizes, strict=True):
        mask[begin : begin + size] = 1
    return begins, mask


def softmax(scores: Array) -> Array:
    """Chances from scores, row by row."""
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)

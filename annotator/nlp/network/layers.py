"""The layers of the network, in numpy: linear, hashed embeddings, normalised and dilated convolution."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
from thinc.api import Model

Array: TypeAlias = Any
Back: TypeAlias = Callable[[Array], Array]
Layer: TypeAlias = Any
"""A thinc Model; what thinc says of array types does not know numpy's own."""

_EPSILON = 1e-5


def layer(name: str, forward: Callable[..., tuple[Array, Back]], **given: Any) -> Layer:
    """A thinc Model whose weights are numpy arrays."""
    make: Any = Model
    return make(name, forward, **given)


def holder(name: str, **given: Any) -> Layer:
    """A thinc Model that only holds weights or other layers."""
    return layer(name, _unchanged, **given)


def _unchanged(model: Layer, x: Array, is_train: bool) -> tuple[Array, Back]:
    return x, lambda dy: dy


def random_weights(seed: int, rows: int, columns: int, scale: float = 1.0) -> Array:
    """Weights drawn from a normal distribution, the same for the same seed."""
    drawn = np.random.default_rng(seed).standard_normal((rows, columns))
    return (drawn * scale / np.sqrt(rows)).astype("float32")


def linear(inputs: int, outputs: int, seed: int, scale: float = 1.0) -> Layer:
    """A weight matrix and a bias."""
    return layer(
        "linear",
        _linear,
        params={
            "W": random_weights(seed, inputs, outputs, scale),
            "b": np.zeros(outputs, dtype="float32"),
        },
    )


def _linear(model: Layer, x: Array, is_train: bool) -> tuple[Array, Back]:
    weights = model.get_param("W")

    def back(dy: Array) -> Array:
        model.inc_grad("W", x.T @ dy)
        model.inc_grad("b", dy.sum(axis=0))
        return dy @ weights.T

    return x @ weights + model.get_param("b"), back


def normalised(width: int) -> Layer:
    """Each row brought to mean 0 and variance 1, then scaled and shifted as learnt."""
    return layer(
        "normalised",
        _normalised,
        params={"G": np.ones(width, dtype="float32"), "b": np.zeros(width, dtype="float32")},
    )


def _normalised(model: Layer, x: Array, is_train: bool) -> tuple[Array, Back]:
    scale = model.get_param("G")
    centred = x - x.mean(axis=1, keepdims=True)
    inverse = 1.0 / np.sqrt(np.einsum("ij,ij->i", centred, centred)[:, None] / x.shape[1] + _EPSILON)
    centred *= inverse

    def back(dy: Array) -> Array:
        model.inc_grad("G", np.einsum("ij,ij->j", dy, centred))
        model.inc_grad("b", dy.sum(axis=0))
        dx = dy * scale
        shared = np.einsum("ij,ij->i", dx, centred)[:, None] / x.shape[1]
        dx -= dx.mean(axis=1, keepdims=True)
        dx -= centred * shared
        dx *= inverse
        return dx

    return centred * scale + model.get_param("b"), back


def embeddings(rows: Sequence[int], widths: Sequence[int], seed: int) -> Layer:
    """A table for each column of features; a value is looked up by two hashes, and their rows are added.

    The input has a row a token and a column a feature (unsigned 64-bit hashes); the output joins the columns' vectors.
    """
    tables = {
        f"E{at}": random_weights(seed + at, size, width, scale=0.3 * np.sqrt(size))
        for at, (size, width) in enumerate(zip(rows, widths, strict=True))
    }
    return layer("embeddings", _embeddings, params=tables)


def _embeddings(model: Layer, keys: Array, is_train: bool) -> tuple[Array, Back]:
    tables = [model.get_param(f"E{at}") for at in range(keys.shape[1])]
    places = [_two_rows(keys[:, at], len(table)) for at, table in enumerate(tables)]
    y = np.concatenate(
        [table[first] + table[second] for table, (first, second) in zip(tables, places, strict=True)], axis=1
    )

    def back(dy: Array) -> Array:
        begin = 0
        for at, (table, both) in enumerate(zip(tables, places, strict=True)):
            part = np.ascontiguousarray(dy[:, begin : begin + table.shape[1]])
            begin += table.shape[1]
            change = np.zeros_like(table)
            for place in both:
                model.ops.scatter_add(change, place, part)
            model.inc_grad(f"E{at}", change)
        return dy[:, :0]

    return y, back


def _two_rows(keys: Array, size: int) -> tuple[Array, Array]:
    first = (keys * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(33)
    second = (keys * np.uint64(0xC2B2AE3D27D4EB4F)) >> np.uint64(33)
    return (first % np.uint64(size)).astype("int32"), (second % np.uint64(size)).astype("int32")


def convolution(width: int, hidden: int, reach: int, seed: int) -> Layer:
    """A residual block: each row looks at itself and at the rows `reach` before and behind.

    The input is (rows, mask, factors of dropout or None). Rows of different texts have to lie further apart than `reach`,
    with rows of mask 0 between.
    """
    kernels = {
        name: random_weights(seed + at, width, hidden, scale=0.8)
        for at, name in enumerate(("before", "here", "behind"), 2)
    }
    return layer(
        "convolution",
        _convolution,
        layers=[normalised(width), linear(hidden, width, seed + 1, scale=0.5)],
        dims={"nI": hidden},
        params={**kernels, "b": np.zeros(hidden, dtype="float32")},
        attrs={"reach": reach},
    )


def _convolution(
    model: Layer, given: tuple[Array, Array, Array | None], is_train: bool
) -> tuple[Array, Back]:
    x, mask, drop = given
    reach = model.attrs["reach"]
    norm, out = model.layers
    before, here, behind = (model.get_param(name) for name in ("before", "here", "behind"))
    u, norm_back = norm(x, is_train)
    u *= mask
    v = u @ here
    v += model.get_param("b")
    v[reach:] += u[:-reach] @ before
    v[:-reach] += u[reach:] @ behind
    active = v > 0
    v *= active
    if drop is not None:
        v *= drop
    y, out_back = out(v, is_train)
    y *= mask
    y += x

    def back(dy: Array) -> Array:
        dv = out_back(dy * mask)
        if drop is not None:
            dv *= drop
        dv *= active
        model.inc_grad("b", dv.sum(axis=0))
        model.inc_grad("here", u.T @ dv)
        model.inc_grad("before", u[:-reach].T @ dv[reach:])
        model.inc_grad("behind", u[reach:].T @ dv[:-reach])
        du = dv @ here.T
        du[:-reach] += dv[reach:] @ before.T
        du[reach:] += dv[:-reach] @ behind.T
        du *= mask
        return dy + norm_back(du)

    return y, back


def dropout_mask(shape: tuple[int, ...], rate: float | None, random: Any) -> Array | None:
    """Factors that put a share of the values to 0 and keep the mean; None where nothing is dropped."""
    if not rate:
        return None
    kept = random.random(shape, dtype="float32") >= rate
    return kept.astype("float32") / np.float32(1.0 - rate)

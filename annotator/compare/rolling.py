"""Hashes of all rows of so many words in one sweep, however long the rows are."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_ODD = 0x9E3779B97F4A7C15
"""Any odd number will do: modulo 2 ** 64 it has an inverse, and its powers tell the places within a row apart."""


def row_hashes(hashes: Any, length: int) -> Any:
    """The hash of each row of so many neighbours, equal where these are equal; both are numpy arrays of 64 bits."""
    import numpy as np

    if len(hashes) < length:
        return np.zeros(0, np.uint64)
    powers, inverse = _powers(1 << len(hashes).bit_length())
    weighted = hashes * powers[: len(hashes)]
    sums = np.concatenate([np.zeros(1, np.uint64), weighted.cumsum(dtype=np.uint64)])
    return (sums[length:] - sums[:-length]) * inverse[: len(hashes) - length + 1]


@lru_cache(maxsize=4)
def _powers(count: int) -> tuple[Any, Any]:
    """Powers of the odd number and of its inverse."""
    import numpy as np

    powers = np.full(count, _ODD, np.uint64).cumprod(dtype=np.uint64)
    inverse = np.full(count, pow(_ODD, -1, 2**64), np.uint64).cumprod(dtype=np.uint64)
    return powers, inverse

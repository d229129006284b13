"""Keep each product of matrices to one core: the networks of a model already work side by side."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import numpy as np

Threads: TypeAlias = tuple[Callable[[], int], Callable[[int], None]]
_PREFIXES = ("scipy_", "")
_SUFFIXES = ("64_", "_64", "")


@contextmanager
def one_core() -> Iterator[None]:
    """Within this block, numpy's OpenBLAS starts no threads of its own; where numpy has another library, nothing changes.

    Threads that share one small product wait for each other: on a busy machine that made training four times slower,
    and sums come out differently by their number.
    """
    before = [(change, get()) for get, change in _threads()]
    for change, _ in before:
        change(1)
    try:
        yield
    finally:
        for change, number in before:
            change(number)


@lru_cache(maxsize=1)
def _threads() -> tuple[Threads, ...]:
    """How to ask and to set the number of threads, for each OpenBLAS that came with numpy."""
    package = Path(np.__file__).parent
    found = []
    for folder in (package.parent / "numpy.libs", package / ".dylibs", package / ".libs"):
        for path in sorted(folder.glob("*openblas*")):
            try:
                library = ctypes.CDLL(str(path))
            except OSError:
                # another build than numpy's own, which then keeps its threads
                continue
            for prefix in _PREFIXES:
                for suffix in _SUFFIXES:
                    get = getattr(library, f"{prefix}openblas_get_num_threads{suffix}", None)
                    change = getattr(library, f"{prefix}openblas_set_num_threads{suffix}", None)
                    if get is not None and change is not None:
                        found.append((get, change))
    return tuple(found)

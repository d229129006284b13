"""Which passages stand in which articles: an exact index, made by sorting, of those in more than one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotator.compare.shelf import Row, Shelf
from annotator.compare.words import hash_of

_AT_ONCE = 2_000_000
"""How many passages are sorted together; it bounds the memory, about 150 MB."""

UNIQUE, SHARED, BOILERPLATE = 0, 1, 2
"""What a passage is: in one article, in several, in more than the boilerplate limit."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Passages that stand in the same articles are one unit, and are counted together.

    A unit has a weight (how many passages it is) and its articles' numbers in rising order, articles[starts[u]:starts[u + 1]].
    Units that stand in fewer articles come first. sizes counts the different passages of each article, unique
    ones too; kinds says of each passage on the shelf whether it is UNIQUE, SHARED or BOILERPLATE.
    """

    sizes: Row
    kinds: Row
    weights: Row
    starts: Row
    articles: Row

    @property
    def counts(self) -> Row:
        """In how many articles each unit stands."""
        return self.starts[1:] - self.starts[:-1]


def ragged(starts: Row, lengths: Row) -> Row:
    """The indices of several stretches of a row, one stretch after the other."""
    import numpy as np

    ends = lengths.cumsum()
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + (starts - (ends - lengths)).repeat(lengths)


def index(shelf: Shelf, boilerplate: int, step: Callable[[float], None]) -> Postings:
    """Sort all passages, a slice of the hashes at a time; step is told which part of the work is done.

    Every passage goes in, so that no pair of articles can be missed, as MinHash would miss some.
    """
    import numpy as np

    articles, passages = len(shelf.ids), shelf.starts[-1]
    sizes, kinds = np.zeros(articles, np.int64), np.zeros(passages, np.uint8)
    starts = np.array(shelf.starts)
    marks = _marks(shelf.ids)
    slices = 1 + passages // _AT_ONCE
    units: list[_Units] = []
    for number in range(slices):
        hashes, places = _slice_of(shelf, number, slices)
        order = hashes.argsort(kind="stable")
        hashes, places = hashes[order], places[order]
        # Places rise within equal hashes, and so do the articles that they belong to.
        owners: Row = (starts.searchsorted(places, "right") - 1).astype(np.int32)
        new_hash = _changes(hashes)
        once = new_hash | _changes(owners)
        counts = _runs(new_hash[once])
        sizes += np.bincount(owners[once], minlength=articles)
        kind = np.where(counts > boilerplate, BOILERPLATE, np.where(counts > 1, SHARED, UNIQUE))
        kinds[places] = kind.astype(np.uint8)[new_hash.cumsum() - 1]
        shared = counts > 1
        found = _Units(
            np.ones(int(shared.sum()), np.int64), counts[shared], owners[once][shared.repeat(counts)]
        )
        units.append(_merged(found, marks))
        step((number + 1) / slices)
    merged = _merged(
        _Units(*(np.concatenate([getattr(unit, name) for unit in units]) for name in _Units.__slots__)), marks
    )
    return _in_order(merged, sizes, kinds)


@dataclass(frozen=True, slots=True)
class _Units:
    weights: Row
    counts: Row
    articles: Row


def _slice_of(shelf: Shelf, number: int, slices: int) -> tuple[Row, Row]:
    """The hashes of one slice, and their places on the shelf in rising order."""
    import numpy as np

    low, high = (2**64 * number) // slices, (2**64 * (number + 1)) // slices - 1
    hashes, places = [], []
    base = 0
    for block in shelf.blocks:
        inside = np.flatnonzero((block >= np.uint64(low)) & (block <= np.uint64(high)))
        hashes.append(block[inside])
        places.append(inside + base)
        base += len(block)
    return np.concatenate(hashes), np.concatenate(places)


def _changes(row: Row) -> Row:
    """Where a sorted row has a value for the first time."""
    import numpy as np

    return np.concatenate([np.ones(min(1, len(row)), bool), row[1:] != row[:-1]])


def _runs(heads: Row) -> Row:
    """How long each run is, given where runs begin."""
    import numpy as np

    return np.diff(np.append(np.flatnonzero(heads), len(heads)))


def _marks(ids: list[str]) -> Row:
    """Two numbers for each article: their sums tell one set of articles from another, 128 bits in all.

    They come from the ids, so that the order of the units does not depend on the order of reading.
    """
    import numpy as np

    return np.array([[hash_of(f"{part} {one}") for one in ids] for part in (1, 2)], np.uint64)


def without_boilerplate(postings: Postings, limit: int) -> Postings:
    """The same without what stands in more articles than this, neither counted as shared nor in the sizes."""
    import numpy as np

    kept = int(postings.counts.searchsorted(limit, "right"))
    end = int(postings.starts[kept])
    weights = postings.weights.repeat(postings.counts)[end:]
    common = np.bincount(postings.articles[end:], weights, minlength=len(postings.sizes))
    return Postings(
        postings.sizes - common.astype(np.int64),
        postings.kinds,
        postings.weights[:kept],
        postings.starts[: kept + 1],
        postings.articles[:end],
    )


def _merged(units: _Units, marks: Row) -> _Units:
    """Units of the same articles made one, with the sum of their weights."""
    import numpy as np

    if not len(units.counts):
        return units
    starts = units.counts.cumsum() - units.counts
    first, second = (np.add.reduceat(mark[units.articles], starts) for mark in marks)
    order = np.lexsort((second, first))
    new = _changes(first[order]) | _changes(second[order])
    kept = order[new]
    weights = np.add.reduceat(units.weights[order], np.flatnonzero(new))
    taken = ragged(starts[kept], units.counts[kept])
    return _Units(weights, units.counts[kept], units.articles[taken])


def _in_order(units: _Units, sizes: Row, kinds: Row) -> Postings:
    import numpy as np

    starts = units.counts.cumsum() - units.counts
    order = units.counts.argsort(kind="stable")
    counts = units.counts[order]
    articles = units.articles[ragged(starts[order], counts)]
    bounds = np.concatenate([np.zeros(1, np.int64), counts.cumsum()])
    return Postings(sizes, kinds, units.weights[order], bounds, articles)


def renumbered(postings: Postings, ranks: Row) -> Postings:
    """The same with other numbers for the articles, and their order within each unit put right."""
    import numpy as np

    articles = ranks[postings.articles].astype(np.int32)
    units = np.arange(len(postings.weights)).repeat(postings.counts)
    order = np.lexsort((articles, units))
    sizes = np.empty_like(postings.sizes)
    sizes[ranks] = postings.sizes
    return Postings(sizes, postings.kinds, postings.weights, postings.starts, articles[order])

"""Which articles share a long passage word for word, found in one sorting, with boilerplate left out."""

from __future__ import annotations

from collections.abc import Callable

from annotator.compare.postings import BOILERPLATE, UNIQUE
from annotator.compare.rolling import row_hashes
from annotator.compare.shelf import WORDS, Row, Shelf

_AT_ONCE = 8_000_000


def neighbours(
    shelf: Shelf, kinds: Row, ranks: Row, words: int, step: Callable[[float], None]
) -> list[tuple[int, int]]:
    """Pairs of articles that share this many words in a row, enough pairs to connect all that do.

    Articles are numbered by rank; the pairs with most such rows of words come first. A row of words is left out when
    more than half of its passages are boilerplate. What many articles share costs no more than what two share: the
    articles with a row are linked one to the next, not each to each.
    """
    import numpy as np

    rounds = 1 + int((kinds != UNIQUE).sum()) // _AT_ONCE
    keys, counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for number in range(rounds):
        hashes, articles = _rows_of(shelf, kinds, ranks, words, (number, rounds))
        order = np.lexsort((articles, hashes))
        hashes, articles = hashes[order], articles[order]
        linked = (hashes[1:] == hashes[:-1]) & (articles[1:] != articles[:-1])
        pairs = articles[:-1][linked] * len(ranks) + articles[1:][linked]
        keys, counts = _added(keys, counts, pairs)
        step((number + 1) / rounds)
    order = np.lexsort((keys, -counts))
    return [(key // len(ranks), key % len(ranks)) for key in keys[order].tolist()]


def _added(keys: Row, counts: Row, pairs: Row) -> tuple[Row, Row]:
    import numpy as np

    new, new_counts = np.unique(pairs, return_counts=True)
    every, places = np.unique(np.concatenate([keys, new]), return_inverse=True)
    sums = np.bincount(places, np.concatenate([counts, new_counts]), minlength=len(every))
    return every, sums.astype(np.int64)


def _rows_of(shelf: Shelf, kinds: Row, ranks: Row, words: int, part: tuple[int, int]) -> tuple[Row, Row]:
    """Hashes of all rows of so many words that may stand in two articles, with the articles; one part of them."""
    import numpy as np

    starts = np.array(shelf.starts)
    length = words - WORDS + 1
    hashes, articles = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    base = 0
    for block in shelf.blocks:
        places = _places_in(kinds[base : base + len(block)], length)
        owners = starts.searchsorted(places + base, "right") - 1
        whole = places + base + length <= starts[owners + 1]
        places, owners = places[whole], owners[whole]
        if len(places):
            found = row_hashes(block, length)[places]
            # The lowest bits of a product are its weakest; the middle ones choose the part.
            taken = (found >> np.uint64(20)) % np.uint64(part[1]) == part[0]
            hashes.append(found[taken])
            articles.append(ranks[owners[taken]])
        base += len(block)
    return np.concatenate(hashes), np.concatenate(articles)


def _places_in(kinds: Row, length: int) -> Row:
    """Where so many passages follow one another of which all are shared and at most half are boilerplate."""
    import numpy as np

    if len(kinds) < length:
        return np.zeros(0, np.int64)
    zero = np.zeros(1, np.int64)
    shared = np.concatenate([zero, (kinds != UNIQUE).cumsum()])
    common = np.concatenate([zero, (kinds == BOILERPLATE).cumsum()])
    all_shared = shared[length:] - shared[:-length] == length
    few_common = 2 * (common[length:] - common[:-length]) <= length
    return np.flatnonzero(all_shared & few_common)

"""Which pairs of articles share a large part of the shorter one: all that must be known to group them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil

from annotator.compare.postings import Postings, ragged
from annotator.compare.shelf import Row

_STRONGEST = 8
"""How many of an article's likest articles are remembered, so that the evidence shown is good."""

_FREQUENT = 64
"""Units that stand in more articles than this need not be looked through while others must be shared too."""

_MANY = 512
_LIKEST = 64
"""With more candidates than the one, only so many are looked at that could join nothing new."""

_LARGE = 5_000
"""Fewer articles than this are compared with all others even when most are one group; the evidence is the better for it."""

_REPORT_EVERY = 200


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles by number, the one with fewer passages first, and how many of these they share."""

    smaller: int
    larger: int
    shared: int


class Pairing:
    """Articles whose numbers rise with their size, and what any two of them share.

    labels has one number for all articles that are joined already, directly or through others.
    """

    def __init__(self, postings: Postings) -> None:
        import numpy as np

        self._postings = postings
        count = len(postings.sizes)
        self.labels = np.arange(count)
        # Every article's entries in the index; as units rise with their counts, so do the counts here.
        self._entries = postings.articles.argsort(kind="stable")
        self._units = np.arange(len(postings.weights)).repeat(postings.counts)
        bounds = np.bincount(postings.articles, minlength=count).cumsum()
        self._bounds = np.concatenate([np.zeros(1, np.int64), bounds])
        self._most: int | None = None
        self._left, self._strangers = count, postings

    def contained(self, share: float, step: Callable[[float], None]) -> list[Pair]:
        """Pairs that share at least this part of the smaller one's passages; joins them.

        Not all such pairs, but all that are needed to connect whatever such pairs connect, and the likest of each article.
        """
        import numpy as np

        postings = self._postings
        shared = np.bincount(postings.articles, postings.weights[self._units], minlength=len(postings.sizes))
        found: list[Pair] = []
        # An article that shares too little with all others together shares too little with each.
        promising = np.flatnonzero((shared > 0) & (shared >= share * postings.sizes - _ROUNDING))
        for done, article in enumerate(promising.tolist()):
            needed = max(1, ceil(share * int(postings.sizes[article]) - _ROUNDING))
            found += self._partners(article, needed)
            if done % _REPORT_EVERY == 0:
                self._set_most_aside()
                step(done / len(promising))
        return found

    def shared_by(self, one: int, other: int) -> int:
        """How many passages two articles share."""
        import numpy as np

        both = np.intersect1d(self._units_of(one), self._units_of(other), assume_unique=True)
        return int(self._postings.weights[both].sum())

    def boilerplate_of(self, pair: Pair, limit: int) -> int:
        """How many of the shared passages stand in more articles than this."""
        import numpy as np

        both = np.intersect1d(self._units_of(pair.smaller), self._units_of(pair.larger), assume_unique=True)
        return int(self._postings.weights[both[self._postings.counts[both] > limit]].sum())

    def _entries_of(self, article: int) -> Row:
        return self._entries[self._bounds[article] : self._bounds[article + 1]]

    def _units_of(self, article: int) -> Row:
        return self._units[self._entries_of(article)]

    def _partners(self, article: int, needed: int) -> list[Pair]:
        """The larger articles that share what is needed: those that join something new, and the likest."""
        import numpy as np

        entries = self._entries_of(article)
        units = self._units[entries]
        weights = self._postings.weights[units]
        # The most frequent units together weigh less than what is needed, so a partner has to share another one as
        # well: they are left for later, when few candidates are left. This keeps boilerplate from costing the
        # square of the number of articles, and loses nothing.
        from_the_end = weights[::-1].cumsum()[::-1]
        later = (from_the_end < needed) & (self._postings.counts[units] > _FREQUENT)
        first = len(units) - int(later.sum())
        others, counted = self._after(article, entries[:first], weights[:first])
        if not len(others):
            return []
        shared = np.bincount(others - article - 1, counted)
        owed = needed - int(from_the_end[first] if first < len(units) else 0)
        candidates = self._worth_a_look(article, shared, owed)
        sums = shared[candidates]
        candidates = candidates + article + 1
        left = needed - owed
        for unit, weight in zip(units[first:].tolist(), weights[first:].tolist(), strict=True):
            sums += weight * self._stand_in(unit, candidates)
            left -= weight
            possible = sums + left >= needed
            candidates, sums = candidates[possible], sums[possible]
        return self._joined(article, candidates, sums.astype(np.int64))

    def _after(self, article: int, entries: Row, weights: Row) -> tuple[Row, Row]:
        """The larger articles in the units of these entries, unit by unit, each with the unit's weight."""
        units = self._units[entries]
        if self.labels[article] == self._most:
            starts = self._strangers.starts
            lengths = starts[units + 1] - starts[units]
            others = self._strangers.articles[ragged(starts[units], lengths)]
            larger = others > article
            return others[larger], weights.repeat(lengths)[larger]
        lengths = self._postings.starts[units + 1] - entries - 1
        return self._postings.articles[ragged(entries + 1, lengths)], weights.repeat(lengths)

    def _set_most_aside(self) -> None:
        """When most articles are one group already, its articles are from now on compared only with strangers to it.

        Otherwise a corpus in which everything is alike would cost the square of its size.
        """
        import numpy as np

        most = int(np.bincount(self.labels).argmax())
        outside = self.labels != most
        left = int(outside.sum())
        if 2 * left > self._left or len(outside) < _LARGE:
            return
        self._most, self._left = most, left
        kept = outside[self._postings.articles]
        counts = np.bincount(self._units[kept], minlength=len(self._postings.weights))
        starts = np.concatenate([np.zeros(1, np.int64), counts.cumsum()])
        self._strangers = replace(self._postings, starts=starts, articles=self._postings.articles[kept])

    def _worth_a_look(self, article: int, shared: Row, owed: int) -> Row:
        """Which of the articles after this one, counted from it, may share enough.

        Where they are many, those that are joined to it already are left out, but for the likest: in a corpus
        of which most is one group, looking at all would cost the square of its size.
        """
        import numpy as np

        candidates = np.flatnonzero(shared >= owed)
        if len(candidates) <= _MANY:
            return candidates
        new = candidates[self.labels[candidates + article + 1] != self.labels[article]]
        likest = candidates[(-shared[candidates]).argsort(kind="stable")[:_LIKEST]]
        return np.union1d(new, likest)

    def _stand_in(self, unit: int, candidates: Row) -> Row:
        """Of each candidate, whether the unit stands in it."""
        listed = self._postings.articles[self._postings.starts[unit] : self._postings.starts[unit + 1]]
        places = listed.searchsorted(candidates).clip(max=len(listed) - 1)
        return listed[places] == candidates

    def _joined(self, article: int, partners: Row, shared: Row) -> list[Pair]:
        import numpy as np

        if not len(partners):
            return []
        likest = np.lexsort((partners, -shared))
        partners, shared = partners[likest], shared[likest]
        labels, first = np.unique(self.labels[partners], return_index=True)
        own = self.labels[article]
        new = labels != own
        kept = np.union1d(np.arange(min(_STRONGEST, len(partners))), first[new])
        self._relabel(labels[new], int(own))
        return [
            Pair(article, partner, count)
            for partner, count in zip(partners[kept].tolist(), shared[kept].tolist(), strict=True)
        ]

    def _relabel(self, labels: Row, own: int) -> None:
        import numpy as np

        if len(labels):
            old = np.zeros(len(self.labels), bool)
            old[labels] = True
            self.labels[old[self.labels]] = own
            if self._most is not None and old[self._most]:
                self._most = own


_ROUNDING = 1e-9
"""A share such as 0.2 is not exact in binary; without this, a fifth of 35 passages would be 8."""

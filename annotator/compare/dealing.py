"""Deal groups out to parts, by chance or by time, as near to the shares as whole groups allow."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from annotator.compare.split_groups import Together
from annotator.compare.words import hash_of

Shares = tuple[tuple[str, float], ...]
"""The parts in their order, and what part of the articles each is to have; the sum is 1."""


@dataclass(frozen=True, slots=True)
class Dealt:
    """The part of each group, by the group's name; up to which day each part but the last goes, in a cut by time."""

    parts: Mapping[str, str]
    last_days: tuple[tuple[str, str], ...] = ()


def by_chance(groups: Sequence[Together], shares: Shares, seed: int) -> Dealt:
    """The largest groups first, each to the part that lacks most articles; among equals the seed decides the order.

    The order comes from a hash of seed and name, so that it is the same on every machine and does not hang on the
    order in which articles come. A part that got nothing is given the smallest group of a part that has several.
    """
    lacking = {name: share * _size(groups) for name, share in shares}
    dealt: dict[str, list[Together]] = {name: [] for name, _ in shares}
    in_turn = sorted(
        groups, key=lambda group: (-len(group.articles), hash_of(f"{seed} {group.name}"), group.name)
    )
    for group in in_turn:
        part = max(lacking, key=lambda name: lacking[name])
        dealt[part].append(group)
        lacking[part] -= len(group.articles)
    for own in dealt.values():
        giving = max(dealt.values(), key=lambda others: (len(others) > 1, _size(others)))
        if not own and len(giving) > 1:
            own.append(giving.pop())
    return Dealt({group.name: name for name, own in dealt.items() for group in own})


def by_time(groups: Sequence[Together], shares: Shares) -> Dealt:
    """The oldest groups to the first part, the newest to the last; a group is as old as its newest article.

    Cut between two days, so that no day is on two sides. Groups without any date go to the first part.
    """
    sizes: dict[date, int] = {}
    for group in groups:
        day = newest(group)
        if day is not None:
            sizes[day] = sizes.get(day, 0) + len(group.articles)
    days = sorted(sizes)
    undated = _size(groups) - sum(sizes.values())
    counts = [undated, *(undated + count for count in accumulate(sizes[day] for day in days))]
    ends = _ends(counts, shares)
    parts = {}
    for group in groups:
        day = newest(group)
        place = 0 if day is None else bisect_left(days, day) + 1
        parts[group.name] = shares[bisect_left(ends, place)][0]
    last_days = [
        (name, days[end - 1].isoformat()) for (name, _), end in zip(shares, ends, strict=False) if end
    ]
    return Dealt(parts, tuple(last_days))


def _ends(counts: Sequence[int], shares: Shares) -> list[int]:
    """With how many days each part but the last ends, given how many articles there are up to then.

    Each part gets a day of its own as long as there are enough, and is as near to its share as days allow.
    """
    ends: list[int] = []
    wanted = 0.0
    days = len(counts) - 1
    for number, (_, share) in enumerate(shares[:-1], start=1):
        wanted += share * counts[-1]
        lowest = min(days, (ends[-1] if ends else 0) + 1)
        highest = max(lowest, days - (len(shares) - number))
        ends.append(min(range(lowest, highest + 1), key=lambda end: abs(counts[end] - wanted)))
    return ends


def newest(group: Together) -> date | None:
    """The day of its newest article; None when no article has a date that can be read."""
    days = [day for article in group.articles if (day := day_of(article.published)) is not None]
    return max(days, default=None)


def day_of(published: str) -> date | None:
    """The day on which an article was published, as it was called there; None when that is not said in full."""
    try:
        return date.fromisoformat(published.strip()[:10])
    except ValueError:
        return None


def _size(groups: Sequence[Together]) -> int:
    return sum(len(group.articles) for group in groups)

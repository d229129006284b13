"""Propose which articles tell of one event: the same uncommon words, published within a few days."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from annotator.core.errors import Cancelled
from annotator.core.ports import Progress

ALIKE = 0.28
"""Cosine from which two articles are taken to tell of one event.

Measured on real coverage: articles of one event reach .35 to .53, of different events on one beat .24 at most.
"""

_DAYS = 4
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_SHORTEST = 3
_HEAVIEST = 25
"""Words of an article by which others are looked for that may be like it."""

_GROUND = 20
"""Stands for articles not seen, so that the words of a handful of articles on one event do not all count as common."""


@dataclass(frozen=True, slots=True)
class Telling:
    """An article as grouping sees it: its id, its title, its text, and its date (ISO 8601, or nothing)."""

    id: str
    title: str
    text: str
    published: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that seem to tell of one event, in the order in which they were given; name is the title that fits best."""

    name: str
    ids: tuple[str, ...]


def group_into_stories(
    tellings: Sequence[Telling], common: Collection[str] = (), progress: Progress | None = None
) -> list[Group]:
    """Articles in groups that seem to tell of one event, and those that stand alone in groups of one.

    common are words (in small letters) that say nothing about an event. Two articles are joined when the cosine of their
    word weights, (1 + ln count) * ln(1 + (20 + N) / (1 + articles with the word)), reaches ALIKE and their dates, where
    both are known, lie at most four days apart; a group is what is joined through any of its members.

    Raises:
        Cancelled: when progress asks to stop.
    """
    weights = _weights(tellings, common)
    days = [_day(one.published) for one in tellings]
    leader = list(range(len(tellings)))
    ties: list[float] = [0.0] * len(tellings)

    def first(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    holders: dict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(weights):
        if progress is not None and not progress(at, len(tellings)):
            raise Cancelled("Grouping was stopped.")
        heaviest = sorted(words, key=lambda word: (-words[word], word))[:_HEAVIEST]
        for other in sorted({other for word in heaviest for other in holders[word]}):
            if not _near(days[at], days[other]):
                continue
            alike = _cosine(words, weights[other])
            if alike >= ALIKE:
                ties[at] += alike
                ties[other] += alike
                leader[max(first(at), first(other))] = min(first(at), first(other))
        for word in heaviest:
            holders[word].append(at)
    members: dict[int, list[int]] = defaultdict(list)
    for at in range(len(tellings)):
        members[first(at)].append(at)
    return [
        Group(
            _name([tellings[at] for at in own], [ties[at] for at in own]),
            tuple(tellings[at].id for at in own),
        )
        for own in members.values()
    ]


def _weights(tellings: Sequence[Telling], common: Collection[str]) -> list[Mapping[str, float]]:
    counts = [
        Counter(
            word
            for match in _WORD.finditer(f"{one.title}\n{one.text}")
            if len(word := match[0].casefold()) >= _SHORTEST and word not in common
        )
        for one in tellings
    ]
    spread = Counter(word for words in counts for word in words)
    found: list[Mapping[str, float]] = []
    for words in counts:
        raw = {
            word: (1 + math.log(count)) * math.log(1 + (_GROUND + len(counts)) / (1 + spread[word]))
            for word, count in words.items()
        }
        length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        found.append({word: weight / length for word, weight in raw.items()})
    return found


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)


def _day(published: str) -> date | None:
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _near(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs((one - other).days) <= _DAYS


def _name(members: Sequence[Telling], ties: Sequence[float]) -> str:
    """The title of the article that is most like the others."""
    titled = [at for at, one in enumerate(members) if one.title.strip()]
    if not titled:
        return "Untitled story"
    best = max(titled, key=lambda at: (ties[at], -at))
    return members[best].title.strip()

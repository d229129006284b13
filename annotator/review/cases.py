"""Case: the candidates of several annotators that mean the same attribution."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from annotator.core.attributions import Attribution, reading_order
from annotator.review.matching import Edge, matched
from annotator.review.panels import Panel

Matcher: TypeAlias = Callable[[str, str], list[Edge]]
"""Says which attributions of two annotators, by number, mean the same, and how alike they are."""


@dataclass(frozen=True, slots=True)
class Case:
    """One attribution as annotators marked it; at most one candidate of each, by name.

    absent names those who worked on the article and have none.
    """

    article_id: str
    candidates: Mapping[str, Attribution]
    absent: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the candidate that stands first in the text: what a list can hold on to."""
        return min(self.candidates.values(), key=reading_order).id

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all candidates."""
        return frozenset(one.id for one in self.candidates.values())


def cases(panel: Panel, matcher: Matcher | None = None) -> tuple[Case, ...]:
    """Every attribution of a panel in exactly one case, in reading order.

    Each two annotators' attributions are matched one to one, with the greatest sum of likeness. These pairs are joined
    to cases, the most alike first; a pair that would put two of one annotator's into one case is left apart.
    """
    group_of: dict[tuple[str, int], dict[str, int]] = {
        (hand, at): {hand: at} for hand, marks in panel.marks.items() for at in range(len(marks))
    }
    for one, at, other, to in _pairs(panel, matcher or _matcher(panel)):
        left, right = group_of[one, at], group_of[other, to]
        if left is right or left.keys() & right.keys():
            continue
        left.update(right)
        for member in right.items():
            group_of[member] = left
    groups = {id(group): group for group in group_of.values()}
    found = [
        Case(
            panel.article_id,
            {hand: panel.marks[hand][group[hand]] for hand in panel.hands if hand in group},
            tuple(hand for hand in panel.hands if hand not in group),
        )
        for group in groups.values()
    ]
    return tuple(sorted(found, key=_order))


def _order(case: Case) -> tuple[int, int, str]:
    return min(reading_order(one) for one in case.candidates.values())


def _matcher(panel: Panel) -> Matcher:
    return lambda one, other: matched(panel.marks[one], panel.marks[other])


def _pairs(panel: Panel, matcher: Matcher) -> list[tuple[str, int, str, int]]:
    """All matched pairs, the most alike first; of equally alike ones, the first in the text."""
    found = []
    for one, other in combinations(panel.hands, 2):
        left, right = panel.marks[one], panel.marks[other]
        for at, to, weight in matcher(one, other):
            around = (reading_order(left[at])[:2], reading_order(right[to])[:2])
            found.append((-weight, min(around), max(around), one, at, other, to))
    return [row[3:] for row in sorted(found)]

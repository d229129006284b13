"""F1 of relations: who said what, by which cue, through whom, inside what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from annotator.review.matching import Array
from annotator.review.measures import Disagreement, Question, ids_of, ratio
from annotator.review.sheets import HALF, Sheet

SPANNED: dict[str, tuple[str, str]] = {
    "source-content": ("source", "content"),
    "cue-content": ("cue", "content"),
    "source-via": ("source", "via"),
}
"""Relations between two places of one attribution."""

PARENT = "parent"
"""The relation between an attribution and the one in whose content it stands."""

Ends = tuple[int, int]


class RelationF1:
    """F1 of relations: two match when both of their ends do (spans by half of their words, attributions one to one).

    given_ends counts only relations both of whose ends have a match: how far annotators agree on what belongs together
    when they agree on the parts. A relation that several attributions state counts once.
    """

    pairwise, ordered = True, False

    def __init__(self, *, given_ends: bool = False) -> None:
        self.name = "relation_f1_given_ends" if given_ends else "relation_f1"
        self._given_ends = given_ends

    def questions(self) -> Sequence[Question]:
        return [Question(role) for role in (*SPANNED, PARENT)]

    def numbers(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Array | None:
        import numpy as np

        mine, theirs, moved = self._relations(sheet, asked.role or "", hands)
        return np.array([len(mine) + len(theirs), len(moved.keys() & theirs.keys())], dtype=float)

    def value(self, numbers: Array) -> Array:
        return ratio(2 * numbers[..., 1], numbers[..., 0])

    def places(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Iterator[Disagreement]:
        for one, other in (hands, hands[::-1]):
            mine, theirs, moved = self._relations(sheet, asked.role or "", (one, other))
            kept = {moved[ends] for ends in moved.keys() & theirs.keys()}
            for ends, owners in mine.items():
                if ends not in kept:
                    marks = [sheet.trimmed[one][at] for at in owners]
                    roles = SPANNED.get(asked.role or "", ("source", "content"))
                    parts = sorted({part for mark in marks for role in roles for part in mark.spans(role)})
                    yield Disagreement(
                        sheet.panel.article_id,
                        (one, other),
                        {one: tuple(parts)},
                        attributions={one: ids_of(sheet, one, owners)},
                    )

    def _relations(
        self, sheet: Sheet, name: str, hands: tuple[str, ...]
    ) -> tuple[Mapping[Ends, list[int]], Mapping[Ends, list[int]], Mapping[Ends, Ends]]:
        """Both annotators' relations by their ends; those of the first whose ends match, by the matching ends."""
        one, other = hands
        mine, theirs = relations(sheet, one, name), relations(sheet, other, name)
        if name == PARENT:
            pairs = [(at, to) for at, to, _ in sheet.paired(one, other)]
            first = second = dict(pairs)
        else:
            first, second = (dict(sheet.matched(one, other, role, HALF)) for role in SPANNED[name])
        moved = {(first[a], second[b]): (a, b) for a, b in mine if a in first and b in second}
        if self._given_ends:
            mine = {ends: mine[ends] for ends in moved.values()}
            met, met_too = set(first.values()), set(second.values())
            theirs = {
                ends: owners for ends, owners in theirs.items() if ends[0] in met and ends[1] in met_too
            }
        return mine, theirs, moved


def relations(sheet: Sheet, hand: str, name: str) -> dict[Ends, list[int]]:
    """An annotator's relations of one name: the numbers of both ends, and of the attributions that state them."""
    found: dict[Ends, list[int]] = {}
    marks = sheet.trimmed[hand]
    if name == PARENT:
        number = {mark.id: at for at, mark in enumerate(marks)}
        for at, mark in enumerate(marks):
            if mark.parent in number:
                found[at, number[mark.parent]] = [at]
        return found
    first, second = (_numbers(sheet, hand, role) for role in SPANNED[name])
    for at in range(len(marks)):
        if at in first and at in second:
            found.setdefault((first[at], second[at]), []).append(at)
    return found


def _numbers(sheet: Sheet, hand: str, role: str) -> dict[int, int]:
    """The number of the place that each attribution has in a role."""
    places = sheet.places(hand, role)
    return {owner: at for at, owners in enumerate(places.owners) for owner in owners}

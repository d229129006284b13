"""Pairwise F1 of spans and of whole attributions, and the directed agr(a||b)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from annotator.review.matching import Array
from annotator.review.measures import Disagreement, Question, ids_of, ratio, unmatched
from annotator.review.panels import ROLES
from annotator.review.sheets import ANY, EXACT, HALF, Sheet


class SpanF1:
    """F1 = 2|M| / (|a| + |b|) of the distinct spans that two annotators gave a role, matched one to one by a rule.

    The mean over pairs is the figure for all (Hripcsak and Rothschild 2005). A span counts once, however many
    attributions share it; all its fragments are one span. For a kind, the spans of attributions of that kind count.
    """

    pairwise, ordered = True, False

    def __init__(self, rule: str, kinds: Sequence[str]) -> None:
        self.name = f"span_f1_{rule}"
        self._rule = rule
        self._kinds = kinds

    def questions(self) -> Sequence[Question]:
        return [Question(role, kind) for role, kind in product(ROLES, (None, *self._kinds))]

    def numbers(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Array | None:
        import numpy as np

        role = asked.role or ""
        one, other = hands
        units = sum(len(sheet.places(hand, role).of_kind(asked.kind)) for hand in hands)
        matched = len(sheet.matched(one, other, role, self._rule, asked.kind)) if units else 0
        return np.array([units, matched], dtype=float)

    def value(self, numbers: Array) -> Array:
        return ratio(2 * numbers[..., 1], numbers[..., 0])

    def places(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Iterator[Disagreement]:
        role = asked.role or ""
        pairs = sheet.matched(hands[0], hands[1], role, self._rule, asked.kind)
        for side, (one, other) in enumerate((hands, hands[::-1])):
            taken = {pair[side] for pair in pairs}
            left = [at for at in sheet.places(one, role).of_kind(asked.kind) if at not in taken]
            yield from unmatched(sheet, role, one, other, left)


def span_measures(kinds: Sequence[str]) -> list[SpanF1]:
    """F1 with exact boundaries, with half of the words common, and with any word common."""
    return [SpanF1(rule, kinds) for rule in (EXACT, HALF, ANY)]


class Directed:
    """agr(a||b): the share of a's attributions that b has too (Wiebe, Wilson and Cardie 2005), matched one to one.

    For a role, of a's distinct spans, the share that shares a code point with its match among b's.
    """

    name = "agr"
    pairwise, ordered = True, True

    def questions(self) -> Sequence[Question]:
        return [Question(role) for role in (None, *ROLES)]

    def numbers(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Array | None:
        import numpy as np

        one, other = hands
        if asked.role is None:
            return np.array([len(sheet.panel.marks[one]), len(sheet.paired(one, other))], dtype=float)
        matched = sheet.matched(one, other, asked.role, ANY)
        return np.array([len(sheet.places(one, asked.role).parts), len(matched)], dtype=float)

    def value(self, numbers: Array) -> Array:
        return ratio(numbers[..., 1], numbers[..., 0])

    def places(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Iterator[Disagreement]:
        one, other = hands
        if asked.role is not None:
            taken = {at for at, _ in sheet.matched(one, other, asked.role, ANY)}
            left = [at for at in range(len(sheet.places(one, asked.role).parts)) if at not in taken]
            yield from unmatched(sheet, asked.role, one, other, left)
            return
        paired = {at for at, _, _ in sheet.paired(one, other)}
        for at, mark in enumerate(sheet.panel.marks[one]):
            if at not in paired:
                parts = tuple(sorted({part for _, spans in mark.all_spans() for part in spans}))
                ids = {one: ids_of(sheet, one, [at])}
                yield Disagreement(sheet.panel.article_id, hands, {one: parts}, attributions=ids)

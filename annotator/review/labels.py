"""Labels: the values that annotators gave, numbered; and those that they gave each token."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.core.plain import Json
from annotator.core.spans import Span
from annotator.review.matching import Array
from annotator.review.measures import Disagreement, Question
from annotator.review.panels import ROLES
from annotator.review.sheets import Sheet


class Labels:
    """Values and their numbers; values that JSON writes alike are one."""

    def __init__(self, values: Iterable[Json]) -> None:
        self._codes: dict[str, int] = {}
        for value in values:
            self._codes.setdefault(repr(value), len(self._codes))

    def __len__(self) -> int:
        return len(self._codes)

    def code(self, value: Json) -> int:
        """The number of a value that was among them."""
        return self._codes[repr(value)]


def token_codes(sheet: Sheet, asked: Question, hand: str) -> Array:
    """A number for each token: whether the role in question (of the kind in question) covers it; without a role, which do."""
    import numpy as np

    if asked.role is not None:
        return sheet.covered(hand, asked.role, asked.kind).astype(np.int64)
    return sum(sheet.covered(hand, role, asked.kind).astype(np.int64) << at for at, role in enumerate(ROLES))


def token_places(sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Iterator[Disagreement]:
    """Each run of tokens in which annotators differ in one and the same way."""
    import numpy as np

    starts, ends = sheet.tokens
    if not len(starts):
        return
    codes = np.stack([token_codes(sheet, asked, hand) for hand in hands])
    differs = (codes != codes[0]).any(axis=0)
    begins = np.flatnonzero(np.concatenate([[True], (codes[:, 1:] != codes[:, :-1]).any(axis=0)]))
    for begin, end in zip(begins, [*begins[1:], len(starts)], strict=True):
        if differs[begin]:
            span = (Span(int(starts[begin]), int(ends[end - 1])),)
            said = {hand: _named(int(code), asked) for hand, code in zip(hands, codes[:, begin], strict=True)}
            there = {hand: span for hand in hands if said[hand]}
            yield Disagreement(sheet.panel.article_id, hands, there, said)


def _named(code: int, asked: Question) -> str | None:
    if asked.role is not None:
        return asked.role if code else None
    return " + ".join(role for at, role in enumerate(ROLES) if code >> at & 1) or None

"""The shape of a measure of agreement, and of what it finds: figures, and the places behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from annotator.core.plain import Json
from annotator.core.spans import Fragments
from annotator.review.matching import Array
from annotator.review.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Question:
    """What a measure is taken of: a role, a kind, a feature; None stands for all of them, or for none."""

    role: str | None = None
    kind: str | None = None
    feature: str | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place behind a figure: where annotators differ, by name.

    spans has the place of each who marked something there; values what each says (None: nothing), where the measure
    compares labels; attributions the ids of the marks in question.
    """

    article_id: str
    annotators: tuple[str, ...]
    spans: Mapping[str, Fragments] = field(default_factory=dict)
    values: Mapping[str, Json] = field(default_factory=dict)
    attributions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Measure(Protocol):
    """A measure of agreement.

    What it needs of an article is a row of numbers that may be added up over articles, the first being how many units
    it rests on. pairwise says that it compares two annotators, and that the figure for all is the mean of the pairs';
    ordered, that it makes a difference who of the two comes first.
    """

    name: str
    pairwise: bool
    ordered: bool

    def questions(self) -> Sequence[Question]:
        """What is measured."""

    def numbers(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Array | None:
        """An article's numbers for these annotators; None where the measure is not defined for it."""

    def value(self, numbers: Array) -> Array:
        """The measure from added numbers (the last axis); nan where it is not defined."""

    def places(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Iterator[Disagreement]:
        """Where the annotators differ."""


def ratio(above: Array, below: Array) -> Array:
    """One array divided by another, nan where the other is 0."""
    import numpy as np

    above, below = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
    return np.divide(above, below, out=np.full(np.shape(below), np.nan), where=below != 0)


def unmatched(
    sheet: Sheet, role: str, one: str, other: str, numbers: Sequence[int]
) -> Iterator[Disagreement]:
    """Places of one annotator that have no match with another, by number; with those of the other that touch them."""
    touching: dict[int, list[int]] = {}
    for at, to, _ in sheet.touching(one, other, role):
        touching.setdefault(at, []).append(to)
    mine, theirs = sheet.places(one, role), sheet.places(other, role)
    for at in numbers:
        met = touching.get(at, [])
        spans = {one: mine.parts[at]}
        ids = {one: ids_of(sheet, one, mine.owners[at])}
        if met:
            spans[other] = tuple(sorted({part for to in met for part in theirs.parts[to]}))
            ids[other] = ids_of(sheet, other, [owner for to in met for owner in theirs.owners[to]])
        yield Disagreement(sheet.panel.article_id, (one, other), spans, attributions=ids)


def ids_of(sheet: Sheet, hand: str, owners: Sequence[int]) -> tuple[str, ...]:
    """The ids of some attributions of an annotator, by number."""
    marks = sheet.panel.marks[hand]
    return tuple(marks[at].id for at in owners)

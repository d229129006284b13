"""Agreement: every measure over all articles, per kind, per pair and per article, with intervals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations
from typing import TypeAlias

from annotator.core.errors import NotFound
from annotator.review.alpha import MatchedAlpha, TokenAlpha, feature_labels, kind_labels
from annotator.review.alpha_u import AlphaU
from annotator.review.bootstrap import SEED, Draws
from annotator.review.gamma import SEED as GAMMA_SEED
from annotator.review.gamma import Gamma, installed
from annotator.review.kappa import MatchedKappa, TokenKappa
from annotator.review.matching import Array
from annotator.review.matrix import MatrixAlpha
from annotator.review.measures import Disagreement, Measure, Question
from annotator.review.panels import Panel
from annotator.review.relations import RelationF1
from annotator.review.sheets import Sheet
from annotator.review.span_f1 import Directed, span_measures


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a report: gamma takes long and is left out unless asked for; seed is that of the intervals.

    kinds are the ids of the kinds, in their order; those that nobody used are left out.
    """

    kinds: tuple[str, ...] = ()
    gamma: bool = False
    seed: int = SEED
    gamma_seed: int = GAMMA_SEED


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of a measure.

    annotators is None where all are taken together; for agr, a pair (a, b) stands for agr(a||b). article is None where all
    articles are. value is None where the measure is not defined. n says how many units it rests on (what these are, the
    measure says), left_out how many articles could not be counted. low and high bound 95 of 100 draws of stories.
    """

    measure: str
    role: str | None
    kind: str | None
    feature: str | None
    annotators: tuple[str, str] | None
    article: str | None
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    left_out: int = 0
    note: str = ""

    @property
    def question(self) -> Question:
        """What was asked."""
        return Question(self.role, self.kind, self.feature)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far annotators agree: the figures, and the way to the places behind each."""

    annotators: tuple[str, ...]
    articles: tuple[str, ...]
    figures: tuple[Figure, ...]
    seed: int
    sheets: tuple[Sheet, ...] = field(repr=False, default=())
    measures: tuple[Measure, ...] = field(repr=False, default=())

    def figure(
        self,
        measure: str,
        role: str | None = None,
        kind: str | None = None,
        feature: str | None = None,
        annotators: tuple[str, str] | None = None,
        article: str | None = None,
    ) -> Figure:
        """The figure of a measure.

        Raises:
            NotFound: when there is none such.
        """
        wanted = (measure, role, kind, feature, annotators, article)
        for one in self.figures:
            if (one.measure, one.role, one.kind, one.feature, one.annotators, one.article) == wanted:
                return one
        raise NotFound(
            f"There is no figure {measure} of {', '.join(str(part) for part in wanted[1:] if part)}."
        )

    def disagreements(self, figure: Figure) -> Iterator[Disagreement]:
        """The places behind a figure, article by article; for one that is the mean of pairs, those of each pair."""
        measure = next((one for one in self.measures if one.name == figure.measure), None)
        if measure is None:
            return
        for sheet in self.sheets:
            if figure.article in (None, sheet.panel.article_id):
                for hands in _compared(measure, sheet.hands, figure.annotators):
                    yield from measure.places(sheet, figure.question, hands)


def _compared(
    measure: Measure, there: tuple[str, ...], pair: tuple[str, str] | None
) -> list[tuple[str, ...]]:
    if pair is not None:
        return [pair] if set(pair) <= set(there) else []
    if measure.pairwise:
        # Each place once: what is missing in one direction is there in the other.
        return list((permutations if measure.ordered else combinations)(there, 2))
    return [there] if len(there) > 1 else []


def agreement(panels: Sequence[Panel], wish: Wish | None = None) -> Agreement:
    """Measure the agreement of everybody who worked on some articles; articles of one annotator alone do not count."""
    wish = wish or Wish()
    sheets = [Sheet(panel) for panel in panels if len(panel.marks) > 1]
    hands = tuple(dict.fromkeys(hand for sheet in sheets for hand in sheet.hands))
    used = {one.kind for sheet in sheets for marks in sheet.panel.marks.values() for one in marks}
    known = [*wish.kinds, *sorted(kind for kind in used if kind is not None and kind not in wish.kinds)]
    measures = _measures(sheets, [kind for kind in known if kind in used], wish)
    draws = Draws([sheet.panel.story_id or sheet.panel.article_id for sheet in sheets], wish.seed)
    figures = [
        figure
        for measure in measures
        for asked in measure.questions()
        for figure in _Table(measure, asked, sheets, hands).figures(draws, wish)
    ]
    articles = tuple(sheet.panel.article_id for sheet in sheets)
    return Agreement(hands, articles, tuple(figures), wish.seed, tuple(sheets), tuple(measures))


def _measures(sheets: Sequence[Sheet], kinds: Sequence[str], wish: Wish) -> list[Measure]:
    of_kind, of_feature = kind_labels(sheets, kinds), feature_labels(sheets)
    return [
        *span_measures(kinds),
        Directed(),
        TokenAlpha(kinds),
        TokenKappa(kinds),
        AlphaU(kinds),
        *([Gamma(wish.gamma_seed)] if wish.gamma else []),
        MatchedAlpha("kind_alpha", of_kind),
        MatchedKappa("kind_kappa", of_kind),
        MatchedAlpha("feature_alpha", of_feature),
        MatchedKappa("feature_kappa", of_feature),
        RelationF1(),
        RelationF1(given_ends=True),
        MatrixAlpha(sheets),
    ]


Rows: TypeAlias = dict[int, Array | None]


class _Table:
    """The numbers of one measure and question, for each group of annotators and each article."""

    def __init__(
        self, measure: Measure, asked: Question, sheets: Sequence[Sheet], hands: tuple[str, ...]
    ) -> None:
        self._measure = measure
        self._asked = asked
        self._sheets = sheets
        self._pairs = list((permutations if measure.ordered else combinations)(hands, 2))
        # Two annotators are all there are: their figure is the figure for all.
        self._with_pairs = asked.kind is None and (measure.ordered or len(hands) > 2)

    def figures(self, draws: Draws, wish: Wish) -> Iterator[Figure]:
        """The figure for all annotators, for each pair, for each article; per pair and article only of all kinds."""
        of_pairs = (
            [self._rows([pair] * len(self._sheets)) for pair in self._pairs]
            if self._measure.pairwise or self._with_pairs
            else []
        )
        of_all = of_pairs if self._measure.pairwise else [self._rows([one.hands for one in self._sheets])]
        whole = self._stacked(of_all)
        yield self._figure(whole, None, None, (draws, self._left_out(of_all)), wish)
        if self._with_pairs:
            for pair, rows in zip(self._pairs, of_pairs, strict=True):
                yield self._figure(self._stacked([rows]), pair, None, (draws, self._left_out([rows])), wish)
        if self._asked.kind is None:
            for at, sheet in enumerate(self._sheets):
                yield self._figure(whole[:, at : at + 1], None, sheet.panel.article_id, None, wish)

    def _rows(self, groups: Sequence[tuple[str, ...]]) -> Rows:
        """The numbers of each article, by its number, for its group; no entry where not all of the group worked on it."""
        return {
            at: self._measure.numbers(sheet, self._asked, hands)
            for at, (sheet, hands) in enumerate(zip(self._sheets, groups, strict=True))
            if set(hands) <= set(sheet.hands)
        }

    def _left_out(self, groups: Sequence[Rows]) -> int:
        return len({at for rows in groups for at, row in rows.items() if row is None})

    def _stacked(self, groups: Sequence[Rows]) -> Array:
        """Numbers by group, article and place; all 0, which adds nothing, where there are none."""
        import numpy as np

        width = next((len(row) for rows in groups for row in rows.values() if row is not None), 0)
        stacked = np.zeros((len(groups), len(self._sheets), width))
        for group, rows in enumerate(groups):
            for at, row in rows.items():
                if row is not None:
                    stacked[group, at] = row
        return stacked

    def _note(self, wish: Wish) -> str:
        if self._measure.name != Gamma.name:
            return ""
        return f"seed {wish.gamma_seed}" if installed() else "not installed"

    def _value(self, added: Array) -> Array:
        """The value of added numbers (groups on the last axis but one): the mean of the groups where it is defined."""
        import numpy as np

        found = self._measure.value(added)
        there = ~np.isnan(found)
        count = there.sum(axis=-1)
        total = np.where(there, found, 0).sum(axis=-1)
        return np.divide(total, count, out=np.full(np.shape(total), np.nan), where=count > 0)

    def _figure(
        self,
        numbers: Array,
        pair: tuple[str, str] | None,
        article: str | None,
        over: tuple[Draws, int] | None,
        wish: Wish,
    ) -> Figure:
        """A figure from numbers; over has, for one of all articles, the draws of stories, and how many articles are left out."""
        import numpy as np

        empty = not numbers.size
        value = np.nan if empty else float(self._value(numbers.sum(axis=1)))
        between = None if empty or over is None else over[0].interval(numbers, self._value)
        return Figure(
            self._measure.name,
            self._asked.role,
            self._asked.kind,
            self._asked.feature,
            pair,
            article,
            None if np.isnan(value) else value,
            0 if empty else round(float(numbers[..., 0].sum())),
            between[0] if between else None,
            between[1] if between else None,
            0 if over is None else over[1],
            self._note(wish),
        )

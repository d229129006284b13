"""What an adjudicator looks at: an article's cases, how they differ, and what was decided on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import GOLD, PERSON, Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.errors import NotFound
from annotator.review.adjudication import Decided, Decision, Proposal, decided, propose
from annotator.review.cases import Case, cases
from annotator.review.disagreements import Comparison, Difference
from annotator.review.panels import Panel
from annotator.workspace.panels import annotators_named, gold_annotator, gold_marks, panel_of
from annotator.workspace.reviewing import in_hidden_order
from annotator.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CaseToReview:
    """A case with its differences, and what gold says about it."""

    case: Case
    differences: tuple[Difference, ...]
    gold: tuple[Attribution, ...]
    decision: Decision | None
    by_person: bool
    stale: bool

    @property
    def is_open(self) -> bool:
        """Whether nothing was decided yet."""
        return not self.gold

    @property
    def agreed(self) -> bool:
        """Whether everybody who worked on the article has it, and alike."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class CaseList:
    """An article's cases in reading order.

    hands are the annotators whose candidates are in it, in an order that is random for each article, and always the same;
    unfinished names those of them who are still at work. loose are gold attributions that belong to no case.
    """

    article_id: str
    hands: tuple[str, ...]
    unfinished: tuple[str, ...]
    cases: tuple[CaseToReview, ...]
    loose: tuple[Attribution, ...]
    gold_status: str

    @property
    def open_cases(self) -> int:
        """How many cases nothing was decided on."""
        return sum(one.is_open for one in self.cases)

    def case_of(self, attribution_id: str) -> CaseToReview | None:
        """The case in which an attribution is a candidate, or gold's."""
        for one in self.cases:
            if attribution_id in one.case.ids or any(mark.id == attribution_id for mark in one.gold):
                return one
        return None


def case_list(workspace: Workspace, article_id: str, hands: Sequence[str] = ()) -> CaseList:
    """The cases of an article between these annotators; between all persons who have begun it, when none is named.

    Raises:
        NotFound: for an unknown article or annotator.
    """
    panel = _panel(workspace, article_id, hands)
    comparison = Comparison(panel.text, cases(panel))
    gold = gold_annotator(workspace.reading)
    own = workspace.set_of(article_id, gold.name) if gold is not None else None
    marks = gold_marks(workspace.attributions(own.id)) if own is not None else []
    settled, loose = decided(comparison.cases, marks)
    names = {one.id: one.name for one in workspace.reading.find(Annotator)}
    status = {
        names[one.annotator_id]: one.status
        for one in workspace.reading.find(AnnotationSet, article_id=article_id)
    }
    return CaseList(
        article_id,
        panel.hands,
        tuple(hand for hand in panel.hands if status.get(hand) != "finished"),
        tuple(
            _case(one, compared.differences)
            for one, compared in zip(settled, comparison.compared(), strict=True)
        ),
        tuple(loose),
        own.status if own is not None else "not_started",
    )


def _panel(workspace: Workspace, article_id: str, hands: Sequence[str]) -> Panel:
    article = workspace.reading.get(Article, article_id)
    if article is None:
        raise NotFound(f"There is no article with the id {article_id!r} in this project.")
    names = list(hands) or [one.name for one in workspace.reading.find(Annotator, role=PERSON)]
    ordered = in_hidden_order(workspace, article_id, names)
    chosen = annotators_named(workspace.reading, ordered) if ordered else []
    return panel_of(workspace.reading, article, [one for one in chosen if one.role != GOLD])


def _case(one: Decided, differences: tuple[Difference, ...]) -> CaseToReview:
    return CaseToReview(one.case, differences, one.gold, one.decision, one.by_person, one.stale)


def proposals(workspace: Workspace, article_id: str, strategy: str, threshold: int = 0) -> list[Proposal]:
    """What a merge would take over in an article, before it is done; decisions of persons stand, whatever it proposes.

    Raises:
        NotFound: for an unknown article.
        BrokenLaw: for an unknown strategy.
    """
    panel = _panel(workspace, article_id, ())
    return propose(Comparison(panel.text, cases(panel)), strategy, threshold)

"""GoldDesk: one article's cases beside its gold, and how a decision is put down there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import GOLD, PERSON, Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution, reading_order
from annotator.core.comments import Comment
from annotator.core.errors import BrokenLaw, NotFound
from annotator.core.ids import new_id
from annotator.core.rules import check_attribution
from annotator.review.adjudication import (
    Decided,
    Decision,
    decided,
    decision_of,
    to_provenance,
    was_touched,
)
from annotator.review.cases import Case, cases
from annotator.review.disagreements import Comparison
from annotator.workspace.commands.base import Work
from annotator.workspace.commands.comments import remove_comments
from annotator.workspace.commands.shaping import refuse_overlap
from annotator.workspace.panels import annotators_named, gold_annotator, gold_marks, panel_of

GOLD_NAME = "gold"
"""What the gold is called where a project has none yet."""


def gold_hand(work: Work) -> Annotator:
    """The annotator whose sets are the adjudicated ones, made when there is none."""
    found = gold_annotator(work.unit)
    if found is not None:
        return found
    hand = work.named(Annotator, GOLD_NAME)
    made = replace(hand, role=GOLD, created=hand.created or work.unit.now)
    work.unit.put(made)
    return made


class GoldDesk:
    """What is decided in an article, and the one way to decide more.

    Candidates are those of all persons who have begun the article, and of the annotators who are named besides.
    """

    def __init__(self, work: Work, article_id: str, besides: Iterable[str] = ()) -> None:
        self.work = work
        self.unit = work.unit
        self.article = self.unit.need(Article, article_id)
        self.own = work.set_for(article_id, gold_hand(work).name)
        hands = [one.name for one in self.unit.find(Annotator, role=PERSON)]
        names = dict.fromkeys([*hands, *besides])
        panel = panel_of(self.unit, self.article, annotators_named(self.unit, names) if names else [])
        self.text = panel.text
        self.comparison = Comparison(panel.text, cases(panel))
        self._look()

    def _look(self) -> None:
        self.marks = self.unit.find(Attribution, set_id=self.own.id)
        self.cases, self.loose = decided(self.comparison.cases, gold_marks(self.marks))
        self._case_of = {one_id: at for at, one in enumerate(self.cases) for one_id in one.case.ids}
        self._candidates = {one.id: one for case in self.comparison.cases for one in case.candidates.values()}

    def case_with(self, attribution_id: str) -> Decided:
        """The case of a candidate.

        Raises:
            NotFound: when it is none.
        """
        at = self._case_of.get(attribution_id)
        if at is None:
            raise NotFound(
                "That attribution cannot be decided on: it was removed, rejected, or is the gold's own."
            )
        return self.cases[at]

    def decision(self, how: str, case: Case, taken: Sequence[Attribution], reason: str = "") -> Decision:
        """A decision made now, by whoever acts."""
        names = {one.id: hand for hand, one in case.candidates.items()}
        return Decision(
            how,
            self.unit.actor,
            self.unit.now,
            tuple((one.id, names[one.id]) for one in taken),
            tuple((one_id, hand) for one_id, hand in names.items()),
            self.work.scheme.guideline_version,
            reason,
        )

    def decide(self, one: Decided, results: Sequence[tuple[Attribution, Decision]]) -> None:
        """Put down what was decided on a case, in place of what stood there before.

        Args:
            results: each attribution as it is to stand in gold, and its decision; one with the state rejected says that
                nothing is to be kept.
        """
        self.begin()
        before = tuple(one.gold)
        for at, (result, decision) in enumerate(results):
            old = before[at] if at < len(before) else None
            mark = replace(
                result,
                id=old.id if old is not None else new_id(),
                set_id=self.own.id,
                parent=None,
                antecedent=None,
                created=old.created if old is not None else self.unit.now,
                updated=self.unit.now,
                provenance=to_provenance(decision),
                extra={},
                version=old.version if old is not None else 1,
            )
            check_attribution(self.work.scheme, mark, self.text)
            if mark.state == "kept":
                refuse_overlap(self.work, before, mark, self.text)
            self.unit.put(mark)
        self.take_away(before[len(results) :])

    def take_away(self, marks: Sequence[Attribution]) -> None:
        """Remove gold attributions; those inside them move one step out."""
        for mark in marks:
            remove_comments(self.unit, self.unit.find(Comment, attribution_id=mark.id))
            for inner in self.unit.find(Attribution, set_id=self.own.id):
                if mark.id in (inner.parent, inner.antecedent):
                    self.unit.put(
                        replace(
                            inner,
                            parent=mark.parent if inner.parent == mark.id else inner.parent,
                            antecedent=None if inner.antecedent == mark.id else inner.antecedent,
                        )
                    )
            self.unit.remove(mark)

    def begin(self) -> None:
        """Note that gold was begun.

        Raises:
            BrokenLaw: when the article is adjudicated already.
        """
        self.own = self.unit.need(AnnotationSet, self.own.id)
        if self.own.status == "finished":
            raise BrokenLaw("This article is adjudicated. Reopen it to decide anew.")
        self.work.begin(self.own)

    def link(self) -> None:
        """Put every gold attribution into that in which its original stands, as far as that was decided on.

        What a person has changed since its decision is left as it is.
        """
        self._look()
        parents = {one.id: one.parent for one in self.marks}
        rejected = {one.id for one in self.marks if one.state == "rejected"}
        for mark in sorted(self.marks, key=reading_order):
            if mark.state != "kept":
                continue
            decision = decision_of(mark)
            after = mark
            if decision is not None and mark.updated == decision.at and decision.taken_from:
                model = self._candidates.get(decision.taken_from[0][0])
                if model is not None:
                    parent = self._gold_around(model, mark.id, parents)
                    antecedent = self._gold_of(model.antecedent)
                    after = replace(mark, parent=parent, antecedent=antecedent)
            elif mark.parent in rejected:
                after = replace(mark, parent=None)
            if after != mark:
                parents[mark.id] = after.parent
                self.unit.put(after)

    def _gold_around(self, model: Attribution, mark_id: str, parents: Mapping[str, str | None]) -> str | None:
        """The gold attribution of the nearest one around a candidate that was taken over; None where it would make a circle."""
        above, seen = model.parent, {model.id}
        while above is not None and above not in seen:
            seen.add(above)
            found = self._gold_of(above)
            if found is not None:
                outer: str | None = found
                passed = set()
                while outer is not None and outer not in passed:
                    if outer == mark_id:
                        return None
                    passed.add(outer)
                    outer = parents.get(outer)
                return found
            outer_model = self._candidates.get(above)
            above = outer_model.parent if outer_model is not None else None
        return None

    def _gold_of(self, candidate: str | None) -> str | None:
        """The kept gold attribution of a candidate: the one taken from it, else the first of its case."""
        at = self._case_of.get(candidate or "")
        kept = [] if at is None else [one for one in self.cases[at].gold if one.state == "kept"]
        for one in kept:
            decision = decision_of(one)
            if decision is not None and any(taken == candidate for taken, _ in decision.taken_from):
                return one.id
        return kept[0].id if kept else None

    @property
    def open_cases(self) -> list[Decided]:
        """The cases on which nothing was decided."""
        return [one for one in self.cases if one.is_open]


def stands(one: Decided, taken: Attribution, decision: Decision) -> bool:
    """Whether gold already says this, taken from the same candidate in the same way, untouched since."""
    if len(one.gold) != 1 or was_touched(one.gold[0]):
        return False
    mark = one.gold[0]
    noted = decision_of(mark)
    same = replace(
        taken,
        **{
            name: getattr(mark, name)
            for name in (
                "id",
                "set_id",
                "parent",
                "antecedent",
                "created",
                "updated",
                "provenance",
                "extra",
                "version",
            )
        },
    )
    return (
        noted is not None
        and (noted.how, noted.taken_from) == (decision.how, decision.taken_from)
        and set(noted.candidates) == set(decision.candidates)
        and mark == same
    )

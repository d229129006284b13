"""What the buttons and keys of a review decide on the case in hand."""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotator.core.changes import ChangeSet
from annotator.core.errors import BrokenLaw
from annotator.qt.review.columns import GOLD_COLUMN
from annotator.qt.review.page import ReviewPage
from annotator.qt.support.jobs import Jobs
from annotator.qt.support.session import Session
from annotator.workspace.adjudicating import CaseToReview
from annotator.workspace.commands.comments import AddComment
from annotator.workspace.commands.review import (
    Accept,
    AcceptBoth,
    Adjudicated,
    MergeBoundaries,
    NothingHere,
    RejectCase,
    ReopenAdjudication,
    Undecide,
)
from annotator.workspace.commands.review_merging import MergeAgreed


class Deciding(QObject):
    """Turns a reviewer's keys into decisions."""

    def __init__(self, session: Session, jobs: Jobs, page: ReviewPage) -> None:
        super().__init__(page)
        self._session = session
        self._jobs = jobs
        self._page = page

    def _needed(self) -> CaseToReview:
        one = self._page.case()
        if one is None:
            raise BrokenLaw("Choose a case first; then it can be decided.")
        return one

    def accept(self, number: int) -> None:
        """Take over the candidate in a column, counted from 1."""
        one = self._needed()
        hands = [name for name in self._page.columns.columns if name != GOLD_COLUMN]
        if number > len(hands):
            raise BrokenLaw(f"There are {len(hands)} annotators here.")
        mark = one.case.candidates.get(hands[number - 1])
        if mark is None:
            raise BrokenLaw(f"{self._page.named(hands[number - 1])} has marked nothing here.")
        self._do(Accept((mark.id,), self._page.reason.text().strip()))

    def accept_all(self) -> None:
        """Take over all candidates: they are different attributions, and all are right."""
        self._do(AcceptBoth(self._needed().case.id, self._page.reason.text().strip()))

    def reject(self) -> None:
        """Keep none of the candidates, for the reason that is typed."""
        one = self._needed()
        if not self._page.reason.text().strip():
            self._page.reason.setFocus()
        self._do(RejectCase((one.case.id,), self._page.reason.text()))

    def nothing(self) -> None:
        """There is nothing to annotate here."""
        self._do(NothingHere((self._needed().case.id,)))

    def undecide(self) -> None:
        """Take the decision back."""
        self._do(Undecide((self._needed().case.id,)), stay=True)

    def settle(self, role: str) -> None:
        """Put the selected words in place of a role, in what gold takes over."""
        one, chosen = self._needed(), self._page.columns.selection()
        if chosen is None:
            raise BrokenLaw("Select the words first; then they become the boundary in the gold.")
        hand, span = chosen
        gold = next((mark for mark in one.gold if mark.state == "kept"), None)
        model = one.case.candidates.get(hand) or next(iter(one.case.candidates.values()))
        spans = dict(gold.all_spans()) if gold is not None else {}
        self._do(MergeBoundaries(model.id, {**spans, role: (span,)}), stay=True)

    def comment(self) -> None:
        """Say the typed words about the case: on gold's attribution, or on the first candidate."""
        one = self._needed()
        about = one.gold[0].id if one.gold else one.case.id
        self._session.project.execute(
            AddComment(about, self._session.project.actor, self._page.reason.text())
        )
        self._page.reason.clear()
        self._session.notice.emit(self.tr("The comment stands with this attribution."))

    def merge(self) -> None:
        """Take over everything that counts as agreed, in the articles of the story."""
        project = self._session.project
        ids = tuple(one.id for one in project.articles(self._page.story()))
        deed = MergeAgreed(ids, str(self._page.strategy.currentData()), self._page.votes.value())

        def then(news: ChangeSet) -> None:
            self._session.notice.emit(
                self.tr(
                    "Took over what is agreed: {0} changes. Decisions of people stand as they were."
                ).format(len(news.changes))
            )

        self._session.check_free()
        self._jobs.run(self.tr("Merging what is agreed"), lambda _job: project.execute(deed), then)

    def finish(self) -> None:
        """Declare the article adjudicated, or take it in hand again."""
        found = self._page.cases()
        if found is None:
            return
        done, article_id = found.gold_status == "finished", found.article_id
        self._session.project.execute(ReopenAdjudication(article_id) if done else Adjudicated(article_id))

    def _do(
        self,
        deed: Accept | AcceptBoth | RejectCase | NothingHere | Undecide | MergeBoundaries,
        *,
        stay: bool = False,
    ) -> None:
        """Decide, and go on to the next case unless there is more to say on this one."""
        self._session.check_free()
        self._page.go_on(stay=stay)
        self._session.project.execute(deed)
        self._page.reason.clear()

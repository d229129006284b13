"""The deed that takes over into gold what annotators agree on; what persons decided stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotator.core.annotation_sets import FINISHED
from annotator.core.errors import BrokenLaw
from annotator.review.adjudication import Proposal, propose, was_touched
from annotator.workspace.commands.base import Work
from annotator.workspace.commands.review_gold import GoldDesk, stands


@dataclass(frozen=True, slots=True)
class MergeAgreed:
    """Merge what annotators agree on, in one or several articles, as one step.

    Strategies and threshold are those of review/adjudication.py. A case on which a person decided, or whose gold a person
    has changed, stays as it is. What an earlier merge took over is taken back where the annotators agree no longer. Of
    several articles, those that are adjudicated are passed over. No article becomes adjudicated by it.
    """

    article_ids: tuple[str, ...]
    strategy: str
    threshold: int = 0

    @property
    def label(self) -> str:
        return "Merge agreed attributions"

    def act(self, work: Work) -> None:
        for article_id in self.article_ids:
            desk = GoldDesk(work, article_id)
            if desk.own.status == FINISHED and len(self.article_ids) > 1:
                continue
            self._merge(desk)

    def _merge(self, desk: GoldDesk) -> None:
        agreed = {one.case.id: one for one in propose(desk.comparison, self.strategy, self.threshold)}
        desk.begin()
        for one in desk.cases:
            if one.by_person:
                continue
            proposal = agreed.get(one.case.id)
            if proposal is None:
                desk.take_away([mark for mark in one.gold if not was_touched(mark)])
            else:
                self._take(desk, one.case.id, proposal)
        desk.link()

    def _take(self, desk: GoldDesk, case_id: str, proposal: Proposal) -> None:
        one = next(found for found in desk.cases if found.case.id == case_id)
        taken = replace(proposal.chosen, state="kept")
        reason = f"{proposal.votes} of {proposal.of}"
        decision = desk.decision(self.strategy, proposal.case, (proposal.chosen,), reason)
        if stands(one, taken, decision):
            return
        try:
            desk.decide(one, [(taken, decision)])
        except BrokenLaw:
            # Two majorities may overlap where the scheme lets no role do so: then a person has to choose.
            desk.take_away(one.gold)

"""Deeds of adjudication: accept candidates, settle boundaries by hand, reject, take a decision back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.core.annotation_sets import FINISHED, REOPENED, AnnotationSet
from annotator.core.annotators import GOLD, Annotator
from annotator.core.attributions import Attribution, reading_order
from annotator.core.errors import BrokenLaw, NotFound
from annotator.core.rules import check_finished
from annotator.core.spans import Fragments, joined
from annotator.review.adjudication import ACCEPTED, MERGED, NOTHING, REJECTED, Decided
from annotator.workspace.commands.base import Work
from annotator.workspace.commands.review_gold import GoldDesk
from annotator.workspace.commands.shaping import requoted

SETTLED = frozenset(
    {
        "kind",
        "type",
        "source_id",
        "via_id",
        "recipient_name",
        "medium",
        "claims",
        "polarity",
        "hedge",
        "quote",
        "grounds",
        "implicit_source",
        "inherited",
        "self_citation",
        "note",
        "features",
    }
)
"""The fields that an adjudicator may settle otherwise than the candidate that is taken over."""


def desk_for(work: Work, attribution_ids: Iterable[str]) -> tuple[GoldDesk, list[Attribution]]:
    """The desk of the article in which some candidates stand, and the candidates.

    Raises:
        BrokenLaw: when they stand in several articles, or none is named.
        NotFound: when one is not there.
    """
    marks = [work.unit.need(Attribution, one) for one in dict.fromkeys(attribution_ids)]
    sets = [work.own_set(one) for one in marks]
    if len({own.article_id for own in sets}) != 1:
        raise BrokenLaw("A decision is about candidates of one article.")
    hands = work.unit.find(Annotator, id=[own.annotator_id for own in sets])
    besides = [one.name for one in hands if one.role != GOLD]
    return GoldDesk(work, sets[0].article_id, besides), marks


@dataclass(frozen=True, slots=True)
class Accept:
    """Take candidates over into gold as they stand: one, or several of one case where both are right.

    Candidates of several cases, each its own decision, may be accepted at once. What was decided on these cases before
    gives way; the candidates that lose stay where they are, and are noted in the decision.
    """

    attribution_ids: tuple[str, ...]
    reason: str = ""

    @property
    def label(self) -> str:
        count = len(self.attribution_ids)
        return "Accept attribution" if count == 1 else f"Accept {count} attributions"

    def act(self, work: Work) -> None:
        desk, marks = desk_for(work, self.attribution_ids)
        for one, taken in _by_case(desk, marks):
            results = [
                (replace(mark, state="kept"), desk.decision(ACCEPTED, one.case, (mark,), self.reason))
                for mark in taken
            ]
            desk.decide(one, results)
        desk.link()


def _by_case(desk: GoldDesk, marks: Iterable[Attribution]) -> list[tuple[Decided, list[Attribution]]]:
    found: dict[str, tuple[Decided, list[Attribution]]] = {}
    for mark in marks:
        one = desk.case_with(mark.id)
        found.setdefault(one.case.id, (one, []))[1].append(mark)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class AcceptBoth:
    """Take all candidates of a case over: they are different attributions, and all are right."""

    attribution_id: str
    reason: str = ""

    @property
    def label(self) -> str:
        return "Accept all candidates"

    def act(self, work: Work) -> None:
        desk, _ = desk_for(work, (self.attribution_id,))
        case = desk.case_with(self.attribution_id).case
        in_order = sorted(case.candidates.values(), key=reading_order)
        Accept(tuple(one.id for one in in_order), self.reason).act(work)


@dataclass(frozen=True, slots=True)
class MergeBoundaries:
    """Take a candidate over with boundaries, and fields, that the adjudicator settled by hand.

    spans has the places of the roles that are not as the candidate has them; an empty one takes the role away. values are
    those of the fields in SETTLED that are to be otherwise.
    """

    attribution_id: str
    spans: Mapping[str, Fragments] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""

    @property
    def label(self) -> str:
        return "Settle boundaries" if self.spans else "Settle attribution"

    def act(self, work: Work) -> None:
        unknown = set(self.values) - SETTLED
        if unknown:
            raise BrokenLaw(
                f"An attribution has no field {', '.join(sorted(unknown))} that can be settled this way."
            )
        desk, (mark,) = desk_for(work, (self.attribution_id,))
        one = desk.case_with(mark.id)
        after = replace(mark, state="kept", **self.values)
        for role, parts in self.spans.items():
            after = after.with_spans(role, joined(parts))
        if "content" in self.spans and "quote" not in self.values:
            after = requoted(mark, after, desk.text)
        desk.decide(one, [(after, desk.decision(MERGED, one.case, (mark,), self.reason))])
        desk.link()


@dataclass(frozen=True, slots=True)
class RejectCase:
    """Keep none of a case's candidates, and say why; a candidate stands for its case."""

    attribution_ids: tuple[str, ...]
    reason: str

    @property
    def label(self) -> str:
        return "Reject candidates"

    def act(self, work: Work) -> None:
        if not self.reason.strip():
            raise BrokenLaw("Say why none of the candidates is kept; a rejection needs its reason.")
        _keep_none(work, self.attribution_ids, REJECTED, self.reason.strip())


@dataclass(frozen=True, slots=True)
class NothingHere:
    """Decide that there is nothing to annotate where a case's candidates stand."""

    attribution_ids: tuple[str, ...]

    @property
    def label(self) -> str:
        return "Nothing to annotate here"

    def act(self, work: Work) -> None:
        _keep_none(work, self.attribution_ids, NOTHING, "")


def _keep_none(work: Work, attribution_ids: Iterable[str], how: str, reason: str) -> None:
    desk, marks = desk_for(work, attribution_ids)
    for one, _ in _by_case(desk, marks):
        first = min(one.case.candidates.values(), key=reading_order)
        desk.decide(one, [(replace(first, state="rejected"), desk.decision(how, one.case, (), reason))])
    desk.link()


@dataclass(frozen=True, slots=True)
class Undecide:
    """Take back what was decided on the cases of some candidates; they are open again."""

    attribution_ids: tuple[str, ...]

    @property
    def label(self) -> str:
        return "Take back decision"

    def act(self, work: Work) -> None:
        desk, marks = desk_for(work, self.attribution_ids)
        desk.begin()
        for one, _ in _by_case(desk, marks):
            desk.take_away(one.gold)
        desk.link()


@dataclass(frozen=True, slots=True)
class Adjudicated:
    """Declare an article adjudicated: a person has looked at it, and stands by its gold.

    Open cases have to be decided first, unless they are to stay out anyway.
    """

    article_id: str
    anyway: bool = False

    @property
    def label(self) -> str:
        return "Mark article as adjudicated"

    def act(self, work: Work) -> None:
        desk = GoldDesk(work, self.article_id)
        left = len(desk.open_cases)
        if left and not self.anyway:
            cases = "1 case is" if left == 1 else f"{left} cases are"
            raise BrokenLaw(f"{cases} not decided on yet; the article is not adjudicated.")
        check_finished(work.scheme, desk.marks, desk.text)
        own = work.under_guidelines(work.unit.need(AnnotationSet, desk.own.id))
        said = {"by": work.unit.actor, "at": work.unit.now, "open_cases": left}
        extra = {**own.extra, "adjudicated": said}
        work.unit.put(replace(own, status=FINISHED, updated=work.unit.now, extra=extra))


@dataclass(frozen=True, slots=True)
class ReopenAdjudication:
    """Take an article's gold in hand again."""

    article_id: str

    @property
    def label(self) -> str:
        return "Reopen adjudication"

    def act(self, work: Work) -> None:
        desk = GoldDesk(work, self.article_id)
        if desk.own.status != FINISHED:
            raise NotFound("This article is not adjudicated, so there is nothing to reopen.")
        extra = {name: value for name, value in desk.own.extra.items() if name != "adjudicated"}
        work.unit.put(replace(desk.own, status=REOPENED, updated=work.unit.now, extra=extra))

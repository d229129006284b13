"""Adjudication keeps a gold set beside the annotators' own, says who decided what and when, and loses nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from annotator.core.annotators import GOLD, Annotator
from annotator.core.attributions import Attribution
from annotator.core.changes import ChangeSet
from annotator.core.errors import BrokenLaw, NotFound
from annotator.workspace.adjudicating import CaseList, CaseToReview, case_list, proposals
from annotator.workspace.choosing import Selection, records
from annotator.workspace.commands.articles import SetStatus
from annotator.workspace.commands.attributions import ChangeFields, Nest, SetRole
from annotator.workspace.commands.base import Command
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
from annotator.workspace.reviewing import is_adjudicated
from annotator.workspace.workspace import Workspace
from tests.building import marked, place_of, state_of

PLAN = "The night ferry will stop in May"
QUOTE = "“Nobody asked us,”"


class Table:
    """A project with the ferry article as Maria and Olena marked it, in whose hand decisions are made."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.same = [
            marked(workspace, PLAN, kind="anonymous_source", hand=hand) for hand in ("maria", "olena")
        ]
        self.longer = marked(workspace, QUOTE, kind="named_official", hand="maria")
        self.shorter = marked(workspace, "Nobody asked us", kind="named_official", hand="olena")
        self.alone = marked(workspace, "the crew of 40 would stay on", hand="olena")
        workspace.actor = "petra"

    def do(self, *commands: Command) -> ChangeSet:
        for command in commands:
            news = self.workspace.execute(command)
        return news

    def cases(self) -> CaseList:
        return case_list(self.workspace, "ferry")

    def case(self, mark: Attribution) -> CaseToReview:
        found = self.cases().case_of(mark.id)
        assert found is not None
        return found

    def gold(self) -> list[Attribution]:
        """What gold keeps."""
        own = self.workspace.set_of("ferry", "gold")
        return (
            [] if own is None else [one for one in self.workspace.attributions(own.id) if one.state == "kept"]
        )


@pytest.fixture
def table(desk: Workspace) -> Iterator[Table]:
    return Table(desk)


def test_cases_come_in_reading_order_with_what_differs_and_nothing_decided(table: Table):
    found = table.cases()
    assert [{one.what for one in case.differences} for case in found.cases] == [
        set(),
        {"boundary"},
        {"missing"},
    ]
    assert (found.open_cases, set(found.hands), found.gold_status) == (3, {"maria", "olena"}, "not_started")
    assert set(found.unfinished) == {"maria", "olena"}


def test_what_is_accepted_stands_in_gold_with_who_decided_when_from_what_and_by_which_guidelines(
    table: Table,
):
    news = table.do(Accept((table.shorter.id,), reason="no marks"))
    (mark,) = table.gold()
    assert (mark.content, mark.kind) == (table.shorter.content, "named_official")
    decision = table.case(table.shorter).decision
    assert decision is not None
    assert (decision.how, decision.by, decision.at) == ("accepted", "petra", news.at[:0] or mark.updated)
    assert decision.taken_from == ((table.shorter.id, "olena"),)
    assert set(decision.candidates) == {(table.shorter.id, "olena"), (table.longer.id, "maria")}
    assert (decision.guideline_version, decision.reason) == (
        table.workspace.scheme.guideline_version,
        "no marks",
    )
    assert {one.role for one in table.workspace.reading.find(Annotator, name="gold")} == {GOLD}


def test_no_candidate_is_changed_whatever_is_decided(table: Table):
    candidates = [*table.same, table.longer, table.shorter, table.alone]
    table.do(
        Accept((table.same[0].id,)), AcceptBoth(table.longer.id), RejectCase((table.alone.id,), "no source")
    )
    for one in candidates:
        assert table.workspace.reading.get(Attribution, one.id) == one


def test_another_decision_takes_the_place_of_the_first(table: Table):
    table.do(Accept((table.shorter.id,)))
    (before,) = table.gold()
    table.do(Accept((table.longer.id,)))
    (after,) = table.gold()
    assert (after.id, after.content) == (before.id, table.longer.content)
    table.do(NothingHere((table.longer.id,)))
    assert table.gold() == []
    table.do(Undecide((table.longer.id,)))
    assert table.cases().open_cases == 3


def test_both_are_kept_where_both_are_right(table: Table):
    table.do(AcceptBoth(table.longer.id))
    assert {one.content for one in table.gold()} == {table.longer.content, table.shorter.content}
    assert len(table.case(table.longer).gold) == 2


def test_several_cases_are_accepted_in_one_step(table: Table):
    before = state_of(table.workspace)
    table.do(Accept((table.same[0].id, table.longer.id, table.alone.id)))
    assert len(table.gold()) == 3
    table.workspace.undo()
    assert state_of(table.workspace) == before


def test_boundaries_and_fields_can_be_settled_by_hand(table: Table):
    between = place_of("Nobody asked us,”")
    table.do(
        MergeBoundaries(
            table.longer.id, {"content": between, "source": place_of("Captain Ida Brandt")}, {"hedge": True}
        )
    )
    (mark,) = table.gold()
    assert (mark.content, mark.source, mark.hedge) == (between, place_of("Captain Ida Brandt"), True)
    decision = table.case(table.longer).decision
    assert decision is not None
    assert decision.how == "merged"
    with pytest.raises(BrokenLaw, match="provenance"):
        table.do(MergeBoundaries(table.longer.id, values={"provenance": {}}))


def test_a_rejection_needs_its_reason_and_keeps_it_and_no_export_takes_it_for_a_mark(table: Table):
    with pytest.raises(BrokenLaw, match="reason"):
        table.do(RejectCase((table.alone.id,), " "))
    table.do(RejectCase((table.alone.id,), "a guess of the writer"))
    case = table.case(table.alone)
    assert (case.is_open, case.by_person, [one.state for one in case.gold]) == (False, True, ["rejected"])
    assert case.decision is not None
    assert (case.decision.how, case.decision.reason) == ("rejected", "a guess of the writer")
    (record,) = records(table.workspace, Selection(gold=True))
    assert [one.state for one in record.attributions or ()] == ["rejected"]
    assert sum(one.attributions for one in table.workspace.counts()) == 5


def test_only_candidates_of_one_article_can_be_decided_on(table: Table):
    table.do(Accept((table.longer.id,)))
    (gold,) = table.gold()
    with pytest.raises(NotFound):
        table.do(Accept((gold.id,)))
    with pytest.raises(NotFound):
        table.do(Accept(("nothing",)))


def test_merging_takes_over_what_all_have_alike_as_one_step(table: Table):
    before = state_of(table.workspace)
    assert [one.chosen.content for one in proposals(table.workspace, "ferry", "all_agree")] == [
        table.same[0].content
    ]
    table.do(MergeAgreed(("ferry",), "all_agree"))
    assert [one.content for one in table.gold()] == [table.same[0].content]
    assert table.case(table.same[0]).by_person is False
    table.workspace.undo()
    assert state_of(table.workspace) == before


def test_merging_again_changes_nothing_where_nothing_has_changed(table: Table):
    table.do(MergeAgreed(("ferry",), "who_annotated"))
    assert not table.do(MergeAgreed(("ferry",), "who_annotated"))


def test_merging_again_keeps_every_decision_of_a_person(table: Table):
    table.do(NothingHere((table.same[0].id,)), Accept((table.longer.id,)))
    before = state_of(table.workspace)["attribution"]
    table.do(MergeAgreed(("ferry",), "all_agree"))
    assert state_of(table.workspace)["attribution"] == before


def test_merging_again_follows_the_annotators_where_no_person_has_decided(table: Table):
    table.do(MergeAgreed(("ferry",), "all_agree"))
    table.do(ChangeFields((table.same[1].id,), {"kind": "institution"}))
    table.do(MergeAgreed(("ferry",), "all_agree"))
    assert table.gold() == []


def test_what_a_person_changed_in_gold_is_kept_by_a_merge(table: Table):
    table.do(MergeAgreed(("ferry",), "all_agree"))
    (mark,) = table.gold()
    table.do(
        SetRole(mark.id, "cue", place_of("told")), ChangeFields((table.same[1].id,), {"kind": "institution"})
    )
    table.do(MergeAgreed(("ferry",), "all_agree"))
    assert [one.cue for one in table.gold()] == [place_of("told")]


def test_a_chain_is_put_together_in_gold_in_whichever_order_its_links_are_decided(table: Table):
    table.do(Nest(table.shorter.id, table.alone.id))
    table.do(Accept((table.shorter.id,)))
    assert [one.parent for one in table.gold()] == [None]
    table.do(Accept((table.alone.id,)))
    inner, outer = table.gold()
    assert (inner.parent, outer.parent) == (outer.id, None)
    table.do(NothingHere((table.alone.id,)))
    assert [one.parent for one in table.gold()] == [None]


def test_a_case_is_stale_when_a_candidate_changes_after_the_decision(table: Table):
    table.do(Accept((table.longer.id,)))
    assert not table.case(table.longer).stale
    table.do(ChangeFields((table.shorter.id,), {"hedge": True}))
    assert table.case(table.longer).stale


def test_an_article_becomes_adjudicated_only_by_a_person_and_only_when_all_is_decided(table: Table):
    table.do(MergeAgreed(("ferry",), "who_annotated"))
    assert not is_adjudicated(table.workspace, "ferry")
    with pytest.raises(BrokenLaw, match="1 case is not decided"):
        table.do(Adjudicated("ferry"))
    table.do(Accept((table.longer.id,)), Adjudicated("ferry"))
    assert is_adjudicated(table.workspace, "ferry")
    own = table.workspace.set_of("ferry", "gold")
    assert own is not None
    assert (own.extra["adjudicated"]["by"], own.extra["adjudicated"]["open_cases"]) == ("petra", 0)
    with pytest.raises(BrokenLaw, match="adjudicated"):
        table.do(Accept((table.shorter.id,)))
    table.do(ReopenAdjudication("ferry"), Accept((table.shorter.id,)))
    assert not is_adjudicated(table.workspace, "ferry")


def test_open_cases_may_stay_out_when_the_adjudicator_says_so(table: Table):
    table.do(Adjudicated("ferry", anyway=True))
    assert is_adjudicated(table.workspace, "ferry")
    with pytest.raises(BrokenLaw, match="adjudicated"):
        table.do(MergeAgreed(("ferry",), "all_agree"))


def test_gold_goes_out_as_any_other_annotation_set(table: Table):
    table.do(Accept((table.same[0].id, table.longer.id)), Adjudicated("ferry", anyway=True))
    (record,) = records(table.workspace, Selection(gold=True, finished=True))
    assert (record.annotator, record.status, len(record.attributions or ())) == ("gold", "finished", 2)


def test_the_order_of_annotators_is_the_same_whenever_a_case_list_is_opened(table: Table):
    assert table.cases().hands == table.cases().hands
    table.do(SetStatus("ferry", "maria", "finished"))
    assert table.cases().unfinished == ("olena",)


def test_case_lists_of_unknown_articles_and_annotators_are_refused(table: Table):
    with pytest.raises(NotFound):
        case_list(table.workspace, "nowhere")
    with pytest.raises(NotFound):
        case_list(table.workspace, "ferry", ("nobody",))

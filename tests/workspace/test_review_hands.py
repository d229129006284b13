"""Annotators get their articles in equal shares, and see others' marks only when that can do no harm."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from annotator.core.errors import BrokenLaw, NotFound
from annotator.core.scheme import scheme_to_plain
from annotator.workspace.blindness import is_blind
from annotator.workspace.choosing import Selection, records
from annotator.workspace.commands.articles import SetStatus
from annotator.workspace.commands.review import Accept
from annotator.workspace.commands.review_assigning import Assign, Unassign, WorkBlind
from annotator.workspace.reviewing import assignments, in_hidden_order, may_see, states
from annotator.workspace.schemes import ChangeScheme
from annotator.workspace.workspace import Workspace
from tests.building import article_in, marked, set_in, state_of

HANDS = ("maria", "olena", "petra")


@pytest.fixture
def library(bare: Workspace) -> list[str]:
    """Ten articles."""
    return [article_in(bare, f"Text {number}. It rains.", f"a{number}").id for number in range(10)]


def seen(workspace: Workspace, me: str) -> list[str]:
    return sorted(one.name for one in may_see(workspace, me, "ferry"))


def test_each_article_goes_to_as_many_annotators_as_wanted_and_everybody_gets_the_same_share(
    bare: Workspace, library: list[str]
):
    bare.execute(Assign(tuple(library), HANDS, overlap=2))
    found = assignments(bare)
    assert set(Counter(one.article_id for one in found).values()) == {2}
    shares = Counter(one.annotator for one in found).values()
    assert max(shares) - min(shares) <= 1
    assert {(one.status, one.assigned) for one in found} == {("not_started", True)}


def test_the_same_seed_gives_the_same_articles_and_assigning_again_gives_nobody_more(
    bare: Workspace, library: list[str]
):
    before = state_of(bare)
    bare.execute(Assign(tuple(library), HANDS))
    first = {(one.article_id, one.annotator) for one in assignments(bare)}
    assert not bare.execute(Assign(tuple(library), HANDS, seed=5))
    bare.undo()
    assert state_of(bare) == before
    bare.execute(Assign(tuple(library), HANDS))
    assert {(one.article_id, one.annotator) for one in assignments(bare)} == first
    bare.undo()
    bare.execute(Assign(tuple(library), HANDS, seed=5))
    assert {(one.article_id, one.annotator) for one in assignments(bare)} != first


def test_what_somebody_has_begun_already_counts_as_theirs(desk: Workspace):
    marked(desk, "Nobody asked us", hand="petra")
    desk.execute(Assign(("ferry",), HANDS, overlap=1))
    assert [(one.annotator, one.assigned) for one in assignments(desk)] == [("petra", False)]


@pytest.mark.parametrize("overlap", [0, 4])
def test_more_annotators_than_there_are_cannot_be_wanted(desk: Workspace, overlap: int):
    with pytest.raises(BrokenLaw, match="1 to 3"):
        desk.execute(Assign(("ferry",), HANDS, overlap))


def test_gold_gets_no_articles(desk: Workspace):
    mark = marked(desk, "Nobody asked us")
    desk.execute(Accept((mark.id,)))
    with pytest.raises(BrokenLaw, match="no person"):
        desk.execute(Assign(("ferry",), ("gold",), 1))


def test_an_assignment_can_be_taken_back_until_the_work_has_begun(desk: Workspace):
    desk.execute(Assign(("ferry",), ("maria", "olena")))
    marked(desk, "Nobody asked us", hand="maria")
    desk.execute(Unassign("ferry", "olena"))
    assert [one.annotator for one in assignments(desk)] == ["maria"]
    with pytest.raises(BrokenLaw, match="begun"):
        desk.execute(Unassign("ferry", "maria"))
    with pytest.raises(NotFound):
        desk.execute(Unassign("ferry", "ivan"))


def test_projects_are_blind_unless_somebody_opens_them(desk: Workspace):
    marked(desk, "Nobody asked us", hand="maria")
    desk.execute(Assign(("ferry",), ("olena",), 1))
    assert (is_blind(desk.reading), seen(desk, "olena"), seen(desk, "maria")) == (True, ["olena"], ["maria"])
    desk.execute(WorkBlind(blind=False))
    assert (is_blind(desk.reading), seen(desk, "olena")) == (False, ["maria", "olena"])
    desk.undo()
    assert seen(desk, "olena") == ["olena"]


def test_others_marks_are_seen_once_ones_own_are_finished_and_no_longer_when_reopened(desk: Workspace):
    for hand in ("maria", "olena"):
        marked(desk, "Nobody asked us", hand=hand)
    desk.execute(SetStatus("ferry", "maria", "finished"))
    assert (seen(desk, "maria"), seen(desk, "olena")) == (["maria", "olena"], ["olena"])
    desk.execute(SetStatus("ferry", "maria", "reopened"))
    assert seen(desk, "maria") == ["maria"]


def test_who_does_not_annotate_an_article_sees_what_is_finished_and_the_gold(desk: Workspace):
    mark = marked(desk, "Nobody asked us", hand="maria")
    marked(desk, "Nobody asked us", hand="olena")
    desk.execute(SetStatus("ferry", "maria", "finished"))
    desk.execute(Accept((mark.id,)))
    assert seen(desk, "petra") == ["gold", "maria"]
    assert seen(desk, "olena") == ["olena"]


def test_gold_stands_last_and_the_others_in_an_order_of_chance(desk: Workspace):
    mark = marked(desk, "Nobody asked us", hand="maria")
    marked(desk, "Sources said", hand="olena")
    desk.execute(Accept((mark.id,)))
    assert in_hidden_order(desk, "ferry", ["gold", "maria", "olena"])[-1] == "gold"
    assert states(desk, "ferry") == {"maria": "in_progress", "olena": "in_progress", "gold": "in_progress"}


def test_a_set_says_under_which_guidelines_it_was_begun_and_finished(desk: Workspace):
    def guidelines(version: str) -> None:
        desk.execute(ChangeScheme(scheme_to_plain(replace(desk.scheme, guideline_version=version))))

    desk.execute(Assign(("ferry",), ("maria",), 1))
    guidelines("7")
    marked(desk, "Nobody asked us", hand="maria")
    assert set_in(desk, hand="maria").guideline_version == "7"
    guidelines("8")
    desk.execute(SetStatus("ferry", "maria", "finished"))
    own = set_in(desk, hand="maria")
    assert (own.guideline_version, own.extra["earlier_guidelines"]) == ("8", ["7"])


def test_an_assigned_article_that_nobody_has_begun_is_no_annotation(desk: Workspace):
    desk.execute(Assign(("ferry",), ("maria",), 1))
    assert [own.attributions for own in desk.counts()] == [0]
    assert [record.attributions for record in records(desk, Selection())] == [None]
    assert list(records(desk, Selection(annotators=("maria",)))) == []

"""Sources are linked, corrected, merged, split and removed; nothing is lost, and undo brings all of it back."""

from __future__ import annotations

import pytest

from annotator.core.attributions import Attribution
from annotator.core.errors import AnnotatorError, BrokenLaw
from annotator.core.sources import Source
from annotator.workspace.commands.attributions import ChangeFields, NameVia, SetRole
from annotator.workspace.commands.base import Command
from annotator.workspace.commands.sources import (
    EditSource,
    LinkSource,
    MergeSources,
    NewSource,
    RemoveSource,
    SplitSource,
)
from annotator.workspace.mentions import read_mentions, told
from annotator.workspace.workspace import Workspace
from tests.building import made, marked, place_of, state_of


def _said(desk: Workspace, content: str, source: str, kind: str = "anonymous_source") -> Attribution:
    mark = marked(desk, content, kind=kind)
    return made(desk.execute(SetRole(mark.id, "source", place_of(source))))


def _new(
    desk: Workspace, content: str, source: str, name: str = "", kind: str = "anonymous_source"
) -> Source:
    mark = _said(desk, content, source, kind)
    desk.execute(NewSource(mark.id, name))
    return _source(desk, _mark(desk, mark.id).source_id)


def _mark(desk: Workspace, mark_id: str) -> Attribution:
    found = desk.reading.get(Attribution, mark_id)
    assert found is not None
    return found


def _source(desk: Workspace, source_id: str | None) -> Source:
    found = desk.reading.get(Source, source_id or "")
    assert found is not None
    return found


@pytest.fixture
def people(desk: Workspace) -> Source:
    """Two people familiar with the plan."""
    return _new(desk, "The night ferry will stop in May", "two people familiar with the plan")


@pytest.fixture
def captain(desk: Workspace) -> Source:
    """Captain Ida Brandt."""
    return _new(desk, "“Nobody asked us,”", "Captain Ida Brandt", "Ida Brandt", "named_official")


def test_a_new_source_takes_its_name_type_and_anonymity_from_the_mention(people: Source, captain: Source):
    assert (people.name, people.type, people.anonymous) == (
        "two people familiar with the plan",
        "person",
        True,
    )
    assert (captain.name, captain.anonymous, captain.aliases) == (
        "Ida Brandt",
        False,
        ("Captain Ida Brandt",),
    )


def test_a_second_source_of_the_same_words_gets_a_name_of_its_own(desk: Workspace, captain: Source):
    again = marked(desk, "Nobody asked us", kind="other")
    desk.execute(NewSource(again.id, captain.name))
    assert _source(desk, _mark(desk, again.id).source_id).name == "Ida Brandt (2)"


def test_linking_teaches_the_words_as_an_alias_unless_they_may_mean_anyone(desk: Workspace, people: Source):
    naming = _said(desk, "the crew of 40 would stay on", "port authority")
    desk.execute(LinkSource(naming.id, people.id))
    assert _source(desk, people.id).aliases == ("port authority",)
    pointing = _said(desk, "would stay on", "Sources")
    desk.execute(LinkSource(pointing.id, people.id))
    assert _source(desk, people.id).aliases == ("port authority",)


def test_via_and_medium_come_with_an_anonymous_antecedent_and_are_noted_as_inherited(
    desk: Workspace, people: Source
):
    first = desk.reading.find(Attribution, source_id=people.id)[0]
    desk.execute(NameVia((first.id,), "Harbour Post"))
    desk.execute(ChangeFields((first.id,), {"medium": "told_outlet"}))
    later = _said(desk, "the crew of 40 would stay on", "Sources")
    desk.execute(LinkSource(later.id, people.id, first.id))
    after = _mark(desk, later.id)
    assert (after.via_id, after.medium) == (_mark(desk, first.id).via_id, "told_outlet")
    assert (after.inherited, after.antecedent, after.source_id) == (("via", "medium"), first.id, people.id)


def test_nothing_is_inherited_from_an_antecedent_that_is_named_by_other_words_than_a_pointer(
    desk: Workspace, captain: Source
):
    first = desk.reading.find(Attribution, source_id=captain.id)[0]
    desk.execute(NameVia((first.id,), "Harbour Post"))
    later = _said(desk, "declined to comment", "The port authority", "institution")
    desk.execute(LinkSource(later.id, captain.id, first.id))
    assert (_mark(desk, later.id).via_id, _mark(desk, later.id).inherited) == (None, ())


def test_merging_moves_mentions_names_and_notes_in_one_step(desk: Workspace, people: Source, captain: Source):
    desk.execute(EditSource(captain.id, {"office": "captain", "note": "on board"}))
    before = state_of(desk)
    desk.execute(MergeSources(people.id, (captain.id,)))
    after = _source(desk, people.id)
    assert [one.name for one in desk.registry.every(Source)] == [people.name]
    assert {mark.source_id for mark in desk.reading.find(Attribution)} == {people.id}
    assert set(after.aliases) == {"Ida Brandt", "Captain Ida Brandt"}
    assert (after.office, after.note) == ("captain", "on board")
    merged = state_of(desk)
    desk.undo()
    assert state_of(desk) == before
    desk.redo()
    assert state_of(desk) == merged


def test_who_was_perhaps_the_same_as_a_merged_source_is_perhaps_the_same_as_the_kept_one(
    desk: Workspace, people: Source, captain: Source
):
    third = _new(desk, "the crew of 40 would stay on", "Sources", "crew insiders")
    desk.execute(EditSource(third.id, {"perhaps_same": ((captain.id, 0.6), (people.id, 0.2))}))
    desk.execute(EditSource(people.id, {"perhaps_same": ((captain.id, 0.9),)}))
    desk.execute(MergeSources(people.id, (captain.id,)))
    assert _source(desk, third.id).perhaps_same == ((people.id, 0.6),)
    assert _source(desk, people.id).perhaps_same == ()


def test_splitting_gives_the_chosen_mentions_a_source_of_their_own(desk: Workspace, people: Source):
    other = _said(desk, "the crew of 40 would stay on", "Sources")
    desk.execute(LinkSource(other.id, people.id))
    before = state_of(desk)
    desk.execute(SplitSource(people.id, (other.id,), "crew insiders"))
    made_of_it = _source(desk, _mark(desk, other.id).source_id)
    assert (made_of_it.name, made_of_it.anonymous) == ("crew insiders", True)
    assert len(desk.reading.find(Attribution, source_id=people.id)) == 1
    desk.undo()
    assert state_of(desk) == before


def test_a_source_without_mentions_can_be_removed_and_comes_back(
    desk: Workspace, people: Source, captain: Source
):
    desk.execute(EditSource(people.id, {"perhaps_same": ((captain.id, 0.5),)}))
    mark = desk.reading.find(Attribution, source_id=captain.id)[0]
    desk.execute(LinkSource(mark.id, people.id))
    before = state_of(desk)
    desk.execute(RemoveSource(captain.id))
    assert [one.name for one in desk.reading.find(Source)] == [people.name]
    assert _source(desk, people.id).perhaps_same == ()
    desk.undo()
    assert state_of(desk) == before


def test_what_makes_no_sense_is_refused_with_a_reason_and_changes_nothing(
    desk: Workspace, people: Source, captain: Source
):
    before = state_of(desk)
    mark = desk.reading.find(Attribution, source_id=captain.id)[0]
    refused: list[tuple[Command, str]] = [
        (EditSource(people.id, {"name": " "}), "needs a name"),
        (EditSource(people.id, {"name": "Ida Brandt"}), "merge the two"),
        (EditSource(people.id, {"type": "ghost"}), "not 'ghost'"),
        (EditSource(people.id, {"id": "x"}), "no field id"),
        (EditSource(people.id, {"perhaps_same": ((people.id, 0.5),)}), "not perhaps itself"),
        (EditSource(people.id, {"perhaps_same": ((captain.id, 1.5),)}), "between 0 and 1"),
        (MergeSources(people.id, (people.id,)), "two or more"),
        (SplitSource(people.id, (), "new"), "Choose the mentions"),
        (SplitSource(people.id, (mark.id,), "new"), "credited to another source"),
        (SplitSource(captain.id, (mark.id,), people.name), "no other source has"),
        (RemoveSource(captain.id), "merge it with another"),
    ]
    for command, says in refused:
        with pytest.raises(BrokenLaw, match=says):
            desk.execute(command)
    with pytest.raises(AnnotatorError):
        desk.execute(MergeSources(people.id, ("nobody",)))
    assert state_of(desk) == before


def test_the_list_of_mentions_follows_what_is_linked_rejected_and_removed(
    desk: Workspace, people: Source, captain: Source
):
    mentions = read_mentions(desk.reading)
    desk.subscribe(mentions.hear)
    assert (mentions.count(people.id), mentions.count(captain.id)) == (1, 1)
    mark = desk.reading.find(Attribution, source_id=captain.id)[0]
    desk.execute(LinkSource(mark.id, people.id))
    assert (mentions.count(people.id), mentions.count(captain.id)) == (2, 0)
    shown = told(desk.reading, mentions.of(people.id))
    assert [one.said for one in shown] == ["two people familiar with the plan", "Captain Ida Brandt"]
    assert shown[1].content == "“Nobody asked us,”"
    desk.execute(ChangeFields((mark.id,), {"state": "rejected"}))
    assert mentions.count(people.id) == 1

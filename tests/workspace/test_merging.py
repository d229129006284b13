"""Desks that exchange bundles hold the same in the end, and nothing of anybody is lost."""

from __future__ import annotations

import pytest

from annotator.core.annotators import Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.comments import Comment
from annotator.core.conflicts import Conflict
from annotator.core.outlets import Outlet
from annotator.core.records import Record
from annotator.core.sources import Source
from annotator.workspace.commands.articles import EditArticle, RemoveArticles
from annotator.workspace.commands.attributions import ChangeFields, NameSource, Nest, RemoveAttributions
from annotator.workspace.commands.claims import NameClaims
from annotator.workspace.commands.comments import AddComment
from annotator.workspace.commands.sources import EditSource, MergeSources
from annotator.workspace.conflicts import decide, undecided
from annotator.workspace.merging import merge_bundle
from annotator.workspace.workspace import Workspace
from tests.building import FERRY, marked, take
from tests.desks import Team, held


def shared_mark(desk: Workspace) -> Attribution:
    return desk.reading.find(Attribution)[0]


def kind_at(desk: Workspace, kind: str, mark: Attribution | None = None) -> None:
    desk.execute(ChangeFields(((mark or shared_mark(desk)).id,), {"kind": kind}))


def test_a_project_is_born_from_a_colleagues_bundle(maria: Workspace, olena: Workspace):
    assert held(olena) == held(maria)
    assert olena.project_id == maria.project_id
    assert olena.scheme == maria.scheme
    assert olena.text(olena.articles()[0]) == FERRY
    assert olena.check() == []


def test_marks_of_two_annotators_come_together_whoever_sends_first(
    team: Team, maria: Workspace, olena: Workspace
):
    marked(maria, "Sources said", hand="maria")
    mine = marked(olena, "Sources said", hand="olena")
    olena.execute(AddComment(mine.id, "olena", "Which sources? 🤔"))
    merged = team.send("maria", "olena")
    assert (dict(merged.added), merged.listed) == ({"attribution": 1}, ())
    team.send("olena", "maria")
    assert held(olena) == held(maria)
    assert len(maria.reading.find(Attribution)) == 3
    assert [one.text for one in maria.reading.find(Comment)] == ["Which sources? 🤔"]
    assert maria.check() == []


def test_the_same_bundle_twice_and_one_of_an_older_state_change_nothing(
    team: Team, maria: Workspace, olena: Workspace
):
    old = team.bundle("maria")
    kind_at(maria, "institution")
    new = team.bundle("maria")
    assert merge_bundle(olena, new).anything
    before, line = held(olena), olena.last_seq()
    for again in (new, old, new, old):
        assert not merge_bundle(olena, again).anything
    assert (held(olena), olena.last_seq()) == (before, line)
    assert not merge_bundle(maria, old).anything
    assert shared_mark(maria).kind == "institution"


def test_what_was_changed_and_changed_back_is_newer_than_what_it_was(
    team: Team, maria: Workspace, olena: Workspace
):
    kind_at(maria, "institution")
    between = team.bundle("maria")
    maria.undo()
    merge_bundle(olena, between)
    assert shared_mark(olena).kind == "institution"
    team.send("maria", "olena")
    assert shared_mark(olena).kind == "other"
    assert undecided(olena) == []


def test_two_desks_that_changed_the_same_mark_keep_both_versions(
    team: Team, maria: Workspace, olena: Workspace
):
    kind_at(maria, "institution")
    kind_at(olena, "named_official")
    assert len(team.send("maria", "olena").listed) == 1
    assert len(team.send("olena", "maria").listed) == 1
    assert held(olena) == held(maria)
    [conflict] = undecided(maria)
    assert conflict.what == "attribution “Nobody asked us”"
    assert [(one.field, set(one.values)) for one in conflict.differences] == [
        ("kind", {"institution", "named_official"})
    ]
    mine = next(one for one in conflict.choices if one.place == conflict.ours)
    assert (mine.by, mine.value.kind) == ("maria", "institution")  # type: ignore[union-attr]
    assert shared_mark(maria).kind == "named_official", "what was done last stands for now"
    assert not team.send("olena", "maria").anything, "a conflict is listed once"


@pytest.mark.parametrize(("keep", "kind"), [("ours", "institution"), ("theirs", "named_official")])
def test_a_decision_is_one_step_that_can_be_undone_and_travels(
    team: Team, maria: Workspace, olena: Workspace, keep: str, kind: str
):
    kind_at(maria, "institution")
    kind_at(olena, "named_official")
    team.all_send()
    [conflict] = undecided(maria)
    before = held(maria)
    decide(maria, {conflict.id: keep})
    assert (shared_mark(maria).kind, undecided(maria)) == (kind, [])
    maria.undo()
    assert held(maria) == before
    maria.redo()
    merged = team.send("maria", "olena")
    assert (merged.settled, merged.listed) == ((conflict.id,), ())
    assert not team.send("olena", "maria").anything
    assert held(olena) == held(maria)
    assert shared_mark(olena).kind == kind


def test_two_decisions_apart_are_a_conflict_again(team: Team, maria: Workspace, olena: Workspace):
    kind_at(maria, "institution")
    kind_at(olena, "named_official")
    team.all_send()
    [conflict] = undecided(maria)
    decide(maria, {conflict.id: "ours"})
    decide(olena, {conflict.id: "ours"})
    team.all_send()
    assert held(olena) == held(maria)
    assert len(undecided(maria)) == 1


def test_a_change_that_knows_of_the_conflict_leaves_it_to_be_decided(
    team: Team, maria: Workspace, olena: Workspace
):
    kind_at(maria, "institution")
    kind_at(olena, "named_official")
    team.all_send()
    kind_at(maria, "anonymous_source")
    team.all_send()
    assert held(olena) == held(maria)
    [conflict] = undecided(olena)
    kinds = {one.value.kind for one in conflict.choices}  # type: ignore[union-attr]
    assert kinds == {"anonymous_source", "institution"}


def test_three_versions_are_one_conflict_from_which_one_is_kept_by_its_makers_name(
    team: Team, maria: Workspace, olena: Workspace
):
    ana = team.born("ana", of="maria")
    kind_at(maria, "institution")
    kind_at(olena, "named_official")
    kind_at(ana, "anonymous_source")
    team.all_send()
    assert held(olena) == held(maria) == held(ana)
    [conflict] = undecided(ana)
    assert len(conflict.choices) == 3
    decide(ana, {conflict.id: "olena"})
    team.all_send()
    assert {shared_mark(desk).kind for desk in team.desks.values()} == {"named_official"}
    assert {len(undecided(desk)) for desk in team.desks.values()} == {0}


def test_the_same_change_on_both_desks_is_no_conflict(team: Team, maria: Workspace, olena: Workspace):
    kind_at(maria, "institution")
    kind_at(olena, "institution")
    team.all_send()
    assert held(olena) == held(maria)
    assert undecided(maria) == []
    kind_at(maria, "other")
    team.send("maria", "olena")
    assert shared_mark(olena).kind == "other"


@pytest.mark.parametrize(("keep", "left"), [("maria", 0), ("olena", 1)])
def test_removing_and_changing_is_a_conflict(
    team: Team, maria: Workspace, olena: Workspace, keep: str, left: int
):
    maria.execute(RemoveAttributions((shared_mark(maria).id,)))
    kind_at(olena, "institution")
    team.all_send()
    assert held(olena) == held(maria)
    assert shared_mark(maria).kind == "institution", "what is there stands until it is decided"
    [conflict] = undecided(maria)
    assert set(conflict.differences[0].values) == {"removed", "kept"}
    decide(olena, {conflict.id: keep})
    team.all_send()
    assert held(olena) == held(maria)
    assert len(maria.reading.find(Attribution)) == left


def test_what_was_removed_here_and_pointed_to_there_comes_back_until_it_is_decided(
    team: Team, maria: Workspace, olena: Workspace
):
    mark = shared_mark(maria)
    maria.execute(RemoveAttributions((mark.id,)))
    inner = marked(olena, "asked us", hand="maria")
    olena.execute(Nest(inner.id, mark.id))
    olena.execute(AddComment(mark.id, "olena", "Is this hers?"))
    team.all_send()
    assert held(olena) == held(maria)
    [conflict] = undecided(maria)
    assert conflict.noun_id == mark.id
    decide(maria, {conflict.id: "maria"})
    team.all_send()
    assert held(olena) == held(maria)
    assert [(one.id, one.parent) for one in olena.reading.find(Attribution)] == [(inner.id, None)]
    assert olena.reading.find(Comment) == []
    assert olena.check() == []


def test_an_article_removed_here_and_marked_there_comes_back(team: Team, maria: Workspace, olena: Workspace):
    maria.execute(RemoveArticles(("ferry",)))
    mine = marked(olena, "Sources said", hand="olena")
    team.all_send()
    assert held(olena) == held(maria)
    assert [one.id for one in maria.reading.find(Attribution)] == [mine.id]
    assert {one.noun for one in undecided(maria)} == {"article"}


def test_a_removal_alone_travels(team: Team, maria: Workspace, olena: Workspace):
    maria.execute(RemoveArticles(("ferry",)))
    merged = team.send("maria", "olena")
    assert dict(merged.removed) == {"article": 1, "set": 1, "attribution": 1}
    assert held(olena) == held(maria)
    assert not team.send("olena", "maria").anything


def test_two_chains_that_would_make_a_circle_are_opened_and_listed(
    team: Team, maria: Workspace, olena: Workspace
):
    outer = shared_mark(maria)
    inner = marked(maria, "asked us", hand="maria")
    team.send("maria", "olena")
    maria.execute(Nest(inner.id, outer.id))
    olena.execute(Nest(outer.id, inner.id))
    team.all_send()
    assert held(olena) == held(maria)
    parents = {one.id: one.parent for one in maria.reading.find(Attribution)}
    assert sorted(map(bool, parents.values())) == [False, True]
    assert len(undecided(maria)) == 1


def test_a_name_given_on_two_desks_is_one_thing(team: Team, maria: Workspace, olena: Workspace):
    for desk in (maria, olena):
        mark = marked(desk, "Sources said", hand=desk.actor)
        desk.execute(NameSource((mark.id,), "The crew"))
        desk.execute(NameClaims(mark.id, ("crew-stays",)))
    source = maria.reading.find(Source, name="The crew")[0]
    maria.execute(EditSource(source.id, {"office": "deck hands"}))
    team.all_send()
    assert held(olena) == held(maria)
    [one] = olena.reading.find(Source)
    assert (one.name, one.office) == ("The crew", "deck hands")
    assert {mark.source_id for mark in olena.reading.find(Attribution) if mark.source_id} == {one.id}
    assert undecided(olena) == []
    assert olena.check() == []


def test_names_on_two_desks_are_the_same_in_every_order(team: Team, maria: Workspace, olena: Workspace):
    ana = team.born("ana", of="maria")
    for desk in (maria, olena, ana):
        mark = marked(desk, "Sources said", hand=desk.actor)
        desk.execute(NameSource((mark.id,), "The crew"))
    early = {name: team.bundle(name) for name in team.desks}
    olena.execute(EditSource(olena.reading.find(Source)[0].id, {"note": "forty of them"}))
    late = team.bundle("olena")
    for desk, order in (
        (maria, [late, early["ana"]]),
        (olena, [early["ana"], early["maria"]]),
        (ana, [early["olena"], late, early["maria"]]),
    ):
        for one in order:
            merge_bundle(desk, one)
    team.all_send()
    assert held(olena) == held(maria) == held(ana)
    assert [one.note for one in ana.reading.find(Source)] == ["forty of them"]


def test_one_article_imported_on_two_desks_is_one_with_the_marks_of_both(
    team: Team, maria: Workspace, olena: Workspace
):
    text = "The bridge opens, the mayor said."
    for desk, article_id in ((maria, "bridge"), (olena, "other-id")):
        take(desk, Record(id=article_id, text=text, story="Bridge", title="Bridge", where="test"))
        marked(desk, "The bridge opens", article_id, hand=desk.actor)
    team.all_send()
    assert held(olena) == held(maria)
    [article] = maria.reading.find(Article, text_sha256=maria.reading.get(Article, "bridge").text_sha256)  # type: ignore[union-attr]
    assert article.id == "bridge"
    assert len(maria.reading.find(Attribution)) == 3
    assert undecided(maria) == []
    assert maria.check() == []


def test_suggestions_made_alike_on_two_desks_stand_once(team: Team, maria: Workspace, olena: Workspace):
    from annotator.core.records import AttributionRecord
    from annotator.workspace.commands.suggestions import PutSuggestions
    from tests.building import place_of

    found = AttributionRecord(id="s", content=place_of("Nobody asked us"), cue=place_of("said Captain"))
    for desk in (maria, olena):
        desk.execute(PutSuggestions("rules-en", {"ferry": (found,)}))
    team.all_send()
    assert held(olena) == held(maria)
    assert len([one for one in maria.reading.find(Attribution) if one.state == "open"]) == 1


def test_a_merge_is_undone_in_one_step_and_can_be_done_again(team: Team, maria: Workspace, olena: Workspace):
    kind_at(maria, "institution")
    kind_at(olena, "named_official")
    mark = marked(olena, "Sources said", hand="olena")
    olena.execute(NameSource((mark.id,), "The crew"))
    mine = marked(maria, "Sources said", hand="maria")
    maria.execute(NameSource((mine.id,), "The crew"))
    before = held(maria)
    bundle = team.bundle("olena")
    merge_bundle(maria, bundle)
    after = held(maria)
    maria.undo()
    assert held(maria) == before
    maria.redo()
    assert held(maria) == after
    maria.undo()
    team.send("maria", "olena")
    merge_bundle(maria, bundle)
    team.all_send()
    assert held(maria) == held(olena)
    assert len(maria.reading.find(Conflict)) == 1


def test_an_undone_merge_takes_nothing_from_the_colleague(team: Team, maria: Workspace, olena: Workspace):
    mine = marked(olena, "Sources said", hand="olena")
    team.send("olena", "maria")
    maria.undo()
    assert not team.send("maria", "olena").removed
    assert olena.reading.get(Attribution, mine.id) is not None


def test_a_project_file_that_was_copied_goes_on_as_a_desk_of_its_own(team: Team, maria: Workspace):
    ivan = team.copied("ivan", of="maria")
    maria = team.desks["maria"]
    kind_at(maria, "institution")
    mine = marked(ivan, "Sources said", hand="ivan")
    team.all_send()
    assert held(ivan) == held(maria) == held(team.desks["olena"])
    assert maria.reading.get(Attribution, mine.id) is not None
    assert undecided(maria) == []


def test_a_bundle_of_one_annotator_brings_her_marks_alone(team: Team, maria: Workspace, olena: Workspace):
    ana = team.born("ana", of="maria")
    marked(olena, "Sources said", hand="olena")
    gone = marked(olena, "asked us", hand="olena")
    team.send("olena", "ana")
    kind_at(olena, "institution")
    olena.execute(RemoveAttributions((gone.id,)))
    team.send("olena", "ana", annotator="olena")
    hand = ana.reading.find(Annotator, name="olena")[0]
    sets = {one.id for one in ana.reading.find(Attribution) if one.id == gone.id}
    assert (hand.name, sets) == ("olena", set())
    assert shared_mark(ana).kind == "other", "Maria's mark was not in the bundle"
    team.all_send()
    assert held(ana) == held(olena) == held(maria)
    assert undecided(ana) == []


def test_edits_of_the_project_itself_travel(team: Team, maria: Workspace, olena: Workspace):
    maria.execute(EditArticle("ferry", {"outlet": "Harbour Gazette", "title": "The ferry stops"}))
    mark = shared_mark(maria)
    maria.execute(NameSource((mark.id,), "Ida Brandt"))
    other = marked(maria, "Sources said", hand="maria")
    maria.execute(NameSource((other.id,), "I. Brandt"))
    team.send("maria", "olena")
    ids = {one.name: one.id for one in olena.reading.find(Source)}
    olena.execute(MergeSources(ids["Ida Brandt"], (ids["I. Brandt"],)))
    team.send("olena", "maria")
    assert held(olena) == held(maria)
    assert len(maria.reading.find(Source)) == 1
    assert {one.name for one in olena.reading.find(Outlet)} >= {"Harbour Gazette"}

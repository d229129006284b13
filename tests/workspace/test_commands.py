"""Each deed does what its name says, can be undone and done again, and refuses with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.articles import Article, Zone
from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.comments import Comment
from annotator.core.errors import AnnotatorError, BrokenLaw, NotFound, NothingToUndo
from annotator.core.outlets import Outlet
from annotator.core.scheme import StoredScheme
from annotator.core.sources import Source
from annotator.core.spans import Span
from annotator.workspace.commands.articles import EditArticle, RemoveArticles, SetStatus, SetZones
from annotator.workspace.commands.attributions import (
    ChangeFields,
    MarkSpan,
    NameSource,
    NameVia,
    Nest,
    RemoveAttributions,
    RemoveFragment,
    SetRole,
)
from annotator.workspace.commands.base import Command
from annotator.workspace.commands.claims import NameClaims
from annotator.workspace.commands.comments import AddComment, RemoveComment, ResolveComment
from annotator.workspace.workspace import Workspace
from tests.building import FERRY, HAND, article_in, marked, opened, place_of, set_in, state_of

Build = Callable[[Workspace, Attribution], Command]

DEEDS: dict[str, Build] = {
    "mark": lambda _, __: MarkSpan("ferry", HAND, "other", place_of("Sources said")),
    "mark in a new hand": lambda _, __: MarkSpan("ferry", "olena", None, place_of("Sources"), "source"),
    "set the source": lambda _, mark: SetRole(mark.id, "source", place_of("Captain Ida Brandt")),
    "extend the content": lambda _, mark: SetRole(mark.id, "content", place_of("Sources said"), extend=True),
    "remove a fragment": lambda _, mark: RemoveFragment(mark.id, "cue", mark.cue[0]),
    "change fields": lambda _, mark: ChangeFields(
        (mark.id,), {"kind": "institution", "hedge": True, "note": "hm"}
    ),
    "name the source": lambda _, mark: NameSource((mark.id,), "Ida Brandt"),
    "name the outlet in between": lambda _, mark: NameVia((mark.id,), "Harbour Post"),
    "name claims": lambda _, mark: NameClaims(mark.id, ("nobody-asked", "ends-in-may")),
    "comment": lambda _, mark: AddComment(mark.id, "olena", "  Sure?  "),
    "nest": lambda desk, mark: Nest(mark.id, _other(desk, mark).id),
    "remove": lambda _, mark: RemoveAttributions((mark.id,)),
    "remove several": lambda desk, _: RemoveAttributions(
        tuple(one.id for one in desk.reading.find(Attribution))
    ),
    "set zones": lambda _, __: SetZones("ferry", (Zone("body", Span(22, 60)), Zone("headline", Span(0, 20)))),
    "edit article": lambda _, __: EditArticle("ferry", {"title": "Night ferry", "outlet": "Coast Daily"}),
    "forget the outlet": lambda _, __: EditArticle("ferry", {"outlet": " "}),
    "finish": lambda _, __: SetStatus("ferry", HAND, "finished"),
    "remove the article": lambda _, __: RemoveArticles(("ferry",)),
}


def _other(desk: Workspace, mark: Attribution) -> Attribution:
    return next(one for one in desk.reading.find(Attribution) if one.id != mark.id)


@pytest.fixture
def mark(desk: Workspace) -> Attribution:
    """A mark with a content and a cue, one beside it, and a comment on it."""
    marked(desk, "The night ferry will stop in May, two people familiar with the plan told")
    found = marked(desk, "Nobody asked us")
    desk.execute(SetRole(found.id, "cue", place_of("said")))
    desk.execute(AddComment(found.id, "olena", "Who is us?"))
    desk.execute(NameClaims(found.id, ("nobody-asked",)))
    again = desk.reading.get(Attribution, found.id)
    assert again is not None
    return again


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_can_be_undone_and_done_again_here_and_after_reopening(
    desk: Workspace, mark: Attribution, name: str
):
    before = state_of(desk)
    news = desk.execute(DEEDS[name](desk, mark))
    after = state_of(desk)
    assert after != before
    assert news
    assert news.label == desk.history()[0].label
    desk.undo()
    assert state_of(desk) == before
    desk.redo()
    assert state_of(desk) == after
    with opened(desk.place) as again:
        again.undo()
        assert state_of(again) == before
        again.redo()
        assert state_of(again) == after
        assert again.check() == []
    with pytest.raises(NothingToUndo):
        desk.redo()


REFUSED: dict[str, tuple[Build, str]] = {
    "a kind that the scheme lacks": (
        lambda _, __: MarkSpan("ferry", HAND, "rumour", (Span(0, 5),)),
        "label scheme",
    ),
    "a span outside": (lambda _, __: MarkSpan("ferry", HAND, "other", (Span(0, 9999),)), "outside the text"),
    "no span": (lambda _, __: MarkSpan("ferry", HAND, "other", ()), "at least one span"),
    "a role nobody knows": (lambda _, m: SetRole(m.id, "witness", (Span(0, 5),)), "'witness' is not in"),
    "an article that is gone": (lambda _, __: MarkSpan("gone", HAND, "other", (Span(0, 5),)), "no article"),
    "a mark that is gone": (lambda _, __: SetRole("gone", "cue", (Span(0, 5),)), "no attribution"),
    "a fragment that is gone": (lambda _, m: RemoveFragment(m.id, "cue", Span(0, 2)), "not there any more"),
    "the last fragment": (
        lambda desk, m: RemoveFragment(_other(desk, m).id, "content", _other(desk, m).content[0]),
        "at least one span",
    ),
    "a field that is none": (lambda _, m: ChangeFields((m.id,), {"mood": "calm"}), "no field mood"),
    "a field that has its own deed": (lambda _, m: ChangeFields((m.id,), {"parent": "x"}), "no field parent"),
    "a value that is none": (lambda _, m: ChangeFields((m.id,), {"polarity": "so"}), "'so' is no polarity"),
    "one of several that is gone": (
        lambda _, m: ChangeFields((m.id, "gone"), {"note": "x"}),
        "no attribution",
    ),
    "a source that is gone": (lambda _, m: ChangeFields((m.id,), {"source_id": "gone"}), "gave an error"),
    "inside itself": (lambda _, m: Nest(m.id, m.id), "circle"),
    "inside one that is gone": (lambda _, m: Nest(m.id, "gone"), "no attribution"),
    "removing twice": (lambda _, m: RemoveAttributions((m.id, "gone")), "no attribution"),
    "an empty comment": (lambda _, m: AddComment(m.id, HAND, " \n"), "needs some words"),
    "a comment that is gone": (lambda _, __: ResolveComment("gone"), "no comment"),
    "zones that overlap": (
        lambda _, __: SetZones("ferry", (Zone("body", Span(5, 60)), Zone("headline", Span(0, 20)))),
        "cannot overlap",
    ),
    "a zone outside": (lambda _, __: SetZones("ferry", (Zone("body", Span(5, 9999)),)), "outside the text"),
    "a state that is none": (lambda _, __: SetStatus("ferry", HAND, "tired"), "one of not_started"),
    "an article's text": (lambda _, __: EditArticle("ferry", {"text_sha256": "x"}), "no field text_sha256"),
    "removing an article twice": (lambda _, __: RemoveArticles(("ferry", "ferry")), "no article"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_deed_gives_its_reason_and_leaves_everything_as_it_was(
    desk: Workspace, mark: Attribution, name: str
):
    build, says = REFUSED[name]
    before, deeds = state_of(desk), desk.history()
    with pytest.raises(AnnotatorError, match=says):
        desk.execute(build(desk, mark))
    assert state_of(desk) == before
    assert desk.history() == deeds


CLOSED: dict[str, Build] = {
    name: DEEDS[name]
    for name in (
        "mark",
        "set the source",
        "remove a fragment",
        "change fields",
        "name the source",
        "name claims",
        "nest",
        "remove",
        "remove several",
    )
}


@pytest.mark.parametrize("name", CLOSED)
def test_a_finished_article_keeps_its_marks_until_it_is_reopened(
    desk: Workspace, mark: Attribution, name: str
):
    desk.execute(SetStatus("ferry", HAND, "finished"))
    before = state_of(desk)
    with pytest.raises(BrokenLaw, match="marked as finished"):
        desk.execute(CLOSED[name](desk, mark))
    assert state_of(desk) == before
    desk.execute(SetStatus("ferry", HAND, "reopened"))
    assert desk.execute(CLOSED[name](desk, mark))


def test_a_colleagues_set_stays_open_when_mine_is_finished_and_mine_can_still_be_discussed(
    desk: Workspace, mark: Attribution
):
    desk.execute(SetStatus("ferry", HAND, "finished"))
    marked(desk, "Sources said", hand="olena")
    desk.execute(AddComment(mark.id, "olena", "I disagree."))
    assert len(desk.comments(mark.id)) == 2


def test_work_on_an_article_has_begun_with_the_first_mark(desk: Workspace):
    assert desk.set_of("ferry", HAND) is None
    desk.execute(SetStatus("ferry", HAND, "not_started"))
    marked(desk, "Nobody asked us")
    assert set_in(desk).status == "in_progress"
    assert desk.set_of("ferry", "olena") is None


def test_two_marks_may_cover_exactly_the_same_words(desk: Workspace):
    first, second = marked(desk, "Nobody asked us"), marked(desk, "Nobody asked us")
    assert first.id != second.id
    assert len(desk.attributions(set_in(desk).id)) == 2


def test_the_window_may_choose_the_id_of_a_mark(desk: Workspace):
    desk.execute(MarkSpan("ferry", HAND, None, place_of("Sources"), "source", "chosen"))
    found = desk.reading.get(Attribution, "chosen")
    assert found is not None
    assert found.source == place_of("Sources")


def test_fragments_that_touch_or_overlap_become_one(desk: Workspace, mark: Attribution):
    desk.execute(SetRole(mark.id, "content", (Span(0, 5), Span(5, 9), Span(7, 20), Span(30, 40))))
    found = desk.reading.get(Attribution, mark.id)
    assert found is not None
    assert found.content == (Span(0, 20), Span(30, 40))


def test_words_marked_as_unattributed_have_content_alone(desk: Workspace):
    mark = marked(desk, "Nobody asked us", kind="unattributed")
    with pytest.raises(BrokenLaw, match="content alone"):
        desk.execute(SetRole(mark.id, "source", (Span(0, 5),)))


def test_a_source_that_is_marked_is_no_longer_implicit_and_a_via_that_is_named_no_longer_inherited(
    desk: Workspace, mark: Attribution
):
    desk.execute(ChangeFields((mark.id,), {"implicit_source": True, "inherited": ("via", "medium")}))
    desk.execute(SetRole(mark.id, "source", place_of("Captain Ida Brandt")))
    desk.execute(NameVia((mark.id,), "Harbour Post"))
    found = desk.reading.get(Attribution, mark.id)
    assert found is not None
    assert (found.implicit_source, found.inherited) == (False, ("medium",))


def test_a_name_is_made_once_and_found_again(desk: Workspace, mark: Attribution):
    for _ in range(2):
        desk.execute(NameSource((mark.id,), " Ida Brandt "))
        desk.execute(NameSource((mark.id,), ""))
        desk.execute(NameVia((mark.id,), "Harbour Post"))
        desk.execute(NameClaims(mark.id, ("nobody-asked", " ", "nobody-asked")))
    assert [one.name for one in desk.reading.find(Source)] == ["Ida Brandt"]
    assert [one.name for one in desk.reading.find(Outlet)] == ["Harbour Post"]
    assert [one.name for one in desk.reading.find(Claim)] == ["nobody-asked"]
    found = desk.reading.get(Attribution, mark.id)
    assert found is not None
    assert (found.source_id, len(found.claims)) == (None, 1)


def test_one_deed_on_many_marks_is_one_step(desk: Workspace):
    marks = [marked(desk, words) for words in ("Nobody asked us", "Sources said", "Ferry to stop")]
    before = state_of(desk)
    ids = tuple(one.id for one in marks)
    desk.execute(ChangeFields(ids, {"kind": "institution"}))
    desk.execute(NameSource(ids, "Ida Brandt"))
    desk.undo()
    desk.undo()
    assert state_of(desk) == before


def chain(desk: Workspace) -> list[Attribution]:
    marks = [marked(desk, words) for words in ("The night ferry", "The night", "The", "Sources said")]
    for inner, outer in ((1, 0), (2, 1)):
        desk.execute(Nest(marks[inner].id, marks[outer].id))
    desk.execute(ChangeFields((marks[3].id,), {"antecedent": marks[1].id, "inherited": ("via",)}))
    return marks


def parents(desk: Workspace) -> dict[str, str | None]:
    return {one.id: one.parent for one in desk.reading.find(Attribution)}


def test_what_stood_inside_a_removed_mark_moves_one_step_out_and_no_link_points_nowhere(desk: Workspace):
    outer, middle, inner, later = (one.id for one in chain(desk))
    desk.execute(RemoveAttributions((middle,)))
    assert parents(desk) == {outer: None, inner: outer, later: None}
    found = desk.reading.get(Attribution, later)
    assert found is not None
    assert found.antecedent is None
    desk.undo()
    assert parents(desk) == {outer: None, middle: outer, inner: middle, later: None}
    desk.execute(RemoveAttributions((outer, middle)))
    assert parents(desk) == {inner: None, later: None}
    assert desk.check() == []


def test_no_chain_runs_in_a_circle_or_from_one_annotator_to_another(desk: Workspace):
    outer, _, inner, _ = chain(desk)
    with pytest.raises(BrokenLaw, match="circle"):
        desk.execute(Nest(outer.id, inner.id))
    theirs = marked(desk, "Sources said", hand="olena")
    with pytest.raises(BrokenLaw, match="same annotator in the same article"):
        desk.execute(Nest(theirs.id, outer.id))
    desk.execute(Nest(inner.id, None))
    assert parents(desk)[inner.id] is None


def threads(desk: Workspace) -> dict[str, str | None]:
    texts = {one.id: one.text for one in desk.reading.find(Comment)}
    return {one.text: texts.get(one.reply_to or "") for one in desk.reading.find(Comment)}


def test_a_reply_outlives_the_comment_it_answers(desk: Workspace, mark: Attribution):
    first = desk.comments(mark.id)[0]
    store = desk.reading
    with store.unit("olena", "Reply") as unit:  # type: ignore[attr-defined]
        unit.add(replace(first, id="reply", text="We all.", reply_to=first.id))
        unit.add(replace(first, id="again", text="Who?", reply_to="reply", attribution_id=None))
    desk.execute(RemoveComment("reply"))
    assert threads(desk) == {"Who is us?": None, "Who?": "Who is us?"}
    desk.undo()
    before = state_of(desk)
    desk.execute(RemoveAttributions((mark.id,)))
    assert threads(desk) == {"Who?": None}
    desk.undo()
    assert state_of(desk) == before


def test_a_comment_is_settled_and_opened_again(desk: Workspace, mark: Attribution):
    comment = desk.comments(mark.id)[0]
    desk.execute(ResolveComment(comment.id))
    assert desk.comments(mark.id)[0].resolved
    desk.execute(ResolveComment(comment.id, resolved=False))
    assert not desk.comments(mark.id)[0].resolved
    assert not desk.execute(ResolveComment(comment.id, resolved=False))


@pytest.mark.usefixtures("mark")
def test_removing_an_article_takes_its_marks_and_undo_brings_all_of_it_back(desk: Workspace):
    article_in(desk, "A second article.", "second")
    with desk.reading.unit(HAND, "Correct") as unit:  # type: ignore[attr-defined]
        unit.put(replace(unit.need(Article, "second"), previous="ferry"))
    chain(desk)
    before = state_of(desk)
    desk.execute(RemoveArticles(("ferry",)))
    assert [one.id for one in desk.articles()] == ["second"]
    assert desk.reading.find(Attribution) == desk.reading.find(Comment) == []
    assert desk.articles()[0].previous is None
    assert desk.check() == []
    desk.undo()
    assert state_of(desk) == before
    assert desk.text(desk.articles(versions=True)[0]) == FERRY


def test_the_scheme_of_a_project_is_kept_in_it(tmp_path: Path):
    scheme = tmp_path / "mine.toml"
    scheme.write_text(
        'name = "mine"\n[[kinds]]\nid = "told"\nname = "Told"\n[[roles]]\nid = "content"\nname = "Content"\n'
        '[[roles]]\nid = "witness"\nname = "Witness"\n',
        encoding="utf-8",
    )
    from annotator.workspace.opening import new_project

    new_project(str(tmp_path / "p.annotator"), HAND, str(scheme)).close()
    scheme.unlink()
    with opened(tmp_path / "p.annotator") as workspace:
        assert workspace.scheme.name == "mine"
        assert [one.id for one in workspace.reading.find(StoredScheme)] == ["mine"]
        article_in(workspace)
        mark = marked(workspace, "Nobody asked us", kind="told")
        workspace.execute(SetRole(mark.id, "witness", place_of("Captain")))
        with pytest.raises(BrokenLaw, match="'other' is not in the label scheme mine"):
            marked(workspace, "Sources said", kind="other")
        while workspace.next_undo():
            workspace.undo()
        assert [one.id for one in workspace.reading.find(StoredScheme)] == ["mine"]


def test_what_is_asked_for_by_name_and_not_there_is_answered_with_what_is(desk: Workspace):
    assert desk.story("Ferry").name == "Ferry"
    with pytest.raises(NotFound, match="stories: Ferry"):
        desk.story("Bridge")

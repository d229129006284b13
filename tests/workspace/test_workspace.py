"""Undo, news and names of an open project."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest

from annotator.core.annotators import Annotator
from annotator.core.changes import ChangeSet
from annotator.core.claims import Claim
from annotator.core.errors import NothingToUndo
from annotator.core.outlets import Outlet
from annotator.core.sources import Source
from annotator.workspace.commands.articles import EditArticle
from annotator.workspace.commands.attributions import NameSource
from annotator.workspace.commands.claims import NameClaims
from annotator.workspace.sample import SAMPLE_NAME, sample_project
from annotator.workspace.workspace import Workspace
from tests.building import HAND, article_in, marked, opened, set_in, state_of


def title(workspace: Workspace) -> str:
    return workspace.articles()[0].title


def test_a_new_deed_ends_what_could_be_redone_even_after_it_is_undone_itself(desk: Workspace):
    desk.execute(EditArticle("ferry", {"title": "first"}))
    desk.undo()
    desk.execute(EditArticle("ferry", {"title": "second"}))
    desk.undo()
    desk.redo()
    assert title(desk) == "second"
    with pytest.raises(NothingToUndo, match="nothing to redo"):
        desk.redo()


def test_deeds_are_redone_in_the_order_in_which_they_were_done(desk: Workspace):
    for name in ("one", "two", "three"):
        desk.execute(EditArticle("ferry", {"title": name}))
    for _ in range(3):
        desk.undo()
    seen = []
    while desk.next_redo():
        desk.redo()
        seen.append(title(desk))
    assert seen == ["one", "two", "three"]


def test_a_new_project_has_nothing_to_undo(bare: Workspace):
    with pytest.raises(NothingToUndo, match="nothing to undo"):
        bare.undo()
    assert bare.next_undo() is bare.next_redo() is None


def test_the_undo_menu_can_name_the_deed(desk: Workspace):
    marked(desk, "Nobody asked us")
    deed = desk.next_undo()
    assert deed is not None
    assert (deed.label, deed.actor) == ("Mark attribution", HAND)
    desk.undo()
    again = desk.next_redo()
    assert again is not None
    assert again.label == "Mark attribution"
    newest = desk.history()[0]
    assert (newest.mode, newest.target) == ("undo", deed.seq)


def test_everyone_who_listens_hears_every_change_in_order_and_nothing_before_it_is_kept(desk: Workspace):
    heard: list[tuple[str, int]] = []
    marks_then: list[int] = []

    def listen(news: ChangeSet) -> None:
        heard.append((news.mode, news.seq))
        marks_then.append(len(desk.attributions(set_in(desk).id)) if desk.set_of("ferry", HAND) else 0)

    end = desk.subscribe(listen)
    marked(desk, "Nobody asked us")
    desk.undo()
    desk.redo()
    assert [mode for mode, _ in heard] == ["do", "undo", "redo"]
    assert [seq for _, seq in heard] == sorted(seq for _, seq in heard)
    assert marks_then == [1, 0, 1]
    end()
    marked(desk, "Sources said")
    assert len(heard) == 3


def test_a_listener_that_fails_silences_nobody_and_the_change_is_kept(
    desk: Workspace, caplog: pytest.LogCaptureFixture
):
    heard: list[str] = []
    desk.subscribe(lambda _: 1 // 0)
    desk.subscribe(lambda news: heard.append(news.label))
    with caplog.at_level(logging.ERROR):
        marked(desk, "Nobody asked us")
    assert heard == ["Mark attribution"]
    assert "a listener failed" in caplog.text
    assert len(desk.attributions(set_in(desk).id)) == 1


def test_a_deed_that_fails_or_changes_nothing_is_no_news(desk: Workspace):
    heard: list[ChangeSet] = []
    desk.subscribe(heard.append)
    assert not desk.execute(EditArticle("ferry", {"title": title(desk)}))
    assert heard == []


def test_names_are_known_as_soon_as_a_deed_makes_them_and_forgotten_when_it_is_undone(desk: Workspace):
    registry = desk.registry
    assert registry.every(Source) == []
    mark = marked(desk, "Nobody asked us")
    news = desk.execute(NameSource((mark.id,), "Ida"))
    source = next(change.thing for change in news.of(Source))
    assert registry.name(Source, source.id) == "Ida"
    assert registry.name(Source, None) == registry.name(Source, "gone") == ""
    desk.undo()
    assert registry.every(Source) == []
    desk.execute(NameClaims(mark.id, ("b", "A")))
    assert [claim.name for claim in registry.claims_of(desk.stories()[0].id)] == ["A", "b"]
    ids = [claim.id for claim in registry.every(Claim)]
    assert registry.names(Claim, ids) == ("A", "b")
    assert [one.name for one in registry.every(Outlet)] == ["Harbour Post"]
    assert [one.name for one in registry.every(Annotator)] == [HAND]


def test_deeds_from_several_threads_come_one_after_the_other_and_none_is_lost(desk: Workspace):
    heard: list[int] = []
    desk.subscribe(lambda news: heard.append(news.seq))
    threads = [
        threading.Thread(target=lambda: [marked(desk, "Nobody asked us") for _ in range(10)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(desk.attributions(set_in(desk).id)) == 40
    assert heard == sorted(heard)
    assert len(heard) == 40


def test_articles_come_in_the_order_of_their_stories_and_their_own(bare: Workspace):
    for name in ("b1", "a1", "b2", "a2"):
        article_in(bare, f"Text of {name}", name, story=name[0])
    assert [story.name for story in bare.stories()] == ["b", "a"]
    assert [article.id for article in bare.articles()] == ["b1", "b2", "a1", "a2"]
    assert [article.id for article in bare.articles(bare.story("a").id)] == ["a1", "a2"]


def test_the_sample_story_is_a_copy_that_is_made_once(home: Path):
    first = sample_project(HAND)
    assert first.name == SAMPLE_NAME
    assert len(first.articles()) >= 3
    assert {one.name for one in first.registry.every(Annotator)} >= {"gold"}
    marked(first, first.text(first.articles()[0])[:5], first.articles()[0].id, hand="ana")
    before = state_of(first)
    first.close()
    again = sample_project(HAND)
    assert state_of(again) == before
    assert Path(again.place).is_relative_to(home)
    again.close()


def test_a_project_goes_by_the_name_of_its_file(tmp_path: Path):
    with opened(tmp_path / "Night ferry.annotator") as workspace:
        assert workspace.name == "Night ferry"
        assert workspace.place == str(tmp_path / "Night ferry.annotator")

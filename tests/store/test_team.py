"""A team on one server: the same deeds, each with an undo of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from annotator.core.attributions import Attribution
from annotator.core.errors import NothingToUndo, ProjectError, StaleChange
from annotator.core.records import AttributionRecord
from annotator.workspace.commands.articles import RemoveArticles
from annotator.workspace.commands.attributions import ChangeFields, NameSource, RemoveAttributions, SetRole
from annotator.workspace.commands.claims import NameClaims
from annotator.workspace.commands.comments import AddComment
from annotator.workspace.opening import new_project, open_project
from annotator.workspace.workspace import Workspace
from tests.building import FERRY, NASTY, article_in, marked, place_of, record_with, state_of, take


@pytest.fixture
def maria(shared_place: str) -> Iterator[Workspace]:
    """The project in Maria's hand, with the ferry article."""
    with closing(new_project(shared_place, "maria")) as workspace:
        article_in(workspace)
        yield workspace


@pytest.fixture
def olena(maria: Workspace, shared_place: str) -> Iterator[Workspace]:
    """The same project at Olena's desk."""
    assert maria.place == shared_place
    with closing(open_project(shared_place, "olena")) as workspace:
        yield workspace


def test_every_deed_is_undone_and_done_again_on_a_server_as_in_a_file(maria: Workspace):
    states = [state_of(maria)]
    mark = marked(maria, "Nobody asked us", hand="maria")
    states.append(state_of(maria))
    for command in (
        SetRole(mark.id, "source", place_of("Captain Ida Brandt")),
        NameSource((mark.id,), "Ida Brandt"),
        NameClaims(mark.id, ("nobody-asked",)),
        AddComment(mark.id, "olena", "Sure? 🤔"),
        ChangeFields((mark.id,), {"confidence": 0.5, "hedge": True, "features": {"mood": ["calm", None]}}),
        RemoveAttributions((mark.id,)),
        RemoveArticles(("ferry",)),
    ):
        maria.execute(command)
        states.append(state_of(maria))
    for state in reversed(states[:-1]):
        maria.undo()
        assert state_of(maria) == state
    for state in states[1:]:
        maria.redo()
        assert state_of(maria) == state
    assert maria.check() == []


def test_each_annotator_undoes_her_own_deeds(maria: Workspace, olena: Workspace):
    mine = marked(maria, "Nobody asked us", hand="maria")
    theirs = marked(olena, "Sources said", hand="olena")
    maria.undo()
    assert [one.id for one in olena.reading.find(Attribution)] == [theirs.id]
    with pytest.raises(NothingToUndo):
        olena.redo()
    maria.redo()
    assert {one.id for one in olena.reading.find(Attribution)} == {mine.id, theirs.id}


def test_an_undo_that_would_trample_on_a_colleagues_change_is_refused(maria: Workspace, olena: Workspace):
    mark = marked(maria, "Nobody asked us", hand="maria")
    olena.execute(ChangeFields((mark.id,), {"kind": "institution"}))
    before = state_of(maria)
    with pytest.raises(StaleChange, match="has been changed since"):
        maria.undo()
    assert state_of(maria) == before
    olena.undo()
    maria.undo()
    assert maria.reading.find(Attribution) == []


def test_a_colleagues_deeds_reach_who_listens(maria: Workspace, olena: Workspace):
    heard: list[str] = []
    olena.subscribe(lambda news: heard.append(f"{news.actor}: {news.label}"))
    marked(maria, "Nobody asked us", hand="maria")
    assert olena.catch_up() == 1
    assert heard == ["maria: Mark attribution"]


@pytest.mark.parametrize("text", [*NASTY, "long " * 20_000])
def test_any_text_is_kept_to_the_code_point(maria: Workspace, text: str):
    take(maria, record_with(text, id="nasty"))
    found = next(one for one in maria.articles() if one.id == "nasty")
    assert maria.text(found) == text


def test_what_the_server_refuses_is_a_sentence_and_nothing_is_kept(maria: Workspace):
    before = state_of(maria)
    far = AttributionRecord(content=place_of("Ferry"), medium="radio\x00tower")
    with pytest.raises(ProjectError) as caught:
        take(maria, record_with(FERRY, far))
    assert "Nothing" in str(caught.value) or "not kept" in str(caught.value)
    assert state_of(maria) == before
    marked(maria, "Nobody asked us", hand="maria")


def test_a_second_project_is_not_made_over_the_first(maria: Workspace):
    with pytest.raises(ProjectError, match="holds an Annotator project already"):
        new_project(maria.place, "ana")


def test_a_server_that_does_not_answer_is_a_sentence(server: str):
    with pytest.raises(ProjectError) as caught:
        open_project(server.replace("host=", "host=/nowhere"), "ana")
    assert "\n" not in str(caught.value)


def test_a_database_without_a_project_is_refused(shared_place: str):
    with pytest.raises(ProjectError, match="is not an Annotator project"):
        open_project(shared_place, "ana")

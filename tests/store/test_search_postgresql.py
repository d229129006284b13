"""A project on a PostgreSQL server finds the same words as one in a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from annotator.core.records import Record
from annotator.workspace.commands.articles import RemoveArticles
from annotator.workspace.opening import new_project
from annotator.workspace.workspace import Workspace
from tests.building import FERRY, NASTY, opened, take

TEXTS = [
    FERRY,
    FERRY.upper(),
    *NASTY,
    "Nobody, nobody. The night-ferry’s crew",
    "Маяк у Пелі",
    "see post.example/a-b",
]
WORDS = [
    "ferry",
    "FER*",
    '"night ferry"',
    "captain crew",
    "nobody",
    "😊",
    "café",
    "cafe\u0301",
    "маяк",
    "МАЯК",
    "الوزير",
    "नमस्ते",
    "post example",
    '"a-b"',
    "👍🏽",
    "it's",
    "'",
]


@pytest.fixture(scope="module")
def team(server: str) -> Iterator[Workspace]:
    """A project on the server."""
    project = new_project(server, "maria")
    take(
        project, *(Record(id=f"a{at:02}", text=one, story="Ferry", where="t") for at, one in enumerate(TEXTS))
    )
    yield project
    project.close()


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The same articles in a file."""
    with opened(tmp_path_factory.mktemp("alone") / "p.annotator") as project:
        take(
            project,
            *(Record(id=f"a{at:02}", text=one, story="Ferry", where="t") for at, one in enumerate(TEXTS)),
        )
        yield project


@pytest.mark.parametrize("words", WORDS)
def test_the_server_finds_what_a_file_finds(team: Workspace, alone: Workspace, words: str):
    assert sorted(team.search(words)) == sorted(alone.search(words))
    story = team.stories()[0].id
    assert sorted(team.search(words, story)) == sorted(alone.search(words))


def test_the_servers_index_is_used_and_follows_import_and_undo(team: Workspace, server: str):
    take(team, Record(id="bird", text="A cormorant. " + "word " * 20_000, story="Ferry", where="t"))
    assert [hit.article_id for hit in team.search("cormorant")] == ["bird"]
    team.undo()
    assert team.search("cormorant") == []
    team.redo()
    team.execute(RemoveArticles(("bird",)))
    assert team.search("cormorant") == []
    engine = create_engine(server)
    with engine.connect() as connection:
        connection.execute(text("SET enable_seqscan = off"))
        asked = "EXPLAIN SELECT sha256 FROM texts WHERE annotator_words(text) @@ CAST('ferry' AS tsquery)"
        plan = "\n".join(connection.execute(text(asked)).scalars())
    engine.dispose()
    assert "ix_texts_words" in plan


def test_a_word_longer_than_the_server_can_index_does_no_harm(team: Workspace):
    take(team, Record(id="long", text="gull " + "ю" * 5000, story="Ferry", where="t"))
    assert [hit.article_id for hit in team.search("gull")] == ["long"]
    assert [hit.article_id for hit in team.search("ю" * 5000)] == ["long"]
    team.undo()

"""The index of words never hides a text that a plain reading would find, and follows every import and undo."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.articles import Article
from annotator.core.records import Record
from annotator.core.searching import Hit, Term, places, terms_of
from annotator.core.spans import Span
from annotator.store import search as full_text
from annotator.store.project import SqlStore
from annotator.workspace.commands.articles import RemoveArticles
from annotator.workspace.commands.base import Work
from annotator.workspace.workspace import Workspace
from tests.building import FERRY, NASTY, article_in, opened, take

STORIES = ("Ferry", "Lighthouse")


def texts_of(workspace: Workspace) -> list[tuple[Article, str]]:
    return [(article, workspace.text(article)) for article in workspace.articles()]


def scanned(workspace: Workspace, typed: str) -> set[Hit]:
    """What reading every text finds."""
    terms = terms_of(typed)
    return {
        Hit(article.id, span.start, span.end)
        for article, text in texts_of(workspace)
        for span in places(terms, text)
    }


def fill(workspace: Workspace, texts: list[str]) -> None:
    records = [
        Record(id=f"a{at}", text=text, story=STORIES[at % 2], where=f"text {at}")
        for at, text in enumerate(texts)
    ]
    take(workspace, *records)


@dataclass(frozen=True)
class Copy:
    """Give an article a twin."""

    article_id: str
    new_id: str
    label = "Copy article"

    def act(self, work: Work) -> None:
        work.unit.add(replace(work.unit.need(Article, self.article_id), id=self.new_id))


@pytest.fixture
def ferry(tmp_path: Path) -> Iterator[Workspace]:
    """A project with texts in many scripts."""
    with opened(tmp_path / "search.annotator") as workspace:
        fill(
            workspace, [FERRY, FERRY.upper(), *NASTY, "Nobody, nobody. The night-ferry’s crew", "Маяк у Пелі"]
        )
        yield workspace


@pytest.mark.parametrize(
    "typed",
    [
        "ferry",
        "FERRY",
        "fer*",
        '"night ferry"',
        "captain crew",
        '"sources said" 40',
        "nobody",
        "😊",
        "a*",
        "cafe\u0301",
        "café",
        "👍🏽",
        "маяк",
        "الوزير",
        "नमस्ते",
        "각",
        "“Nobody asked us,”",
        "lighthouse",
        "-",
        '"two words"',
        '40 "Ida Brandt" sources',
    ],
)
def test_search_finds_what_reading_every_text_finds(ferry: Workspace, typed: str):
    hits = ferry.search(typed)
    assert set(hits) == scanned(ferry, typed)
    assert len(hits) == len(set(hits))
    for hit in hits:
        assert hit.span.end <= len(
            ferry.text(next(one for one in ferry.articles() if one.id == hit.article_id))
        )


letters = st.text(
    st.one_of(
        st.sampled_from("aAbBéÉeE\u0301ßσΣςıIi мМйи\u0306قم\n.,-_$40“😊🤔₽\u2066\u2069👨\u200d🏽🇺🇦漢ა"),
        st.characters(codec="utf-8", exclude_characters="\x00"),
    ),
    min_size=1,
    max_size=12,
)


@pytest.fixture(scope="module")
def one_index() -> Iterator[sqlite3.Connection]:
    """An index of words such as a project has, in memory."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    from annotator.store import migrate

    engine = create_engine("sqlite://", poolclass=StaticPool)
    migrate.upgrade(engine)
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        yield raw
    engine.dispose()


@given(st.lists(letters, min_size=1, max_size=4), st.data())
def test_the_index_knows_every_text_in_which_a_word_stands(
    one_index: sqlite3.Connection, texts: list[str], data: st.DataObject
):
    words = [word for text in texts for word in text.split()]
    if not words:
        return
    word = data.draw(st.sampled_from([*words, *(word.swapcase() for word in words)]))
    term = Term(word, data.draw(st.booleans()))
    if not term.can_be_indexed:
        return
    one_index.execute("DELETE FROM texts")
    for at, text in enumerate(texts):
        one_index.execute("INSERT INTO texts VALUES (?, ?, ?)", (str(at), len(text), text))
    found = one_index.execute(
        "SELECT sha256 FROM text_index JOIN text_numbers ON number = text_index.rowid WHERE text_index MATCH ?",
        (full_text.fts_words([term]),),
    )
    assert {key for (key,) in found} >= {str(at) for at, text in enumerate(texts) if places([term], text)}


def test_every_letter_in_either_case_is_found_by_the_index(one_index: sqlite3.Connection):
    singles = [
        chr(code)
        for code in chain(range(0x21, 0xD800), range(0xE000, 0x30000))
        if Term(chr(code)).can_be_indexed and unicodedata.category(chr(code)) != "Cn"
    ]
    assert len(singles) > 10_000
    one_index.execute("DELETE FROM texts")
    wanted: dict[str, set[str]] = {}
    for one in singles:
        for other in {one, *(case for case in (one.upper(), one.lower()) if len(case) == 1)}:
            if places([Term(one)], other):
                wanted.setdefault(one, set()).add(other)
    written = sorted(set(chain.from_iterable(wanted.values())))
    one_index.executemany("INSERT INTO texts VALUES (?, 1, ?)", [(one, one) for one in written])
    missed = []
    for one in singles:
        if len(wanted[one]) == 1 and ord(one) > 0x2FFF:
            continue
        found = one_index.execute(
            "SELECT sha256 FROM text_index JOIN text_numbers ON number = text_index.rowid WHERE text_index MATCH ?",
            (full_text.fts_words([Term(one)]),),
        )
        if not {key for (key,) in found} >= wanted[one]:
            missed.append(one)
    assert missed == []


def test_a_story_a_limit_and_an_offset_narrow_the_hits(ferry: Workspace):
    everything = ferry.search("nobody")
    assert len(everything) == 4
    of_story = [ferry.search("nobody", story.id) for story in ferry.stories()]
    assert sorted(chain.from_iterable(of_story)) == sorted(everything)
    assert [ferry.search("nobody", None, 1, at) for at in range(5)] == [*([one] for one in everything), []]


def test_a_large_story_is_found_by_the_index_like_a_small_one(
    ferry: Workspace, monkeypatch: pytest.MonkeyPatch
):
    story = ferry.stories()[0]
    small = ferry.search("nobody", story.id)
    monkeypatch.setattr(full_text, "_SMALL_STORY", 0)
    assert sorted(ferry.search("nobody", story.id)) == sorted(small)


def test_many_batches_are_read_to_the_end(ferry: Workspace, monkeypatch: pytest.MonkeyPatch):
    take(ferry, *(Record(id=f"b{at}", text=f"gull {at}", story="Gulls", where="g") for at in range(25)))
    monkeypatch.setattr(full_text, "_FIRST", 2)
    monkeypatch.setattr(full_text, "_AT_ONCE", 4)
    assert len(ferry.search("gull")) == 25
    assert len(ferry.search("g*", ferry.story("Gulls").id)) == 25


def test_an_import_that_is_undone_and_done_again_goes_and_comes_in_the_search_too(ferry: Workspace):
    article_in(ferry, "A cormorant on the pier.", "bird")
    assert ferry.search("cormorant") == [Hit("bird", 2, 11)]
    ferry.undo()
    assert ferry.search("cormorant") == []
    ferry.redo()
    assert ferry.search("cormorant") == [Hit("bird", 2, 11)]
    ferry.execute(RemoveArticles(("bird",)))
    assert ferry.search("cormorant") == []
    ferry.undo()
    assert ferry.search("cormorant") == [Hit("bird", 2, 11)]


def test_two_articles_with_the_same_text_are_both_found(ferry: Workspace):
    article_in(ferry, "A cormorant.", "one")
    ferry.execute(Copy("one", "two"))
    assert {hit.article_id for hit in ferry.search("cormorant")} == {"one", "two"}


def test_no_words_find_nothing(ferry: Workspace):
    assert ferry.search("  ") == []
    assert ferry.search('"*"') == []


def test_the_index_is_true_when_another_program_writes_and_compacts_the_file(tmp_path: Path):
    place = tmp_path / "direct.annotator"
    with opened(place) as workspace:
        fill(workspace, ["one gull", "two terns", "three gulls"])
        workspace.execute(RemoveArticles(("a1",)))
    with closing(sqlite3.connect(place, isolation_level=None)) as file:
        file.execute("DELETE FROM texts WHERE text = 'two terns'")
        file.execute("UPDATE texts SET text = 'three kites' WHERE text = 'three gulls'")
        file.execute("VACUUM")
        file.execute("INSERT INTO text_index (text_index, rank) VALUES ('integrity-check', 1)")
    with opened(place) as workspace:
        assert [hit.article_id for hit in workspace.search("gull*")] == ["a0"]
        assert [hit.article_id for hit in workspace.search("kites")] == ["a2"]


def test_all_texts_can_be_read_through_in_the_order_of_stories_and_articles(ferry: Workspace):
    batches = list(ferry.texts_with())
    read = [pair for batch in batches for pair in batch.texts]
    assert read == [(article.id, text) for article, text in texts_of(ferry)]
    assert (batches[-1].done, batches[-1].total) == (len(read), len(read))


@pytest.mark.usefixtures("store")
def test_a_new_project_finds_nothing_and_says_so_at_once(store: SqlStore):
    assert store.search("ferry") == []
    assert list(store.texts_with()) == []


def test_a_hit_knows_its_place():
    assert Hit("a", 2, 5).span == Span(2, 5)

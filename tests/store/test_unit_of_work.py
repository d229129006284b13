"""One deed is one transaction: all of it and its line in the log, or nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import Annotator
from annotator.core.articles import Article, text_hash
from annotator.core.attributions import ROLES, Attribution, reading_order
from annotator.core.changes import NOUNS, Change
from annotator.core.claims import Claim
from annotator.core.comments import Comment
from annotator.core.errors import NotFound, ProjectError, StaleChange
from annotator.core.outlets import Outlet
from annotator.core.scheme import StoredScheme
from annotator.core.sources import Source
from annotator.core.spans import Span
from annotator.core.stories import Story
from annotator.store import project
from annotator.store.project import SqlStore
from tests.building import FERRY, NASTY, nouns

STORY = Story("story", "Ferry", position=1)


def furnish(store: SqlStore) -> None:
    """A story with an article, an annotator and her set."""
    with store.unit("maria", "Furnish") as unit:
        unit.add(STORY)
        sha256 = unit.keep_text(FERRY)
        unit.add(Article("ferry", "story", sha256, len(FERRY)))
        unit.add(Annotator("maria", "maria"))
        unit.add(AnnotationSet("set", "ferry", "maria"))


def test_what_was_put_is_there_when_the_deed_is_done_and_so_is_its_line_in_the_log(store: SqlStore):
    with store.unit("maria", "Add story") as unit:
        unit.put(STORY)
        assert store.find(Story) == []
        assert unit.find(Story) == [STORY]
    assert store.get(Story, "story") == STORY
    deed = store.history()[0]
    assert (deed.label, deed.actor, deed.mode, deed.undone) == ("Add story", "maria", "do", False)
    assert store.changes_of(deed.seq) == (Change(None, STORY),)
    assert unit.done().seq == deed.seq == store.last_seq()


def test_a_deed_that_fails_half_way_leaves_nothing_and_no_line(store: SqlStore):
    furnish(store)
    before = store.last_seq()

    def fail() -> None:
        with store.unit("maria", "Fail") as unit:
            unit.put(replace(STORY, name="Other"))
            unit.add(Claim("claim", "story", "ends-in-may"))
            unit.keep_text("another text")
            unit.remove(unit.need(AnnotationSet, "set"))
            assert unit.find(Claim)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.get(Story, "story") == STORY
    assert store.find(Claim) == []
    assert store.get(AnnotationSet, "set") is not None
    assert store.last_seq() == before


def test_a_deed_that_the_database_refuses_at_the_end_leaves_nothing_and_the_next_deed_works(store: SqlStore):
    furnish(store)
    before = store.last_seq()
    with pytest.raises(ProjectError), store.unit("maria", "Point nowhere") as unit:
        unit.add(Attribution("mark", "set", content=(Span(0, 5),), source_id="nobody"))
    assert (store.find(Attribution), store.last_seq()) == ([], before)
    with store.unit("maria", "Point somewhere") as unit:
        unit.add(Source("nobody", "Nobody"))
        unit.add(Attribution("mark", "set", content=(Span(0, 5),), source_id="nobody"))
    assert len(store.find(Attribution)) == 1


def test_the_log_line_stands_in_the_deeds_own_transaction(store: SqlStore):
    def name_two_alike() -> None:
        with store.unit("maria", "Twice the same name") as unit:
            unit.add(Story("one", "Ferry"))
            unit.add(Story("two", "Ferry"))

    with pytest.raises(ProjectError):
        name_two_alike()
    assert (store.history(), store.find(Story)) == ([], [])


def test_a_deed_that_changes_nothing_is_not_written_down(store: SqlStore):
    furnish(store)
    before = store.last_seq()
    with store.unit("maria", "Look") as unit:
        unit.put(replace(unit.need(Story, "story"), version=99))
    assert store.last_seq() == before
    assert not unit.done()


def test_each_new_state_of_a_thing_has_a_higher_version(store: SqlStore):
    furnish(store)
    for name in ("One", "Two", "Three"):
        with store.unit("maria", "Rename") as unit:
            unit.put(replace(unit.need(Story, "story"), name=name))
    found = store.get(Story, "story")
    assert found is not None
    assert (found.name, found.version) == ("Three", 4)


def test_what_is_not_there_is_named_in_a_sentence(store: SqlStore):
    with store.unit("maria", "Look") as unit, pytest.raises(NotFound, match="no story with the id 'gone'"):
        unit.need(Story, "gone")
    with pytest.raises(NotFound, match="is not in this project"):
        store.text("0" * 64)


@pytest.mark.parametrize("text", [*NASTY, "", "x\x00y", "long " * 20_000])
def test_a_text_is_kept_to_the_code_point_and_once(store: SqlStore, text: str):
    with store.unit("maria", "Keep") as unit:
        first = unit.keep_text(text)
        assert unit.keep_text(text) == first
    assert store.text(first) == text
    assert store.check() == []


def test_no_deed_can_change_or_take_away_a_text(store: SqlStore):
    furnish(store)
    with store.unit("maria", "Remove") as unit:
        unit.remove(unit.need(AnnotationSet, "set"))
        unit.remove(unit.need(Article, "ferry"))
    assert store.find(Article) == []
    assert len(store.text(store.changes_of(store.last_seq())[1].before.text_sha256)) == len(FERRY)  # type: ignore[union-attr]


def test_many_are_added_at_once_and_found_by_more_values_than_one_question_can_hold(store: SqlStore):
    furnish(store)
    marks = [
        Attribution(
            f"m{at:04}", "set", content=(Span(at % 50, at % 50 + 3), Span(60, 70)), cue=(Span(55, 58),)
        )
        for at in range(1300)
    ]
    with store.unit("maria", "Import") as unit:
        for mark in reversed(marks):
            unit.add(mark)
    assert len(unit.done().changes) == 1300
    ids = [mark.id for mark in marks]
    expected = sorted(marks, key=reading_order)
    assert store.find(Attribution, set_id="set") == expected
    assert store.find(Attribution, id=ids) == expected
    assert store.find(Attribution, id=tuple(ids[:3])) == sorted(marks[:3], key=reading_order)
    assert store.find(Attribution, id=[]) == []
    with store.unit("maria", "Look") as unit:
        assert unit.taken(Attribution, [*ids, "free"]) == set(ids)


def test_lists_keep_their_order_however_many_values_are_asked_for(store: SqlStore):
    with store.unit("maria", "Import") as unit:
        for at in range(1200):
            unit.add(Story(f"{(at * 7919) % 1200:05}", f"Story {at}", position=1200 - at))
    found = store.find(Story, id=[f"{at:05}" for at in range(1200)])
    assert found == store.find(Story)
    assert [one.position for one in found] == sorted(one.position for one in found)


POINTERS = {
    "story_id",
    "outlet_id",
    "previous",
    "set_id",
    "article_id",
    "annotator_id",
    "source_id",
    "via_id",
    "parent",
}
POINTERS |= {
    "claims",
    "author",
    "attribution_id",
    "claim_id",
    "reply_to",
    "outlet_told",
    "text_sha256",
    "status",
}
POINTERS |= {"type", "polarity", "length", "id", "name"}


HELD = {
    "scheme": StoredScheme("scheme"),
    "annotator": Annotator("a", "ana"),
    "story": Story("s", "Bridge"),
    "outlet": Outlet("o", "Post"),
    "source": Source("src", "Ida"),
    "claim": Claim("c", "story", "ends"),
    "article": Article("art", "story", text_hash(FERRY), len(FERRY)),
    "set": AnnotationSet("set2", "art", "a"),
    "attribution": Attribution("mark", "set2", source_id="src", via_id="o", claims=("c",)),
    "comment": Comment("com", "set2", "why", "a", attribution_id="mark"),
}
POINTERS = {
    *("id", "name", "story_id", "outlet_id", "previous", "set_id", "article_id", "annotator_id", "source_id"),
    *("via_id", "parent", "claims", "author", "attribution_id", "claim_id", "reply_to", "outlet_told"),
    *("text_sha256", "status", "type", "polarity"),
}
"""Fields that the database holds to a law."""


@pytest.mark.parametrize("name", sorted(HELD))
@settings(max_examples=12, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(data=st.data())
def test_every_field_of_every_noun_comes_back_as_it_went(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
):
    base = HELD[name]
    kept = {field.name: getattr(base, field.name) for field in fields(base) if field.name in POINTERS}
    drawn = replace(data.draw(nouns(NOUNS[name])), **kept)
    if isinstance(drawn, Attribution):
        # The five roles of every scheme have fields of their own.
        more = {role: parts for role, parts in drawn.more_roles.items() if role not in ROLES}
        drawn = replace(drawn, more_roles=more)
    store = project.create(str(tmp_path_factory.mktemp("p") / "x.annotator"))
    furnish(store)
    with store.unit("maria", "Everything") as unit:
        for other, thing in HELD.items():
            unit.add(drawn if other == name else thing)
    assert store.get(type(base), base.id) == drawn
    assert Change(None, drawn) in store.changes_of(store.last_seq())
    store.close()


def test_replaying_refuses_when_what_stands_is_not_what_was(store: SqlStore):
    furnish(store)
    seq = store.last_seq()
    with pytest.raises(StaleChange, match="is there again already"), store.unit("maria", "Again") as unit:
        unit.replay(store.changes_of(seq))
    with pytest.raises(StaleChange, match="has been removed since"), store.unit("maria", "Back") as unit:
        unit.replay([Change(Story("gone", "Gone"), None)])
    with pytest.raises(StaleChange, match="has been changed since"), store.unit("maria", "Back") as unit:
        unit.replay([Change(replace(STORY, name="Other"), None)])
    assert store.last_seq() == seq


def test_a_name_can_pass_from_one_thing_to_another_in_a_replay(store: SqlStore):
    first, second = Source("one", "Ida"), Source("two", "Ida Brandt")
    with store.unit("maria", "Add") as unit:
        unit.add(first)
        unit.add(second)
    with store.unit("maria", "Merge") as unit:
        unit.replay([Change(first, None), Change(second, replace(second, name="Ida"))])
    assert [one.name for one in store.find(Source)] == ["Ida"]


def test_the_history_of_an_article_has_its_own_deeds_alone_and_still_when_it_is_gone(store: SqlStore):
    furnish(store)
    with store.unit("maria", "Mark") as unit:
        unit.add(Attribution("mark", "set", content=(Span(0, 5),)))
    with store.unit("maria", "Add outlet") as unit:
        unit.add(Outlet("o", "Post"))
    with store.unit("maria", "Remove") as unit:
        for cls, one in ((Attribution, "mark"), (AnnotationSet, "set"), (Article, "ferry")):
            unit.remove(unit.need(cls, one))
    assert [deed.label for deed in store.history("ferry")] == ["Remove", "Mark", "Furnish"]
    assert [deed.label for deed in store.history(limit=2)] == ["Remove", "Add outlet"]
    assert [news.label for news in store.deeds_after(1)] == ["Mark", "Add outlet", "Remove"]
    assert store.changes_of(99) == ()


def test_counts_leave_rejected_suggestions_out(store: SqlStore):
    furnish(store)
    with store.unit("maria", "Mark") as unit:
        for at, state in enumerate(("kept", "open", "rejected")):
            unit.add(Attribution(f"m{at}", "set", content=(Span(0, 5),), state=state))
    assert [(one.article_id, one.annotator_id, one.attributions) for one in store.counts()] == [
        ("ferry", "maria", 2)
    ]
    assert store.counts("no such story") == []


def test_two_annotators_on_a_file_share_one_line_of_undo(store: SqlStore):
    with store.unit("maria", "First") as unit:
        unit.add(STORY)
    with store.unit("olena", "Second") as unit:
        unit.add(Outlet("o", "Post"))
    assert store.next_undo("maria") == store.next_undo("olena") == store.history()[0]


def test_a_deed_that_undo_should_pass_over_is_in_the_log_all_the_same(store: SqlStore):
    with store.unit("maria", "Set label scheme", undoable=False) as unit:
        unit.add(STORY)
    assert store.next_undo("maria") is None
    assert [deed.label for deed in store.history()] == ["Set label scheme"]


def test_what_a_deed_has_not_written_yet_can_be_read_in_it(store: SqlStore):
    with store.unit("maria", "Keep") as unit:
        sha256 = unit.keep_text(FERRY)
        assert unit.text(sha256) == FERRY
        unit.add(STORY)
        unit.put(replace(STORY, name="Other"))
        assert unit.need(Story, "story").name == "Other"
        assert unit.taken(Story, ["story", "free"]) == {"story"}
    assert store.text(sha256) == FERRY


def test_a_very_long_deed_is_read_back_as_it_was_done_undone_and_done_again(store: SqlStore):
    furnish(store)
    with store.unit("maria", "Import") as unit:
        for at in range(6_500):
            unit.add(Attribution(f"m{at}", "set", cue=(Span(at, at + 3),), content=(Span(0, 5), Span(7, 9))))
        unit.put(replace(unit.need(AnnotationSet, "set"), status="in_progress"))
        unit.put(replace(unit.need(Attribution, "m7"), note="Changed in the same deed."))
    done = unit.done()
    assert store.changes_of(done.seq) == done.changes
    marks = store.find(Attribution)
    with store.unit("maria", "Import", "undo", done.seq) as unit:
        unit.replay(done.inverse.changes)
    assert store.find(Attribution) == []
    with store.unit("maria", "Import", "redo", done.seq) as unit:
        unit.replay(done.changes)
    assert [replace(one, version=1) for one in store.find(Attribution)] == [
        replace(one, version=1) for one in marks
    ]
    found = store.get(AnnotationSet, "set")
    assert found is not None
    assert found.status == "in_progress"


def test_articles_that_others_correct_are_told_apart_and_left_out_of_a_search_that_asks_so(store: SqlStore):
    furnish(store)
    with store.unit("maria", "Correct") as unit:
        sha256 = unit.keep_text(FERRY + " Corrected.")
        unit.add(Article("later", "story", sha256, len(FERRY) + 11, previous="ferry"))
    assert store.superseded() == {"ferry"}
    for story in (None, "story"):
        assert {hit.article_id for hit in store.search("ferry", story)} == {"ferry", "later"}
        assert {hit.article_id for hit in store.search("ferry", story, without={"ferry"})} == {"later"}


def test_taking_one_mark_away_reads_no_others(place: Path, store: SqlStore):
    furnish(store)
    with closing(sqlite3.connect(place)) as file:
        for table, column in (
            ("attributions", "parent"),
            ("comments", "attribution_id"),
            ("comments", "reply_to"),
            ("articles", "previous"),
        ):
            plan = file.execute(f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {column} = 'm1'").fetchall()
            assert f"ix_{table}_{column}" in str(plan)

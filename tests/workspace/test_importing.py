"""What comes in joins what is there: by its text, once, with its ids, and nothing is lost in silence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.annotators import Annotator
from annotator.core.articles import Zone, text_hash
from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.comments import Comment
from annotator.core.errors import BadInput, Cancelled
from annotator.core.records import AttributionRecord, CommentRecord
from annotator.core.sources import Source
from annotator.core.spans import Span
from annotator.workspace.commands.articles import SetStatus
from annotator.workspace.commands.attributions import ChangeFields
from annotator.workspace.commands.importing import ImportRecords, Tally
from annotator.workspace.importing import ImportWish, import_files
from annotator.workspace.workspace import Workspace
from tests.building import (
    FERRY,
    HAND,
    article_in,
    marked,
    place_of,
    record_with,
    set_in,
    state_of,
    take,
    what,
)

ASKED = AttributionRecord(id="m1", kind="other", content=place_of("Nobody asked us"))
SAID = AttributionRecord(id="m2", kind="institution", content=place_of("Sources said"))
COMMENT = CommentRecord("Who is us?", "olena", id="c1", created="2026-01-01T00:00:00.000000Z")


def marks(workspace: Workspace) -> dict[str, Attribution]:
    return {one.id: one for one in workspace.reading.find(Attribution)}


def test_a_text_that_is_here_is_joined_and_never_copied(desk: Workspace):
    tally = take(desk, record_with(FERRY, ASKED), record_with(FERRY, SAID, annotator="olena", id="other"))
    assert (tally.articles, tally.joined, tally.sets, tally.attributions) == (0, 2, 2, 2)
    assert [one.id for one in desk.articles()] == ["ferry"]
    assert set(marks(desk)) == {"m1", "m2"}


@pytest.mark.parametrize(
    "raw",
    [
        FERRY.replace("\n", "\r\n"),
        "\ufeff" + FERRY,
        "\ufeff" + FERRY.replace("\n", "\r\n"),
        FERRY.replace("\n", "\r"),
    ],
)
def test_marks_on_the_same_text_with_other_line_ends_find_their_words(desk: Workspace, raw: str):
    given = AttributionRecord(
        id="m1",
        source=place_of("Captain Ida Brandt", raw),
        cue=place_of("said", raw),
        content=place_of("Nobody asked us", raw),
        via_span=place_of("Harbour Post", raw),
        recipient=place_of("port authority", raw),
    )
    zone = Zone("headline", place_of("Ferry to stop in May", raw)[0])
    take(desk, record_with(raw, given, zones=(zone,)))
    found = marks(desk)["m1"]
    assert [part.text(FERRY) for _, parts in found.all_spans() for part in parts] == [
        "Captain Ida Brandt",
        "said",
        "Nobody asked us",
        "Harbour Post",
        "port authority",
    ]
    assert desk.articles()[0].zones == (Zone("headline", Span(0, 20)),)


def test_a_text_that_came_with_offsets_is_kept_exactly_as_it_came(bare: Workspace):
    raw = "\ufeffone\r\ntwo"
    take(bare, record_with(raw, AttributionRecord(content=(Span(6, 9),))))
    assert bare.text(bare.articles()[0]) == raw


def test_ids_are_kept_where_they_are_free_and_replaced_with_a_word_where_they_are_not(desk: Workspace):
    take(desk, record_with(FERRY, ASKED))
    tally = take(desk, record_with("A second text.", replace(ASKED, content=(Span(0, 8),)), id="ferry"))
    assert what(tally.losses) == {
        "article id already in use here; a new one was given": 1,
        "attribution id already in use here; a new one was given (the old one is kept under extra)": 1,
    }
    second = next(one for one in marks(desk).values() if one.id != "m1")
    assert second.extra == {"incoming_id": "m1"}
    assert len(desk.articles()) == 2


@pytest.mark.parametrize("bad", ["x" * 65, "two\nlines", "\x00"])
def test_an_id_that_cannot_be_kept_is_replaced_with_a_word(desk: Workspace, bad: str):
    tally = take(desk, record_with(FERRY, replace(ASKED, id=bad)))
    assert len(tally.losses.losses) == 1
    assert next(iter(marks(desk).values())).extra == {"incoming_id": bad}


def test_the_longest_id_is_kept(desk: Workspace):
    tally = take(desk, record_with(FERRY, replace(ASKED, id="é" * 64)))
    assert (set(marks(desk)), what(tally.losses)) == ({"é" * 64}, {})


def test_the_same_file_twice_changes_nothing(desk: Workspace):
    full = record_with(
        FERRY,
        replace(ASKED, comments=(COMMENT, CommentRecord("No id", "ana"))),
        replace(SAID, parent="m1", source_name="Ida", claims=("ends",)),
        AttributionRecord(content=place_of("Ferry to stop")),
        AttributionRecord(content=place_of("Ferry to stop")),
        comments=(CommentRecord("On the whole", "olena"),),
    )
    first = take(desk, full)
    before = state_of(desk)
    again = take(desk, full)
    assert (first.attributions, again.attributions, again.already_here) == (4, 0, 4)
    assert what(again.losses) == {}
    assert state_of(desk) == before
    assert len(desk.reading.find(Comment)) == 3


def test_a_file_whose_ids_had_to_be_replaced_is_recognised_the_next_time(desk: Workspace):
    take(desk, record_with("Other text here.", replace(ASKED, content=(Span(0, 5),))))
    take(desk, record_with(FERRY, ASKED, SAID))
    before = state_of(desk)
    assert take(desk, record_with(FERRY, ASKED, SAID)).attributions == 0
    assert state_of(desk) == before


def test_a_mark_that_stands_here_in_another_form_is_kept_as_it_is_here_and_said_so(desk: Workspace):
    take(desk, record_with(FERRY, ASKED))
    desk.execute(ChangeFields(("m1",), {"note": "mine"}))
    tally = take(desk, record_with(FERRY, ASKED))
    assert what(tally.losses) == {"attribution stands here in another form; the project's was kept": 1}
    assert marks(desk)["m1"].note == "mine"


def test_new_marks_join_those_that_are_here(desk: Workspace):
    mine = marked(desk, "Ferry to stop")
    take(desk, record_with(FERRY, ASKED))
    assert set(marks(desk)) == {mine.id, "m1"}


def test_comments_on_marks_that_are_here_come_in_and_threads_stay_together(desk: Workspace):
    take(desk, record_with(FERRY, ASKED))
    reply = CommentRecord("The crew.", "maria", id="c2", reply_to="c1", mentions=("olena",))
    tally = take(desk, record_with(FERRY, replace(ASKED, comments=(reply, COMMENT))))
    found = {one.id: one for one in desk.reading.find(Comment)}
    assert found["c2"].reply_to == "c1"
    assert found["c1"].attribution_id == "m1"
    assert what(tally.losses) == {}


def test_a_comment_whose_id_is_taken_or_whose_thread_is_elsewhere_comes_in_with_a_word(desk: Workspace):
    take(desk, record_with(FERRY, replace(ASKED, comments=(COMMENT,))))
    other = CommentRecord("Another", "ana", id="c1")
    stray = CommentRecord("Stray", "ana", id="c9", reply_to="c1000")
    tally = take(desk, record_with(FERRY, replace(SAID, comments=(other, stray))))
    assert what(tally.losses) == {
        "comment id already in use here; a new one was given": 1,
        "comment that replies to one not in the same line": 1,
    }
    assert sorted(one.text for one in desk.reading.find(Comment)) == ["Another", "Stray", "Who is us?"]


def test_a_comments_place_stays_inside_the_text(desk: Workspace):
    with pytest.raises(BadInput, match="The place of a comment 0 to 9999 lies outside"):
        take(desk, record_with(FERRY, ASKED, comments=(replace(COMMENT, place=(Span(0, 9999),)),)))
    assert marks(desk) == {}


def test_a_finished_set_takes_no_new_marks_but_the_same_file_again_is_no_offence(desk: Workspace):
    take(desk, record_with(FERRY, ASKED, status="finished"))
    assert set_in(desk).status == "finished"
    take(desk, record_with(FERRY, ASKED))
    before = state_of(desk)
    with pytest.raises(BadInput, match="marked as finished"):
        take(desk, record_with(FERRY, ASKED, SAID))
    assert state_of(desk) == before
    desk.execute(SetStatus("ferry", HAND, "reopened"))
    assert take(desk, record_with(FERRY, ASKED, SAID)).attributions == 1


def test_an_untouched_set_that_gets_marks_is_in_progress(desk: Workspace):
    desk.execute(SetStatus("ferry", HAND, "not_started"))
    take(desk, record_with(FERRY, ASKED))
    assert set_in(desk).status == "in_progress"


@pytest.mark.parametrize(
    ("status", "kept"), [("finished", "finished"), ("", "in_progress"), ("tired", "in_progress")]
)
def test_the_state_of_a_set_is_taken_over_where_it_is_one(desk: Workspace, status: str, kept: str):
    tally = take(desk, record_with(FERRY, ASKED, status=status))
    assert set_in(desk).status == kept
    assert what(tally.losses) == ({"unknown status 'tired'": 1} if status == "tired" else {})


def test_the_annotator_the_story_and_the_outlet_that_were_asked_for_hold_for_every_line(bare: Workspace):
    take(
        bare,
        record_with(FERRY, ASKED),
        record_with("Two.", annotator="olena"),
        story="Boats",
        outlet="P",
        annotator="ana",
    )
    assert [story.name for story in bare.stories()] == ["Boats"]
    assert {bare.outlet_name(one) for one in bare.articles()} == {"P"}
    assert {one.name for one in bare.registry.every(Annotator)} == {"ana"}


def test_what_is_not_known_of_an_article_is_filled_in_and_what_is_known_never_changed(bare: Workspace):
    article_in(bare, title="Night ferry", extra={"desk": "north", "wire": "no"})
    more = {
        "title": "Other",
        "author": "A. Reporter",
        "url": "https://post.example/1",
        "published": "2026-01-01",
    }
    take(
        bare,
        record_with(
            FERRY, ASKED, outlet="Harbour Post", language="en", extra={"wire": "yes", "page": 3}, **more
        ),
    )
    found = bare.articles()[0]
    assert (found.title, found.author, found.url, found.published, found.language) == (
        "Night ferry",
        "A. Reporter",
        "https://post.example/1",
        "2026-01-01",
        "en",
    )
    assert bare.outlet_name(found) == "Harbour Post"
    assert found.extra == {"desk": "north", "wire": "no", "page": 3}


def test_parents_and_antecedents_inside_a_line_are_kept_and_others_are_said_to_be_lost(desk: Workspace):
    inner = replace(SAID, parent="m1", antecedent="m1")
    stray = AttributionRecord(id="m3", content=place_of("Ferry"), parent="far", antecedent="away")
    tally = take(desk, record_with(FERRY, inner, ASKED, stray))
    found = marks(desk)
    assert (found["m2"].parent, found["m2"].antecedent) == ("m1", "m1")
    assert (found["m3"].parent, found["m3"].antecedent) == (None, None)
    assert what(tally.losses) == {
        "parent that is not in the same line": 1,
        "antecedent that is not in the same line": 1,
    }


def test_links_inside_a_line_follow_ids_that_had_to_be_replaced(desk: Workspace):
    take(desk, record_with("Other text here.", replace(ASKED, content=(Span(0, 5),))))
    take(desk, record_with(FERRY, ASKED, replace(SAID, parent="m1")))
    found = marks(desk)
    parent = found["m2"].parent
    assert parent is not None
    assert found[parent].extra == {"incoming_id": "m1"}


def test_a_chain_that_runs_in_a_circle_is_refused_and_nothing_comes_in(desk: Workspace):
    before = state_of(desk)
    with pytest.raises(BadInput, match=r"file, line 1, attribution m\d: .*circle"):
        take(desk, record_with(FERRY, replace(ASKED, parent="m2"), replace(SAID, parent="m1")))
    assert state_of(desk) == before


def test_a_mark_that_breaks_a_law_refuses_everything_and_names_its_line(desk: Workspace):
    before = state_of(desk)
    with pytest.raises(BadInput, match="file, line 1, attribution m2: The kind 'rumour' is not"):
        take(desk, record_with(FERRY, ASKED, replace(SAID, kind="rumour")))
    with pytest.raises(BadInput, match="cuts through a character"):
        take(desk, record_with("a👍🏽b", AttributionRecord(content=(Span(0, 2),)), id="thumb"))
    with pytest.raises(BadInput, match=r"The zone 0 to 99 lies outside"):
        take(desk, record_with("short", id="zone", zones=(Zone("body", Span(0, 99)),)))
    with pytest.raises(BadInput, match=r"The zone 0 to 9999 lies outside"):
        take(desk, record_with(FERRY, zones=(Zone("body", Span(0, 9999)),)))
    assert state_of(desk) == before


def test_marks_without_the_text_find_their_article_by_hash_or_id(desk: Workspace):
    by_hash = replace(record_with("", ASKED, text_sha256=text_hash(FERRY)), text=None)
    by_id = replace(record_with("", SAID, id="ferry"), text=None)
    take(desk, by_hash, by_id)
    assert set(marks(desk)) == {"m1", "m2"}


def test_marks_without_a_text_that_is_here_are_refused(desk: Workspace):
    nowhere = replace(record_with("", ASKED, text_sha256=text_hash("gone")), text=None)
    with pytest.raises(BadInput, match="import the article first"):
        take(desk, nowhere)
    with pytest.raises(BadInput, match="has another text here"):
        take(desk, replace(nowhere, id="ferry"))
    outside = replace(record_with("", AttributionRecord(content=(Span(0, 9999),)), id="ferry"), text=None)
    with pytest.raises(BadInput, match="outside the text"):
        take(desk, outside)
    assert marks(desk) == {}


def test_sources_outlets_and_claims_are_made_once_by_name(desk: Workspace):
    named = {"source_name": "Ida Brandt", "via": "Harbour Post", "claims": ("ends", "ends", "asked")}
    take(
        desk,
        record_with(FERRY, replace(ASKED, source_id="s1", **named), replace(SAID, source_id="s1", **named)),
    )
    assert [(one.id, one.name, one.type) for one in desk.reading.find(Source)] == [("s1", "Ida Brandt", "")]
    assert sorted(one.name for one in desk.reading.find(Claim)) == ["asked", "ends"]
    assert len(marks(desk)["m1"].claims) == 2


def test_the_kind_of_a_mark_says_what_its_new_source_is(desk: Workspace):
    take(desk, record_with(FERRY, replace(ASKED, kind="anonymous_source", source_name="two people")))
    found = desk.reading.find(Source)[0]
    assert (found.type, found.anonymous) == ("person", True)


def test_a_source_id_that_cannot_be_kept_is_said_to_be_lost(desk: Workspace):
    take(desk, record_with(FERRY, replace(ASKED, source_id="s1", source_name="Ida")))
    linked = AttributionRecord(id="m3", content=place_of("Ferry"), source_id="s1")
    tally = take(desk, record_with(FERRY, replace(SAID, source_id="s1", source_name="Olga"), linked))
    assert list(what(tally.losses).values()) == [1]
    assert "source id not kept" in next(iter(what(tally.losses)))
    assert marks(desk)["m3"].source_id == "s1"


def test_an_import_that_is_stopped_keeps_nothing(desk: Workspace):
    before = state_of(desk)
    records = tuple(record_with(f"Text {at}.", id=f"t{at}") for at in range(5))
    with pytest.raises(Cancelled):
        desk.execute(ImportRecords.of(records, Tally(), progress=lambda done, total: done < total - 2))
    assert state_of(desk) == before


def test_an_import_is_one_step_of_undo(desk: Workspace):
    before = state_of(desk)
    take(
        desk,
        *(
            record_with(f"Text {at}.", AttributionRecord(content=(Span(0, 4),)), id=f"t{at}")
            for at in range(30)
        ),
    )
    after = state_of(desk)
    desk.undo()
    assert state_of(desk) == before
    desk.redo()
    assert state_of(desk) == after


def test_a_set_named_gold_is_the_gold(desk: Workspace):
    take(desk, record_with(FERRY, ASKED, annotator="Gold"), record_with(FERRY, annotator="ana"))
    assert {one.name: one.role for one in desk.registry.every(Annotator)} == {"Gold": "gold", "ana": "person"}


def test_one_bad_file_is_named_and_does_not_stop_the_others(bare: Workspace, tmp_path: Path):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("The ferry stops.", encoding="utf-8")
    bad.write_bytes(b"")
    result = import_files(bare, [bad, good, tmp_path / "gone.txt"], ImportWish(story="Boats"))
    assert result.tally.articles == 1
    assert sorted(Path(path).name for path, _ in result.errors) == ["bad.txt", "gone.txt"]
    with pytest.raises(BadInput, match=r"bad\.txt is empty"):
        import_files(bare, [bad])
    with pytest.raises(BadInput, match="nothing to import"):
        import_files(bare, [])


def test_articles_without_a_story_are_put_under_the_name_of_their_folder(bare: Workspace, tmp_path: Path):
    folder = tmp_path / "Night ferry"
    folder.mkdir()
    (folder / "one.txt").write_text("One.", encoding="utf-8")
    import_files(bare, [folder / "one.txt"])
    assert [story.name for story in bare.stories()] == ["Night ferry"]

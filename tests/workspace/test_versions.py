"""A corrected article comes in as a new version: its marks go with their words, and what has no place is listed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.articles import Article, Zone, text_hash
from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.comments import Comment
from annotator.core.errors import BadInput
from annotator.core.records import AttributionRecord, CommentRecord, Record
from annotator.core.spans import Span
from annotator.workspace.commands.articles import SetStatus
from annotator.workspace.importing import ImportWish, import_files
from annotator.workspace.workspace import Workspace
from tests.building import FERRY, HAND, place_of, record_with, set_in, state_of, take, what

LATER = FERRY.replace("The night ferry", "On Friday the harbour said so: the night ferry").replace(
    "“Nobody asked us,”", '"Nobody has asked us,"'
)
SHORTER = FERRY.replace("“Nobody asked us,” said Captain Ida Brandt.\n\n", "")
OTHER = "A wholly different article, with nothing in it that was ever printed by anybody else before."
QUOTED = AttributionRecord(
    id="m1",
    kind="named_official",
    content=place_of("“Nobody asked us,”"),
    cue=place_of("said"),
    source=place_of("Captain Ida Brandt"),
    claims=("asked",),
    source_name="Ida Brandt",
    comments=(
        CommentRecord("Who is us?", "olena", id="c1"),
        CommentRecord("The crew.", "maria", id="c2", reply_to="c1"),
    ),
)
CREW = AttributionRecord(
    id="m2",
    content=place_of("the crew of 40 would stay on"),
    cue=(Span(FERRY.index("said the crew"), FERRY.index(" the crew")),),
    source=place_of("Sources"),
    parent="m1",
)


def bring(workspace: Workspace, text: str = FERRY, **more: object) -> None:
    """The ferry article with two marks, as one file has it."""
    take(workspace, record_with(text, QUOTED, CREW, id="ferry", **more))


def article(text: str, **more: object) -> Record:
    """An article alone, as a reader hands it on."""
    values = {"id": "ferry", "story": "Ferry", "where": "file, line 1"}
    return Record(**{**values, **more}, text=text)  # type: ignore[arg-type]


def marks_on(workspace: Workspace, article_id: str, hand: str = HAND) -> dict[str, Attribution]:
    """An annotator's marks on an article, by the words of their content."""
    own = set_in(workspace, article_id, hand)
    text = workspace.text(workspace.reading.get(Article, article_id))  # type: ignore[arg-type]
    return {one.content[0].text(text): one for one in workspace.attributions(own.id)}


def words_of(workspace: Workspace, mark: Attribution, article_id: str) -> list[str]:
    text = workspace.text(workspace.reading.get(Article, article_id))  # type: ignore[arg-type]
    return [part.text(text) for _, parts in mark.all_spans() for part in parts]


def test_a_changed_text_under_the_same_id_is_a_new_version_with_all_its_marks(bare: Workspace):
    bring(bare, title="Night ferry", published="2026-01-01", zones=(Zone("headline", Span(0, 20)),))
    old = bare.articles()[0]
    tally = take(bare, article(LATER, title="Night ferry, corrected"))
    assert (tally.articles, tally.versions, tally.joined, tally.carried) == (0, 1, 0, 2)
    new = bare.articles()[0]
    assert (len(bare.articles()), new.previous, new.story_id, new.position) == (
        1,
        old.id,
        old.story_id,
        old.position,
    )
    assert (new.title, new.published, bare.text(new)) == ("Night ferry, corrected", "2026-01-01", LATER)
    assert new.zones == (Zone("headline", Span(0, 20)),)
    assert new.extra == {"incoming_id": "ferry"}
    found = marks_on(bare, new.id)
    assert list(found) == ['"Nobody has asked us,"', "the crew of 40 would stay on"]
    first, second = found.values()
    assert words_of(bare, first, new.id) == ["Captain Ida Brandt", "said", '"Nobody has asked us,"']
    assert words_of(bare, second, new.id) == ["Sources", "said", "the crew of 40 would stay on"]
    assert (second.parent, second.provenance["from_version"]) == (first.id, "m2")
    assert second.provenance["moved"] == {"by": len(LATER) - len(FERRY), "confidence": 1.0}
    assert first.provenance["moved"]["confidence"] < 1.0
    assert (first.kind, bare.registry.name(Claim, first.claims[0])) == ("named_official", "asked")
    assert what(tally.losses) == {}
    assert tally.without_place == []


def test_the_version_before_stays_with_its_marks_and_can_be_looked_up(bare: Workspace):
    bring(bare)
    before = state_of(bare)
    take(bare, article(LATER))
    after = state_of(bare)
    assert {name: {key: after[name][key] for key in kept} for name, kept in before.items()} == before
    assert "ferry" in {one.id for one in bare.articles(versions=True)}
    assert len(bare.articles(bare.stories()[0].id, versions=True)) == 2
    assert len(bare.articles(bare.stories()[0].id)) == 1


def test_only_the_newest_version_is_counted_and_searched(bare: Workspace):
    bring(bare)
    take(bare, article(LATER))
    new = bare.articles()[0].id
    assert [(one.article_id, one.attributions) for one in bare.counts()] == [(new, 2)]
    assert {hit.article_id for hit in bare.search("ferry")} == {new}
    assert {hit.article_id for hit in bare.search("ferry", bare.stories()[0].id)} == {new}
    assert [one for batch in bare.texts_with() for one, _ in batch.texts] == [new]


def test_undo_takes_the_new_version_away_and_the_one_before_is_current_again(bare: Workspace):
    bring(bare)
    before = state_of(bare)
    take(bare, article(LATER))
    after = state_of(bare)
    bare.undo()
    assert state_of(bare) == before
    assert [one.id for one in bare.articles()] == ["ferry"]
    assert [one.article_id for one in bare.counts()] == ["ferry"]
    bare.redo()
    assert state_of(bare) == after
    assert [one.previous for one in bare.articles()] == ["ferry"]


def test_comments_go_with_their_marks_and_threads_stay_together(bare: Workspace):
    place = CommentRecord("Which plan?", "olena", place=place_of("the plan"))
    take(bare, replace(record_with(FERRY, QUOTED, id="ferry"), comments=(place,)))
    take(bare, article(LATER))
    own = set_in(bare, bare.articles()[0].id)
    copies = {one.text: one for one in bare.reading.find(Comment, set_id=own.id)}
    mark = bare.attributions(own.id)[0]
    assert copies["Who is us?"].attribution_id == copies["The crew."].attribution_id == mark.id
    assert copies["The crew."].reply_to == copies["Who is us?"].id
    assert copies["Which plan?"].place[0].text(LATER) == "the plan"
    assert len(bare.reading.find(Comment)) == 6


def test_a_finished_set_is_reopened_on_the_new_version_and_the_others_stay_as_they_were(bare: Workspace):
    bring(bare, status="finished", set_extra={"set_note": "Read twice."})
    take(bare, record_with(FERRY, annotator="olena", status="not_started"))
    take(bare, article(LATER))
    new = bare.articles()[0].id
    assert (set_in(bare, new).status, set_in(bare, new).note) == ("reopened", "Read twice.")
    assert set_in(bare, new, "olena").status == "not_started"
    assert set_in(bare, "ferry").status == "finished"
    bare.execute(SetStatus(new, HAND, "finished"))


def test_a_mark_whose_content_is_gone_is_not_copied_and_is_listed(bare: Workspace):
    bring(bare)
    tally = take(bare, article(SHORTER))
    new = bare.articles()[0]
    assert list(marks_on(bare, new.id)) == ["the crew of 40 would stay on"]
    assert what(tally.losses) == {
        "attribution with no place in the article's new text, not taken over": 1,
        "link to a parent with no place in the article's new text": 1,
    }
    (gone,) = tally.without_place
    assert (gone.article, gone.mark, gone.quote, gone.copied) == ("ferry", "m1", "“Nobody asked us,”", False)
    assert FERRY[gone.start : gone.end] == gone.quote
    assert new.extra["without_place"] == [
        {"id": "m1", "role": "content", "quote": "“Nobody asked us,”", "copied": False}
    ]


def test_a_role_whose_words_are_gone_is_left_out_of_the_copy_and_listed(bare: Workspace):
    bring(bare)
    tally = take(bare, article(FERRY.replace("said Captain Ida Brandt", "was the answer")))
    new = bare.articles()[0]
    mark = marks_on(bare, new.id)["“Nobody asked us,”"]
    assert (mark.source, mark.cue) == ((), ())
    assert mark.source_id is not None
    assert what(tally.losses) == {
        "source with no place in the article's new text, left out": 1,
        "cue with no place in the article's new text, left out": 1,
    }
    assert [(one.role, one.quote, one.copied) for one in tally.without_place] == [
        ("source", "Captain Ida Brandt", True),
        ("cue", "said", True),
    ]


def test_a_list_of_lost_words_speaks_of_the_last_change_alone(bare: Workspace):
    bring(bare)
    take(bare, article(SHORTER))
    take(bare, article(SHORTER + " More follows."))
    assert "without_place" not in bare.articles()[0].extra
    assert len(bare.articles()) == 1
    assert len(bare.articles(versions=True)) == 3


def test_the_next_change_follows_the_newest_version(bare: Workspace):
    bring(bare)
    take(bare, article(LATER))
    second = bare.articles()[0].id
    take(bare, article(LATER + " More follows."))
    assert bare.articles()[0].previous == second
    assert len(marks_on(bare, bare.articles()[0].id)) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            {"id": "one", "url": "https://post.example/ferry"},
            {"id": None, "url": "https://post.example/ferry"},
        ),
        (
            {"id": "ferry.txt", "file_name": "ferry.txt", "outlet": "Harbour Post"},
            {"id": "ferry.txt", "file_name": "ferry.txt", "outlet": "Harbour Post"},
        ),
        ({"id": "ferry.txt", "file_name": "ferry.txt"}, {"id": "ferry.txt", "file_name": "ferry.txt"}),
        ({"id": "one"}, {"id": "one", "outlet": "Harbour Post", "story": "Another folder"}),
    ],
)
def test_an_article_is_known_again_by_its_address_its_file_or_its_id(
    bare: Workspace, first: dict[str, str], second: dict[str, str]
):
    take(bare, article(FERRY, **first))
    assert take(bare, article(LATER, **second)).versions == 1
    assert len(bare.articles()) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            {"id": "ferry.txt", "file_name": "ferry.txt"},
            {"id": "ferry.txt", "file_name": "ferry.txt", "outlet": "B"},
        ),
        (
            {"id": "ferry.txt", "file_name": "ferry.txt", "outlet": "A"},
            {"id": "ferry.txt", "file_name": "ferry.txt", "outlet": "B"},
        ),
        (
            {"id": "ferry.txt", "file_name": "ferry.txt"},
            {"id": "ferry.txt", "file_name": "ferry.txt", "story": "Trams"},
        ),
        ({"id": None, "file_name": "table.csv"}, {"id": None, "file_name": "table.csv"}),
        ({"id": "1", "outlet": "A"}, {"id": "1", "outlet": "B"}),
        ({"id": "1"}, {"id": "2"}),
    ],
)
def test_two_articles_that_are_alike_are_never_taken_for_one(
    bare: Workspace, first: dict[str, str], second: dict[str, str]
):
    take(bare, article(FERRY, **first))
    tally = take(bare, article(LATER, **second))
    assert (tally.articles, tally.versions, len(bare.articles())) == (1, 0, 2)


def test_another_text_under_the_same_id_or_address_is_another_article(bare: Workspace):
    take(bare, article(FERRY, url="https://post.example/"))
    tally = take(bare, article(OTHER, url="https://post.example/"))
    assert (tally.articles, tally.versions) == (1, 0)
    assert what(tally.losses) == {"article id already in use here; a new one was given": 1}


def test_two_texts_under_one_id_in_one_import_are_two_articles(bare: Workspace):
    assert take(bare, article(FERRY), article(LATER)).articles == 2
    both = [article(FERRY + " More."), article(FERRY + " And more.")]
    tally = take(bare, *both)
    assert (tally.versions, tally.articles) == (1, 1)


def test_marks_that_come_with_the_new_text_are_taken_and_not_copied_as_well(bare: Workspace):
    bring(bare)
    take(bare, record_with(FERRY, AttributionRecord(id="o1", content=place_of("in May")), annotator="olena"))
    at = LATER.index("Captain")
    mine = replace(
        QUOTED, content=place_of('"Nobody has asked us,"', LATER), cue=(), source=(Span(at, at + 18),)
    )
    fresh = AttributionRecord(id="m9", content=place_of("On Friday", LATER), parent="m1")
    tally = take(bare, record_with(LATER, mine, fresh, id="ferry"))
    assert (tally.versions, tally.carried, tally.attributions) == (1, 2, 2)
    new = bare.articles()[0].id
    found = marks_on(bare, new)
    assert sorted(found) == ['"Nobody has asked us,"', "On Friday", "the crew of 40 would stay on"]
    follower = found['"Nobody has asked us,"']
    assert (follower.cue, follower.provenance) == ((), {"from_version": "m1"})
    assert (found["On Friday"].id, found["On Friday"].parent) == ("m9", follower.id)
    assert list(marks_on(bare, new, "olena")) == ["in May"]


def test_marks_on_the_text_of_an_older_version_are_added_to_it_and_that_is_said(bare: Workspace):
    bring(bare)
    take(bare, article(LATER))
    tally = take(
        bare, record_with(FERRY, AttributionRecord(id="o1", content=place_of("in May")), annotator="olena")
    )
    assert what(tally.losses) == {"marks on an older version of an article; they were added to that one": 1}
    assert list(marks_on(bare, "ferry", "olena")) == ["in May"]


def test_a_story_and_an_outlet_that_were_asked_for_hold_for_the_new_version(bare: Workspace):
    bring(bare)
    tally = take(bare, article(LATER), story="Boats", outlet="Evening Post")
    new = bare.articles()[0]
    assert (bare.story("Boats").id, bare.outlet_name(new)) == (new.story_id, "Evening Post")
    claim = bare.registry.get(Claim, marks_on(bare, new.id)['"Nobody has asked us,"'].claims[0])
    assert claim is not None
    assert (claim.name, claim.story_id, tally.versions) == ("asked", new.story_id, 1)
    assert bare.check() == []


def test_an_article_that_does_not_carry_a_claim_does_not_in_its_new_version(bare: Workspace):
    bring(bare)
    take(bare, article(OTHER, id="other"))
    with bare.reading.unit(HAND, "Absent") as unit:  # type: ignore[attr-defined]
        (claim,) = unit.find(Claim)
        unit.put(replace(claim, absent_in=("other",)))
    take(bare, article(OTHER + " Corrected on Monday.", id="other"))
    new = next(one for one in bare.articles() if one.previous == "other")
    assert bare.reading.find(Claim)[0].absent_in == ("other", new.id)


def quoting(*marks: AttributionRecord, text: str = FERRY, **more: object) -> Record:
    """A line without its text, whose spans quote the words that they stand on."""
    record = record_with(text, *marks, id="ferry", text_sha256=text_hash(text), glimpses=text, **more)
    return replace(record, text=None)


def test_marks_without_the_text_go_to_their_words_in_the_text_that_is_here(bare: Workspace):
    take(bare, article(SHORTER))
    tally = take(bare, quoting(replace(QUOTED, comments=()), replace(CREW, parent=None)))
    assert list(marks_on(bare, "ferry")) == ["the crew of 40 would stay on"]
    assert what(tally.losses) == {"attribution with no place in the article's new text, not taken over": 1}
    assert [one.mark for one in tally.without_place] == ["m1"]
    with pytest.raises(BadInput, match="has another text here"):
        take(bare, quoting(QUOTED))


def test_what_was_written_without_its_text_finds_its_words_in_a_corrected_one(
    bare: Workspace, tmp_path: Path
):
    bring(bare)
    folder = tmp_path / "Ferry"
    folder.mkdir()
    gone = {"start": 20, "end": 33, "quote": "the old timer", "prefix": "", "suffix": ""}
    here = {
        "start": 40,
        "end": 48,
        "quote": "declined",
        "prefix": "port authority ",
        "suffix": " to comment.",
    }
    line = {
        "id": "ferry",
        "text_sha256": text_hash("gone"),
        "annotator": "ana",
        "attributions": [{"id": "a1", "content": [gone, here]}],
    }
    (folder / "marks.jsonl").write_text(json.dumps(line), encoding="utf-8")
    result = import_files(bare, [folder / "marks.jsonl"], ImportWish())
    assert list(marks_on(bare, "ferry", "ana")) == ["declined"]
    assert what(result.tally.losses) == {"content with no place in the article's new text, left out": 1}


def test_a_changed_file_brought_again_is_a_new_version(bare: Workspace, tmp_path: Path):
    folder = tmp_path / "Ferry"
    folder.mkdir()
    place = folder / "post.txt"
    place.write_text(FERRY, encoding="utf-8")
    import_files(bare, [place])
    take(bare, record_with(FERRY, QUOTED))
    place.write_text("\ufeff" + LATER.replace("\n", "\r\n"), encoding="utf-8")
    result = import_files(bare, [place])
    assert (result.tally.versions, result.tally.carried) == (1, 1)
    assert bare.articles()[0].extra == {}
    assert import_files(bare, [place]).tally.joined == 1

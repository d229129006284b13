"""Sentences of an article as records of their own keep every mark on its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Span
from annotator.workspace.passages import passages
from tests.building import FERRY, place_of, spans


def record(*marks: AttributionRecord) -> Record:
    return Record(id="ferry", text=FERRY, attributions=marks, annotator="maria")


def test_what_an_attribution_ties_together_is_one_passage_and_other_sentences_stand_alone():
    mark = AttributionRecord(
        id="m", content=place_of("The night ferry will stop in May"), cue=place_of("said Captain")
    )
    found = list(passages([record(mark)], 1.0, 0))
    assert [one.text for one in found] == [
        "Ferry to stop in May",
        FERRY.split("\n\n")[1],
        "The port authority declined to comment.",
        "Sources said the crew of 40 would stay on.",
    ]
    (moved,) = found[1].attributions or ()
    assert [part.text(found[1].text or "") for part in (*moved.content, *moved.cue)] == [
        "The night ferry will stop in May",
        "said Captain",
    ]
    assert found[1].extra["passage_start"] == FERRY.index("The night")


def test_sentences_without_marks_are_drawn_by_the_seed_alone():
    many = Record(id="x", text=" ".join(f"Sentence {n} is here." for n in range(400)), attributions=())
    first = [one.text for one in passages([many], 0.25, 7)]
    assert first == [one.text for one in passages([many], 0.25, 7)]
    assert first != [one.text for one in passages([many], 0.25, 8)]
    assert 60 < len(first) < 140
    assert list(passages([many], 0.0, 7)) == []


def test_an_article_that_nobody_marked_has_no_passages():
    assert list(passages([Record(id="x", text=FERRY)], 1.0, 0)) == []


@given(st.lists(spans(len(FERRY)), max_size=6))
def test_every_mark_is_in_exactly_one_passage_on_the_same_words(places: list[Span]):
    marks = [AttributionRecord(id=str(at), content=(place,)) for at, place in enumerate(places)]
    found = {}
    for one in passages([record(*marks)], 1.0, 0):
        for mark in one.attributions or ():
            assert mark.id not in found
            found[mark.id] = mark.content[0].text(one.text or "")
    assert found == {str(at): place.text(FERRY) for at, place in enumerate(places)}


def test_a_parent_in_the_same_passage_is_kept():
    outer = AttributionRecord(id="o", content=place_of("“Nobody asked us,” said Captain Ida Brandt."))
    inner = AttributionRecord(id="i", parent="o", content=place_of("Nobody asked us"))
    kept = [one for one in passages([record(outer, inner)], 0.0, 0) if one.attributions]
    assert [[mark.parent for mark in one.attributions or ()] for one in kept] == [[None, "o"]]

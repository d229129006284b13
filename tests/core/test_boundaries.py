"""A rough selection becomes whole words; words and sentences are found in any script."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.boundaries import (
    move_boundary,
    sentence_at,
    sentence_spans,
    snap_to_tokens,
    token_spans,
    trim,
)
from annotator.core.graphemes import is_boundary
from annotator.core.spans import Span
from tests.building import NASTY, nasty_text, place_of


def cut(text: str) -> list[str]:
    return [span.text(text) for span in token_spans(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He said: “No.”", ["He", "said", ":", "“", "No", ".", "”"]),
        ("the U.S. envoy didn’t ask", ["the", "U.S.", "envoy", "didn’t", "ask"]),
        ("a well-known ex-minister", ["a", "well-known", "ex-minister"]),
        ("cafe\u0301s open", ["cafe\u0301s", "open"]),
        ("किताब पढ़ो", ["किताब", "पढ़ो"]),
        ("مُحَمَّد قال", ["مُحَمَّد", "قال"]),
        ("Уряд каже", ["Уряд", "каже"]),
        ("ok 👨‍👩‍👧 ok", ["ok", "👨‍👩‍👧", "ok"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_words_are_found_whole(text: str, words: list[str]):
    assert cut(text) == words


@given(nasty_text)
def test_tokens_stand_in_order_hold_no_space_at_their_edges_and_cut_no_character(text: str):
    found = token_spans(text)
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))
    for span in found:
        assert is_boundary(text, span.start)
        assert is_boundary(text, span.end)


@given(nasty_text, st.data())
def test_snapping_covers_what_was_touched_and_snapping_again_changes_nothing(text: str, data: st.DataObject):
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    snapped = snap_to_tokens(text, span)
    touched = [token for token in token_spans(text) if token.meets(span)]
    if not touched:
        assert snapped is None
    else:
        assert snapped == Span(touched[0].start, touched[-1].end)
        assert snap_to_tokens(text, snapped) == snapped


@given(nasty_text, st.data())
def test_a_trimmed_selection_loses_only_white_space_and_cuts_no_character(text: str, data: st.DataObject):
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    done = trim(text, span)
    if done is not None:
        assert is_boundary(text, done.start)
        assert is_boundary(text, done.end)
        assert done.text(text).strip() == done.text(text) or not is_boundary(text, done.start + 1)
        assert span.text(text).strip() in done.text(text)


def test_an_edge_moves_by_whole_words_and_stops_where_no_word_is_left():
    text = "the old pier closes, he said"
    span = place_of("old pier", text)[0]
    assert move_boundary(text, span, start=-1).text(text) == "the old pier"
    assert move_boundary(text, span, start=1).text(text) == "pier"
    assert move_boundary(text, span, end=2).text(text) == "old pier closes,"
    assert move_boundary(text, span, end=-1).text(text) == "old"
    assert move_boundary(text, span, end=-2) == span
    assert move_boundary(text, span, start=2) == span
    assert move_boundary(text, span, start=-9, end=9) == Span(0, len(text))


@given(nasty_text, st.integers(-3, 3), st.integers(-3, 3))
def test_moving_an_edge_always_leaves_a_span_inside_the_text(text: str, start: int, end: int):
    for span in token_spans(text):
        moved = move_boundary(text, span, start=start, end=end)
        assert 0 <= moved.start < moved.end <= len(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He left. She stayed.", 2),
        ("Gen. Ivanov spoke on Nov. 3. Nobody answered.", 2),
        ("“It is over.” He left.", 2),
        ("A headline\n\nA first sentence", 2),
        ("It cost 3.5 million", 1),
        ("Why? Because! So…", 3),
        ("", 0),
        ("U.S. officials said so at 5 p.m. on Monday.", 1),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int):
    assert len(sentence_spans(text)) == count


@given(nasty_text)
def test_sentences_hold_every_word_of_the_text_once(text: str):
    found = sentence_spans(text)
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))
    inside = {at for span in found for at in range(span.start, span.end)}
    assert all(at in inside for at, char in enumerate(text) if char.isalnum())


def test_the_sentence_at_a_position_is_the_one_around_it_or_the_next():
    text = "One here.  Two here."
    first, second = sentence_spans(text)
    assert sentence_at(text, 3) == first
    assert sentence_at(text, 10) == second
    assert sentence_at(text, len(text)) == second
    assert sentence_at("", 0) is None


@pytest.mark.parametrize("text", NASTY)
def test_hard_texts_have_words(text: str):
    assert token_spans(text)

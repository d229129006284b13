"""Passages that articles share are found with their places: word for word, nearly so, and told in other words."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotator.compare.comparison import TextsCompared, read_texts
from annotator.compare.passages import shared_passages
from annotator.compare.quotations import difference, quotation_spans
from tests.compare.told import lexicons, said, story_of

SHARED = "The harbour board will close the old swing bridge for a whole year from the first of May"
ONE = f"Ships wait. {SHARED}. Nobody knows what it will cost the town."
OTHER = f"A quiet day. {SHARED.replace('whole ', '')}, the board said. Gulls are calm."
REWORDED = "From May on the old swing bridge is to be shut by the harbour board for twelve months."


def read(*articles: dict[str, Any]) -> TextsCompared:
    return read_texts(story_of(articles).tellings, lexicons())


def test_a_passage_that_is_nearly_the_same_is_one_passage_with_both_places():
    found = read(said(ONE, outlet="Post"), said(OTHER, outlet="Herald"))
    (passage,) = [one for one in found.passages if not one.reworded]
    assert passage.one.span.text(ONE) == SHARED
    assert passage.other.span.text(OTHER) == SHARED.replace("whole ", "")
    assert 0.9 < passage.similarity < 1
    assert not passage.verbatim


def test_the_same_words_are_verbatim_whatever_marks_and_case():
    found = read(said(ONE, outlet="Post"), said(f"“{SHARED.upper()}”", outlet="Herald"))
    assert [one.verbatim for one in found.passages if not one.reworded] == [True]


def test_a_sentence_in_other_words_is_found_by_its_sense():
    found = read(said(ONE, outlet="Post"), said(f"Rain fell all day long. {REWORDED}", outlet="Herald"))
    (passage,) = found.passages
    assert passage.reworded
    assert REWORDED.startswith(passage.other.span.text(f"Rain fell all day long. {REWORDED}")[:20])


def test_articles_about_other_things_share_nothing():
    found = read(
        said(ONE, outlet="Post"), said("Eleven trams have new paint since this week.", outlet="Herald")
    )
    assert (found.passages, found.copied) == ((), ())


def test_how_much_was_copied_and_who_was_first():
    found = read(
        said(ONE, outlet="Post", published="2026-03-10T08:00"),
        said(OTHER, outlet="Herald", published="2026-03-10T09:30"),
    )
    by_article = {one.article: one for one in found.copied}
    assert by_article["Post"].first == by_article["Herald"].first == "Post"
    assert 0.55 < by_article["Post"].share < 0.7
    assert by_article["Herald"].words.endswith("published later")


def test_dates_of_one_day_do_not_say_who_was_first():
    found = read(
        said(ONE, outlet="Post", published="2026-03-10"),
        said(OTHER, outlet="Herald", published="2026-03-10T09:30"),
    )
    assert {one.first for one in found.copied} == {None}


WORDS = st.lists(st.sampled_from("tide crane quay rope gull mast".split()), max_size=60)


@given(
    WORDS, WORDS, st.lists(st.sampled_from("anchor buoy cable dock ebb fog".split()), min_size=8, max_size=12)
)
def test_a_planted_row_of_words_is_always_found(before: list[str], after: list[str], planted: list[str]):
    row = " ".join(f"{word}{at}" for at, word in enumerate(planted))
    one, other = " ".join([*before, row, *after]), " ".join([*after[::-1], row])
    texts = read(said(one, outlet="Post"), said(other, outlet="Herald")).readings.texts
    found = shared_passages(texts)
    assert any(row in each.one.span.text(one) and row in each.other.span.text(other) for each in found)


@given(WORDS, WORDS)
def test_a_difference_has_all_words_of_both_sides(one: list[str], other: list[str]):
    pieces = difference(tuple(one), tuple(other))
    assert " ".join(piece.one for piece in pieces if piece.one).split() == one
    assert " ".join(piece.other for piece in pieces if piece.other).split() == other


def test_quotations_of_every_style_are_found_without_their_marks():
    text = "He said “yes,” she \"no\" and «perhaps»; ‘never’ isn't o'clock, the workers' view."
    assert [span.text(text) for span in quotation_spans(text)] == ["yes,", "no", "perhaps", "never"]


def test_a_mark_that_never_closes_ends_with_its_line():
    text = "“We told them\nand nobody came” is what he said."
    assert [span.text(text) for span in quotation_spans(text)] == ["We told them"]

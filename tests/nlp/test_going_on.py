"""A content goes on over words that look like content, as long as they are on its line and nobody's."""

from __future__ import annotations

from annotator.nlp.going_on import as_far_as_read
from annotator.nlp.pipelines import base_pipeline
from annotator.nlp.token_marks import TokenMark

TEXT = "He said rain fell hard today. Lena said so.\nRain."
LIKELY = [0.9] * 14


def longer(marks: list[TokenMark], content: list[float]) -> list[tuple[tuple[int, int], ...]]:
    doc = base_pipeline("")(TEXT)
    assert len(doc) == len(content)
    return [mark.content for mark in as_far_as_read(doc, marks, content)]


def test_a_content_goes_on_to_the_last_likely_word_and_no_further():
    content = [0.1, 0.1, 0.9, 0.9, 0.8, 0.6, 0.2, 0.2, 0.9, *[0.1] * 5]
    assert longer([TokenMark((1, 2), ((0, 1),), ((3, 4),))], content) == [((2, 6),)]


def test_it_stops_at_the_end_of_the_line_and_at_words_of_other_marks():
    first = TokenMark((1, 2), ((0, 1),), ((2, 4),))
    second = TokenMark((8, 9), ((7, 8),), ((9, 10),))
    assert longer([first, second], LIKELY) == [((2, 7),), ((9, 11),)]


def test_pieces_that_meet_are_one_and_no_word_is_taken_twice():
    split = TokenMark((1, 2), ((0, 1),), ((2, 3), (4, 5)))
    other = TokenMark((8, 9), (), ((6, 7),))
    found = longer([split, other], LIKELY)
    assert found == [((2, 6),), ((6, 8),)]


def test_one_unlikely_word_is_stepped_over_and_two_are_not():
    content = [0.1, 0.1, 0.9, 0.9, 0.1, 0.9, 0.1, 0.1, 0.9, *[0.1] * 5]
    assert longer([TokenMark((0, 1), (), ((2, 3),))], content) == [((2, 6),)]

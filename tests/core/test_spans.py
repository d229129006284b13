"""A span is a stretch of a text that is never empty; fragments are several that share nothing."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import BadSpan
from annotator.core.spans import Span, fragments, hull, joined, words
from tests.building import spans


@pytest.mark.parametrize("edges", [(0, 0), (3, 2), (-1, 4), (5, 5)])
def test_a_span_that_is_empty_or_backwards_or_before_the_text_cannot_be_made(edges: tuple[int, int]):
    with pytest.raises(BadSpan):
        Span(*edges)


@given(spans(), spans())
def test_two_spans_meet_when_they_share_a_position_and_one_covers_the_other_when_it_has_them_all(
    left: Span, right: Span
):
    mine, theirs = set(range(left.start, left.end)), set(range(right.start, right.end))
    assert left.meets(right) == bool(mine & theirs) == right.meets(left)
    assert left.covers(right) == (theirs <= mine)
    assert len(left) == len(mine)


@given(st.lists(spans(), max_size=8))
def test_joined_fragments_cover_the_same_positions_in_order_and_never_touch(parts: list[Span]):
    done = joined(parts)
    covered = {at for part in parts for at in range(part.start, part.end)}
    assert {at for part in done for at in range(part.start, part.end)} == covered
    assert all(left.end < right.start for left, right in itertools.pairwise(done))
    assert fragments(done) == done
    assert joined(done) == done


@given(st.lists(spans(), max_size=8))
def test_the_hull_is_the_smallest_span_around_all(parts: list[Span]):
    around = hull(parts)
    if not parts:
        assert around is None
    else:
        assert around is not None
        assert all(around.covers(part) for part in parts)
        assert around.start in {part.start for part in parts}
        assert around.end in {part.end for part in parts}


@given(st.lists(spans(), max_size=6))
def test_fragments_come_in_reading_order_or_are_refused_because_two_overlap(parts: list[Span]):
    overlap = any(a is not b and a.meets(b) for i, a in enumerate(parts) for b in parts[i + 1 :])
    if overlap:
        with pytest.raises(BadSpan, match="overlap"):
            fragments(parts)
    else:
        assert list(fragments(parts)) == sorted(parts)


def test_fragments_may_touch():
    assert fragments([(4, 6), (0, 4)]) == (Span(0, 4), Span(4, 6))


def test_the_words_of_fragments_show_that_something_was_left_out():
    assert words((Span(0, 3), Span(8, 12)), "the old grey pier") == "the … grey"

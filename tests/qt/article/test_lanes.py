"""However marks overlap, each keeps a stroke of its own below the words."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.spans import Span
from annotator.qt.article.lanes import assign_lanes
from annotator.qt.article.marks import Mark
from annotator.qt.article.offsets import Utf16Map
from annotator.qt.article.span_index import Piece, SpanIndex

TEXT = "\n".join(["x" * 39] * 6)
SPANS = st.tuples(st.integers(0, 230), st.integers(1, 60)).map(
    lambda pair: Span(pair[0], min(239, sum(pair)))
)
ROLE = st.sampled_from(["source", "cue", "content", "via", "recipient"])
MARKS = st.lists(st.tuples(st.integers(0, 9), ROLE, SPANS), max_size=30).map(
    lambda found: [Mark(f"a{number}", role, None, (span,)) for number, role, span in found]
)


def index_of(marks: list[Mark], text: str = TEXT) -> SpanIndex:
    index = SpanIndex(text, Utf16Map(text))
    index.put(marks)
    return index


def laned(index: SpanIndex, block: int, limit: int = 4) -> list[tuple[Piece, int]]:
    return assign_lanes(index.pieces(block), limit)


@given(MARKS)
def test_no_two_strokes_of_one_lane_ever_meet(marks: list[Mark]):
    index = index_of(marks)
    for block in range(6):
        for (one, lane), (other, other_lane) in itertools.combinations(laned(index, block), 2):
            if lane == other_lane < 4:
                assert one.end <= other.start or other.end <= one.start


def test_nothing_else_stands_in_the_lane_between_two_joined_fragments():
    index = index_of(
        [
            Mark("one", "content", None, (Span(0, 10), Span(20, 30))),
            Mark("one", "cue", None, (Span(11, 14),)),
            Mark("two", "content", None, (Span(15, 19),)),
        ]
    )
    lanes = {piece.mark.key: lane for piece, lane in laned(index, 0)}
    assert lanes == {("one", "content"): 0, ("one", "cue"): 0, ("two", "content"): 1}


@given(MARKS)
def test_the_lanes_do_not_depend_on_the_order_in_which_marks_came(marks: list[Mark]):
    last_of_each = list({mark.key: mark for mark in marks}.values())
    there, back = index_of(last_of_each), index_of(last_of_each[::-1])
    for block in range(6):
        assert sorted(laned(there, block), key=repr) == sorted(laned(back, block), key=repr)


@given(MARKS, st.integers(0, 9))
def test_taking_an_attribution_away_leaves_what_would_be_there_without_it(marks: list[Mark], number: int):
    index = index_of(marks)
    index.remove(f"a{number}")
    without = index_of([mark for mark in marks if mark.attribution_id != f"a{number}"])
    for block in range(6):
        assert sorted(map(repr, index.pieces(block))) == sorted(map(repr, without.pieces(block)))
        assert index.extents(block) == without.extents(block)


@given(MARKS)
def test_what_is_under_a_position_is_what_covers_it(marks: list[Mark]):
    kept = list({mark.key: mark for mark in marks}.values())
    index = index_of(kept)
    for position in range(0, len(TEXT), 7):
        if TEXT[position] == "\n":
            continue
        covering = {
            mark.attribution_id
            for mark in kept
            if mark.fragments[0].start <= position < mark.fragments[0].end
        }
        assert set(index.attributions_at(position)) == covering


def test_what_is_nested_stands_below_what_holds_it():
    spans = {"outer": (0, 39), "middle": (5, 30), "inner": (8, 20), "innermost": (9, 12)}
    index = index_of([Mark(name, "content", None, (Span(*span),)) for name, span in spans.items()])
    lanes = {piece.mark.attribution_id: lane for piece, lane in laned(index, 0)}
    assert [lanes[name] for name in spans] == [0, 1, 2, 3]


def test_a_nested_mark_stays_below_even_where_an_upper_lane_is_free():
    marks = [Mark("long", "content", None, (Span(0, 20),)), Mark("holder", "content", None, (Span(18, 36),))]
    index = index_of([*marks, Mark("held", "content", None, (Span(28, 32),))])
    lanes = {piece.mark.attribution_id: lane for piece, lane in laned(index, 0)}
    assert lanes["held"] > lanes["holder"] > lanes["long"]


def test_source_cue_and_content_of_one_attribution_share_a_lane():
    index = index_of(
        [
            Mark("one", "source", None, (Span(0, 5),)),
            Mark("one", "cue", None, (Span(6, 9),)),
            Mark("one", "content", None, (Span(10, 30),)),
            Mark("two", "source", None, (Span(2, 4),)),
        ]
    )
    assert {lane for piece, lane in laned(index, 0) if piece.mark.attribution_id == "one"} == {0}


def test_roles_that_overlap_within_one_attribution_are_set_apart():
    index = index_of(
        [Mark("one", "content", None, (Span(0, 30),)), Mark("one", "source", None, (Span(4, 9),))]
    )
    assert sorted(lane for _, lane in laned(index, 0)) == [0, 1]


def test_what_finds_no_lane_is_counted_as_more():
    index = index_of([Mark(f"a{n}", "content", None, (Span(n, 39 - n),)) for n in range(7)])
    assert sorted(lane for _, lane in laned(index, 0)) == [0, 1, 2, 3, 4, 4, 4]


def test_a_mark_over_several_paragraphs_has_a_piece_in_each():
    index = index_of([Mark("one", "content", None, (Span(30, 95),))])
    assert [
        (p.start, p.end, p.opens, p.closes)
        for block in range(4)
        for group in index.pieces(block)
        for p in group
    ] == [
        (30, 39, True, False),
        (0, 39, False, False),
        (0, 15, False, True),
    ]


def test_an_attribution_reaches_across_the_paragraphs_between_its_fragments():
    index = index_of([Mark("one", "content", None, (Span(3, 9), Span(130, 140)))])
    assert [bool(index.extents(block)) for block in range(6)] == [True, True, True, True, False, False]
    assert not index.pieces(1)


def test_a_mark_from_beyond_the_text_does_no_harm():
    index = index_of([Mark("one", "content", None, (Span(200, 900), Span(1000, 1001)))])
    assert index.place("one") == (200, len(TEXT))


def test_a_mark_without_fragments_takes_its_role_away():
    index = index_of([Mark("one", "content", None, (Span(0, 9),)), Mark("one", "cue", None, (Span(10, 12),))])
    index.put([Mark("one", "cue", None, ())])
    assert [mark.role for mark in index.marks_of("one")] == ["content"]
    index.put([Mark("one", "content", None, ())])
    assert index.place("one") is None
    assert not index.touches(0)

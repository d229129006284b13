"""A mark finds its words again in a corrected text, wherever they went, and never lands on others."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.alignment import share_kept
from annotator.core.anchoring import Anchored, Anchoring
from annotator.core.graphemes import is_boundary, snap_to_graphemes
from annotator.core.spans import Span, joined
from tests.building import FERRY, NASTY, nasty_text, place_of

PIER = (
    "The harbour office gave a new date. A clerk, who asked not to be named, said the crane was late. "
    "“We have waited long enough,” Marta Holm wrote in a letter to the council. The council did not answer."
)


def found(words: str, new: str, old: str = FERRY) -> str | None:
    """The words at which a mark on these words stands in the new text."""
    one = Anchoring(old, new).place(place_of(words, old)[0])
    return None if one is None else one.span.text(new)


def test_words_keep_their_place_when_text_is_added_before_and_after_them():
    new = FERRY.replace("The night ferry", "On Monday it was said: the night ferry").replace(
        "stay on.", "stay."
    )
    assert found("Captain Ida Brandt", new) == "Captain Ida Brandt"
    assert found("two people familiar with the plan", new) == "two people familiar with the plan"


def test_of_the_same_word_twice_the_one_that_stayed_in_its_sentence_is_taken():
    old = "Ana said yes. Then Olena said no. At last Maria said nothing."
    new = "Then Olena said no. At last, late at night, Maria said nothing."
    second, third = (Span(at, at + 4) for at in (old.index("said no"), old.index("said nothing")))
    anchoring = Anchoring(old, new)
    assert anchoring.place(Span(4, 8)) is None
    assert anchoring.place(second) == Anchored(Span(11, 15), 1.0)
    assert anchoring.place(third) == Anchored(Span(new.index("said nothing"), new.index(" nothing")), 1.0)


def test_words_of_a_paragraph_that_was_moved_are_found_where_it_stands_now():
    first, second, third = FERRY.split("\n\n")
    new = f"{first}\n\n{third}\n\nA word of our own.\n\n{second}"
    assert found("Nobody asked us", new) == "Nobody asked us"
    assert found("said", new) == "said"
    assert found("declined to comment", new) == "declined to comment"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("“Nobody asked us,”", '"Nobody asked us,"'),
        ("Captain Ida Brandt", "Captain\u00a0Ida  Brandt"),
        ("port authority", "port\nauthority"),
        ("night ferry", "night\u00ad ferry"),
    ],
)
def test_other_quotation_marks_and_white_space_are_no_other_words(before: str, after: str):
    new = "Corrected.\n" + FERRY.replace(before, after) + " End."
    one = Anchoring(FERRY, new).place(place_of(before)[0])
    assert one is not None
    assert (one.span.text(new), one.confidence) == (after, 0.99)


def test_an_accent_written_in_another_way_is_no_other_word():
    old, new = (
        "Then Zo\u00eb Br\u00fbl\u00e9 said so, and left.",
        "And then Zoe\u0308 Bru\u0302le\u0301 said so, and left us.",
    )
    assert found("Zo\u00eb Br\u00fbl\u00e9", new, old) == "Zoe\u0308 Bru\u0302le\u0301"


def test_words_that_were_edited_a_little_are_found_with_less_confidence():
    new = FERRY.replace("two people familiar with the plan", "two persons familiar with the new plan")
    one = Anchoring(FERRY, new).place(place_of("two people familiar with the plan")[0])
    assert one is not None
    assert one.span.text(new) == "two persons familiar with the new plan"
    assert 0.6 < one.confidence < 0.99


def test_words_edited_at_their_beginning_or_end_keep_what_is_theirs_and_take_no_more():
    new = PIER.replace(
        "A clerk, who asked not to be named,", "Yesterday a clerk, who did not wish to be named,"
    )
    assert found("A clerk, who asked not to be named", new, PIER) == "a clerk, who did not wish to be named"
    new = PIER.replace("in a letter to the council", "in her letter to the council")
    assert found("wrote in a letter", new, PIER) == "wrote in her letter"


def test_a_moved_stretch_that_was_edited_too_is_found():
    moved = "“We have waited long enough,” Marta Holm wrote in a letter to the council."
    edited = '"We have waited quite long enough," Marta Holm wrote in a letter to the council.'
    new = edited + " " + PIER.replace(moved, "Nothing followed.")
    assert found("“We have waited long enough,”", new, PIER) == '"We have waited quite long enough,"'
    assert found("Marta Holm", new, PIER) == "Marta Holm"


@pytest.mark.parametrize("words", ["Captain Ida Brandt", "“Nobody asked us,”", "Sources", "said"])
def test_words_that_are_gone_have_no_place(words: str):
    new = FERRY.split("“")[0] + "The harbour office gave no reason."
    assert found(words, new) is None


def test_case_is_kept_and_a_part_of_another_word_is_not_the_word():
    old = "It is about Ice. Nothing else was of any importance to the people there."
    new = "The price of ice went up, and nothing else did on that day."
    assert found("Ice", new, old) is None


def test_nothing_is_found_in_a_text_that_has_nothing_in_common_or_nothing_at_all():
    assert found("Nobody asked us", "") is None
    assert found("Nobody asked us", "Ein anderer Text.") is None
    assert Anchoring("a \u00ad b", "b").place(Span(2, 3)) is None


def test_fragments_of_which_one_is_gone_keep_the_others():
    new = FERRY.replace("“Nobody asked us,” said Captain Ida Brandt.\n\n", "")
    parts = (*place_of("The night ferry"), *place_of("Nobody asked us"), *place_of("Sources said"))
    moved = Anchoring(FERRY, new).fragments(parts)
    assert [part.text(new) for part in moved.parts] == ["The night ferry", "Sources said"]
    assert (moved.lost, moved.confidence) == (place_of("Nobody asked us"), 1.0)


def test_fragments_that_changed_places_are_not_kept_in_a_wrong_order():
    old = "First a long beginning of it all, then in the middle a few, and at the very end much more of it."
    new = "At the very end much more of it, and first a long beginning of it all, then in the middle a few."
    parts = (*place_of("a long beginning of it all", old), *place_of("very end much more of it", old))
    moved = Anchoring(old, new).fragments(parts)
    assert (len(moved.parts), len(moved.lost)) == (1, 1)


def test_how_much_of_a_text_was_kept_tells_a_new_version_from_another_article():
    assert share_kept(FERRY, FERRY) == share_kept("", "") == 1.0
    assert share_kept(FERRY, "An added line.\n" + FERRY.replace("May", "June")) > 0.7
    assert share_kept(FERRY, PIER) == 0.0
    assert share_kept("", FERRY) == share_kept("one", "two") == 0.0


WORDS = st.lists(
    st.integers(0, 2000).map(lambda number: f"word{number}"), min_size=20, max_size=60, unique=True
)


@given(st.text(max_size=60) | nasty_text | st.sampled_from(NASTY), st.data())
def test_an_unchanged_text_maps_onto_itself(text: str, data: st.DataObject):
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        span = Span(*snap_to_graphemes(text, start, data.draw(st.integers(start + 1, len(text)))))
        assert Anchoring(text, text).place(span) == Anchored(span, 1.0)


@given(nasty_text.filter(bool), nasty_text, st.data())
def test_one_change_elsewhere_never_moves_a_mark_off_its_words(text: str, put: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(*snap_to_graphemes(text, start, data.draw(st.integers(start + 1, len(text)))))
    if data.draw(st.booleans()):
        first = data.draw(st.integers(0, span.start))
        new = text[:first] + put + text[data.draw(st.integers(first, span.start)) :]
    else:
        first = data.draw(st.integers(span.end, len(text)))
        new = text[:first] + put + text[data.draw(st.integers(first, len(text))) :]
    one = Anchoring(text, new).place(span)
    assert one is not None
    assert span.text(text) in one.span.text(new)
    assert (one.confidence == 1.0) == (one.span.text(new) == span.text(text))


@given(WORDS, st.randoms(use_true_random=False))
def test_several_changes_elsewhere_leave_a_mark_on_its_words(words: list[str], chance: random.Random):
    start = chance.randrange(len(words) - 4)
    marked = words[start : start + 4]
    around = [words[:start], words[start + 4 :]]
    for side in around:
        for _ in range(chance.randrange(4)):
            if side:
                at = chance.randrange(len(side))
                side[at : at + chance.randrange(3)] = [f"new{chance.randrange(50)}"] * chance.randrange(3)
    old, new = " ".join(words), " ".join([*around[0], *marked, *around[1]])
    begin = old.index(f"{marked[0]} {marked[1]}")
    one = Anchoring(old, new).place(Span(begin, begin + len(" ".join(marked))))
    assert one is not None
    assert (one.span.text(new), one.confidence) == (" ".join(marked), 1.0)


@given(nasty_text.filter(bool), nasty_text, st.data())
def test_whatever_became_of_a_text_fragments_keep_their_order_and_cut_no_character(
    text: str, new: str, data: st.DataObject
):
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=8)))
    wide = [Span(*snap_to_graphemes(text, *pair)) for pair in zip(edges[::2], edges[1::2], strict=False)]
    parts = joined(wide)
    moved = Anchoring(text, new).fragments(parts)
    assert len(moved.parts) + len(moved.lost) == len(parts)
    assert list(moved.parts) == sorted(moved.parts)
    for left, right in zip(moved.parts, moved.parts[1:], strict=False):
        assert left.end <= right.start
    for part in moved.parts:
        assert is_boundary(new, part.start)
        assert is_boundary(new, part.end)
        assert part.end <= len(new)


@given(st.lists(st.sampled_from(["a", "b", "said", "the", ".", "x y"]), max_size=40), st.data())
def test_words_that_are_the_same_are_told_so_and_others_never(words: list[str], data: st.DataObject):
    old = " ".join(["start", *words])
    new = " ".join(data.draw(st.permutations(words)) if words else [])
    start = data.draw(st.integers(0, len(old) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(old))))
    one = Anchoring(old, new).place(span)
    if one is not None:
        assert (one.confidence == 1.0) == (one.span.text(new) == span.text(old))

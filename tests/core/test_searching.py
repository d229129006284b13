"""Words are found wherever a reader would see them, at offsets that are exact in any script."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.graphemes import is_boundary
from annotator.core.searching import Term, places, terms_of
from annotator.core.spans import Span
from tests.building import NASTY, nasty_text


def found(typed: str, text: str) -> list[str]:
    return [span.text(text) for span in places(terms_of(typed), text)]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("ferry", (Term("ferry"),)),
        ("night  ferry", (Term("night"), Term("ferry"))),
        ('"night  ferry" stop*', (Term("night ferry"), Term("stop", prefix=True))),
        ("“night ferry”", (Term("night ferry"),)),
        ("«нічний пором» «", (Term("нічний пором"),)),
        ('"night fer*"', (Term("night fer", prefix=True),)),
        ('"not closed', (Term("not closed"),)),
        ("ferry ferry", (Term("ferry"),)),
        ('* "" “ ”', ()),
        ("don't well-known 40%", (Term("don't"), Term("well-known"), Term("40%"))),
    ],
)
def test_what_is_typed_is_read_as_words_phrases_and_prefixes(typed: str, terms: tuple[Term, ...]):
    assert terms_of(typed) == terms


@pytest.mark.parametrize(
    ("typed", "text", "hits"),
    [
        ("ferry", "The Ferry and the ferryman: FERRY.", ["Ferry", "FERRY"]),
        ("ferr*", "The Ferry and the ferryman.", ["Ferry", "ferryman"]),
        ("said captain", "Said the captain; he said.", ["Said", "captain", "said"]),
        ("said nobody", "Said the captain.", []),
        ('"the plan"', "told the\n  plan; the planner", ["the\n  plan"]),
        ("café", "Café, cafe, cafe\u0301s, CAFE\u0301", ["Café", "CAFE\u0301"]),
        ("cafe\u0301", "the café", ["café"]),
        ("пелі", "Маяк у Пелі", ["Пелі"]),
        ("σοφός", "ΣΟΦΌΣ", ["ΣΟΦΌΣ"]),
        ("😊", "a😊b 😊", ["😊", "😊"]),
        ("👨", "a family 👨‍👩‍👧‍👦", []),
        ("$40", "It cost $40 or $400.", ["$40"]),
        ("40", "$40, 40%, 140", ["40", "40"]),
        ("u.s.", "The U.S. said", ["U.S."]),
        ("东京", "我在东京说", ["东京"]),
        ("وزير", "قال وزير إن الوزير", ["وزير"]),
        ("snake", "snake_case", ["snake"]),
        ("ığdır", "Iğdır ığdır", ["ığdır"]),
    ],
)
def test_words_are_found_whole_and_whatever_their_case(typed: str, text: str, hits: list[str]):
    assert found(typed, text) == hits


def is_word(one: str) -> bool:
    return one.isalnum() or unicodedata.category(one)[0] == "M" or unicodedata.category(one) == "Co"


def is_edge(text: str, at: int, inner: str) -> bool:
    if at in (0, len(text)):
        return True
    glued = is_word(inner) and is_word(text[at - 1]) and is_word(text[at])
    return not glued and is_boundary(text, at)


def read_from(form: str, text: str, at: int) -> int | None:
    """Where a reader who compares letter by letter comes out, or None."""
    for typed in form:
        if at >= len(text):
            return None
        there = text[at]
        if typed == " " and there.isspace():
            while at < len(text) and text[at].isspace():
                at += 1
        elif there == typed or (
            typed not in "ı\u0345" and there in (typed.lower(), typed.upper(), typed.title())
        ):
            at += 1
        else:
            return None
    return at


def naive(term: Term, text: str) -> list[Span]:
    """The same by trying every place of the text, the slow way."""
    hits, at = [], 0
    while at < len(text):
        ends = [end for form in term.forms if (end := read_from(form, text, at)) is not None]
        if term.prefix:
            ends = [
                next((to for to in range(end, len(text)) if not is_word(text[to])), len(text)) for end in ends
            ]
        end = next(
            (end for end in ends if is_edge(text, at, text[at]) and is_edge(text, end, text[end - 1])), at
        )
        if end > at:
            hits.append(Span(at, end))
        at = max(end, at + 1)
    return hits


pieces = st.text(
    st.sampled_from("aAbBsSéÉe\u0301ßẞΣσςıIiİ мМйи\u0306قم \n.,-_$40“😊👨\u200d👩🏽🇺🇦é\u00a0"),
    min_size=1,
    max_size=4,
)


@given(st.lists(pieces, min_size=1, max_size=12), pieces, st.booleans())
def test_a_term_is_found_exactly_where_reading_letter_by_letter_finds_it(
    parts: list[str], words: str, prefix: bool
):
    term = Term(" ".join(words.split()), prefix)
    text = "".join(parts)
    if term.words:
        assert places([term], text) == naive(term, text)


@given(nasty_text, st.data())
def test_a_word_taken_from_a_text_is_found_in_it(text: str, data: st.DataObject):
    words = text.split()
    if words:
        word = data.draw(st.sampled_from(words))
        if is_boundary(text, text.index(word)) and is_boundary(text, text.index(word) + len(word)):
            assert any(hit.text(text) == word for hit in places([Term(word)], text))


@pytest.mark.parametrize("text", NASTY)
def test_no_hit_cuts_through_a_character(text: str):
    for one in set(text):
        for hit in places([Term(one)] if not one.isspace() else [], text):
            assert is_boundary(text, hit.start)
            assert is_boundary(text, hit.end)

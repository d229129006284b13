"""What a reader sees as one character is never cut: checked against an independent reading of the Unicode rules."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.graphemes import inner_positions, is_boundary, snap_to_graphemes
from tests.building import NASTY

CLUSTER = regex.compile(r"\X")
PIECES = [
    *"ab \t\r\n\u0301\u0308\u200d\u200c\ufe0f\u00ad\u2028\u200b\ufeff©",
    *"😊👨👩❤👍🏽🏿🇺🇦🇬",
    *"\u1100\u1161\u11a8가각",
    *"कषिा\u0902ব\u0600\u06dd١ق\u064bำ\u0e33ກ\u0eb3\u102b\u1038",
    "क\u094d",
    "ব\u09cd",
]
"""A virama stands after its consonant: the reference joins even a stray one, the standard does not."""

pieced = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def boundaries(text: str) -> set[int]:
    return {0, len(text), *(found.end() for found in CLUSTER.finditer(text))}


@settings(max_examples=600)
@given(pieced)
def test_every_position_is_a_boundary_exactly_where_unicode_says_so(text: str):
    assert {at for at in range(len(text) + 1) if is_boundary(text, at)} == boundaries(text)


@given(pieced)
def test_the_list_of_inner_positions_is_all_that_are_no_boundary(text: str):
    assert set(inner_positions(text)) == set(range(len(text) + 1)) - boundaries(text)


@given(pieced, st.data())
def test_snapping_gives_the_smallest_stretch_around_that_cuts_nothing(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    edges = boundaries(text)
    assert snap_to_graphemes(text, start, end) == (
        max(edge for edge in edges if edge <= start),
        min(edge for edge in edges if edge >= end),
    )


@pytest.mark.parametrize("text", NASTY)
def test_known_hard_texts_are_cut_as_unicode_cuts_them(text: str):
    assert set(inner_positions(text)) == set(range(len(text) + 1)) - boundaries(text)

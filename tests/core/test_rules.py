"""What may not be marked is refused with a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotator.core.attributions import Attribution
from annotator.core.errors import BadSpan, BrokenLaw
from annotator.core.rules import check_attribution, check_chain, check_span
from annotator.core.scheme import scheme_from_plain
from annotator.core.spans import Span
from annotator.workspace.schemes import DEFAULT, read_plain
from tests.building import NASTY

SCHEME = scheme_from_plain(read_plain(DEFAULT), DEFAULT)
SOUND = Attribution(id="a", set_id="s", kind="other", content=(Span(0, 4),))
TEXT = "They said so."


def test_content_alone_is_a_sound_attribution_and_so_is_a_cue_without_a_source():
    check_attribution(SCHEME, SOUND, TEXT)
    check_attribution(SCHEME, replace(SOUND, content=(), cue=(Span(5, 9),)), TEXT)
    check_attribution(SCHEME, replace(SOUND, kind=None), TEXT)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"kind": "rumour"}, "'rumour' is not in the label scheme"),
        ({"content": ()}, "at least one span"),
        ({"type": "shout"}, "'shout' is no type"),
        ({"polarity": "maybe"}, "'maybe' is no polarity"),
        ({"quote": "loud"}, "'loud' is no quote"),
        ({"state": "lost"}, "'lost' is no state"),
        ({"confidence": 1.5}, "between 0 and 1"),
        ({"confidence": -0.1}, "between 0 and 1"),
        ({"confidence": float("nan")}, "between 0 and 1"),
        ({"more_roles": {"witness": (Span(0, 2),)}}, "role 'witness' is not in"),
    ],
)
def test_a_mark_that_breaks_a_law_is_refused(wrong: dict[str, Any], says: str):
    with pytest.raises(BrokenLaw, match=says):
        check_attribution(SCHEME, replace(SOUND, **wrong), TEXT)


@pytest.mark.parametrize("role", ["source", "cue", "content", "via_span", "recipient"])
def test_a_span_of_any_role_stays_inside_the_text(role: str):
    with pytest.raises(BadSpan, match="outside the text, which has 13 characters"):
        check_attribution(SCHEME, replace(SOUND, **{role: (Span(3, 14),)}), TEXT)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("👨‍👩‍👧 x", Span(0, 1)),
        ("e\u0301x", Span(1, 2)),
        ("🇺🇦x", Span(1, 3)),
        ("a\r\nb", Span(0, 2)),
    ],
)
def test_a_span_never_cuts_what_a_reader_sees_as_one_character(text: str, span: Span):
    with pytest.raises(BadSpan, match="cuts through a character"):
        check_span(text, span)


@pytest.mark.parametrize("text", NASTY)
def test_a_whole_text_can_always_be_marked(text: str):
    check_span(text, Span(0, len(text)))


def test_a_chain_may_be_long_but_never_a_circle():
    parents = {"b": "c", "c": "d", "d": None}
    check_chain("a", "b", parents.get)
    with pytest.raises(BrokenLaw, match="circle"):
        check_chain("d", "b", parents.get)
    with pytest.raises(BrokenLaw, match="circle"):
        check_chain("a", "a", parents.get)

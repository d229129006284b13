"""Panels for tests: annotators' marks, each told by the words it covers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from annotator.core.attributions import Attribution
from annotator.core.spans import Fragments, Span
from annotator.review.panels import Panel

TEXT = (
    "The night ferry stops in May, two people close to the board told the Harbour Post. "
    "“Nobody asked us,” said Captain Ida Brandt, adding that the crew had cried. "
    "The agency reported that the minister said the quay was safe. "
    "Sources said the tide gauge would move north."
)


def at(words: str, text: str = TEXT) -> Fragments:
    """Where words stand; several pieces with | between them."""
    spans = []
    for piece in words.split("|"):
        start = text.index(piece)
        spans.append(Span(start, start + len(piece)))
    return tuple(spans)


def mark(
    name: str, content: str = "", cue: str = "", source: str = "", kind: str | None = "other", **more: Any
) -> Attribution:
    """An attribution with these words."""
    made = Attribution(id=name, set_id="", kind=kind)
    for role, words in (("content", content), ("cue", cue), ("source", source)):
        if words:
            made = made.with_spans(role, at(words))
    return replace(made, **more)


def panel(article: str = "ferry", story: str = "", text: str = TEXT, **hands: list[Attribution]) -> Panel:
    """An article as these annotators marked it."""
    return Panel(article, story, text, {hand: tuple(marks) for hand, marks in hands.items()})


def spans(*pairs: tuple[int, int]) -> list[Span]:
    """Spans from their beginnings and ends."""
    return [Span(*pair) for pair in pairs]


FERRY = {"content": "The night ferry stops in May", "cue": "told", "source": "two people close to the board"}
ASKED = {"content": "“Nobody asked us,”", "cue": "said", "source": "Captain Ida Brandt"}
CRIED = {"content": "the crew had cried", "cue": "adding", "source": "Captain Ida Brandt"}
OUTER = {"content": "the minister said the quay was safe", "cue": "reported", "source": "The agency"}
INNER = {"content": "the quay was safe", "source": "the minister"}
TIDE = {"content": "the tide gauge would move north", "source": "Sources"}

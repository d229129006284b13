"""Trim a rough selection to whole words; find words and sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from annotator.core.graphemes import inner_positions, is_boundary, snap_to_graphemes
from annotator.core.spans import Span

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[’'\u2010\u2011-]\w+)*|[^\w\s]")
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s+[\"“‘«(\[]*[^\W_a-z]|\s*$)|\n+")
_SHORT = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Gov|Sen|Rep|St|Jr|Sr|No|vs|Inc|Ltd|Co|Corp|Jan|Feb|Aug|Sept|Oct|Nov|Dec"
    r"|[A-Z]|[A-Z]\.[A-Z]|[ap]\.m|e\.g|i\.e)\.$"
)


@lru_cache(maxsize=32)
def token_bounds(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Starts and ends of all tokens (words with inner hyphens and apostrophes; single marks), in code points."""
    starts: list[int] = []
    ends: list[int] = []
    clings = next(inner_positions(text), None) is not None
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if clings:
            start, end = snap_to_graphemes(text, start, end)
            if ends and (start < ends[-1] or (start == ends[-1] and _word_goes_on(text, starts[-1], start))):
                ends[-1] = max(end, ends[-1])
                continue
        starts.append(start)
        ends.append(end)
    return tuple(starts), tuple(ends)


def _word_goes_on(text: str, start: int, at: int) -> bool:
    """Whether the word that began at start was only broken off by a mark on its last letter."""
    return text[start].isalnum() and text[at].isalnum() and not is_boundary(text, at - 1)


def token_spans(text: str) -> list[Span]:
    """All tokens of the text as spans."""
    return [Span(start, end) for start, end in zip(*token_bounds(text), strict=True)]


def snap_to_tokens(text: str, span: Span) -> Span | None:
    """The tokens that a rough selection touches, as one span; None when it holds white space alone."""
    starts, ends = token_bounds(text)
    first = bisect_right(ends, span.start)
    last = bisect_left(starts, span.end) - 1
    if first > last or first >= len(starts):
        return None
    return Span(starts[first], ends[last])


def trim(text: str, span: Span) -> Span | None:
    """The selection without white space at its ends and without cutting a grapheme; None when nothing is left."""
    start, end = snap_to_graphemes(text, span.start, min(span.end, len(text)))
    while start < end and text[start].isspace():
        start += 1
    if start < end and not is_boundary(text, start):
        start -= 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def move_boundary(text: str, span: Span, *, start: int = 0, end: int = 0) -> Span:
    """The span with its edges moved by whole tokens (negative: to the left); unchanged where that leaves no token."""
    starts, ends = token_bounds(text)
    if not starts:
        return span
    first = bisect_right(ends, span.start) + start
    last = bisect_left(starts, span.end) - 1 + end
    first, last = max(0, first), min(len(starts) - 1, last)
    return Span(starts[first], ends[last]) if first <= last else span


@lru_cache(maxsize=32)
def sentence_bounds(text: str) -> tuple[tuple[int, int], ...]:
    """[start, end) of each sentence, without white space around it; a line end always ends one."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if text[match.start()] == "." and _SHORT.search(
            text, max(start, match.start() - 8), match.start() + 1
        ):
            continue
        found.append((start, match.end()))
        start = match.end()
    found.append((start, len(text)))
    trimmed = (trim(text, Span(a, b)) for a, b in found if a < b)
    return tuple((span.start, span.end) for span in trimmed if span)


def sentence_spans(text: str) -> list[Span]:
    """All sentences of the text as spans."""
    return [Span(start, end) for start, end in sentence_bounds(text)]


def sentence_at(text: str, position: int) -> Span | None:
    """The sentence that holds, or next follows, this position."""
    bounds = sentence_bounds(text)
    index = bisect_right([end for _, end in bounds], position)
    if not bounds:
        return None
    start, end = bounds[min(index, len(bounds) - 1)]
    return Span(start, end)

"""Span: a half-open stretch of a text, counted in code points; Fragments: several as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from annotator.core.errors import BadSpan


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch [start, end) of a text, in Unicode code points; never empty, never negative.

    Raises:
        BadSpan: when start is negative or end is not after start.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start < 0:
            raise BadSpan(f"A span cannot start before the text (start {self.start}).")
        if self.end <= self.start:
            raise BadSpan(f"A span must end after it starts ({self.start} to {self.end}).")

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one (equal spans do)."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def text(self, source: str) -> str:
        """The words of this span in the article's text."""
        return source[self.start : self.end]


Fragments: TypeAlias = tuple[Span, ...]
"""One role's place in a text: fragments in reading order that share no code point; empty when the role is absent."""


def fragments(pairs: Iterable[Sequence[int] | Span]) -> Fragments:
    """Fragments from [start, end) pairs, put in reading order.

    Raises:
        BadSpan: when a pair is not a span, or two fragments share a code point.
    """
    spans = [pair if isinstance(pair, Span) else Span(*pair) for pair in pairs]
    if len(spans) < 2:
        return tuple(spans)
    spans.sort()
    for left, right in pairwise(spans):
        if left.meets(right):
            raise BadSpan(
                f"Two fragments of one span overlap ({left.start} to {left.end} and {right.start} to {right.end})."
            )
    return tuple(spans)


def joined(spans: Iterable[Span]) -> Fragments:
    """Fragments that cover the same code points, with overlapping and touching ones made one."""
    done: list[Span] = []
    for span in sorted(spans):
        if done and span.start <= done[-1].end:
            done[-1] = Span(done[-1].start, max(done[-1].end, span.end))
        else:
            done.append(span)
    return tuple(done)


def words(parts: Fragments, source: str, between: str = " … ") -> str:
    """The words of all fragments, with a sign of what was left out between them."""
    return between.join(part.text(source) for part in parts)


def hull(parts: Iterable[Span]) -> Span | None:
    """The smallest span that holds all of them, or None when there are none."""
    spans = list(parts)
    if not spans:
        return None
    return Span(min(s.start for s in spans), max(s.end for s in spans))

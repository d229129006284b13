"""Suggestions: which of a suggester's marks still wait for a person, and which fits a new mark."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.core.attributions import Attribution, reading_order
from annotator.core.spans import Fragments

SUGGESTION = "suggestion"
"""Under this name a mark's provenance holds the id of the suggestion that was taken or rejected."""

ALIKE = 0.5
"""The share of the words of two contents from which they count as the same."""

_BLOCK = 512


def overlap(one: Fragments, other: Fragments) -> float:
    """The share of the code points of either that both cover (Jaccard's index); 0 when one is empty."""
    if not one or not other:
        return 0.0
    both = sum(
        max(0, min(left.end, right.end) - max(left.start, right.start)) for left in one for right in other
    )
    either = sum(map(len, one)) + sum(map(len, other)) - both
    return both / either


def pending(suggested: Iterable[Attribution], own: Iterable[Attribution]) -> list[Attribution]:
    """The suggestions that still wait for an annotator, in reading order.

    Args:
        suggested: a suggester's marks in an article.
        own: the annotator's marks there, rejected ones too.

    One that was taken or rejected waits no longer, whatever became of it since; nor does one that says what a kept mark
    says (half of the content's words, and some of the source's where both have one), or exactly what a rejected one said:
    so that what was refused does not come back from the next suggester either.
    """
    settled: set[object] = set()
    near: dict[int, list[Attribution]] = {}
    for mark in own:
        settled.add(mark.provenance.get(SUGGESTION))
        for block in _blocks(mark.content):
            near.setdefault(block, []).append(mark)
    waiting = []
    for one in sorted(suggested, key=reading_order):
        beside = {mark.id: mark for block in _blocks(one.content) for mark in near.get(block, ())}
        if one.id not in settled and not any(_says_the_same(one, mark) for mark in beside.values()):
            waiting.append(one)
    return waiting


def _blocks(parts: Fragments) -> set[int]:
    return {block for part in parts for block in range(part.start // _BLOCK, (part.end - 1) // _BLOCK + 1)}


def _says_the_same(suggestion: Attribution, mark: Attribution) -> bool:
    if mark.state == "rejected":
        return (suggestion.source, suggestion.cue, suggestion.content) == (
            mark.source,
            mark.cue,
            mark.content,
        )
    if overlap(suggestion.content, mark.content) < ALIKE:
        return False
    return not suggestion.source or not mark.source or overlap(suggestion.source, mark.source) > 0


def fitting(mark: Attribution, suggested: Iterable[Attribution]) -> Attribution | None:
    """The suggestion whose content is most like the mark's, if it has a source or a cue that the mark lacks."""
    found = [
        (overlap(mark.content, one.content), one)
        for one in suggested
        if (one.source and not mark.source) or (one.cue and not mark.cue)
    ]
    likeliest = max(found, key=lambda pair: pair[0], default=None)
    return likeliest[1] if likeliest is not None and likeliest[0] >= ALIKE else None


def uncertainty(suggested: Iterable[Attribution]) -> float:
    """How unsure the suggester is of an article: the mean over its suggestions of 1 - |2 c - 1| with confidence c.

    1 where every suggestion is a toss-up, 0 where all are sure or none was made. (Least confidence for two outcomes:
    Lewis and Gale, SIGIR 1994.)
    """
    unsure = [1 - abs(2 * (0.5 if one.confidence is None else one.confidence) - 1) for one in suggested]
    return sum(unsure) / len(unsure) if unsure else 0.0

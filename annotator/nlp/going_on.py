"""Let a content go on over the words beside it that look like content, as long as they are nobody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from annotator.nlp.token_marks import Stretch, TokenMark

_LIKELY = 0.5


def as_far_as_read(doc: Any, marks: Sequence[TokenMark], content: Sequence[float]) -> list[TokenMark]:
    """The marks with each piece of content as long as its words are likely content, within the line.

    A cue's window ends after a few sentences, and a quotation need not. content says how likely each token is part of some
    content; tokens of other roles and of other marks are not taken.
    """
    taken = [False] * len(doc)
    for mark in marks:
        for start, stop in (mark.cue, *mark.source, *mark.content):
            taken[start:stop] = [True] * (stop - start)

    def is_free(at: int) -> bool:
        return content[at] > _LIKELY and not taken[at] and "\n" not in doc[at].text

    def longer(piece: Stretch) -> Stretch:
        start, stop = piece
        while stop < len(doc) and is_free(stop):
            taken[stop] = True
            stop += 1
        while start > 0 and is_free(start - 1):
            start -= 1
            taken[start] = True
        return start, stop

    return [replace(mark, content=_joined([longer(piece) for piece in mark.content])) for mark in marks]


def _joined(pieces: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Pieces that touch made one."""
    done: list[Stretch] = []
    for start, stop in pieces:
        if done and start <= done[-1][1]:
            done[-1] = done[-1][0], max(stop, done[-1][1])
        else:
            done.append((start, stop))
    return tuple(done)

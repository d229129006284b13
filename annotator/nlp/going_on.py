"""Let a content go on over the words beside it that look like content, as long as they are nobody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from annotator.nlp.token_marks import Stretch, TokenMark

_LIKELY = 0.4
_SKIPS = 1
"""Over so many unlikely words, a closing mark or a comma, a content still goes on to likely ones."""


def as_far_as_read(doc: Any, marks: Sequence[TokenMark], content: Sequence[float]) -> list[TokenMark]:
    """The marks with each piece of content as long as its words are likely content, within the line.

    A cue's window ends after a few sentences, and a quotation need not. content says how likely each token is part of some
    content; tokens of other roles and of other marks are not taken.
    """
    taken = [False] * len(doc)
    for mark in marks:
        for start, stop in (mark.cue, *mark.source, *mark.content):
            taken[start:stop] = [True] * (stop - start)

    def next_likely(at: int, step: int) -> int:
        """The likely word at or just beyond a place, or -1."""
        for place in range(at, at + step * (_SKIPS + 1), step):
            if not 0 <= place < len(doc) or taken[place] or "\n" in doc[place].text:
                return -1
            if content[place] > _LIKELY:
                return place
        return -1

    def longer(piece: Stretch) -> Stretch:
        start, stop = piece
        while (place := next_likely(stop, 1)) >= 0:
            stop = place + 1
        while (place := next_likely(start - 1, -1)) >= 0:
            start = place
        taken[start:stop] = [True] * (stop - start)
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

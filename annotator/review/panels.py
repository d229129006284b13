"""Panel: one article's text, and what each annotator marked in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.core.attributions import Attribution
from annotator.core.spans import Fragments, Span

ROLES = ("source", "cue", "content")
"""The roles by which attributions are matched and agreement on spans is measured."""


@dataclass(frozen=True, slots=True)
class Panel:
    """An article as several annotators marked it.

    marks has the attributions of each annotator who worked on it, by name; nothing found is an empty tuple, and who did
    not work on it is not there. Attributions that nobody accepted (state other than kept) are to be left out before.
    """

    article_id: str
    story_id: str
    text: str
    marks: Mapping[str, tuple[Attribution, ...]]

    @property
    def hands(self) -> tuple[str, ...]:
        """Who worked on the article."""
        return tuple(self.marks)

    def only(self, hands: tuple[str, ...]) -> Panel:
        """The panel with some annotators alone, in this order."""
        kept = {hand: self.marks[hand] for hand in hands if hand in self.marks}
        return Panel(self.article_id, self.story_id, self.text, kept)


def trimmed(text: str, parts: Fragments) -> Fragments:
    """Fragments as they are compared: without white space at their edges, and as one where only white space is between.

    A fragment of white space alone is left out.
    """
    done: list[Span] = []
    for part in parts:
        start, end = part.start, min(part.end, len(text))
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start >= end:
            continue
        if done and not text[done[-1].end : start].strip():
            done[-1] = Span(done[-1].start, max(end, done[-1].end))
        else:
            done.append(part if (start, end) == (part.start, part.end) else Span(start, end))
    return tuple(done)

"""Mark: one role of one attribution as it is drawn; KindStyle: how a kind of source looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from annotator.core.spans import Fragments

ROLES = ("content", "source", "cue", "via", "recipient")
ASIDES = ("via", "recipient")

MarkKey: TypeAlias = tuple[str, str]
"""Attribution id and role: what makes a mark the same mark after a change."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One role of one attribution: its fragments, in code points of the article's text, and its kind of source."""

    attribution_id: str
    role: str
    kind: str | None
    fragments: Fragments
    suggested: bool = False

    @property
    def key(self) -> MarkKey:
        return self.attribution_id, self.role


@dataclass(frozen=True, slots=True)
class KindStyle:
    """A kind's colour in both themes, its dash (drawn and left out by turns, in pixels; empty: solid), its sign."""

    colour_light: str
    colour_dark: str
    dash: tuple[float, ...] = ()
    glyph: str = "circle"


NEUTRAL = KindStyle("#6b7280", "#9aa3b2", (), "ring")
"""For a kind that is not set, or that the scheme does not know."""

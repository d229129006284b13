"""TokenMark: an attribution in a spaCy Doc's tokens, as the network finds it or learns it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Stretch: TypeAlias = tuple[int, int]
"""Tokens [first, after the last)."""

READINGS = (
    "content as read",
    "weakest word of the content",
    "odds of the content",
    "source as read",
    "content goes on before",
    "content goes on behind",
    "first word of the content",
    "last word of the content",
    "cue as read",
    "cue read as content",
    "beginning of the content",
    "beginning of the source",
)
"""How well an attribution agrees with what each word looked like on its own, before any cue was looked at: chances, and odds."""


@dataclass(frozen=True, slots=True)
class TokenMark:
    """One attribution; its cue is one stretch, source and content are any number.

    chance says how likely there is an attribution at this cue, sureness how likely its roles are exactly these;
    readings has a number for each of READINGS.
    """

    cue: Stretch
    source: tuple[Stretch, ...]
    content: tuple[Stretch, ...]
    kind: str | None = None
    chance: float = 1.0
    sureness: float = 1.0
    readings: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a network makes of a text: what may be attributions, and how likely each token is part of some content."""

    marks: tuple[TokenMark, ...]
    content: Sequence[float]

"""Found: an attribution while the rules still work on it, in words rather than code points."""

from __future__ import annotations

from dataclasses import dataclass, field

Stretch = tuple[int, int]


@dataclass(slots=True)
class Found:
    """An attribution in the making; every stretch is [first word, after the last).

    odds and order are logarithms: of the cue being one, and of content standing before it; chance is that all is right.
    """

    rule: str
    head: int
    source: list[Stretch] = field(default_factory=list)
    cue: list[Stretch] = field(default_factory=list)
    content: list[Stretch] = field(default_factory=list)
    chance: float = 0.5
    odds: float = 0.0
    order: float = 0.0
    recipient: Stretch | None = None
    via: str | None = None
    via_span: Stretch | None = None
    parent: Found | None = None
    kind: str | None = None
    source_name: str | None = None
    medium: str | None = None
    antecedent: Found | None = None
    inherited: tuple[str, ...] = ()
    self_citation: bool = False

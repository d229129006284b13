"""The sizes of a page: margins, distance between lines, lanes under them; all follow the font."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from PySide6.QtGui import QFont, QFontMetricsF

LANES = 4
BRACKETS = 4


@dataclass(frozen=True, slots=True)
class Measures:
    """Whole pixels throughout: the scroll bar counts in integers, and fractions would make the text creep."""

    line: int
    text: int
    lane: int
    stroke: int
    bracket: int
    character: float
    gap: int
    blank: int
    top: int = 14
    right: int = 18
    pad: int = 1

    @property
    def left(self) -> int:
        """Where the text begins: after the bracket lanes."""
        return 6 + BRACKETS * self.bracket + 8

    def room(self, depth: int) -> int:
        """Height that marks need under a line which carries this many lanes."""
        if not depth:
            return 0
        return self.pad + self.lane * min(depth, LANES) + 1 + (4 if depth > LANES else 0)

    @property
    def widest(self) -> int:
        """The longest line that is pleasant to read; a wider column gets white room at both sides."""
        return round(self.character * 92)

    @classmethod
    def of(cls, font: QFont, line_height: float) -> Measures:
        """The sizes for a font and a line height (1.0 sets the lines as close as the font allows)."""
        metrics = QFontMetricsF(font)
        text = ceil(metrics.ascent() + metrics.descent())
        return cls(
            line=max(text + 2, round(metrics.height() * line_height)),
            text=text,
            lane=max(5, round(text * 0.28)),
            stroke=max(2, round(text * 0.11)),
            bracket=max(8, round(text * 0.5)),
            character=metrics.averageCharWidth() * 1.06,
            gap=round(metrics.height() * 0.62),
            blank=round(metrics.height() * 0.45),
        )

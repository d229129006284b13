"""Where every paragraph stands: estimated until it comes into view, exact once it is laid out."""

from __future__ import annotations

import re
import time
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from math import ceil

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QTextBlock, QTextDocument, QTextLayout, QTextOption

from annotator.qt.article.lanes import assign_lanes
from annotator.qt.article.measures import LANES, Measures
from annotator.qt.article.span_index import Piece, SpanIndex

_KEPT = 160
_LONG = 4000
_UNBROKEN = re.compile(r"[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]{2000}")
"""Letters without a place to break between them; Chinese, Japanese and Korean may be broken anywhere."""

_AT_WORDS, _ANYWHERE = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere, QTextOption.WrapMode.WrapAnywhere


class Paragraphs:
    """Heights and tops of all paragraphs of a document, and the line breaks of those that were lately on screen."""

    def __init__(self, document: QTextDocument, index: SpanIndex, measures: Measures) -> None:
        self._document = document
        self.index = index
        self.measures = measures
        self.width = 0
        self.heights: list[int] = []
        self.tops: list[int] = [measures.top]
        self._exact = bytearray()
        self._live: dict[int, QTextBlock] = {}
        self._lanes: dict[int, list[tuple[Piece, int]]] = {}
        self._found: dict[int, int] = {}
        self._next = 0
        self.hidden: frozenset[int] = frozenset()
        self._scratch = QTextLayout()
        self._option = QTextOption()

    def reset(self, width: int, measures: Measures) -> None:
        """Begin anew with estimates: the text, the width or the font is another."""
        self.width, self.measures = width, measures
        count = self._document.blockCount()
        # Lines of another width would mislead the caret's way up and down.
        if count == len(self._exact):
            self._forget(list(self._live))
        self._live.clear()
        self._exact = bytearray(count)
        per_line = max(4.0, width / measures.character)
        starts = self.index.starts
        if len(starts) == count:
            ends = [*starts[1:], self.index.length]
            self.heights = [
                measures.line * (int((end - start) / per_line) + 1) + measures.gap
                if end - start > 1
                else measures.blank
                for start, end in zip(starts, ends, strict=True)
            ]
        else:
            self.heights = [measures.line + measures.gap] * count
        for number in self.hidden:
            if number < count:
                self.heights[number] = 0
        self._start_measuring()
        self._sum()

    @property
    def height(self) -> int:
        return self.tops[-1]

    @property
    def settled(self) -> bool:
        """Whether every height is exact."""
        return self._next >= len(self.heights)

    def at(self, y: float) -> int:
        """The paragraph at a height of the document; the nearest one above or below the text."""
        return min(len(self.heights) - 1, max(0, bisect_right(self.tops, y) - 1))

    def lanes(self, block: int) -> list[tuple[Piece, int]]:
        """A paragraph's pieces with their lanes."""
        laned = self._lanes.get(block)
        if laned is None:
            laned = self._lanes[block] = assign_lanes(self.index.pieces(block), LANES)
        return laned

    def layout(self, number: int) -> QTextLayout:
        """A paragraph's line breaks and places, made now if they are not there."""
        block = self._document.findBlockByNumber(number)
        if number not in self._live and self._lay_out(block, number):
            self._sum()
        return block.layout()

    def is_live(self, number: int) -> bool:
        return number in self._live

    def all_exact(self, first: int, last: int) -> bool:
        return all(self._exact[first : last + 1])

    def is_exact(self, number: int) -> bool:
        return bool(self._exact[number])

    def measure(self, first: int, last: int) -> bool:
        """Lay out these paragraphs; whether any height changed."""
        moved = False
        block = self._document.findBlockByNumber(first)
        for number in range(first, last + 1):
            if not block.isValid():
                break
            if number not in self._live:
                moved |= self._lay_out(block, number)
            block = block.next()
        if moved:
            self._sum()
        return moved

    def marks_changed(self, blocks: Iterable[int]) -> bool:
        """Give the lines of these paragraphs the room that their marks now need; whether any height changed."""
        touched = sorted(blocks)
        moved = False
        for number in touched:
            self._lanes.pop(number, None)
            if number in self._live:
                moved |= self._set_height(number, self._place(self._live[number].layout(), number))
            elif self._exact[number] and len(touched) <= _KEPT:
                moved |= self._set_height(number, self._measure_aside(number))
            else:
                self._exact[number] = 0
                self._found.pop(number, None)
                self._next = min(self._next, number)
        if moved:
            self._sum()
        return moved

    def measure_some(self, seconds: float) -> bool:
        """Find the exact heights of some more paragraphs, without showing them yet; whether all are found."""
        until = time.perf_counter() + seconds
        count = len(self.heights)
        while self._next < count:
            if not self._exact[self._next] and self._next not in self._found:
                self._found[self._next] = self._measure_aside(self._next)
            self._next += 1
            if time.perf_counter() > until:
                break
        return self._next >= count

    def apply_found(self) -> bool:
        """Take over the heights that were found; whether any changed."""
        moved = False
        for number, height in self._found.items():
            if not self._exact[number]:
                moved |= self._set_height(number, height)
                self._exact[number] = 1
        self._found.clear()
        if moved:
            self._sum()
        return moved

    def _start_measuring(self) -> None:
        self._found.clear()
        self._next = 0
        self._scratch.setFont(self._document.defaultFont())

    def _sum(self) -> None:
        self.tops = list(accumulate(self.heights, initial=self.measures.top))

    def _set_height(self, number: int, height: int) -> bool:
        height = 0 if number in self.hidden else height
        moved = height != self.heights[number]
        self.heights[number] = height
        return moved

    def _lay_out(self, block: QTextBlock, number: int) -> bool:
        layout = block.layout()
        layout.setCacheEnabled(True)
        layout.setFont(self._document.defaultFont())
        moved = self._set_height(number, self._break_and_place(layout, block, number))
        self._exact[number] = 1
        self._live[number] = block
        if len(self._live) > _KEPT:
            self._forget(sorted(self._live, key=lambda other: -abs(other - number))[: _KEPT // 2])
        return moved

    def _measure_aside(self, number: int) -> int:
        """A paragraph's exact height, found without keeping its glyphs."""
        block = self._document.findBlockByNumber(number)
        self._scratch.setText(block.text())
        return self._break_and_place(self._scratch, block, number)

    def _break_and_place(self, layout: QTextLayout, block: QTextBlock, number: int) -> int:
        direction = block.textDirection()
        backwards = direction == Qt.LayoutDirection.RightToLeft
        self._option.setTextDirection(direction)
        self._option.setAlignment(Qt.AlignmentFlag.AlignRight if backwards else Qt.AlignmentFlag.AlignLeft)
        self._option.setWrapMode(_AT_WORDS if _has_words(block) else _ANYWHERE)
        layout.setTextOption(self._option)
        layout.beginLayout()
        line = layout.createLine()
        while line.isValid():
            line.setLineWidth(self.width)
            line = layout.createLine()
        layout.endLayout()
        return self._place(layout, number)

    def _place(self, layout: QTextLayout, number: int) -> int:
        """Set the lines one under the other, each with the room its own marks need below it.

        A line that gets a mark stays where it is, and so does all above it: only what follows moves.
        """
        measures = self.measures
        depths = self._depths(layout, number)
        y = 0
        for at, depth in enumerate(depths):
            line = layout.lineAt(at)
            line.setPosition(QPointF(0, y))
            y += max(measures.line, ceil(line.height()) + measures.room(depth))
        if layout.lineCount() == 1 and not layout.lineAt(0).textLength():
            return measures.blank
        return (y or measures.line) + measures.gap

    def _depths(self, layout: QTextLayout, number: int) -> list[int]:
        """How many lanes each line of a paragraph carries."""
        count = layout.lineCount()
        depths = [0] * count
        laned = self.lanes(number) if self.index.has_pieces(number) else []
        if laned:
            starts = [layout.lineAt(at).textStart() for at in range(count)]
            for piece, lane in laned:
                at = max(0, bisect_right(starts, piece.start) - 1)
                while at < count and starts[at] < piece.end:
                    depths[at] = max(depths[at], lane + 1)
                    at += 1
        return depths

    def _forget(self, numbers: Iterable[int]) -> None:
        """Free the glyphs and lines of paragraphs that are far from the screen."""
        for number in numbers:
            layout = self._live.pop(number).layout()
            layout.setCacheEnabled(False)
            layout.beginLayout()
            layout.endLayout()


def _has_words(block: QTextBlock) -> bool:
    """Whether a paragraph can be broken between words: else Qt looks for such a place through all of it, for each line."""
    return block.length() < _LONG or _UNBROKEN.search(block.text()) is None


def font_of(family: str, size: float) -> QFont:
    """The reading font, with fallbacks for a machine that lacks the family."""
    font = QFont()
    font.setFamilies([family, "Noto Sans", "DejaVu Sans", "Segoe UI", "Helvetica Neue"])
    font.setPointSizeF(size)
    return font

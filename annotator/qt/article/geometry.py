"""Turn the marks of one laid-out paragraph into rectangles and strokes, ready to be painted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtGui import QTextLayout, QTextLine

from annotator.qt.article.marks import Mark
from annotator.qt.article.measures import LANES, Measures
from annotator.qt.article.span_index import Piece

_MIXED = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one line as it is seen, from left to right; backwards where its text runs from the right."""

    left: float
    right: float
    backwards: bool


@dataclass(frozen=True, slots=True)
class Run:
    """One visible stretch of a mark: the box of its words, the top of its lane, and which of its ends are here."""

    mark: Mark
    lane: int
    segment: Segment
    top: float
    bottom: float
    y: float
    opens: bool
    closes: bool

    @property
    def first_x(self) -> float:
        return self.segment.right if self.segment.backwards else self.segment.left

    @property
    def last_x(self) -> float:
        return self.segment.left if self.segment.backwards else self.segment.right


@dataclass(frozen=True, slots=True)
class Joint:
    """A dotted stroke between two fragments of one mark."""

    mark: Mark
    left: float
    right: float
    y: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a paragraph: the text it holds, and the box of its words."""

    start: int
    end: int
    line: QTextLine
    top: float
    bottom: float


@dataclass(slots=True)
class Picture:
    """All there is to draw for one paragraph's marks, in the paragraph's own coordinates.

    What finds no lane is `hidden`, seen only while its attribution is the current one; `more` says that it is there.
    """

    runs: list[Run] = field(default_factory=list)
    joints: list[Joint] = field(default_factory=list)
    hidden: list[Run] = field(default_factory=list)
    more: list[tuple[float, float, float]] = field(default_factory=list)


class ParagraphLines:
    """The lines of one paragraph, and where stretches of its text are seen on them."""

    def __init__(self, layout: QTextLayout, text: str) -> None:
        self._text = text
        self._mixed = _MIXED.search(text) is not None
        self.rows: list[Row] = []
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            top, start = line.y(), line.textStart()
            self.rows.append(
                Row(start, start + line.textLength(), line, top, top + line.ascent() + line.descent())
            )
        self.starts = [row.start for row in self.rows]
        self._units = text if text.isascii() else _Units(text)

    def row_of(self, unit: int) -> int:
        return max(0, bisect_right(self.starts, unit) - 1)

    def parts(self, start: int, end: int) -> Iterator[tuple[Row, int, int]]:
        """The rows that a stretch crosses, each with its part, without white space at the line's edges."""
        for row in self.rows[self.row_of(start) :]:
            if row.start >= end:
                break
            first, last = max(start, row.start), min(end, row.end)
            if last < end:
                while last > first and self._units[last - 1] == " ":
                    last -= 1
            if first > start:
                while first < last and self._units[first] == " ":
                    first += 1
            if first < last:
                yield row, first, last

    def segments(self, row: Row, start: int, end: int) -> list[Segment]:
        """Where a part of one line is seen; more than one stretch where left-to-right and right-to-left mix."""
        if not self._mixed:
            left, right = _x(row.line, start), _x(row.line, end)
            return [Segment(min(left, right), max(left, right), backwards=False)]
        # cursorToX is ambiguous where directions meet; glyph runs are exact.
        found = sorted(
            (box.left(), box.right(), run.isRightToLeft())
            for run in row.line.glyphRuns(start, end - start)
            if (box := run.boundingRect()).width() > 0
        )
        merged: list[Segment] = []
        for left, right, backwards in found:
            if merged and left <= merged[-1].right + 6:
                last = merged.pop()
                merged.append(Segment(last.left, max(last.right, right), last.backwards and backwards))
            else:
                merged.append(Segment(left, right, backwards))
        return merged

    def nearest(self, row: Row, unit: int, segments: list[Segment]) -> int:
        """Which of the segments shows the character at this position."""
        if len(segments) == 1:
            return 0
        own = self.segments(row, unit, unit + 1)
        middle = (own[0].left + own[0].right) / 2 if own else segments[0].left
        return min(
            range(len(segments)),
            key=lambda at: max(segments[at].left - middle, middle - segments[at].right, 0.0),
        )


class _Units:
    """A text by UTF-16 unit, so that layout positions can be looked up in it."""

    __slots__ = ("_bytes",)

    def __init__(self, text: str) -> None:
        self._bytes = text.encode("utf-16-le", "surrogatepass")

    def __getitem__(self, unit: int) -> str:
        return chr(int.from_bytes(self._bytes[2 * unit : 2 * unit + 2], "little"))


def build_picture(
    lines: ParagraphLines,
    laned: Iterable[tuple[Piece, int]],
    measures: Measures,
    snap: Callable[[float], float],
) -> Picture:
    """The picture of a paragraph's marks; `snap` moves a height to a whole pixel of the screen."""
    picture = Picture()
    over: list[tuple[int, int]] = []
    for piece, lane in laned:
        if lane >= LANES:
            over.append((piece.start, piece.end))
            picture.hidden.extend(_runs(lines, piece, lane, measures, snap))
        else:
            picture.runs.extend(_runs(lines, piece, lane, measures, snap))
    picture.joints = list(_joints(picture.runs))
    for start, end in _merged(over):
        for row, first, last in lines.parts(start, end):
            y = snap(row.bottom + measures.pad + LANES * measures.lane + 2)
            picture.more.extend((seg.left, seg.right, y) for seg in lines.segments(row, first, last))
    return picture


def _runs(
    lines: ParagraphLines, piece: Piece, lane: int, measures: Measures, snap: Callable[[float], float]
) -> Iterator[Run]:
    for row, first, last in lines.parts(piece.start, piece.end):
        segments = lines.segments(row, first, last)
        if not segments:
            continue
        head = lines.nearest(row, first, segments) if piece.opens and first == piece.start else -1
        tail = lines.nearest(row, last - 1, segments) if piece.closes and last == piece.end else -1
        y = snap(row.bottom + measures.pad + lane * measures.lane)
        for at, segment in enumerate(segments):
            yield Run(piece.mark, lane, segment, row.top, row.bottom, y, at == head, at == tail)


def _joints(runs: Sequence[Run]) -> Iterator[Joint]:
    """Dots from the end of each fragment to the beginning of the next, or a stub at both when a line lies between."""
    ends: dict[tuple[str, str], Run] = {}
    for run in runs:
        if len(run.mark.fragments) < 2:
            continue
        before = ends.get(run.mark.key)
        if run.opens and before is not None:
            if before.y == run.y and before.segment.right < run.segment.left:
                for left, right in _gaps(runs, run.y, before.segment.right, run.segment.left):
                    yield Joint(run.mark, left, right, run.y)
            elif before.y != run.y:
                yield Joint(run.mark, before.last_x, before.last_x + 12, before.y)
                yield Joint(run.mark, max(0.0, run.first_x - 12), run.first_x, run.y)
        ends[run.mark.key] = run


def _gaps(runs: Iterable[Run], y: float, left: float, right: float) -> Iterator[tuple[float, float]]:
    """The parts of a stretch of a lane where no stroke is: the attribution's own cue often stands there."""
    for taken in sorted((run.segment.left, run.segment.right) for run in runs if run.y == y):
        if left < taken[1] and taken[0] < right:
            if left < taken[0]:
                yield left, taken[0]
            left = max(left, taken[1])
    if left < right:
        yield left, right


def _merged(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def _x(line: QTextLine, unit: int) -> float:
    found: Any = line.cursorToX(unit)
    return float(found[0])

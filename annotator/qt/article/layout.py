"""Lay out and draw a long text lazily, with room for marks under every line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextLine,
)

from annotator.qt.article.geometry import ParagraphLines, build_picture
from annotator.qt.article.guard import guarded, nothing
from annotator.qt.article.ink import Ink, colours_of
from annotator.qt.article.margin import build_brackets
from annotator.qt.article.marks import KindStyle
from annotator.qt.article.measures import Measures
from annotator.qt.article.painting import MarkPainter, Sheet, make_sheet
from annotator.qt.article.paragraphs import Paragraphs
from annotator.qt.article.span_index import SpanIndex

EVERYWHERE = QRectF(0, 0, 1e9, 1e9)
_SLICE = 0.003
_BREATH, _PAUSE = 60, 12
"""Milliseconds before the paragraphs out of sight are measured, and between slices: what is in sight is painted first."""

_SHEETS = 320


@dataclass(frozen=True, slots=True)
class Hits:
    """Passages that a search found, in UTF-16 units and reading order, and which one the reader is at."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    current: int | None = None


class LaneLayout(QAbstractTextDocumentLayout):
    """The article's own document layout: paragraphs are laid out when they come into view, the rest when idle.

    Signals:
        aboutToSettle: all heights are known, and those of paragraphs never seen are about to become exact.
        settled: they have.
    """

    aboutToSettle = Signal()
    settled = Signal()

    def __init__(self, document: QTextDocument, index: SpanIndex, measures: Measures) -> None:
        super().__init__(document)
        self.paragraphs = Paragraphs(document, index, measures)
        self.current: str | None = None
        self.left = measures.left
        self.hits = Hits()
        self.asides: frozenset[int] = frozenset()
        self._dimmed: frozenset[str] = frozenset()
        self._measures = measures
        self._index = index
        self._kinds: Mapping[str, KindStyle] = {}
        self._ink: Ink | None = None
        self._ink_key: tuple[object, ...] = ()
        self._sheets: dict[int, Sheet] = {}
        self._size = QSizeF()
        self._idle = QTimer(self)
        self._idle.setInterval(_BREATH)
        self._idle.timeout.connect(self._measure_some)
        # A child timer: QTimer.singleShot would fire after the layout is gone.
        self._correct = QTimer(self)
        self._correct.setSingleShot(True)
        self._correct.setInterval(0)
        self._correct.timeout.connect(self.redraw)

    @property
    def measures(self) -> Measures:
        return self._measures

    @property
    def is_settled(self) -> bool:
        return not self._idle.isActive()

    def set_kinds(self, kinds: Mapping[str, KindStyle]) -> None:
        self._kinds = kinds
        self._ink = None
        self.redraw()

    def set_measures(self, measures: Measures) -> None:
        """Another font or line height."""
        self._measures = measures
        self._reset()

    def set_asides(self, asides: frozenset[int], hidden: frozenset[int]) -> None:
        """Paragraphs that are not the article itself: set in a muted colour, or left out."""
        self.asides = asides
        if hidden != self.paragraphs.hidden:
            self.paragraphs.hidden = hidden
            self._reset()
        else:
            self.redraw()

    def set_dimmed(self, attributions: frozenset[str]) -> None:
        """Attributions that step back, so that the others are seen."""
        if attributions != self._dimmed:
            self._dimmed = attributions
            self._sheets.clear()
            self.redraw()

    def stop(self) -> None:
        """End what would still run when the document is left."""
        self._idle.stop()
        self._correct.stop()

    def redraw(self) -> None:
        self._announce_size()
        self.update[QRectF].emit(EVERYWHERE)  # type: ignore[index]

    def marks_changed(self, blocks: Iterable[int]) -> bool:
        """Forget the pictures of these paragraphs and give their lines the room they need; whether text moved."""
        touched = list(blocks)
        for block in touched:
            self._sheets.pop(block, None)
        moved = self.paragraphs.marks_changed(touched)
        if moved:
            self._announce_size()
        if not self.paragraphs.settled:
            self._idle.start()
        return moved

    def measure(self, first: int, last: int) -> bool:
        """Make these paragraphs exact; whether any height changed."""
        moved = self.paragraphs.measure(first, last)
        if moved:
            self._announce_size()
        return moved

    def line_top(self, unit: int) -> int:
        """The height of the line that holds a UTF-16 position; lays its paragraph out."""
        return self.line_box(unit)[0]

    def line_box(self, unit: int) -> tuple[int, int]:
        """Top and bottom of the words on the line that holds a UTF-16 position."""
        number = self._index.block_of(min(unit, self._index.length))
        layout = self.paragraphs.layout(number)
        line = layout.lineForTextPosition(unit - self._index.starts[number])
        top = self.paragraphs.tops[number]
        if not line.isValid():
            return top, top + self._measures.text
        return top + round(line.y()), top + round(line.y() + line.height())

    def line_at(self, y: float) -> tuple[int, int]:
        """The first UTF-16 position of the line at this height, and the line's top; cheap where nothing is laid out."""
        number = self.paragraphs.at(y)
        top, start = self.paragraphs.tops[number], self._index.starts[number]
        if not self.paragraphs.is_live(number):
            return start, top
        layout = self.paragraphs.layout(number)
        at = _row(layout, y - top)
        line = layout.lineAt(at)
        return (start + line.textStart(), top + round(line.y())) if line.isValid() else (start, top)

    def character_at(self, point: QPointF) -> int | None:
        """The UTF-16 position of the character whose box holds a point, or None where there are no words."""
        number = self.paragraphs.at(point.y())
        y = point.y() - self.paragraphs.tops[number]
        if y < 0 or not self.paragraphs.heights or y > self.paragraphs.heights[number]:
            return None
        layout = self.paragraphs.layout(number)
        if not layout.lineCount():
            return None
        line = layout.lineAt(_row(layout, y))
        x = point.x() - self.left
        seen = line.naturalTextRect()
        if not seen.left() <= x <= seen.right():
            return None
        found = line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
        return self._index.starts[number] + int(found)

    def bracket_at(self, point: QPointF) -> list[str]:
        """The attributions whose bracket stands at a point of the margin."""
        lane = int((point.x() - 6 - self.left + self._measures.left) // self._measures.bracket)
        if lane < 0 or point.x() >= self.left:
            return []
        number = self.paragraphs.at(point.y())
        sheet = self._sheets.get(number)
        if sheet is None:
            return []
        y = point.y() - self.paragraphs.tops[number]
        return [
            bracket.extent.attribution_id
            for bracket in sheet.brackets
            if bracket.lane == lane and bracket.top - 1 <= y <= bracket.bottom + 1
        ]

    @guarded(nothing)
    def documentChanged(self, position: int, removed: int, added: int) -> None:
        self._reset()

    def pageCount(self) -> int:
        return 1

    @guarded(QSizeF)
    def documentSize(self) -> QSizeF:
        return QSizeF(self._size)

    @guarded(QRectF)
    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:
        return QRectF(QPointF(0, 0), self._size)

    @guarded(QRectF)
    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        number = block.blockNumber()
        if not 0 <= number < len(self.paragraphs.heights):
            return QRectF()
        self.paragraphs.layout(number)
        top, height = self.paragraphs.tops[number], self.paragraphs.heights[number]
        return QRectF(self.left, top, self.paragraphs.width, height)

    @guarded(int)
    def hitTest(  # type: ignore[override]
        self, point: QPointF, accuracy: Qt.HitTestAccuracy
    ) -> int:
        if not self.paragraphs.heights:
            return 0
        if accuracy == Qt.HitTestAccuracy.ExactHit:
            unit = self.character_at(QPointF(point))
            return -1 if unit is None else unit
        number = self.paragraphs.at(point.y())
        layout = self.paragraphs.layout(number)
        if not layout.lineCount():
            return self._index.starts[number]
        line = layout.lineAt(_row(layout, point.y() - self.paragraphs.tops[number]))
        found = line.xToCursor(point.x() - self.left)
        return self._index.starts[number] + int(found)

    @guarded(nothing)
    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        if not self.paragraphs.heights:
            return
        ink = self._ink_for(painter, context.palette)
        marks = MarkPainter(ink, self._measures, self.current)
        # The format dangles once its list item is gone: copy it.
        selections = [
            (one.cursor.selectionStart(), one.cursor.selectionEnd(), QTextCharFormat(one.format))
            for one in context.selections
        ]
        clip = context.clip
        number = self.paragraphs.at(clip.top())
        block = self.document().findBlockByNumber(number)
        y = self.paragraphs.tops[number]
        before = self.paragraphs.height
        caret_width = int(self.property("cursorWidth") or 0)
        while block.isValid() and y < clip.bottom():
            if number in self.paragraphs.hidden:
                number += 1
                block = block.next()
                continue
            layout = self.paragraphs.layout(number)
            painter.translate(self.left, y)
            sheet = self._sheet(number, layout, block, ink, y)
            self._draw_hits(painter, number, layout, ink)
            if sheet:
                marks.under(painter, sheet)
            painter.setPen(ink.muted if number in self.asides else ink.text)
            layout.draw(painter, QPointF(0, 0), _within(selections, block))
            if sheet:
                marks.over(painter, sheet)
                marks.brackets(painter, sheet)
            caret = context.cursorPosition - block.position()
            if caret_width and 0 <= caret < block.length():
                painter.setPen(ink.text)
                layout.drawCursor(painter, QPointF(0, 0), caret, caret_width)
            painter.translate(-self.left, -y)
            y += self.paragraphs.heights[number]
            number += 1
            block = block.next()
        if self.paragraphs.height != before:
            self._correct.start()

    def _sheet(self, number: int, layout: QTextLayout, block: QTextBlock, ink: Ink, y: float) -> Sheet | None:
        if not self._index.touches(number):
            return None
        sheet = self._sheets.get(number)
        if sheet is None:
            if len(self._sheets) > _SHEETS:
                self._sheets = {
                    one: kept for one, kept in self._sheets.items() if self.paragraphs.is_live(one)
                }

            def snap(height: float) -> float:
                return round((height + y) * ink.ratio) / ink.ratio - y

            lines = ParagraphLines(layout, block.text())
            picture = build_picture(lines, self.paragraphs.lanes(number), self._measures, snap)
            height = self.paragraphs.heights[number]
            brackets = build_brackets(lines, self._index.extents(number), height)
            sheet = self._sheets[number] = make_sheet(picture, brackets, ink, self._measures, self._dimmed)
        return sheet

    def _draw_hits(self, painter: QPainter, number: int, layout: QTextLayout, ink: Ink) -> None:
        """Soft boxes behind what a search found."""
        hits, start, end = self.hits, self._index.starts[number], self._index.end_of(number)
        at = bisect_left(hits.ends, start + 1)
        if at >= len(hits.starts) or hits.starts[at] >= end:
            return
        # A block's layout keeps no text of its own.
        lines = ParagraphLines(layout, self.document().findBlockByNumber(number).text())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.setPen(Qt.PenStyle.NoPen)
        while at < len(hits.starts) and hits.starts[at] < end:
            ground = QColor(ink.accent)
            ground.setAlpha(150 if at == hits.current else 60)
            painter.setBrush(ground)
            for row, first, last in lines.parts(
                max(0, hits.starts[at] - start), min(hits.ends[at], end) - start
            ):
                for seen in lines.segments(row, first, last):
                    box = QRectF(seen.left - 2, row.top, seen.right - seen.left + 4, row.bottom - row.top)
                    painter.drawRoundedRect(box, 4, 4)
            at += 1
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _ink_for(self, painter: QPainter, palette: QPalette) -> Ink:
        """The ink for this palette and screen; what was prepared for another is thrown away."""
        ratio = painter.device().devicePixelRatioF()
        key = colours_of(palette), ratio, self._measures.stroke
        if self._ink is None or key != self._ink_key:
            self._ink_key = key
            self._ink = Ink(self._kinds, palette, ratio, self._measures.stroke)
            self._sheets.clear()
        return self._ink

    def _reset(self) -> None:
        width = self.document().pageSize().width()
        room = max(60, int(width if width > 0 else 600) - self._measures.left - self._measures.right)
        words = min(room, self._measures.widest)
        self.left = self._measures.left + (room - words) // 2
        self._sheets.clear()
        self.paragraphs.reset(words, self._measures)
        self._announce_size()
        self._idle.start()
        self.update[QRectF].emit(EVERYWHERE)  # type: ignore[index]

    def _announce_size(self) -> None:
        size = QSizeF(self.left + self.paragraphs.width, self.paragraphs.height)
        if size != self._size:
            self._size = size
            self.documentSizeChanged.emit(size)

    def _measure_some(self) -> None:
        self._idle.setInterval(_PAUSE)
        if not self.paragraphs.measure_some(_SLICE):
            return
        self._idle.stop()
        self.aboutToSettle.emit()
        if self.paragraphs.apply_found():
            self._announce_size()
        self.settled.emit()


def _row(layout: QTextLayout, y: float) -> int:
    """The line at a height of its paragraph; a line owns the room for marks below it."""
    count, at = layout.lineCount(), 0
    while at < count - 1 and layout.lineAt(at + 1).y() <= y:
        at += 1
    return at


def _within(
    selections: Iterable[tuple[int, int, QTextCharFormat]], block: QTextBlock
) -> list[QTextLayout.FormatRange]:
    """The parts of selections that lie in one paragraph."""
    found = []
    for start, end, look in selections:
        first = max(0, start - block.position())
        last = min(block.length() - 1, end - block.position())
        if first < last:
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = first, last - first, look
            found.append(part)
    return found

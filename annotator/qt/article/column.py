"""A read-only column of text: caret, scrolling without jumps, zoom, copy from the source."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from annotator.core.spans import Span
from annotator.qt.article.guard import guarded, nothing
from annotator.qt.article.layout import Hits, LaneLayout
from annotator.qt.article.marks import Mark
from annotator.qt.article.measures import Measures
from annotator.qt.article.offsets import Utf16Map, display_projection
from annotator.qt.article.paragraphs import font_of
from annotator.qt.article.span_index import SpanIndex
from annotator.qt.article.words import Words

SMALLEST, LARGEST = 0.5, 4.0


class TextColumn(QTextEdit):
    """The text of one article, to be read and selected; every position that goes in or out is a code point.

    Signals:
        zoomChanged(float): the reader zoomed with Ctrl and the wheel, or `set_zoom` was called.
        geometryMoved(): text stands elsewhere on the screen; what is drawn beside the column follows.
        caretMoved(int): the caret stands before this code point.
    """

    zoomChanged = Signal(float)
    geometryMoved = Signal()
    caretMoved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = ""
        self._offsets = Utf16Map("")
        self._index = SpanIndex("", self._offsets)
        self._words = Words("")
        self._page: LaneLayout | None = None
        self._family, self._size, self._line_height, self._zoom = "Noto Sans", 11.5, 1.6, 1.0
        self._correcting = False
        self._kept: tuple[tuple[int, int], int] | None = None
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        # File drops pass on to the window.
        self.setAcceptDrops(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cursorPositionChanged.connect(self._tell_caret)

    def text(self) -> str:
        """The article's text, exactly as it was given."""
        return self._source

    def caret_position(self) -> int:
        return self._offsets.to_code_point(self.textCursor().position())

    def unit_of(self, position: int) -> int:
        """The position in the text document (UTF-16 units) of a code point."""
        return self._offsets.to_utf16(position)

    def position_at(self, where: QPoint) -> int:
        """The code point before which a caret at this point of the viewport would stand."""
        return self._offsets.to_code_point(self.cursorForPosition(where).position())

    def set_caret(self, position: int) -> None:
        """Put the caret before a code point, with nothing selected."""
        self._set_cursor(position, position)

    def show_span(self, span: Span) -> None:
        """Scroll so that a span is in view, a third from the top; not at all when it is in view already."""
        page = self._page
        if page is None:
            return
        first = self._offsets.to_utf16(min(span.start, len(self._source)))
        last = self._offsets.to_utf16(min(span.end, len(self._source)) - 1) if self._source else 0
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bottom = page.line_box(max(first, last))[1]
        top = page.line_top(first)
        seen = bar.value()
        if seen <= top and (bottom <= seen + height or top <= seen + height // 3 < bottom):
            return
        page.measure(page.paragraphs.at(top - height), page.paragraphs.at(top + height))
        bar.setValue(page.line_top(first) - height // 3)

    def top_line(self) -> tuple[int, int]:
        """The UTF-16 position of the first line in view, and how many pixels of it are out of view."""
        top = self.verticalScrollBar().value()
        if self._page is None:
            return 0, 0
        unit, line = self._page.line_at(top)
        return unit, top - line

    def set_top_line(self, place: tuple[int, int]) -> None:
        """Scroll as another view of the same text is scrolled, whatever the heights of its lines."""
        if self._page is not None:
            self.verticalScrollBar().setValue(self._page.line_top(place[0]) + place[1])

    def set_reading(self, family: str, size: float, line_height: float) -> None:
        """How the text is set: font family, size in points, and distance of the lines (1.6: airy)."""
        self._family, self._size, self._line_height = family, size, line_height
        self._set_type()

    def zoom(self) -> float:
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Enlarge the text by a factor; what is at the top stays there."""
        wanted = min(LARGEST, max(SMALLEST, zoom))
        if wanted != self._zoom:
            self._zoom = wanted
            self._set_type()
            self.zoomChanged.emit(wanted)

    def highlight_hits(self, hits: list[Span], current: int | None) -> None:
        """Show what a search found, in reading order; `current` is the number of the hit the reader is at."""
        if self._page is None:
            return
        to_utf16 = self._offsets.to_utf16
        starts = tuple(to_utf16(span.start) for span in hits)
        self._page.hits = Hits(starts, tuple(to_utf16(span.end) for span in hits), current)
        self.viewport().update()

    def stop(self) -> None:
        """End all timers: the column is about to go."""
        if self._page is not None:
            self._page.stop()

    def _open(self, text: str, marks: Iterable[Mark]) -> LaneLayout:
        """Show another text; its marks are known before anything is measured."""
        self._source, self._offsets, self._words = text, Utf16Map(text), Words(text)
        shown = display_projection(text)
        self._index = SpanIndex(shown, self._offsets)
        self._index.put(marks)
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        font = font_of(self._family, self._size * self._zoom)
        document.setDefaultFont(font)
        page = LaneLayout(document, self._index, Measures.of(font, self._line_height))
        page.aboutToSettle.connect(self._before_settling)
        page.settled.connect(self._after_settling)
        document.setDocumentLayout(page)
        document.setPlainText(shown)
        before, old = self._page, self.document()
        self._page, self._kept = page, None
        self.setDocument(document)
        self.setCursorWidth(2)
        self.setFont(font)
        if before is not None:
            before.stop()
            old.deleteLater()
        self.verticalScrollBar().setValue(0)
        self.geometryMoved.emit()
        return page

    def _set_type(self) -> None:
        page = self._page
        if page is None:
            return
        keep = self._stay()
        font = font_of(self._family, self._size * self._zoom)
        self.document().setDefaultFont(font)
        self.setFont(font)
        page.set_measures(Measures.of(font, self._line_height))
        keep()

    def _set_cursor(self, anchor: int, position: int) -> None:
        cursor = self.textCursor()
        end = len(self._source)
        cursor.setPosition(self._offsets.to_utf16(min(anchor, end)))
        cursor.setPosition(self._offsets.to_utf16(min(position, end)), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _tell_caret(self) -> None:
        self.caretMoved.emit(self.caret_position())

    def _stay(self) -> Callable[[], None]:
        """Remember the topmost line; the answer, called after a change, puts it back where it stood."""
        page, bar = self._page, self.verticalScrollBar()
        if page is None or not page.paragraphs.heights:
            return nothing
        seen = bar.value()
        if self._kept is not None and self._kept[1] == seen:
            unit, offset = self._kept[0]
        else:
            unit, top = page.line_at(seen)
            offset = seen - top

        def put_back() -> None:
            self._scroll_to(page.line_top(unit) + offset if seen else 0)
            self._kept = (unit, offset), bar.value()
            self.geometryMoved.emit()

        return put_back

    def _scroll_to(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if value != bar.value():
            self._correcting = True
            bar.setValue(value)
            self._correcting = False
            # setValue moves the pixels although the text did not move on the screen.
            self.viewport().update()

    def _before_settling(self) -> None:
        self._put_back = self._stay()

    def _after_settling(self) -> None:
        self._put_back()

    @guarded(nothing)
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Make what comes into view exact before it is painted, without moving what was exact already."""
        page = self._page
        if self._correcting or page is None or not page.paragraphs.heights or not dy:
            super().scrollContentsBy(dx, dy)
            return
        moved = self._make_exact(page)
        super().scrollContentsBy(dx, dy)
        if moved:
            self.viewport().update()
        self.geometryMoved.emit()

    def _make_exact(self, page: LaneLayout) -> bool:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        places, moved = page.paragraphs, False
        caret = self.textCursor().blockNumber()
        for _ in range(4):
            seen = bar.value()
            first, last = places.at(seen), places.at(seen + height)
            if places.all_exact(first, last):
                break
            still = next((at for at in range(first, last + 1) if places.is_exact(at)), first)
            if first <= caret <= last and places.is_exact(caret):
                still = caret
            before = places.tops[still]
            page.measure(first, last)
            moved = True
            self._scroll_to(seen + places.tops[still] - before)
        return moved

    @guarded(nothing)
    def resizeEvent(self, event: QResizeEvent) -> None:
        keep = self._stay()
        super().resizeEvent(event)
        keep()

    @guarded(nothing)
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                self.set_zoom(round(self._zoom * (1.1 if turned > 0 else 1 / 1.1), 3))
            event.accept()
            return
        super().wheelEvent(event)

    @guarded(QMimeData)
    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied comes from the source, to the code point."""
        cursor, copied = self.textCursor(), QMimeData()
        start = self._offsets.to_code_point(cursor.selectionStart())
        copied.setText(self._source[start : self._offsets.to_code_point(cursor.selectionEnd())])
        return copied

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return False

    def paragraph_rect(self, number: int) -> QRectF:
        """Where a paragraph stands in the viewport."""
        page = self._page
        if page is None:
            return QRectF()
        top = page.paragraphs.tops[number] - self.verticalScrollBar().value()
        return QRectF(0, top, self.viewport().width(), page.paragraphs.heights[number])

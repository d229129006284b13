"""The article view: text with its marks, selections that snap to words, clicks that find attributions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core.spans import Span
from annotator.qt.article.column import TextColumn
from annotator.qt.article.guard import guarded, nothing
from annotator.qt.article.layout import Hits
from annotator.qt.article.marks import KindStyle, Mark

_LEFT = Qt.MouseButton.LeftButton
_FLASH = 700


class ArticleView(TextColumn):
    """One article with its marks. It paints what it is given and says what the reader did; it changes nothing itself.

    Signals:
        selectionMade(Span): words were selected with mouse or keyboard; the span is snapped.
        markClicked(str): an attribution's id; clicks on the same spot go through what overlaps, outermost first.
        markHovered(list, QPoint): ids of the attributions under the mouse, outermost first, and where on the screen.
    """

    selectionMade = Signal(object)
    markClicked = Signal(str)
    markHovered = Signal(list, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: dict[str, KindStyle] = {}
        self._current: str | None = None
        self._clicked: str | None = None
        self._hovered: list[str] = []
        self._exact = False
        self._pressed: QPoint | None = None
        self._word: tuple[int, QPoint] | None = None
        self._thirds = QTimer(self)
        self._thirds.setSingleShot(True)
        self._thirds.timeout.connect(self._forget_word)
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.setInterval(_FLASH)
        self._flash.timeout.connect(self._end_flash)
        self.viewport().setMouseTracking(True)
        self.load("", [])

    def load(self, text: str, marks: Iterable[Mark]) -> None:
        """Show another article; right-to-left paragraphs are set from the right."""
        self._current = self._clicked = self._word = None
        self._exact, self._hovered = False, []
        page = self._open(text, marks)
        page.set_kinds(self._kinds)

    def set_kinds(self, kinds: Mapping[str, KindStyle]) -> None:
        """How each kind of source looks; kinds that are not named here are drawn in a neutral grey."""
        self._kinds = dict(kinds)
        if self._page is not None:
            self._page.set_kinds(self._kinds)

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Show exactly these marks; costs as much as opening the article."""
        wanted = list(marks)
        touched: set[int] = set()
        for attribution_id in list(self._index.ids()):
            touched |= self._index.remove(attribution_id)
        self._changed(touched | self._index.put(wanted))

    def put_marks(self, marks: Iterable[Mark]) -> None:
        """Add marks, each in place of the one with its attribution and role; no fragments take that role away."""
        self._changed(self._index.put(marks))

    def remove_attribution(self, attribution_id: str) -> None:
        """Take an attribution's marks away."""
        self._changed(self._index.remove(attribution_id))

    def marks_of(self, attribution_id: str) -> list[Mark]:
        return self._index.marks_of(attribution_id)

    def current(self) -> str | None:
        """The attribution that stands out."""
        return self._current

    def set_current(self, attribution_id: str | None) -> None:
        """Make one attribution stand out and the others recede; None: all are equal."""
        if attribution_id != self._current and self._page is not None:
            self._current = self._page.current = attribution_id
            self.viewport().update()

    def show_attribution(self, attribution_id: str) -> None:
        """Scroll so that an attribution is in view."""
        place = self._index.place(attribution_id)
        if place:
            self.show_span(Span(*map(self._offsets.to_code_point, place)))

    def select(self, span: Span | None) -> None:
        """Select exactly this span; None selects nothing and leaves the caret."""
        if span is None:
            self.set_caret(self.caret_position())
        else:
            self._set_cursor(span.start, span.end)
        self._exact = span is not None

    def clear_selection(self) -> None:
        self.select(None)

    def selection(self, *, snap: bool = True) -> Span | None:
        """What is selected, without white space at its ends and never through a character.

        It is snapped to whole words, unless the reader held Alt, or it was set by `select`.
        """
        cursor = self.textCursor()
        start = self._offsets.to_code_point(cursor.selectionStart())
        end = self._offsets.to_code_point(cursor.selectionEnd())
        if start == end:
            return None
        rough = Span(start, end)
        return (
            self._words.whole_words(rough) if snap and not self._exact else self._words.without_space(rough)
        )

    def attributions_at(self, position: int) -> list[str]:
        """The attributions over a code point, outermost first."""
        return self._index.attributions_at(self._offsets.to_utf16(position))

    def flash(self, span: Span) -> None:
        """Light a span up for a moment."""
        if self._page is not None:
            self.highlight_hits([span], 0)
            self._flash.start()

    def anchor_of(self, attribution_id: str, side: int) -> QPointF | None:
        """Where a line to this attribution meets the viewport's edge (side: -1 left, 1 right); may lie out of view."""
        place, page = self._index.place(attribution_id), self._page
        if place is None or page is None:
            return None
        box = self.paragraph_rect(self._index.block_of(place[0]))
        y = box.top()
        if box.bottom() > -200 and y < self.viewport().height() + 200:
            top, bottom = page.line_box(place[0])
            y = (top + bottom) / 2 - self.verticalScrollBar().value()
        return QPointF(0.0 if side < 0 else float(self.viewport().width()), y)

    def attributions_under(self, point: QPoint) -> list[str]:
        """The attributions whose words or bracket are at a point of the viewport, outermost first."""
        if self._page is None:
            return []
        where = QPointF(point.x(), point.y() + self.verticalScrollBar().value())
        unit = self._page.character_at(where)
        return self._page.bracket_at(where) if unit is None else self._index.attributions_at(unit)

    def set_zones(self, asides: Iterable[Span], hidden: Iterable[Span]) -> None:
        """Set the paragraphs in these spans in a muted colour, and leave those in the others out of sight."""
        if self._page is not None:
            self._page.set_asides(self._paragraphs_in(asides), self._paragraphs_in(hidden))

    def _paragraphs_in(self, spans: Iterable[Span]) -> frozenset[int]:
        """The paragraphs that lie wholly in one of the spans; white space at their ends does not count."""
        found = set()
        for span in spans:
            start, end = self._offsets.to_utf16(span.start), self._offsets.to_utf16(span.end)
            for number in range(self._index.block_of(start), self._index.block_of(max(start, end - 1)) + 1):
                first, last = self._index.starts[number], self._index.end_of(number)
                words = self.text()[self._offsets.to_code_point(first) : self._offsets.to_code_point(last)]
                lead, trail = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
                if start <= first + lead and last - trail <= end + 1:
                    found.add(number)
        return frozenset(found)

    def set_dimmed(self, attributions: Iterable[str]) -> None:
        """Let these attributions step back to a hairline."""
        if self._page is not None:
            self._page.set_dimmed(frozenset(attributions))

    def brackets_under(self, point: QPoint) -> list[str]:
        """The attributions whose bracket in the margin is at a point of the viewport, outermost first."""
        if self._page is None:
            return []
        where = QPointF(point.x(), point.y() + self.verticalScrollBar().value())
        return [] if self._page.character_at(where) is not None else self._page.bracket_at(where)

    def stop(self) -> None:
        self._thirds.stop()
        self._flash.stop()
        super().stop()

    def _changed(self, touched: set[int]) -> None:
        page = self._page
        if not touched or page is None:
            return
        keep = self._stay()
        if page.marks_changed(touched):
            keep()
            self.viewport().update()
        else:
            for number in touched:
                self.viewport().update(self.paragraph_rect(number).toAlignedRect().adjusted(0, -2, 0, 2))
        self.geometryMoved.emit()

    def _end_flash(self) -> None:
        if self._page is not None:
            self._page.hits = Hits()
            self.viewport().update()

    def _forget_word(self) -> None:
        self._word = None

    @guarded(nothing)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != _LEFT:
            super().mousePressEvent(event)
            return
        where = event.position().toPoint()
        self._pressed = where
        if self._word is not None and (where - self._word[1]).manhattanLength() <= self._slack():
            self._take_sentence(self._word[0])
            return
        extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if not extends and self.textCursor().hasSelection():
            # A press inside a selection would begin to drag it.
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
        self._exact = False
        super().mousePressEvent(event)

    @guarded(nothing)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != _LEFT:
            super().mouseDoubleClickEvent(event)
            return
        super().mouseDoubleClickEvent(event)
        where = event.position().toPoint()
        self._pressed = None
        position = self._offsets.to_code_point(self.cursorForPosition(where).position())
        self._word = position, where
        self._thirds.start(QApplication.doubleClickInterval())
        self._settle_selection(exact=False)

    @guarded(nothing)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != _LEFT:
            return
        pressed, self._pressed = self._pressed, None
        if self.textCursor().hasSelection():
            if pressed is not None:
                self._settle_selection(exact=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
        elif (
            pressed is not None and (event.position().toPoint() - pressed).manhattanLength() <= self._slack()
        ):
            self._click(event.position().toPoint())

    @guarded(nothing)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover(event.position().toPoint(), event.globalPosition().toPoint())

    @guarded(lambda: False)
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and self._hovered:
            self._hovered = []
            self.markHovered.emit([], QPoint())
        return super().viewportEvent(event)

    @guarded(nothing)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.textCursor()
        bare = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        extends = bool(bare & Qt.KeyboardModifier.ShiftModifier)
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if (
            bare & ~Qt.KeyboardModifier.ShiftModifier == Qt.KeyboardModifier.AltModifier
            and event.key() in steps
        ):
            self._move_by_sentence(steps[Qt.Key(event.key())], extends=extends)
            event.accept()
        else:
            super().keyPressEvent(event)
        after = self.textCursor()
        if (before.anchor(), before.position()) != (after.anchor(), after.position()):
            self._exact = False
            self._tell_selection()

    def _slack(self) -> int:
        return QApplication.startDragDistance()

    def _settle_selection(self, *, exact: bool) -> None:
        """Show the snapped selection, with the caret at the end where the mouse was, and tell it."""
        self._exact = exact
        found = self.selection()
        if found is None:
            self.set_caret(self.caret_position())
            return
        cursor = self.textCursor()
        backwards = cursor.position() < cursor.anchor()
        self._set_cursor(*((found.end, found.start) if backwards else (found.start, found.end)))
        self._exact = exact
        self.selectionMade.emit(found)

    def _tell_selection(self) -> None:
        found = self.selection()
        if found is not None:
            self.selectionMade.emit(found)

    def _take_sentence(self, position: int) -> None:
        self._forget_word()
        self._pressed = None
        sentence = self._words.sentence_at(position)
        if sentence is not None:
            self._set_cursor(sentence.start, sentence.end)
            self._settle_selection(exact=False)

    def _move_by_sentence(self, step: int, *, extends: bool) -> None:
        position = self.caret_position()
        if step < 0:
            target = self._words.sentence_start_before(position)
        elif extends:
            target = self._words.sentence_end_after(position)
        else:
            target = self._words.sentence_start_after(position)
        cursor = self.textCursor()
        mode = QTextCursor.MoveMode.KeepAnchor if extends else QTextCursor.MoveMode.MoveAnchor
        cursor.setPosition(self._offsets.to_utf16(target), mode)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _click(self, where: QPoint) -> None:
        """Name the attribution under a click: the outermost, and with each further click the next one in."""
        found = self.attributions_under(where)
        if not found:
            self._clicked = None
            return
        known = self._current if self._current in found else self._clicked
        at = (found.index(known) + 1) % len(found) if known in found else 0
        self._clicked = found[at]
        self.markClicked.emit(found[at])

    def _hover(self, where: QPoint, on_screen: QPoint) -> None:
        found = self.attributions_under(where)
        if found != self._hovered:
            self._hovered = found
            in_margin = self._page is not None and where.x() < self._page.left
            shape = Qt.CursorShape.PointingHandCursor if found and in_margin else Qt.CursorShape.IBeamCursor
            self.viewport().setCursor(shape)
            self.markHovered.emit(found, on_screen)

"""Move the boundaries of the attribution in hand by token, with keys or by dragging an edge."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCursor

from annotator.core.attributions import ROLES, Attribution
from annotator.core.boundaries import move_boundary, snap_to_tokens
from annotator.core.spans import Span
from annotator.qt.article.view import ArticleView

_NEAR = 5
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


_HELD = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr})
_KEYS = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Escape,
        Qt.Key.Key_E,
    }
)
"""What the keys that mean something here are; all others keep the words and go on to their usual meaning."""


@dataclass(frozen=True, slots=True)
class Handle:
    """A fragment of a role, by what was there when the moving began."""

    role: str
    fragment: Span


def handles(mark: Attribution) -> list[Handle]:
    """All fragments of an attribution, content first."""
    order = sorted((*ROLES, *mark.more_roles), key=lambda role: role != "content")
    return [Handle(role, part) for role in order for part in mark.spans(role)]


class BoundaryEditor(QObject):
    """The state between the key E and Enter, in which the edges of the words in hand can be dragged, too.

    Signals:
        moved(str, object, object): a role, the fragment as it was, and the span that it shall be.
        hint(str): what the keys do now.
    """

    moved = Signal(str, object, object)
    hint = Signal(str)

    def __init__(self, view: ArticleView) -> None:
        super().__init__(view)
        self._view = view
        self._mark: Attribution | None = None
        self._at = 0
        self._span: Span | None = None
        self._dragged: bool | None = None
        # Held, since events still come while the view is being taken down.
        self._viewport = view.viewport()
        view.installEventFilter(self)
        self._viewport.installEventFilter(self)

    def set_mark(self, mark: Attribution | None) -> None:
        """The attribution in hand has this form now; a moving under way goes on, if its fragment still stands."""
        if self._mark is not None and (mark is None or mark.id != self._mark.id):
            self._leave()
        self._mark = mark

    @property
    def active(self) -> bool:
        """Whether keys move a boundary now."""
        return self._span is not None

    def begin(self) -> None:
        """Take the fragment at the caret (else the first of the content) to move its boundaries with keys."""
        if self._mark is None or not handles(self._mark):
            return
        caret = self._view.caret_position()
        found = handles(self._mark)
        inside = [at for at, one in enumerate(found) if one.fragment.start <= caret <= one.fragment.end]
        self._take(inside[0] if inside else 0)

    def _take(self, at: int) -> None:
        if self._mark is None:
            return
        found = handles(self._mark)
        self._at = at % len(found)
        self._span = found[self._at].fragment
        self._show()
        self.hint.emit(
            self.tr(
                "Boundaries of the {0}: Shift+arrows move its end, Ctrl+Shift+arrows its start, Tab takes the next "
                "words, Enter keeps them, Esc leaves them as they were."
            ).format(found[self._at].role)
        )

    def _show(self) -> None:
        if self._span is not None:
            self._view.select(self._span)
            self._view.show_span(self._span)

    def keep(self) -> None:
        """End the moving; what was moved is kept."""
        mark, span = self._mark, self._span
        if mark is None or span is None:
            return
        handle = handles(mark)[self._at]
        self._leave()
        if span != handle.fragment:
            self.moved.emit(handle.role, handle.fragment, span)

    def _leave(self) -> None:
        if self._span is not None:
            self._view.set_caret(self._span.end)
            self._viewport.setCursor(Qt.CursorShape.IBeamCursor)
        self._span = self._dragged = None

    def _shift(self, by: int, *, start: bool) -> None:
        if self._span is None:
            return
        text = self._view.text()
        moved = (
            move_boundary(text, self._span, start=by) if start else move_boundary(text, self._span, end=by)
        )
        self._span = moved
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._view and isinstance(event, QKeyEvent) and self.active:
            if kind == QEvent.Type.ShortcutOverride and self._knows(event):
                event.accept()
                return True
            return kind == QEvent.Type.KeyPress and self._key(event)
        if watched is self._view and kind == QEvent.Type.FocusOut and self.active:
            self.keep()
        if watched is self._viewport and isinstance(event, QMouseEvent):
            return self._mouse(event)
        return False

    def _knows(self, event: QKeyEvent) -> bool:
        return event.key() in _KEYS

    def _key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and held & _SHIFT:
            self._shift(1 if key == Qt.Key.Key_Right else -1, start=bool(held & _CTRL))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_E):
            self.keep()
        elif key == Qt.Key.Key_Escape:
            self._leave()
        elif key == Qt.Key.Key_Tab:
            at = self._at + 1
            self.keep()
            self._take(at)
        elif key in _HELD:
            return False
        else:
            self.keep()
            return False
        return True

    def _edge_at(self, where: QPoint) -> bool | None:
        """Whether the start (True) or the end (False) of the words in hand is under the mouse; None: neither."""
        if self._span is None:
            return None
        for position, start in ((self._span.start, True), (self._span.end, False)):
            cursor = QTextCursor(self._view.document())
            cursor.setPosition(self._view.unit_of(position))
            rect = self._view.cursorRect(cursor)
            if abs(rect.center().x() - where.x()) <= _NEAR and rect.top() <= where.y() <= rect.bottom():
                return start
        return None

    def _mouse(self, event: QMouseEvent) -> bool:
        if not self.active:
            return False
        where = event.position().toPoint()
        if event.type() == QEvent.Type.MouseMove:
            if self._dragged is not None:
                self._drag(where)
                return True
            near = self._edge_at(where) is not None
            self._viewport.setCursor(Qt.CursorShape.SizeHorCursor if near else Qt.CursorShape.IBeamCursor)
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._dragged = self._edge_at(where)
            if self._dragged is not None:
                return True
            self.keep()
        elif event.type() == QEvent.Type.MouseButtonRelease and self._dragged is not None:
            self._dragged = None
            return True
        return False

    def _drag(self, where: QPoint) -> None:
        if self._span is None:
            return
        text, position, span = self._view.text(), self._view.position_at(where), self._span
        if self._dragged:
            rough = snap_to_tokens(text, Span(min(position, span.end - 1), span.end))
            self._span = Span(rough.start, span.end) if rough is not None else span
        else:
            rough = snap_to_tokens(text, Span(span.start, max(position, span.start + 1)))
            self._span = Span(span.start, rough.end) if rough is not None else span
        self._view.select(self._span)

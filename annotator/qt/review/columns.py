"""The same article once an annotator, gold last, scrolled together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from annotator.core.attributions import Attribution
from annotator.core.spans import Span
from annotator.qt.article.marks import KindStyle
from annotator.qt.article.panel import marks_of
from annotator.qt.article.view import ArticleView
from annotator.qt.support.one_line import OneLine

GOLD_COLUMN = "\0gold"
"""The key of the last column, which no annotator's name can be."""


class HandColumn(QFrame):
    """One annotator's version of the article."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("articlePanel")
        self.title = OneLine(self)
        self.title.setProperty("role", "heading")
        self.title.setAccessibleName(self.tr("Annotator"))
        self.count = OneLine(self)
        self.count.setProperty("role", "muted")
        self.count.setAccessibleName(self.tr("Number of attributions"))
        head = QFrame(self)
        head.setProperty("role", "panel")
        head.setObjectName("columnHeader")
        inside = QVBoxLayout(head)
        inside.setContentsMargins(14, 8, 8, 8)
        inside.setSpacing(2)
        inside.addWidget(self.title)
        inside.addWidget(self.count)
        self.view = ArticleView(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(head)
        box.addWidget(self.view, 1)
        self.name_as(title)

    def name_as(self, title: str) -> None:
        """Show another name above the column."""
        self.title.say(title)
        self.view.setAccessibleName(self.tr("Marks of {0}").format(title))

    def show_marks(self, marks: Sequence[Attribution]) -> None:
        """Show exactly these marks."""
        self.view.set_marks(mark for one in marks for mark in marks_of(one) if mark.fragments)
        self.count.say(
            self.tr("1 attribution") if len(marks) == 1 else self.tr("{0} attributions").format(len(marks))
        )


class ReviewColumns(QSplitter):
    """Columns of annotators; where one scrolls, all do.

    Signals:
        pressed(str): the id of an attribution that was clicked.
        selectionChanged(): other words are selected in some column.
    """

    pressed = Signal(str)
    selectionChanged = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(self.tr("Annotators side by side"))
        self.setObjectName("desk")
        self.setChildrenCollapsible(False)
        self.columns: dict[str, HandColumn] = {}
        self._kinds: dict[str, KindStyle] = {}
        self._reading: tuple[str, float, float] | None = None
        self._keys: list[QAction] = []
        self._scrolling = False
        self._text = ""

    def set_keys(self, actions: Sequence[QAction]) -> None:
        """Let these actions' keys act where a column has the keyboard."""
        self._keys = list(actions)

    def set_look(self, kinds: dict[str, KindStyle], reading: tuple[str, float, float]) -> None:
        """How kinds look, and how the text is set."""
        self._kinds, self._reading = kinds, reading
        for column in self.columns.values():
            column.view.set_kinds(kinds)
            column.view.set_reading(*reading)

    def show_article(self, text: str, titles: Mapping[str, str]) -> None:
        """Have exactly these columns, with one text; marks come by show_marks."""
        if text != self._text or list(titles) != list(self.columns):
            for column in self.columns.values():
                column.view.stop()
                column.hide()
                column.setParent(None)
                column.deleteLater()
            self._text = text
            self.columns = {name: self._made(title, text) for name, title in titles.items()}
            self.setSizes([1000] * len(titles))
        for name, title in titles.items():
            self.columns[name].name_as(title)

    def _made(self, title: str, text: str) -> HandColumn:
        column = HandColumn(title, self)
        column.setMinimumWidth(200)
        if self._reading is not None:
            column.view.set_reading(*self._reading)
        column.view.set_kinds(self._kinds)
        column.view.load(text, ())
        column.view.addActions(self._keys)
        column.view.markClicked.connect(self.pressed)
        column.view.selectionMade.connect(lambda _span: self.selectionChanged.emit())
        bar = column.view.verticalScrollBar()
        bar.valueChanged.connect(lambda _value, own=column: self._scroll_along(own))
        self.addWidget(column)
        return column

    def _scroll_along(self, moved: HandColumn) -> None:
        if self._scrolling:
            return
        self._scrolling = True
        place = moved.view.top_line()
        for column in self.columns.values():
            if column is not moved:
                column.view.set_top_line(place)
        self._scrolling = False

    def show_marks(self, marks: Mapping[str, Sequence[Attribution]]) -> None:
        """Each column's marks."""
        for name, column in self.columns.items():
            column.show_marks(marks.get(name, ()))

    def show_case(self, candidates: Mapping[str, str], around: Span | None) -> None:
        """Make a case's candidates stand out, each in its column, and scroll to their place."""
        for name, column in self.columns.items():
            column.view.set_current(candidates.get(name))
        if around is not None and self.columns:
            next(iter(self.columns.values())).view.show_span(around)

    def selection(self) -> tuple[str, Span] | None:
        """The words selected, and in which column; the one with the keyboard goes first."""
        ordered = sorted(self.columns, key=lambda name: not self.columns[name].view.hasFocus())
        for name in ordered:
            span = self.columns[name].view.selection()
            if span is not None:
                return name, span
        return None

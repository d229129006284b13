"""Several articles side by side: columns that open, close, change places and follow the news."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSplitter, QStackedLayout, QWidget

from annotator.core.changes import ChangeSet
from annotator.core.spans import Span
from annotator.qt.article.marks import KindStyle
from annotator.qt.article.panel import DRAG_TYPE, OFFER, ArticlePanel
from annotator.qt.desk.links import GUTTER, Link, Links
from annotator.qt.support.session import Session
from annotator.qt.support.wearing import wear

MOST_COLUMNS = 6
_COLUMN = 220
_TWO = 2 * 240 + GUTTER
"""Pixels that two columns need to be read: in a narrow window the panels at the sides give way to them."""


class Desk(QWidget):
    """The columns of the open articles.

    Signals:
        focusMoved(str): the id of the article that keys now act on.
        selectionChanged(): other words are selected in some column.
        closeWanted(str): the reader wants an article off the desk.
        stateWanted(str): the reader says that an article is finished, or not.
        orderWanted(list): the ids of the articles in the order the reader dragged them into.
        zoomed(float): the reader zoomed with the wheel.
        boundaryMoved(str, object, object): a role, a fragment as it was, and the span that it shall be.
        selectionTaken(bool): a selection in the focused column is complete; True: it is one more of the last.
        hint(str): what the keys do now.
        menuWanted(bool, QPoint): the context menu is wanted; True: with words selected.
        linkWanted(str, str, QPoint): an article, an attribution in it, and where on the screen its line was dropped.
    """

    focusMoved = Signal(str)
    selectionChanged = Signal()
    closeWanted = Signal(str)
    stateWanted = Signal(str)
    orderWanted = Signal(list)
    zoomed = Signal(float)
    boundaryMoved = Signal(str, object, object)
    selectionTaken = Signal(bool)
    hint = Signal(str)
    linkWanted = Signal(str, str, QPoint)
    menuWanted = Signal(bool, QPoint)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Articles side by side"))
        self.setAcceptDrops(True)
        self._session = session
        self._kinds: dict[str, KindStyle] = {}
        self._reading: tuple[str, float, float] | None = None
        self._zoom = 1.0
        self._hides = False
        self._suggests = True
        self._keys: list[QAction] = []
        self.panels: dict[str, ArticlePanel] = {}
        self._focused = ""
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setObjectName("desk")
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(GUTTER)
        # More columns than fit are scrolled through; they do not push the panels aside.
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("deskScroll")
        self._scroll.setAccessibleName(self.tr("Articles side by side"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidgetResizable(True)
        self._scroll.setMinimumWidth(_TWO)
        self._scroll.setWidget(self._split)
        self._empty = QLabel(self)
        self._empty.setProperty("role", "empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setAccessibleName(self.tr("What to do first"))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)
        self.links = Links(self._split, self.panels, self._scroll.viewport())
        self.say_empty(self.tr("Opening…"))
        session.articlesChanged.connect(self.rebuild)
        session.handChanged.connect(self._show_hand)
        session.changed.connect(self._hear)
        session.currentChanged.connect(self._show_current)
        session.offerChanged.connect(self._show_offer)

    def say_empty(self, words: str) -> None:
        """What the desk says while no article stands on it."""
        self._empty.setText(words)

    def set_look(self, kinds: dict[str, KindStyle], reading: tuple[str, float, float]) -> None:
        """How kinds look, and the family, size and line height of the text."""
        self._kinds, self._reading = kinds, reading
        for panel in self.panels.values():
            panel.view.set_kinds(kinds)
            panel.view.set_reading(*reading)

    def hide_asides(self, hide: bool) -> None:
        """Leave captions, links and boilerplate out of sight, or show them."""
        self._hides = hide
        for panel in self.panels.values():
            panel.show_zones(hide=hide)

    def set_dimmed(self, attributions: frozenset[str]) -> None:
        """Let these attributions step back in all columns."""
        for panel in self.panels.values():
            panel.view.set_dimmed(attributions)

    def set_zoom(self, zoom: float) -> None:
        """Zoom all columns."""
        self._zoom = min(4.0, max(0.5, zoom))
        for panel in self.panels.values():
            if abs(panel.view.zoom() - self._zoom) > 1e-6:
                panel.view.set_zoom(self._zoom)

    def zoom(self) -> float:
        """The zoom of all columns; 1 is the size of the settings."""
        return self._zoom

    def rebuild(self) -> None:
        """Show exactly the open articles, in their order; columns that stay keep their place in the text."""
        wanted = list(self._session.open)
        for article_id in [one for one in self.panels if one not in wanted]:
            panel = self.panels.pop(article_id)
            panel.view.stop()
            panel.hide()
            panel.setParent(None)
            panel.deleteLater()
        fresh = []
        for at, article_id in enumerate(wanted):
            if article_id not in self.panels:
                self.panels[article_id] = self._make(article_id)
                fresh.append(article_id)
            if self._split.indexOf(self.panels[article_id]) != at:
                self._split.insertWidget(at, self.panels[article_id])
        for article_id in fresh:
            self.panels[article_id].fill(self._kinds)
            if self._hides:
                self.panels[article_id].show_zones(hide=True)
            if not self._suggests:
                self.panels[article_id].show_suggestions(show=False)
        if fresh or len(wanted) != len(self._split.sizes()):
            self._split.setSizes([1000] * len(wanted))
        self._stack.setCurrentWidget(self._scroll if wanted else self._empty)
        if self._focused not in self.panels:
            self._focused = wanted[0] if wanted else ""
            self._session.set_focus(self._focused)
        self._mark_focus()
        self._show_links()

    def _make(self, article_id: str) -> ArticlePanel:
        panel = ArticlePanel(self._session, article_id, self)
        panel.setMinimumWidth(_COLUMN)
        if self._reading is not None:
            panel.view.set_reading(*self._reading)
        panel.view.set_zoom(self._zoom)
        panel.view.addActions(self._keys)
        panel.view.zoomChanged.connect(self.zoomed)
        panel.focused.connect(self._take_focus)
        panel.selectionChanged.connect(self.selectionChanged)
        panel.closeWanted.connect(self.closeWanted)
        panel.view.geometryMoved.connect(self.links.update)
        panel.linkWanted.connect(self.linkWanted)
        panel.menuWanted.connect(self.menuWanted)
        panel.selectionTaken.connect(self.selectionTaken)
        panel.boundaries.moved.connect(self.boundaryMoved)
        panel.boundaries.hint.connect(self.hint)
        panel.stateWanted.connect(self.stateWanted)
        return panel

    def panel(self) -> ArticlePanel | None:
        """The column that keys act on."""
        return self.panels.get(self._focused)

    def here(self) -> tuple[str | None, str | None]:
        """The ids of the story and of the article that the reader works in."""
        opened = self._session.open.get(self._focused)
        return (opened.article.story_id, opened.article.id) if opened is not None else (None, None)

    def focus(self, article_id: str) -> None:
        """Give a column the keyboard."""
        if article_id in self.panels:
            self._take_focus(article_id)
            self.panels[article_id].view.setFocus(Qt.FocusReason.OtherFocusReason)
            # A column that was just opened gets its place first.
            QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        panel = self.panel()
        if panel is not None:
            self._scroll.ensureWidgetVisible(panel, 0, 0)

    def focus_step(self, by: int) -> None:
        """Give the next or previous column the keyboard."""
        order = list(self._session.open)
        if order:
            at = order.index(self._focused) if self._focused in order else 0
            self.focus(order[(at + by) % len(order)])

    def move_column(self, by: int) -> None:
        """Let the focused column change places with its neighbour."""
        order = list(self._session.open)
        at = order.index(self._focused) if self._focused in order else -1
        if at >= 0 and 0 <= at + by < len(order):
            order[at], order[at + by] = order[at + by], order[at]
            self.orderWanted.emit(order)

    def selection(self) -> Span | None:
        """The words selected in the focused column."""
        panel = self.panel()
        return panel.view.selection() if panel is not None else None

    def show_place(self, article_id: str, span: Span) -> None:
        """Scroll an article so that a place in it is in view."""
        if article_id in self.panels:
            self.panels[article_id].view.show_span(span)

    def attribution_at(self, on_screen: QPoint) -> tuple[str, str] | None:
        """The article and the innermost attribution at a point of the screen."""
        for article_id, panel in self.panels.items():
            where = panel.view.viewport().mapFromGlobal(on_screen)
            if panel.view.viewport().rect().contains(where):
                found = [one for one in panel.view.attributions_under(where) if one != OFFER]
                return (article_id, found[-1]) if found else None
        return None

    def _take_focus(self, article_id: str) -> None:
        if article_id != self._focused and article_id in self.panels:
            self._focused = article_id
            self._session.set_focus(article_id)
            self._mark_focus()
            self.focusMoved.emit(article_id)

    def _mark_focus(self) -> None:
        for article_id, panel in self.panels.items():
            focused = article_id == self._focused and len(self.panels) > 1
            wear(panel.header, "focused", focused)

    def _show_hand(self) -> None:
        for panel in self.panels.values():
            panel.show_marks()

    def _hear(self, news: ChangeSet) -> None:
        for panel in self.panels.values():
            panel.hear(news)
        self._show_links()

    def _show_current(self) -> None:
        current = self._session.current
        for article_id, panel in self.panels.items():
            panel.show_current(scroll=current is not None and current[0] == article_id)
        self._show_links()

    def _show_offer(self) -> None:
        for panel in self.panels.values():
            panel.show_offer()

    def show_suggestions(self, *, show: bool) -> None:
        """Draw the suggestions that wait in all columns, or leave them out of sight."""
        self._suggests = show
        for panel in self.panels.values():
            panel.show_suggestions(show=show)

    def set_keys(self, actions: Sequence[QAction]) -> None:
        """Let these actions' keys act where an article has the keyboard, and nowhere else."""
        self._keys = list(actions)
        for panel in self.panels.values():
            panel.view.addActions(self._keys)

    def _show_links(self) -> None:
        """Draw lines between all attributions that make a claim of the one in hand."""
        mark, current = self._session.attribution(), self._session.current
        if mark is None or current is None or not mark.claims:
            self.links.set_links([])
            return
        wanted, columns = set(mark.claims), []
        for article_id, opened in self._session.open.items():
            same = [one.id for one in opened.in_order() if wanted & set(one.claims)]
            if same:
                columns.append([(article_id, one) for one in same])
        self.links.set_links(
            [
                Link(left, right, current in (left, right))
                for first, second in pairwise(columns)
                for left in first
                for right in second
            ]
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(DRAG_TYPE):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        dragged = bytes(event.mimeData().data(DRAG_TYPE).data()).decode()
        order = [one for one in self._session.open if one != dragged]
        if dragged not in self._session.open:
            return
        x = event.position().toPoint().x()
        at = sum(1 for one in order if self.panels[one].mapTo(self, self.panels[one].rect().center()).x() < x)
        order.insert(at, dragged)
        event.acceptProposedAction()
        self.orderWanted.emit(order)

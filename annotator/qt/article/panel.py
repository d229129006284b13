"""One column of the desk: who published what and when, how far one is, and the text with its marks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDrag, QInputEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.changes import ChangeSet
from annotator.core.clock import shown
from annotator.core.spans import Span
from annotator.qt.article.boundary import BoundaryEditor
from annotator.qt.article.find_bar import FindBar
from annotator.qt.article.hover import hover_cards
from annotator.qt.article.marks import ROLES, KindStyle, Mark
from annotator.qt.article.view import ArticleView
from annotator.qt.support.one_line import OneLine
from annotator.qt.support.session import OpenArticle, Session

_ASIDES = ("caption", "link", "boilerplate")
"""Zones that are not the article's own running text."""

OFFERED = ("source", "cue")
"""The roles that are offered for an attribution in hand."""

OFFER = "offered words"

DRAG_TYPE = "application/x-annotator-column"


def marks_of(attribution: Attribution) -> list[Mark]:
    """An attribution as the view draws it: all roles, those without a place too, so that old marks go."""
    suggested = attribution.state == "open"
    return [
        Mark(attribution.id, role, attribution.kind, attribution.spans(role), suggested) for role in ROLES
    ]


class ColumnHeader(QFrame):
    """Outlet, title, date, progress; dragging it moves the column.

    Signals:
        closeWanted(): the reader wants the column away.
        stateWanted(): the reader says that the article is finished, or not.
    """

    closeWanted = Signal()
    stateWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setObjectName("columnHeader")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._pressed: QPoint | None = None
        self._outlet = self._label("heading", self.tr("Outlet"))
        self._title = self._label("", self.tr("Title"))
        self._facts = self._label("muted", self.tr("Date and progress"))
        self._state = QToolButton(self)
        self._state.setAutoRaise(True)
        self._state.setCheckable(True)
        self._state.clicked.connect(self.stateWanted)
        self._state.setAccessibleName(self.tr("Finished with this article"))
        close = QToolButton(self)
        close.setText("×")
        close.setAutoRaise(True)
        close.setAccessibleName(self.tr("Close column"))
        close.setToolTip(self.tr("Close column (Ctrl+W)"))
        close.clicked.connect(self.closeWanted)
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self._outlet, 1)
        top.addWidget(self._state)
        top.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 8, 8, 8)
        box.setSpacing(2)
        box.addLayout(top)
        box.addWidget(self._title)
        box.addWidget(self._facts)

    def _label(self, role: str, name: str) -> OneLine:
        label = OneLine(self)
        label.setAccessibleName(name)
        if role:
            label.setProperty("role", role)
        return label

    def show_article(self, opened: OpenArticle, outlet: str) -> None:
        """Say what is known of the article and how far the work on it is."""
        article, marks = opened.article, len(opened.marks)
        self._outlet.say(outlet or self.tr("Unknown outlet"))
        self._title.say(article.title)
        self._title.setVisible(bool(article.title))
        count = self.tr("{0} attributions").format(marks) if marks != 1 else self.tr("1 attribution")
        day = shown(article.published)
        if opened.hidden:
            count = self.tr("hidden until you have finished this article")
        self._facts.say("  ·  ".join(part for part in (day, count, article.assumed) if part))
        finished = opened.status == "finished"
        self._state.setChecked(finished)
        self._state.setText(self.tr("✓ Finished") if finished else self.tr("Finish"))
        self._state.setToolTip(
            self.tr("Reopen this article (Ctrl+D)")
            if finished
            else self.tr("Mark this article as finished (Ctrl+D)")
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        if (
            self._pressed is None
            or (here - self._pressed).manhattanLength() < QApplication.startDragDistance()
        ):
            return
        self._pressed = None
        panel = self.parent()
        if isinstance(panel, ArticlePanel):
            data = QMimeData()
            data.setData(DRAG_TYPE, panel.article_id.encode())
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.MoveAction)


class ArticlePanel(QFrame):
    """An article on the desk.

    Signals:
        focused(str): the article's id; the reader works in this column now.
        closeWanted(str): the article's id.
        stateWanted(str): the article's id.
        selectionChanged(): other words are selected, or the caret moved.
        selectionTaken(bool): a selection is complete: the mouse was released, or Enter pressed; with Ctrl: one more.
        menuWanted(bool, QPoint): the context menu is wanted at a point of the screen; True: with words selected.
        linkWanted(str, str, QPoint): a line was drawn from this article's attribution to a point of the screen.
    """

    focused = Signal(str)
    closeWanted = Signal(str)
    stateWanted = Signal(str)
    selectionChanged = Signal()
    selectionTaken = Signal(bool)
    linkWanted = Signal(str, str, QPoint)
    menuWanted = Signal(bool, QPoint)

    def __init__(self, session: Session, article_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("articlePanel")
        self._session = session
        self.article_id = article_id
        self.header = ColumnHeader(self)
        self.view = ArticleView(self)
        self.boundaries = BoundaryEditor(self.view)
        self.find_bar = FindBar(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addWidget(self.find_bar)
        box.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._menu_wanted)
        self.view.installEventFilter(self)
        self._viewport = self.view.viewport()
        self._viewport.installEventFilter(self)
        self._released = QTimer(self)
        self._released.setSingleShot(True)
        self._further = False
        self._hides = False
        self._from: str | None = None
        self._waiting: set[str] = set()
        self._suggests = True
        self._released.timeout.connect(lambda: self.selectionTaken.emit(self._further))
        self.view.markClicked.connect(self._clicked)
        self.view.markHovered.connect(self._hovered)
        self.view.selectionMade.connect(lambda _span: self.selectionChanged.emit())
        self.view.caretMoved.connect(lambda _at: self.selectionChanged.emit())
        self.find_bar.hitsChanged.connect(self._show_hits)
        self.find_bar.closed.connect(self.view.setFocus)
        self.header.closeWanted.connect(lambda: self.closeWanted.emit(self.article_id))
        self.header.stateWanted.connect(lambda: self.stateWanted.emit(self.article_id))

    def opened(self) -> OpenArticle:
        """The article shown, as the session knows it."""
        return self._session.open[self.article_id]

    def fill(self, kinds: dict[str, KindStyle]) -> None:
        """Show the text and all marks."""
        opened = self.opened()
        self.view.set_kinds(kinds)
        self.view.load(opened.text, self._all_marks())
        self.show_zones(hide=self._hides)
        self.refresh_header()

    def show_zones(self, *, hide: bool) -> None:
        """Set captions, links and boilerplate in a muted colour, or hide them."""
        self._hides = hide
        opened = self.opened()
        asides: list[Span] = []
        for zone in opened.article.zones:
            if zone.zone not in _ASIDES:
                continue
            # A caption and the credit after it share a paragraph: together they fill it.
            if asides and not opened.text[asides[-1].end : zone.span.start].strip():
                asides[-1] = Span(asides[-1].start, zone.span.end)
            else:
                asides.append(zone.span)
        self.view.set_zones(asides, asides if hide else ())

    def show_marks(self) -> None:
        """Show all marks anew: another hand's are shown."""
        self.view.set_marks(self._all_marks())
        self.show_offer()
        self.refresh_header()

    def _all_marks(self) -> list[Mark]:
        opened = self.opened()
        self._waiting = set(opened.waiting) if self._suggests else set()
        drawn = [*opened.marks.values(), *(opened.waiting[one] for one in self._waiting)]
        return [mark for one in drawn for mark in marks_of(one) if mark.fragments]

    def show_suggestions(self, *, show: bool) -> None:
        """Draw the suggestions that wait, or leave them out of sight."""
        self._suggests = show
        self._show_waiting()

    def _show_waiting(self) -> None:
        """Draw the suggestions that wait now in place of those that waited before."""
        opened = self.opened()
        now = set(opened.waiting) if self._suggests else set()
        for gone in self._waiting - now:
            if gone not in opened.marks:
                self.view.remove_attribution(gone)
        self.view.put_marks(
            mark for one in now - self._waiting for mark in marks_of(opened.waiting[one]) if mark.fragments
        )
        self._waiting = now

    def show_offer(self) -> None:
        """Draw, dotted, the words that are offered for the attribution in hand."""
        self.view.remove_attribution(OFFER)
        offer, mark = self._session.offer, self._session.attribution()
        if offer is None or mark is None or mark.id not in self.opened().marks:
            return
        self.view.put_marks(
            Mark(OFFER, role, mark.kind, offer.spans(role), suggested=True)
            for role in OFFERED
            if offer.spans(role) and not mark.spans(role)
        )

    def refresh_header(self) -> None:
        """Say anew what is known of the article."""
        opened = self.opened()
        outlet = self._session.project.outlet_name(opened.article)
        self.header.show_article(opened, outlet)
        self.view.setAccessibleName(self.tr("Article of {0}").format(outlet or opened.article.title))

    def hear(self, news: ChangeSet) -> None:
        """Take from the news what concerns this article."""
        opened = self.opened()
        for change in news.of(Attribution):
            mark = change.thing
            if not isinstance(mark, Attribution) or mark.set_id != opened.set_id:
                continue
            if mark.id in opened.marks:
                self.view.put_marks(marks_of(opened.marks[mark.id]))
                if self.view.current() == mark.id:
                    self.boundaries.set_mark(opened.marks[mark.id])
            else:
                self.view.remove_attribution(mark.id)
        self._show_waiting()
        if any(isinstance(one.thing, Article) and one.thing.id == self.article_id for one in news.changes):
            self.show_zones(hide=self._hides)
        self.refresh_header()

    def show_current(self, *, scroll: bool) -> None:
        """Make the attribution in hand stand out, if it is in this article."""
        current = self._session.current
        here = current is not None and current[0] == self.article_id
        self.view.set_current(current[1] if here and current is not None else None)
        self.boundaries.set_mark(self._session.attribution() if here else None)
        if here and scroll and current is not None:
            self.view.show_attribution(current[1])

    def open_find(self) -> None:
        """Find words in this article; those selected to begin with."""
        selected = self.view.selection()
        words = selected.text(self.opened().text) if selected is not None and len(selected) < 80 else ""
        self.find_bar.open_bar(self.opened().text, self.view.caret_position(), words)

    def _show_hits(self, hits: list[Span], current: int | None) -> None:
        self.view.highlight_hits(hits, current)
        if current is not None:
            self.view.show_span(hits[current])

    def _clicked(self, attribution_id: str) -> None:
        self.focused.emit(self.article_id)
        if attribution_id == OFFER:
            self._session.offerPressed.emit()
            return
        self._session.set_current((self.article_id, attribution_id))

    def _menu_wanted(self, where: QPoint) -> None:
        self.focused.emit(self.article_id)
        selected = self.view.selection() is not None
        under = [one for one in self.view.attributions_under(where) if one != OFFER]
        current = self._session.current
        if not selected and under and (current is None or current[1] not in under):
            self._session.set_current((self.article_id, under[-1]))
        self.menuWanted.emit(selected, self.view.viewport().mapToGlobal(where))

    def _hovered(self, ids: list[str], where: QPoint) -> None:
        opened = self.opened()
        marks = {**opened.marks, **opened.waiting}
        known = [marks[one] for one in ids if one in marks]
        if known:
            cards = hover_cards(known, self.opened().text, self._session.project)
            QToolTip.showText(where, cards, self.view)
        else:
            QToolTip.hideText()

    def _drawing(self, event: QMouseEvent) -> bool:
        """A press on an attribution's bracket in the margin begins a line to another attribution."""
        where = event.position().toPoint()
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            brackets = self.view.brackets_under(where)
            self._from = brackets[-1] if brackets else None
            if self._from is not None:
                self._clicked(self._from)
            return self._from is not None
        if self._from is None:
            return False
        if event.type() == QEvent.Type.MouseMove:
            self._viewport.setCursor(Qt.CursorShape.CrossCursor)
            return True
        if event.type() == QEvent.Type.MouseButtonRelease:
            begun, self._from = self._from, None
            self._viewport.setCursor(Qt.CursorShape.IBeamCursor)
            self.linkWanted.emit(self.article_id, begun, event.globalPosition().toPoint())
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.FocusIn:
            self.focused.emit(self.article_id)
        elif watched is self._viewport and isinstance(event, QMouseEvent) and self._drawing(event):
            return True
        elif watched is self._viewport and event.type() == QEvent.Type.MouseButtonRelease:
            # After the view itself has snapped the selection.
            self._further = _with_ctrl(event)
            self._released.start(0)
        elif watched is self.view and _is_enter(event) and not self.boundaries.active:
            self.selectionTaken.emit(_with_ctrl(event))
        return False


def _with_ctrl(event: QEvent) -> bool:
    return isinstance(event, QInputEvent) and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _is_enter(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.KeyPress
        and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    )

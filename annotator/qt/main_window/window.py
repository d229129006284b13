"""The window: tool bars, docks, menus, and the news they follow."""

from __future__ import annotations

import base64
from pathlib import Path
from types import ModuleType
from typing import Any

from PySide6.QtCore import QByteArray, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QLabel,
    QMainWindow,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from annotator.core.changes import ChangeSet
from annotator.core.errors import Cancelled
from annotator.qt.desk.desk import Desk
from annotator.qt.desk.story_tree import StoryTree
from annotator.qt.main_window.hands import HandsBox
from annotator.qt.main_window.look import Look
from annotator.qt.main_window.menus import Menus
from annotator.qt.main_window.projects import Projects
from annotator.qt.main_window.schemes import Schemes
from annotator.qt.main_window.status import StatusLine
from annotator.qt.palette.bar import PaletteBar
from annotator.qt.support.actions import Actions
from annotator.qt.support.crash import worded
from annotator.qt.support.jobs import Jobs
from annotator.qt.support.messages import MessageBar, ask
from annotator.qt.support.session import Session
from annotator.workspace.settings import Settings
from annotator.workspace.wishes import WindowWish

_BREATH = 50
"""Milliseconds between the articles' coming and the waking of what else the window can do: time to paint them."""

_LEAST_BELOW = 190
"""Pixels for the list below the articles, where the window is low; else a quarter of it."""

_CORNER = "articles.import set.export - deed.undo deed.redo - view.zoom_out view.zoom_in text.find".split()
"""The actions beside the menu; a dash parts them."""

_LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
_RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
_BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea


def _further() -> ModuleType:
    """The module of what is woken late; called in the worker first, so that the window stays alive meanwhile."""
    from annotator.qt.main_window import further  # noqa: PLC0415  woken late

    return further


class MainWindow(QMainWindow):
    """One window on one project: by itself, or filling the frame that stood first."""

    def __init__(self, settings: Settings, wish: WindowWish, frame: QWidget | None = None) -> None:
        super().__init__(frame)
        if frame is not None:
            self.setWindowFlags(Qt.WindowType.Widget)
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self._settings = settings
        self._wish = wish
        self.session = Session(self)
        self.jobs = Jobs(self)
        self.actions_ = Actions(self, settings.get("keys"))
        self.actions_.wake = lambda: self.further
        self._further: Any = None
        self._asked = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_BREATH)
        self._rest.timeout.connect(self._wake)
        self.desk = Desk(self.session, self)
        self.tree = StoryTree(self.session, self)
        self.messages = MessageBar(self)
        self.status = StatusLine(self)
        self.palette_bar = PaletteBar(self.actions_, self)
        self.projects = Projects(self.session, self.jobs, settings, self.desk.width, self)
        self.look = Look(
            self.session,
            settings,
            self.actions_,
            self.desk,
            self.palette_bar,
            self,
            wish.theme,
        )
        self._lay_out()
        self._menus = Menus(self, self.actions_, settings, self.projects.open)
        self._menus.add_panels(dock.toggleViewAction() for dock in self.docks.values())
        self.schemes = Schemes(
            self.session,
            self.actions_,
            self._menus,
            self.look,
            self.docks["guidelines"],
        )
        self._connect()
        self.look.dress()
        self._restore()
        self._show_title()

    def _lay_out(self) -> None:
        centre = QWidget(self)
        box = QVBoxLayout(centre)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.desk, 1)
        # Below, so that no message moves the text under the reader's hand.
        box.addWidget(self.messages)
        self.setCentralWidget(centre)
        self.setStatusBar(self.status)
        self.hands = HandsBox(self.session, self)
        bar = QToolBar(self.tr("Project"), self)
        bar.setObjectName("corner")
        bar.setIconSize(QSize(18, 18))
        bar.setAccessibleName(self.tr("Project"))
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        for action_id in _CORNER:
            if action_id != "-":
                bar.addAction(self.actions_[action_id])
            else:
                bar.addSeparator()
        bar.addSeparator()
        label = QLabel(self.tr("Annotator"), bar)
        label.setProperty("role", "muted")
        bar.addWidget(label)
        bar.addWidget(self.hands)
        self.addToolBar(self.palette_bar)
        self.menuBar().setCornerWidget(bar, Qt.Corner.TopRightCorner)
        self.docks = {
            "stories": self._dock("stories", self.tr("Stories"), self.tree, _LEFT),
            "inspector": self._dock("inspector", self.tr("Attribution"), self._asleep(), _RIGHT),
            "guidelines": self._dock("guidelines", self.tr("Guidelines"), self._asleep(), _RIGHT),
            "attributions": self._dock("attributions", self.tr("Attributions"), self._asleep(), _BOTTOM),
            "problems": self._dock("problems", self.tr("Problems"), self._asleep(), _BOTTOM),
            "concordance": self._dock("concordance", self.tr("Concordance"), self._asleep(), _BOTTOM),
            "suggestions": self._dock("suggestions", self.tr("Suggestions"), self._asleep(), _BOTTOM),
            "comments": self._dock("comments", self.tr("Comments"), self._asleep(), _BOTTOM),
        }
        self.docks["guidelines"].hide()
        for name in ("concordance", "problems", "suggestions", "comments"):
            self.tabifyDockWidget(self.docks["attributions"], self.docks[name])
        self.docks["attributions"].raise_()
        self.setCorner(Qt.Corner.BottomLeftCorner, _LEFT)
        self.setCorner(Qt.Corner.BottomRightCorner, _RIGHT)
        self.resize(1440, 900)
        self.resizeDocks(
            [self.docks["stories"], self.docks["inspector"]], [250, 310], Qt.Orientation.Horizontal
        )
        frame = self.parentWidget()
        height = frame.height() if frame is not None else self._wish.size[1] if self._wish.size else 900
        below = max(_LEAST_BELOW, height // 4)
        self.resizeDocks([self.docks["attributions"]], [below], Qt.Orientation.Vertical)

    def _asleep(self) -> QWidget:
        """Keeps the place of a panel that is woken later."""
        return QWidget(self)

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setAccessibleName(title)
        dock.setWidget(widget)
        self.addDockWidget(area, dock)
        return dock

    def _connect(self) -> None:
        for action_id, do in {
            "project.new": self.projects.ask_new,
            "project.open": self.projects.ask_open,
            "project.sample": self.projects.open_sample,
            "project.backup": self.projects.ask_backup,
            "window.quit": self._quit,
            "mark.comment": self._comment,
            "article.remove": self._remove_article,
            "go.stories": lambda: self._go("stories", self.tree),
            "go.inspector": lambda: self._go("inspector", self.inspector),
            "go.attributions": lambda: self._go("attributions", self.list),
        }.items():
            self.actions_.on(action_id, do)
        session = self.session
        session.articlesChanged.connect(self._wake_soon)
        self.jobs.broke.connect(self._wake_soon)
        session.projectChanged.connect(self._project_changed)
        session.handChanged.connect(self._show_state)
        session.articlesChanged.connect(self._show_state)
        session.projectChanged.connect(self._show_history)
        session.changed.connect(self._hear)
        session.currentChanged.connect(self._show_state)
        session.saved.connect(self.status.show_saved)
        session.notice.connect(self.messages.say)
        self.jobs.started.connect(self.status.follow)
        self.jobs.broke.connect(self._job_broke)
        self.tree.storyChosen.connect(self.projects.show_story)
        self.tree.articleChosen.connect(self._open_article)
        self.desk.selectionChanged.connect(self._show_place)
        self.desk.hint.connect(self.messages.say)
        self.desk.menuWanted.connect(self._show_menu)
        self.desk.focusMoved.connect(lambda _id: self._show_state())
        self.hands.activated.connect(self.actions_["go.article"].trigger)

    @property
    def further(self) -> Any:
        """`Further`: what the window can do beyond reading and marking; woken now if it still sleeps."""
        if self._further is None:
            self._rest.stop()
            room = _further()
            standing = room.Standing(
                self.session,
                self.jobs,
                self._settings,
                self.actions_,
                self.desk,
                self.look,
                self.palette_bar,
                self.docks,
                self,
            )
            self._further = room.Further(standing)
        return self._further

    @property
    def gestures(self) -> Any:
        """`Gestures`: what the keys and buttons for marking do."""
        return self.further.gestures

    @property
    def list(self) -> Any:
        """`AttributionsPanel`: the table of attributions."""
        return self.further.rows

    @property
    def inspector(self) -> Any:
        """`Inspector`: the form of the attribution in hand."""
        return self.further.inspector

    def _wake_soon(self) -> None:
        # Once: a room that cannot be entered must not be tried for ever.
        if not self._asked:
            self._asked = True
            self._rest.start()

    def _wake(self) -> None:
        self.jobs.run(
            self.tr("Waking the panels"), lambda _job: _further(), lambda _room: self.further, quiet=True
        )

    def start(self) -> None:
        """Open what was asked for; called once the window is painted."""
        self.projects.begin(self._wish)

    def warn(self, words: str) -> None:
        """Show what went wrong."""
        self.messages.warn(words)

    def _job_broke(self, wrong: object) -> None:
        if isinstance(wrong, Cancelled):
            self.messages.say(str(wrong))
        elif isinstance(wrong, BaseException):
            self.messages.warn(worded(wrong))
        if self.session.workspace is None:
            self.desk.say_empty(
                self.tr(
                    "No project is open. Open one (Ctrl+O), make one (Ctrl+N), or open the sample story (File menu)."
                )
            )

    def _project_changed(self) -> None:
        project = self.session.workspace
        if project is not None:
            self.schemes.wear()
            self.desk.say_empty(self.tr("No articles yet: drop files here, or import them (Ctrl+I)."))
        self.status.show_project(project.place if project is not None else "")
        self._show_title()
        self._show_state()

    def _show_title(self) -> None:
        project = self.session.workspace
        self.setWindowTitle(f"{project.name} – Annotator" if project is not None else "Annotator")

    def _hear(self, _news: ChangeSet) -> None:
        self._show_history()
        self._show_state()

    def _show_history(self) -> None:
        project = self.session.workspace
        undo = project.next_undo() if project is not None else None
        redo = project.next_redo() if project is not None else None
        for action_id, deed, words in (
            ("deed.undo", undo, self.tr("Undo")),
            ("deed.redo", redo, self.tr("Redo")),
        ):
            self.actions_[action_id].setEnabled(deed is not None)
            self.actions_[action_id].setText(f"{words}: {deed.label}" if deed is not None else words)

    def _show_state(self) -> None:
        mark = self.session.attribution()
        for action_id in ("mark.remove", "mark.nest", "mark.comment"):
            self.actions_[action_id].setEnabled(mark is not None)
        panel = self.desk.panel()
        for action_id in ("article.finish", "article.remove", "column.close", "text.find"):
            self.actions_[action_id].setEnabled(panel is not None)
        finished = (
            panel is not None
            and panel.article_id in self.session.open
            and panel.opened().status == "finished"
        )
        self.actions_["article.finish"].setChecked(finished)
        self.palette_bar.light(mark.kind if mark is not None else None)
        self.status.show_count(sum(len(one.marks) for one in self.session.open.values()))
        self._show_place()

    def _show_place(self) -> None:
        panel = self.desk.panel()
        if panel is not None and panel.article_id in self.session.open:
            self.status.show_place(panel.opened().text, panel.view.caret_position(), panel.view.selection())

    def _open_article(self, article_id: str) -> None:
        self.gestures.open_article(article_id)

    def _show_menu(self, selected: bool, where: QPoint) -> None:
        self.further.conveniences.show_menu(selected, where)

    def _go(self, dock: str, widget: QWidget) -> None:
        self.docks[dock].show()
        self.docks[dock].raise_()
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _comment(self) -> None:
        self.docks["inspector"].show()
        self.inspector.comment()

    def _remove_article(self) -> None:
        panel = self.desk.panel()
        if panel is None:
            return
        article = panel.opened().article
        question = self.tr("Remove “{0}” and everything that anybody marked in it? Undo brings it back.")
        if ask(
            self, self.tr("Remove article"), question.format(article.title or article.id), self.tr("Remove")
        ):
            self.gestures.close_column(article.id)
            self.gestures.remove_article(article.id)

    def _restore(self) -> None:
        kept = self._settings.get("window")
        if self._wish.screenshot is not None or not kept:
            return
        if self.isWindow():
            self.restoreGeometry(QByteArray(base64.b64decode(kept.get("geometry", ""))))
        self.restoreState(QByteArray(base64.b64decode(kept.get("state", ""))))

    def _quit(self) -> None:
        self.window().close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.setFocus()
        if self._further is not None:
            self._further.modes.leave()
        self.jobs.stop()
        if self._wish.screenshot is None:
            shape = {"geometry": self.window().saveGeometry(), "state": self.saveState()}
            kept = {name: base64.b64encode(value.data()).decode() for name, value in shape.items()}
            self._settings.set("window", kept)
        self.projects.leave()
        self.desk.rebuild()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if (data.hasUrls() or data.hasText()) and self.session.workspace is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        places = [url.toLocalFile() if url.isLocalFile() else url.toString() for url in data.urls()]
        places = [one for one in places if one and (Path(one).exists() or one.startswith("http"))]
        if places:
            event.acceptProposedAction()
            self.further.exchanges.ask_about(places)
        elif data.hasText():
            event.acceptProposedAction()
            self.further.conveniences.take_text(data.text())

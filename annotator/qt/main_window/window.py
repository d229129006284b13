"""The window: tool bars, docks, menus, and the news they follow."""

from __future__ import annotations

import base64
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
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
from annotator.core.spans import Span
from annotator.qt.attributions.inspector import Inspector
from annotator.qt.attributions.panel import AttributionsPanel
from annotator.qt.attributions.problems import ProblemsPanel
from annotator.qt.concordance.panel import ConcordancePanel
from annotator.qt.desk.desk import Desk
from annotator.qt.desk.story_tree import StoryTree
from annotator.qt.main_window.conveniences import Conveniences
from annotator.qt.main_window.exchanges import Exchanges
from annotator.qt.main_window.finding import Finding
from annotator.qt.main_window.gestures import Gestures
from annotator.qt.main_window.hands import HandsBox
from annotator.qt.main_window.look import Look
from annotator.qt.main_window.menus import Menus
from annotator.qt.main_window.projects import Projects
from annotator.qt.main_window.schemes import Schemes
from annotator.qt.main_window.shaping import Shaping
from annotator.qt.main_window.sources import Sources
from annotator.qt.main_window.status import StatusLine
from annotator.qt.palette.bar import PaletteBar
from annotator.qt.palette.guidelines import GuidelinesPanel
from annotator.qt.support.actions import Actions
from annotator.qt.support.crash import worded
from annotator.qt.support.jobs import Jobs
from annotator.qt.support.messages import MessageBar, ask
from annotator.qt.support.session import Session
from annotator.workspace.commands.articles import RemoveArticles
from annotator.workspace.settings import Settings
from annotator.workspace.wishes import WindowWish

_LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
_RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
_BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea
_ROOM_FOR_HITS = 270


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
        self.desk = Desk(self.session, self)
        self.tree = StoryTree(self.session, self)
        self.inspector = Inspector(self.session, self)
        self.list = AttributionsPanel(self.session, self)
        self.problems = ProblemsPanel(self.session, self.jobs, self)
        self.concordance = ConcordancePanel(self.session, self.jobs, self.desk.here, self)
        self.messages = MessageBar(self)
        self.status = StatusLine(self)
        self.palette_bar = PaletteBar(self.actions_, self)
        self.projects = Projects(self.session, self.jobs, settings, self.desk.width, self)
        self.exchanges = Exchanges(self.session, self.jobs, self)
        self.gestures = Gestures(self.session, self.desk, self.actions_, self)
        self.shaping = Shaping(self.session, self.desk, self.actions_, self.gestures, self)
        self.sources = Sources(
            self.session, self.jobs, self.desk, self.actions_, self.gestures, self.inspector, self
        )
        self.look = Look(
            self.session,
            settings,
            self.actions_,
            self.desk,
            self.palette_bar,
            self.list.model,
            self,
            wish.theme,
        )
        self.conveniences = Conveniences(
            self.session,
            settings,
            self.actions_,
            self.look,
            self.exchanges,
            self.desk,
            self.list,
            self,
        )
        self._lay_out()
        self._menus = Menus(self, self.actions_, settings, self.projects.open)
        self._menus.add_panels(dock.toggleViewAction() for dock in self.docks.values())
        self.schemes = Schemes(
            self.session,
            self.jobs,
            self.actions_,
            self.gestures,
            self._menus,
            self.look,
            self.palette_bar,
            self.docks["guidelines"],
        )
        self.finding = Finding(
            self.session,
            self.desk,
            self.actions_,
            self.gestures,
            self.concordance,
            self._show_concordance,
            self,
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
        for action_id in (
            "articles.import",
            "set.export",
            "",
            "deed.undo",
            "deed.redo",
            "",
            "view.zoom_out",
            "view.zoom_in",
            "text.find",
        ):
            if action_id:
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
            "inspector": self._dock("inspector", self.tr("Attribution"), self.inspector, _RIGHT),
            "guidelines": self._dock(
                "guidelines", self.tr("Guidelines"), GuidelinesPanel(self.session, self), _RIGHT
            ),
            "attributions": self._dock("attributions", self.tr("Attributions"), self.list, _BOTTOM),
            "problems": self._dock("problems", self.tr("Problems"), self.problems, _BOTTOM),
            "concordance": self._dock("concordance", self.tr("Concordance"), self.concordance, _BOTTOM),
        }
        self.docks["guidelines"].hide()
        self.tabifyDockWidget(self.docks["attributions"], self.docks["concordance"])
        self.docks["attributions"].raise_()
        self.tabifyDockWidget(self.docks["attributions"], self.docks["problems"])
        self.docks["attributions"].raise_()
        self.setCorner(Qt.Corner.BottomLeftCorner, _LEFT)
        self.setCorner(Qt.Corner.BottomRightCorner, _RIGHT)
        self.resize(1440, 900)
        self.resizeDocks(
            [self.docks["stories"], self.docks["inspector"]], [250, 310], Qt.Orientation.Horizontal
        )
        self.resizeDocks([self.docks["attributions"]], [190], Qt.Orientation.Vertical)

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
            "articles.import": self.exchanges.ask_import,
            "set.export": self.exchanges.ask_export,
            "window.quit": self._quit,
            "mark.comment": self._comment,
            "article.remove": self._remove_article,
            "go.stories": lambda: self._go("stories", self.tree),
            "go.inspector": lambda: self._go("inspector", self.inspector),
            "go.attributions": lambda: self._go("attributions", self.list),
            "go.problems": lambda: self._go("problems", self.problems),
        }.items():
            self.actions_.on(action_id, do)
        session = self.session
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
        self.tree.articleChosen.connect(self.gestures.open_article)
        self.list.jumpWanted.connect(self._jump)
        self.docks["problems"].visibilityChanged.connect(self.problems.set_in_sight)
        self.problems.placeWanted.connect(self._show_problem)
        self.problems.counted.connect(self._count_problems)
        self.inspector.placeWanted.connect(self.desk.show_place)
        self.inspector.fragmentUnwanted.connect(self.gestures.remove_fragment)
        self.desk.selectionChanged.connect(self._show_place)
        self.desk.hint.connect(self.messages.say)
        self.desk.menuWanted.connect(self.conveniences.show_menu)
        self.desk.focusMoved.connect(lambda _id: self._show_state())
        self.hands.activated.connect(self.gestures.go_article)

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
            self.inspector.show_current()

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

    def _jump(self, article_id: str, attribution_id: str) -> None:
        self.session.set_current((article_id, attribution_id))

    def _show_problem(self, article_id: str, attribution_id: str, span: object) -> None:
        self.session.set_current((article_id, attribution_id) if attribution_id else None)
        panel = self.desk.panels.get(article_id)
        if panel is not None and isinstance(span, Span):
            panel.view.show_span(span)
            panel.view.flash(span)

    def _count_problems(self, count: int) -> None:
        words = self.tr("Problems")
        self.docks["problems"].setWindowTitle(f"{words} ({count})" if count else words)

    def _go(self, dock: str, widget: QWidget) -> None:
        self.docks[dock].show()
        self.docks[dock].raise_()
        widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_concordance(self) -> None:
        dock = self.docks["concordance"]
        dock.show()
        dock.raise_()
        if dock.height() < _ROOM_FOR_HITS and not dock.isFloating():
            self.resizeDocks([dock], [_ROOM_FOR_HITS], Qt.Orientation.Vertical)

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
            self.session.project.execute(RemoveArticles((article.id,)))

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
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.exchanges.ask_about(paths)
        elif event.mimeData().hasText():
            event.acceptProposedAction()
            self.conveniences.take_text(event.mimeData().text())

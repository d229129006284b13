"""What the keys and buttons for marking do to the focused article."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core.annotation_sets import FINISHED, REOPENED, AnnotationSet
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.changes import ChangeSet
from annotator.core.errors import BrokenLaw
from annotator.core.rules import lacking
from annotator.core.spans import Span
from annotator.core.storing import Deed
from annotator.qt.article.controller import Controller
from annotator.qt.article.find_bar import FindBar
from annotator.qt.article.panel import ArticlePanel
from annotator.qt.attributions.fields import Line
from annotator.qt.desk.desk import Desk
from annotator.qt.support.actions import Actions
from annotator.qt.support.jobs import Jobs
from annotator.qt.support.session import Session
from annotator.workspace.commands.articles import RemoveArticles, SetStatus

_QUICK = 10_000
"""How many bytes a deed may take in the log to be undone at once: some two hundred changes, done within a few frames."""


class Gestures(QObject):
    """Connects the actions of marking, undoing and moving about with the desk and the session."""

    def __init__(self, session: Session, jobs: Jobs, desk: Desk, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._jobs = jobs
        self._desk = desk
        self._actions = actions
        self._controller = Controller(session)
        self.last_kind: str | None = None
        self.guide: Callable[[str], None] | None = None
        self.elsewhere: Callable[[str], bool] | None = None
        self.decline: Callable[[], bool] | None = None
        """Withdraws the words that are offered; False when there are none."""
        for action_id, do in {
            "deed.undo": self.undo,
            "deed.redo": self.redo,
            "mark.remove": self._controller.remove,
            "mark.nest": self._controller.nest,
            "mark.leave": self.leave,
            "mark.next": lambda: self.step(1),
            "mark.previous": lambda: self.step(-1),
            "article.finish": lambda: self.toggle_state(""),
            "text.find": self.find,
            "text.find_next": lambda: self.find_step(1),
            "text.find_previous": lambda: self.find_step(-1),
            "column.next": lambda: desk.focus_step(1),
            "column.previous": lambda: desk.focus_step(-1),
            "column.close": lambda: self.close_column(""),
            "column.left": lambda: desk.move_column(-1),
            "column.right": lambda: desk.move_column(1),
            "view.zoom_in": lambda: desk.set_zoom(desk.zoom() * 1.1),
            "view.zoom_out": lambda: desk.set_zoom(desk.zoom() / 1.1),
            "view.zoom_reset": lambda: desk.set_zoom(1.0),
            "go.article": self.go_article,
        }.items():
            actions.on(action_id, do)
        actions.on_each("kind", self.kind)
        actions.on_each("role", self.role)
        desk.closeWanted.connect(self.close_column)
        desk.stateWanted.connect(self.toggle_state)
        desk.orderWanted.connect(self.reorder)
        desk.zoomed.connect(desk.set_zoom)

    def _panel(self) -> ArticlePanel:
        panel = self._desk.panel()
        if panel is None:
            raise BrokenLaw("No article is open. Choose one at the left, or import some (Ctrl+I).")
        return panel

    def kind(self, kind_id: str) -> None:
        """Tag the selection, or change the kind of the attribution in hand, unless the key is meant elsewhere."""
        if self.elsewhere is not None and self.elsewhere(kind_id):
            return
        panel = self._panel()
        selection = panel.view.selection()
        around = panel.view.attributions_at(selection.start) if selection is not None else []
        self.last_kind = kind_id
        if self._controller.kind(panel.article_id, selection, kind_id, around):
            self._used(panel, selection)

    def role(self, role_id: str) -> None:
        """Give the selection to the attribution in hand."""
        panel = self._panel()
        selection = panel.view.selection()
        if selection is None and self.guide is not None:
            self.guide(role_id)
            return
        if self._controller.role(panel.article_id, selection, role_id):
            self._used(panel, selection)

    def _used(self, panel: ArticlePanel, selection: Span | None) -> None:
        if selection is not None:
            panel.view.set_caret(selection.end)
            # The caret may stand where it stood: then nobody else says that nothing is selected any more.
            self._desk.selectionChanged.emit()

    def step(self, direction: int) -> None:
        """Take the next or previous attribution in hand."""
        panel = self._desk.panel()
        if panel is not None:
            self._controller.step(panel.article_id, panel.view.caret_position(), direction)

    def remove_fragment(self, role: str, fragment: object) -> None:
        """Take words away from a role of the attribution in hand."""
        if isinstance(fragment, Span):
            self._controller.remove_fragment(role, fragment)

    def leave(self) -> None:
        """Escape: close what is open at the caret, drop the selection, let go of the attribution, in this order."""
        focus = QApplication.focusWidget()
        bar = focus.parent() if focus is not None else None
        if isinstance(bar, FindBar):
            bar.close_bar()
            return
        if isinstance(focus, Line):
            focus.take_back()
        panel = self._desk.panel()
        if panel is None:
            return
        if not panel.view.hasFocus():
            panel.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif panel.find_bar.isVisible():
            panel.find_bar.close_bar()
        elif panel.view.selection(snap=False) is not None:
            panel.view.clear_selection()
        elif self.decline is None or not self.decline():
            self._session.set_current(None)

    def go_article(self) -> None:
        """Give the article in hand the keyboard."""
        panel = self._desk.panel()
        if panel is not None:
            panel.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def find(self) -> None:
        """Find words in the focused article."""
        self._panel().open_find()

    def find_step(self, by: int) -> None:
        """Go to the next or previous hit."""
        panel = self._panel()
        if panel.find_bar.isVisible():
            panel.find_bar.step(by)
        else:
            panel.open_find()

    def undo(self) -> None:
        """Take the last deed back and show where."""
        project = self._session.project
        self._replay(project.next_undo(), project.undo, self.tr("Undoing: {0}"), self.tr("Undid: {0}"))

    def redo(self) -> None:
        """Do the last undone deed again and show where."""
        project = self._session.project
        self._replay(
            project.next_redo(), project.redo, self.tr("Doing again: {0}"), self.tr("Did again: {0}")
        )

    def _replay(self, deed: Deed | None, again: Callable[[], ChangeSet], doing: str, done: str) -> None:
        """At once where that is quick; in the worker where the window would stand still meanwhile."""
        self._session.check_free()
        if deed is None or deed.size <= _QUICK:
            self._show(again(), done)
            return
        self._session.waiting = True
        job = self._jobs.run(
            doing.format(deed.label),
            lambda _job: again(),
            lambda news: self._show(news, done),
            stoppable=False,
        )
        job.ended.connect(self._free)

    def _free(self) -> None:
        self._session.waiting = False

    def _show(self, news: ChangeSet, words: str) -> None:
        self._session.notice.emit(words.format(news.label))
        marks = [change.thing for change in news.of(Attribution)]
        mark = marks[-1] if marks else None
        if not isinstance(mark, Attribution):
            return
        own = self._session.project.reading.get(AnnotationSet, mark.set_id)
        around = mark.extent()
        if own is None or around is None:
            return
        if own.article_id not in self._session.open:
            self.open_article(own.article_id)
        opened = self._session.open.get(own.article_id)
        self._desk.focus(own.article_id)
        if opened is not None and mark.id in opened.marks:
            self._session.set_current((own.article_id, mark.id))
        self._desk.show_place(own.article_id, around)

    def open_article(self, article_id: str) -> None:
        """Put an article on the desk and give it the keyboard; articles of another story leave the desk."""
        project = self._session.project
        if article_id not in self._session.open:
            article = project.reading.get(Article, article_id)
            if article is None:
                return
            stay = [
                one.article for one in self._session.open.values() if one.article.story_id == article.story_id
            ]
            order = {one.id: at for at, one in enumerate(project.articles(article.story_id))}
            wanted = [*stay[-5:], article]
            self._session.show_articles(sorted(wanted, key=lambda one: order.get(one.id, 0)))
        self._desk.focus(article_id)

    def close_column(self, article_id: str) -> None:
        """Take an article (none: the focused one) off the desk."""
        panel = self._desk.panel()
        gone = article_id or (panel.article_id if panel is not None else "")
        self._session.show_articles(
            [one.article for one in self._session.open.values() if one.article.id != gone]
        )
        self.go_article()

    def remove_article(self, article_id: str) -> None:
        """Take an article, and everything that anybody marked in it, out of the project."""
        self._session.project.execute(RemoveArticles((article_id,)))

    def reorder(self, order: list[str]) -> None:
        """Put the columns into this order."""
        self._session.show_articles([self._session.open[one].article for one in order])
        self.go_article()

    def toggle_state(self, article_id: str) -> None:
        """Say that an article (none: the focused one) is finished, or reopen it."""
        panel = self._panel()
        opened = self._session.open[article_id or panel.article_id]
        status = REOPENED if opened.status == FINISHED else FINISHED
        wanting = lacking(self._session.project.scheme, opened.marks.values()) if status == FINISHED else []
        if wanting:
            # The deed below is refused and says why; the first of them is shown.
            self._desk.focus(opened.article.id)
            self._session.set_current((opened.article.id, wanting[0][0].id))
            # What was pressed shows itself as pressed; it is not.
            self._actions["article.finish"].setChecked(False)
            self._desk.panels[opened.article.id].refresh_header()
        self._session.execute(SetStatus(opened.article.id, self._session.annotator, status))

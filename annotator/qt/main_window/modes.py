"""The modes of the window, annotate, compare and review, and what the keys of a review do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QDockWidget, QMainWindow, QWidget

from annotator.core.errors import BrokenLaw
from annotator.core.project_settings import ProjectSetting
from annotator.qt.desk.desk import Desk
from annotator.qt.dialogs.assigning import AssigningDialog
from annotator.qt.main_window.comparing import Comparing
from annotator.qt.main_window.look import Look
from annotator.qt.review.deciding import Deciding
from annotator.qt.review.page import ReviewPage
from annotator.qt.support.actions import Actions
from annotator.qt.support.jobs import Jobs
from annotator.qt.support.session import Session
from annotator.workspace.blindness import is_blind
from annotator.workspace.commands.review_assigning import Assign, WorkBlind
from annotator.workspace.reviewing import assignments

ANNOTATE, COMPARE, REVIEW = "annotate", "compare", "review"
_MARKING = ("kind.", "role.", "mark.", "replace.", "zone.", "suggest.", "source.", "claim.")
"""Actions that mark: in a review their keys mean something else, or nothing."""

_DECIDE = (
    *(f"review.accept_{number}" for number in range(1, 7)),
    "review.accept_all",
    "review.nothing",
    "review.reject",
    "review.undecide",
)
_KEYS = (
    *_DECIDE,
    "review.settle_content",
    "review.settle_source",
    "review.settle_cue",
    "review.comment",
)
_ALWAYS = (
    "review.blind",
    "review.assign",
    "review.bundle",
    "review.merge_bundle",
    "review.conflicts",
    "review.report",
)
"""Actions of a review that are at hand in every mode."""

_SHORT = {
    "review.accept_all": "Both",
    "review.nothing": "Nothing here",
    "review.reject": "Reject",
    "review.undecide": "Take back",
    "review.merge": "Merge",
    "review.finish": "Adjudicated",
    "review.comment": "Comment",
}


class Modes(QObject):
    """Shows one mode at a time in the middle of the window; the panels around it come and go with it."""

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        desk: Desk,
        look: Look,
        actions: Actions,
        docks: Mapping[str, QDockWidget],
        comparing: Comparing,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._comparing = comparing
        self._session = session
        self._jobs = jobs
        self._desk = desk
        self._look = look
        self._actions = actions
        self._docks = docks
        self._window = window
        self._shown: list[QDockWidget] = []
        self._pages: dict[str, QWidget] = {ANNOTATE: desk, COMPARE: comparing.panel}
        self._stand(comparing.panel, 1)
        self.mode = ANNOTATE
        self.deciding: Deciding | None = None
        for mode in (ANNOTATE, COMPARE, REVIEW):
            actions.on(f"mode.{mode}", lambda mode=mode: self.enter(mode))  # type: ignore[misc]
        actions["mode.annotate"].setChecked(True)
        on_page: dict[str, Callable[[Deciding], None]] = {
            "review.accept_all": lambda deciding: deciding.accept_all(),
            "review.nothing": lambda deciding: deciding.nothing(),
            "review.reject": lambda deciding: deciding.reject(),
            "review.undecide": lambda deciding: deciding.undecide(),
            "review.settle_content": lambda deciding: deciding.settle("content"),
            "review.settle_source": lambda deciding: deciding.settle("source"),
            "review.settle_cue": lambda deciding: deciding.settle("cue"),
            "review.comment": lambda deciding: deciding.comment(),
            "review.merge": lambda deciding: deciding.merge(),
            "review.finish": lambda deciding: deciding.finish(),
        }
        for number in range(1, 7):
            on_page[f"review.accept_{number}"] = lambda deciding, number=number: deciding.accept(number)  # type: ignore[misc]
        for action_id, do in on_page.items():
            actions.on(action_id, lambda do=do: do(self._deciding_now()))  # type: ignore[misc]
        actions.on("review.next", lambda: self._page().step(1))
        actions.on("review.previous", lambda: self._page().step(-1))
        for action_id, words in _SHORT.items():
            actions[action_id].setIconText(self.tr(words))
        for number in range(1, 7):
            actions[f"review.accept_{number}"].setIconText(self.tr("Accept {0}").format(number))
        actions.on("review.blind", self._set_blind)
        actions.on("review.assign", self.ask_assign)
        session.projectChanged.connect(self._project_changed)
        session.changed.connect(lambda news: self._show_blind() if any(news.of(ProjectSetting)) else None)
        self._project_changed()

    def _page(self) -> ReviewPage:
        page = self._pages.get(REVIEW)
        if not isinstance(page, ReviewPage) or self.mode != REVIEW:
            raise BrokenLaw("That belongs to a review; Ctrl+3 opens one.")
        return page

    def _deciding_now(self) -> Deciding:
        self._page()
        assert self.deciding is not None
        return self.deciding

    def enter(self, mode: str) -> None:
        """Show a mode; the article in hand comes along."""
        self._actions[f"mode.{self.mode}"].setChecked(mode == self.mode)
        self._actions[f"mode.{mode}"].setChecked(True)
        if mode == self.mode:
            return
        _, article_id = self._desk.here()
        if mode not in self._pages:
            self._pages[mode] = self._make()
        if self.mode == ANNOTATE:
            self._shown = [one for name, one in self._docks.items() if name != "stories" and one.isVisible()]
        self.mode = mode
        page = self._pages[mode]
        stories = self._docks["stories"].width()
        # What goes, goes first: a window that has to hold both for a moment grows beyond the screen, and stays so.
        for dock in self._shown if mode != ANNOTATE else ():
            dock.hide()
        # The columns stay beside a comparison.
        staying = {page, self._desk} if mode == COMPARE else {page}
        for one in self._pages.values():
            if one not in staying:
                one.hide()
        self._lay_out_anew()
        for one in staying:
            one.show()
        for dock in self._shown if mode == ANNOTATE else ():
            dock.show()
        self._window.resizeDocks([self._docks["stories"]], [stories], Qt.Orientation.Horizontal)
        self._let_mark(mode != REVIEW)
        self._comparing.set_in_sight(mode == COMPARE)
        if isinstance(page, ReviewPage):
            self._session.set_current(None)
            page.enter(article_id)
            page.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif article_id is not None:
            self._desk.focus(article_id)

    def _lay_out_anew(self) -> None:
        """Forget the widths of what was hidden just now; Qt would count them until it comes to that by itself."""
        centre = self._desk.parentWidget()
        for layout in (centre.layout() if centre is not None else None, self._window.layout()):
            if layout is not None:
                layout.invalidate()
                layout.activate()

    def leave(self) -> None:
        """Have the panels of annotating back where another mode put them away."""
        if self.mode != ANNOTATE:
            self.enter(ANNOTATE)

    def _make(self) -> ReviewPage:
        page = ReviewPage(self._session, self._jobs, self._window)
        self.deciding = Deciding(self._session, self._jobs, page)
        keys = [self._actions[one] for one in _KEYS]
        decide = [self._actions[one] for one in (*_DECIDE, "review.comment", "review.finish")]
        page.set_actions(decide, self._actions["review.merge"], keys)
        self._look.dress_pages(page)
        self._stand(page, 0)
        return page

    def _stand(self, page: QWidget, at: int) -> None:
        """Give a page its place in the middle of the window, above or below the columns."""
        centre = self._desk.parentWidget()
        layout = centre.layout() if centre is not None else None
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(at, page, 1)

    def _let_mark(self, allowed: bool) -> None:
        for spec in self._actions.specs():
            if spec.id.startswith(_MARKING):
                self._actions[spec.id].setEnabled(allowed)
            elif spec.id.startswith("review.") and spec.id not in _ALWAYS:
                self._actions[spec.id].setEnabled(not allowed)
        if allowed:
            self._session.currentChanged.emit()

    def _project_changed(self) -> None:
        self._let_mark(self.mode != REVIEW)
        self._show_blind()
        if self.mode == REVIEW and self._session.workspace is not None:
            self._page().enter(None)

    def _show_blind(self) -> None:
        project = self._session.workspace
        self._actions["review.blind"].setChecked(project is not None and is_blind(project.reading))

    def ask_assign(self) -> AssigningDialog:
        """Show who annotates which articles of the story, and let articles be given to annotators."""
        project = self._session.project
        story_id, _ = self._desk.here()
        articles = project.articles(story_id)
        titles = [
            (one.id, " – ".join(part for part in (project.outlet_name(one), one.title or one.id) if part))
            for one in articles
        ]
        dialog = AssigningDialog(self._window)

        def assign(names: tuple[str, ...], overlap: int, seed: int) -> None:
            project.execute(Assign(tuple(one.id for one in articles), names, overlap, seed))
            dialog.show_assigned(titles, assignments(project, story_id))

        dialog.wanted.connect(assign)
        dialog.show_assigned(titles, assignments(project, story_id))
        dialog.show()
        return dialog

    def _set_blind(self) -> None:
        self._session.project.execute(WorkBlind(self._actions["review.blind"].isChecked()))

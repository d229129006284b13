"""What the window can do beyond reading and marking; woken once the articles can be read."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from annotator.core.spans import Span
from annotator.qt.attributions.inspector import Inspector
from annotator.qt.attributions.panel import AttributionsPanel
from annotator.qt.attributions.problems import ProblemsPanel
from annotator.qt.attributions.remarks import RemarksPanel
from annotator.qt.concordance.panel import ConcordancePanel
from annotator.qt.desk.desk import Desk
from annotator.qt.main_window.colleagues import Colleagues
from annotator.qt.main_window.comparing import Comparing
from annotator.qt.main_window.conveniences import Conveniences
from annotator.qt.main_window.exchanges import Exchanges
from annotator.qt.main_window.finding import Finding
from annotator.qt.main_window.gestures import Gestures
from annotator.qt.main_window.look import Look
from annotator.qt.main_window.modes import Modes
from annotator.qt.main_window.scheme_editing import SchemeEditing
from annotator.qt.main_window.shaping import Shaping
from annotator.qt.main_window.sources import Sources
from annotator.qt.main_window.suggesting import Suggesting
from annotator.qt.main_window.training import Training
from annotator.qt.palette.bar import PaletteBar
from annotator.qt.palette.guidelines import GuidelinesPanel
from annotator.qt.suggestions.panel import SuggestionsPanel
from annotator.qt.support.actions import Actions
from annotator.qt.support.jobs import Jobs
from annotator.qt.support.messages import ask
from annotator.qt.support.session import Session
from annotator.workspace.settings import Settings

_ROOM_FOR_HITS = 270


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in the window from the first."""

    session: Session
    jobs: Jobs
    settings: Settings
    actions: Actions
    desk: Desk
    look: Look
    palette: PaletteBar
    docks: dict[str, QDockWidget]
    window: QMainWindow


class Further(QObject):
    """Gestures, inspector, problems, concordance, sources, exchange, dialogs: all that the first moment does not need."""

    def __init__(self, standing: Standing) -> None:
        window, session = standing.window, standing.session
        super().__init__(window)
        jobs, actions, desk = standing.jobs, standing.actions, standing.desk
        self._session = session
        self._desk = desk
        self._window = window
        self._docks = standing.docks
        self.gestures = gestures = Gestures(session, jobs, desk, actions, window)
        self.inspector = Inspector(session, window)
        self.inspector.placeWanted.connect(desk.show_place)
        self.inspector.fragmentUnwanted.connect(gestures.remove_fragment)
        self.rows = AttributionsPanel(session, window)
        self.rows.jumpWanted.connect(self._jump)
        standing.look.dress_rows(self.rows.model)
        self.problems = ProblemsPanel(session, jobs, window)
        self.concordance = ConcordancePanel(session, jobs, desk.here, window)
        self.guidelines = GuidelinesPanel(session, window)
        least = float(standing.settings.get("suggestion_confidence"))
        self.suggestions = SuggestionsPanel(session, least, window)
        standing.look.dress_rows(self.suggestions.model)
        self.remarks = RemarksPanel(session, jobs, standing.settings, window)
        for name, panel in (
            ("inspector", self.inspector),
            ("attributions", self.rows),
            ("problems", self.problems),
            ("concordance", self.concordance),
            ("guidelines", self.guidelines),
            ("suggestions", self.suggestions),
            ("comments", self.remarks),
        ):
            before = self._docks[name].widget()
            self._docks[name].setWidget(panel)
            before.deleteLater()
        self.exchanges = Exchanges(session, jobs, standing.settings, actions, window)
        self.shaping = Shaping(session, desk, actions, gestures, window)
        self.sources = Sources(session, jobs, desk, actions, gestures, self.inspector, window)
        self.conveniences = Conveniences(
            session,
            standing.settings,
            actions,
            standing.look,
            self.exchanges,
            desk,
            self.rows,
            window,
        )
        self.scheme_editing = SchemeEditing(session, jobs, actions, window)
        self.finding = Finding(
            session, desk, actions, gestures, self.concordance, self._show_concordance, window
        )
        self.suggesting = Suggesting(
            session,
            jobs,
            desk,
            actions,
            gestures,
            self.suggestions,
            lambda: self._raise("suggestions"),
            window,
        )
        self.training = Training(session, standing.settings, actions, self.suggestions, ask, window)
        suggestions = self._docks["suggestions"]
        suggestions.visibilityChanged.connect(self.suggestions.set_in_sight)
        self.suggestions.counted.connect(
            lambda count: self._count("suggestions", self.tr("Suggestions"), count)
        )
        self.suggestions.set_in_sight(not suggestions.visibleRegion().isEmpty())
        actions.on("go.suggestions", lambda: self._go("suggestions", self.suggestions))
        comments = self._docks["comments"]
        comments.visibilityChanged.connect(self.remarks.set_in_sight)
        self.remarks.counted.connect(lambda count: self._count("comments", self.tr("Comments"), count))
        self.remarks.placeWanted.connect(self._show_remark)
        self.remarks.set_in_sight(not comments.visibleRegion().isEmpty())
        actions.on("go.comments", lambda: self._go("comments", self.remarks))
        self.colleagues = Colleagues(session, jobs, actions, gestures, window)
        self.comparing = Comparing(session, jobs, desk, actions, gestures, window)
        self.modes = Modes(session, jobs, desk, standing.look, actions, self._docks, self.comparing, window)
        actions.on("go.problems", lambda: self._go("problems", self.problems))
        standing.palette.hovered.connect(self.guidelines.hover)
        concordance = self._docks["concordance"]
        concordance.visibilityChanged.connect(self.concordance.set_in_sight)
        self.concordance.set_in_sight(not concordance.visibleRegion().isEmpty())
        problems = self._docks["problems"]
        problems.visibilityChanged.connect(self.problems.set_in_sight)
        self.problems.placeWanted.connect(self._show_problem)
        self.problems.counted.connect(lambda count: self._count("problems", self.tr("Problems"), count))
        self.problems.set_in_sight(not problems.visibleRegion().isEmpty())

    def _jump(self, article_id: str, attribution_id: str) -> None:
        self._session.set_current((article_id, attribution_id))

    def _show_problem(self, article_id: str, attribution_id: str, span: object) -> None:
        self._session.set_current((article_id, attribution_id) if attribution_id else None)
        panel = self._desk.panels.get(article_id)
        if panel is not None and isinstance(span, Span):
            panel.view.show_span(span)
            panel.view.flash(span)

    def _show_remark(self, article_id: str, hand: str, attribution_id: str, span: object) -> None:
        """Open the article of a comment, in the hand of whoever made the mark it is about."""
        self.gestures.open_article(article_id)
        opened = self._session.open.get(article_id)
        if attribution_id and opened is not None and attribution_id not in opened.marks:
            self._session.set_hand(hand)
        self._show_problem(article_id, attribution_id, span)

    def _count(self, name: str, words: str, count: int) -> None:
        self._docks[name].setWindowTitle(f"{words} ({count})" if count else words)

    def _raise(self, name: str) -> None:
        self._docks[name].show()
        self._docks[name].raise_()

    def _go(self, name: str, panel: QWidget) -> None:
        self._raise(name)
        panel.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_concordance(self) -> None:
        dock = self._docks["concordance"]
        dock.show()
        dock.raise_()
        if dock.height() < _ROOM_FOR_HITS and not dock.isFloating():
            self._window.resizeDocks([dock], [_ROOM_FOR_HITS], Qt.Orientation.Vertical)

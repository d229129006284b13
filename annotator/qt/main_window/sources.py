"""Say who the sources are, by key, in the inspector or in the sources window; lead to their mentions."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.core.errors import BrokenLaw
from annotator.qt.attributions.inspector import Inspector
from annotator.qt.desk.desk import Desk
from annotator.qt.main_window.gestures import Gestures
from annotator.qt.main_window.linking import Linking
from annotator.qt.sources.window import SourcesWindow
from annotator.qt.support.actions import Actions
from annotator.qt.support.jobs import Jobs
from annotator.qt.support.session import Session
from annotator.workspace.mentions import Mention

_ALSO_THERE = ("deed.undo", "deed.redo", "sources.open")


class Sources(QObject):
    """Connects the sources window and the inspector's source field with the rest of the window."""

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        desk: Desk,
        actions: Actions,
        gestures: Gestures,
        inspector: Inspector,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._jobs = jobs
        self._desk = desk
        self._actions = actions
        self._gestures = gestures
        self._parent = window
        self._window: SourcesWindow | None = None
        self.linking = Linking(session, desk, actions, window)
        actions.on("sources.open", self.open)
        inspector.sourceWanted.connect(self.open)
        inspector.source.guess = self.linking.guesses
        inspector.source.guessed.connect(self.linking.take)

    def open(self) -> None:
        """Show the sources, with that of the attribution in hand chosen."""
        if self._session.workspace is None:
            raise BrokenLaw("No project is open yet.")
        mark = self._session.attribution()
        if self._window is None:
            self._window = SourcesWindow(self._session, self._jobs, self._parent)
            self._window.placeWanted.connect(self.show_mention)
            for action_id in _ALSO_THERE:
                self._window.addAction(self._actions[action_id])
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        if mark is not None:
            self._window.show_source(mark.source_id)

    @property
    def window(self) -> SourcesWindow | None:
        """The sources window, once it was opened."""
        return self._window

    def show_mention(self, mention: object) -> None:
        """Show a mention in its article, among the marks of whoever made it."""
        if not isinstance(mention, Mention):
            return
        if mention.annotator != self._session.annotator:
            self._session.set_hand(mention.annotator)
        self._gestures.open_article(mention.article_id)
        column = self._desk.panels.get(mention.article_id)
        mark = column.opened().marks.get(mention.attribution_id) if column is not None else None
        if column is None or mark is None:
            self._session.notice.emit(self.tr("This mention is not there any more."))
            return
        self._session.set_current((mention.article_id, mention.attribution_id))
        place = mark.source[0] if mark.source else mark.extent()
        if place is not None:
            self._desk.show_place(mention.article_id, place)
            column.view.flash(place)

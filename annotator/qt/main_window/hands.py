"""The box that says whose marks are shown and made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.core.annotators import Annotator
from annotator.core.changes import ChangeSet
from annotator.qt.support.session import Session


class HandsBox(QComboBox):
    """All annotators of the project; the one in hand is chosen."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setAccessibleName(self.tr("Annotator"))
        self.setToolTip(self.tr("Whose marks are shown and made"))
        self.setMinimumContentsLength(15)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.activated.connect(lambda: session.set_hand(str(self.currentData())))
        session.projectChanged.connect(self.refresh)
        session.handChanged.connect(self.refresh)
        session.changed.connect(self._hear)

    def _hear(self, news: ChangeSet) -> None:
        if any(True for _ in news.of(Annotator)):
            self.refresh()

    def refresh(self) -> None:
        """Show who there is."""
        self.clear()
        session, project = self._session, self._session.workspace
        if project is None:
            return
        names = [one.name for one in project.registry.every(Annotator)]
        for name in dict.fromkeys([project.actor, *names, session.annotator]):
            self.addItem(self.tr("{0} (you)").format(name) if name == project.actor else name, name)
        self.setCurrentIndex(self.findData(session.annotator))
        if session.looking:
            self.setItemText(self.currentIndex(), self.tr("{0} (looking)").format(session.annotator))

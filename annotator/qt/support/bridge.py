"""The workspace's news as a Qt signal, on the main thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from annotator.core.changes import ChangeSet


class Bridge(QObject):
    """Hears change sets on whatever thread they were committed and tells the window on its own.

    Signals:
        changed(ChangeSet): something was committed.
    """

    changed = Signal(object)
    _heard = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # A direct call on the main thread (the gesture's own), a queued one from any other.
        self._heard.connect(self._tell, Qt.ConnectionType.AutoConnection)

    def hear(self, news: ChangeSet) -> None:
        """Take news from any thread."""
        self._heard.emit(news)

    def _tell(self, news: ChangeSet) -> None:
        self.changed.emit(news)

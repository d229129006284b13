"""Tell who listens what was committed, in order; a listener that fails does not silence the rest."""

from __future__ import annotations

import logging
from collections.abc import Callable

from annotator.core.changes import ChangeSet

Listener = Callable[[ChangeSet], None]
_log = logging.getLogger(__name__)


class Events:
    """The news of one workspace."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told of every change set from now on; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, news: ChangeSet) -> None:
        """Tell all listeners."""
        for listener in tuple(self._listeners):
            try:
                listener(news)
            except Exception:
                _log.exception("a listener failed on %r", news.label)

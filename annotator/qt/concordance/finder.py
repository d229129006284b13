"""Looks for hits in a worker and hands them over as they come; a newer search ends the one before."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotator.core.errors import Cancelled
from annotator.qt.support.jobs import Job, Jobs
from annotator.workspace.concordance import Wish, lines
from annotator.workspace.workspace import Workspace

MOST = 20_000
"""How many hits are shown; whoever has more should ask for less."""


class Finder(QObject):
    """One search at a time.

    Signals:
        found(list): some lines, in order.
        ended(bool): the search is over; whether there is more than is shown.
        failed(object): the exception that ended it.
    """

    found = Signal(list)
    ended = Signal(bool)
    failed = Signal(object)
    _arrived = Signal(int, list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self)
        self._job: Job | None = None
        self._run = 0
        self._arrived.connect(self._take)

    def look(self, workspace: Workspace, wish: Wish) -> None:
        """Begin a search; the one before is dropped."""
        self.drop()
        run = self._run

        def work(job: Job) -> tuple[int, bool, Exception | None]:
            shown = 0
            try:
                for some in lines(workspace, wish, job.report):
                    if not job.report(0, 0):
                        raise Cancelled("The search was stopped.")
                    if some:
                        self._arrived.emit(run, some[: MOST - shown])
                        shown += len(some)
                    if shown > MOST:
                        return run, True, None
            except Exception as wrong:  # noqa: BLE001  carried to the main thread, which words it
                return run, False, wrong
            return run, False, None

        self._job = self._jobs.run(self.tr("Searching"), work, self._over)

    def busy(self) -> bool:
        """Whether a search is under way."""
        return self._job is not None

    def drop(self) -> None:
        """Forget the search under way, if there is one."""
        self._run += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def stop(self) -> None:
        """Forget the search and wait until nothing reads any more."""
        self.drop()
        self._jobs.stop()

    def _take(self, run: int, some: list[object]) -> None:
        if run == self._run:
            self.found.emit(some)

    def _over(self, result: tuple[int, bool, Exception | None]) -> None:
        run, more, wrong = result
        if run != self._run:
            return
        self._job = None
        if wrong is None:
            self.ended.emit(more)
        elif not isinstance(wrong, Cancelled):
            self.failed.emit(wrong)

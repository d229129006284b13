"""Long work in a worker thread, with progress and cancel, its result back on the main thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from annotator.core.errors import Cancelled

Work = Callable[["Job"], Any]


class Job(QObject):
    """One piece of work under way.

    Signals:
        progressed(int, int): done, of how many.
        finished(object): what the work returned.
        failed(object): the exception that ended it.
        ended(): it is over, one way or another.
    """

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, title: str, parent: QObject | None = None, *, stoppable: bool = True) -> None:
        super().__init__(parent)
        self.title = title
        self.stoppable = stoppable
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; it does so at its next report of progress."""
        self._stop.set()

    def report(self, done: int, total: int) -> bool:
        """Called by the work: tell how far it is; False means that it should stop."""
        self.progressed.emit(done, total)
        return not self._stop.is_set()


class _Runner(QRunnable):
    def __init__(self, job: Job, work: Work) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._job = job
        self._work = work

    def run(self) -> None:
        try:
            result = self._work(self._job)
        except BaseException as wrong:  # noqa: BLE001  carried to the main thread, which words it
            self._job.failed.emit(wrong)
        else:
            self._job.finished.emit(result)
        self._job.ended.emit()


class Jobs(QObject):
    """The jobs of one window: one worker for what touches the project, so that deeds do not interleave.

    Signals:
        started(Job): a job has begun.
        broke(object): a job ended with an exception (a cancelled one says so too).
    """

    started = Signal(object)
    broke = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._running: dict[Job, _Runner] = {}

    def run(
        self,
        title: str,
        work: Work,
        then: Callable[[Any], None],
        *,
        quiet: bool = False,
        stoppable: bool = True,
    ) -> Job:
        """Start work(job) in the worker; then(result) is called on the main thread.

        Quiet work is short and its own idea, not the user's: nobody is told that it runs. What is not stoppable never
        asks whether it should stop.
        """
        job = Job(title, self, stoppable=stoppable)
        job.finished.connect(then)
        job.failed.connect(self._failed)
        runner = _Runner(job, work)
        self._running[job] = runner
        job.ended.connect(self._ended)
        if not quiet:
            self.started.emit(job)
        self._pool.start(runner)
        return job

    def busy(self) -> bool:
        """Whether any job is under way."""
        return bool(self._running)

    def stop(self) -> None:
        """Ask all jobs to stop and wait for them."""
        for job in self._running:
            job.cancel()
        self._pool.waitForDone()

    def _failed(self, wrong: object) -> None:
        self.broke.emit(wrong)

    def _ended(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self._running.pop(job, None)
            job.deleteLater()


def was_cancelled(wrong: object) -> bool:
    """Whether an exception only says that the user stopped the job."""
    return isinstance(wrong, Cancelled)

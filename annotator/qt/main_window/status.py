"""The line at the bottom: the project, whether all is saved, where the caret is, what runs."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from annotator.core.boundaries import token_bounds
from annotator.core.spans import Span
from annotator.qt.support.fact import Fact
from annotator.qt.support.jobs import Job
from annotator.qt.support.wearing import wear

L = TypeVar("L", bound=QLabel)

_PATH = 320
"""Pixels for the project's place; its tip has the whole."""

_LONG = 300_000
"""Beyond this many characters the caret's place is told in characters; counting tokens would cost too much."""


class StatusLine(QStatusBar):
    """Says *saved* only when the last deed is on disk."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setAccessibleName(self.tr("Status"))
        self._project = self._label(self.tr("Project"))
        self._saved = self._fact(self.tr("Saved"))
        self._place = self._fact(self.tr("Place in the text"))
        self._count = self._fact(self.tr("Attributions"))
        self._bar = QProgressBar(self)
        self._bar.setMaximumWidth(220)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._doing = self._label(self.tr("Work under way"))
        self._cancel = QToolButton(self)
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setAccessibleName(self.tr("Cancel"))
        for label in (self._project, self._saved, self._place, self._count):
            self.addWidget(label)
        self._working: tuple[QWidget, ...] = (self._doing, self._bar, self._cancel)
        for widget in self._working:
            self.addPermanentWidget(widget)
            widget.hide()
        self._job: Job | None = None
        self._cancel.clicked.connect(self._stop)

    def _label(self, name: str) -> QLabel:
        return self._muted(QLabel(self), name)

    def _fact(self, name: str) -> Fact:
        return self._muted(Fact(self), name)

    def _muted(self, label: L, name: str) -> L:
        label.setProperty("role", "muted")
        label.setAccessibleName(name)
        label.setContentsMargins(6, 0, 6, 0)
        return label

    def show_project(self, place: str) -> None:
        """Name the project; nothing has been saved to it yet in this session, nor needs to be."""
        # A long path must not make the window wider than the screen.
        metrics = self._project.fontMetrics()
        self._project.setText(metrics.elidedText(place, Qt.TextElideMode.ElideMiddle, _PATH))
        self._project.setToolTip(place)
        self._say_saved(self.tr("saved ✓") if place else "", "ok")

    def show_saved(self, at: str) -> None:
        """The last deed is on disk since this time (ISO 8601, UTC)."""
        when = datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC).astimezone()
        self._say_saved(self.tr("saved ✓ {0}").format(when.strftime("%H:%M:%S")), "ok")

    def show_unsaved(self) -> None:
        """The last deed could not be kept."""
        self._say_saved(self.tr("last change not saved"), "danger")

    def _say_saved(self, words: str, role: str) -> None:
        self._saved.say(words)
        wear(self._saved, "role", role)

    def saved_words(self) -> str:
        """What the line says about saving."""
        return self._saved.text()

    def show_place(self, text: str, caret: int, selection: Span | None) -> None:
        """Where the caret is, in tokens, and how many of them are selected."""
        if not text:
            self._place.say("")
            return
        if len(text) > _LONG:
            chosen = self.tr(", {0} selected").format(len(selection)) if selection else ""
            self._place.say(self.tr("character {0}").format(caret) + chosen)
            return
        starts, ends = token_bounds(text)
        chosen = ""
        if selection is not None:
            count = bisect_right(starts, selection.end - 1) - bisect_right(ends, selection.start)
            chosen = self.tr(", {0} selected").format(count)
        self._place.say(self.tr("token {0}").format(bisect_right(starts, caret)) + chosen)

    def show_count(self, marks: int) -> None:
        """How many attributions the open articles have."""
        self._count.say(self.tr("1 attribution") if marks == 1 else self.tr("{0} attributions").format(marks))

    def follow(self, job: Job) -> None:
        """Show how far a job is, with a way to cancel it."""
        self._job = job
        self._doing.setText(job.title)
        self._bar.setRange(0, 0)
        for widget in self._working:
            widget.show()
        self._cancel.setVisible(job.stoppable)
        job.progressed.connect(self._progressed)
        job.ended.connect(self._ended)

    def _progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _ended(self) -> None:
        self._job = None
        for widget in self._working:
            widget.hide()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

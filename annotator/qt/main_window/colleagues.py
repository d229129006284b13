"""Work by file with a colleague: write a bundle, merge one, decide what two desks changed at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.qt.dialogs.conflicts import ConflictsDialog
from annotator.qt.main_window.gestures import Gestures
from annotator.qt.support.actions import Actions
from annotator.qt.support.jobs import Job, Jobs
from annotator.qt.support.session import Session
from annotator.workspace.bundling import SUFFIX, Bundled, write_bundle
from annotator.workspace.conflicts import decide, undecided
from annotator.workspace.merging import Merged, merge_bundle
from annotator.workspace.reporting import Reported, write_report


class Colleagues(QObject):
    """Connects bundles with the window."""

    def __init__(
        self, session: Session, jobs: Jobs, actions: Actions, gestures: Gestures, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._jobs = jobs
        self._gestures = gestures
        self._window = window
        actions.on("review.bundle", self.ask_bundle)
        actions.on("review.merge_bundle", self.ask_merge)
        actions.on("review.report", self.ask_report)
        actions.on("review.conflicts", self.show_conflicts)

    def ask_bundle(self) -> None:
        """Write the project, for a colleague, where the user says."""
        name = f"{self._session.project.name}{SUFFIX}"
        place, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Bundle for a colleague"),
            str(Path.home() / name),
            self.tr("Bundle (*{0})").format(SUFFIX),
        )
        if place:
            self.bundle(Path(place))

    def bundle(self, out: Path) -> None:
        """Write the project as a bundle, in the worker."""
        project = self._session.project

        def then(made: Bundled) -> None:
            self._session.notice.emit(
                self.tr(
                    "Wrote {0}: {1} articles, {2} attributions. Send it; merging it twice does no harm."
                ).format(made.path, made.articles, made.attributions)
            )

        self._jobs.run(
            self.tr("Writing a bundle"), lambda job: write_bundle(project, out, progress=job.report), then
        )

    def ask_merge(self) -> None:
        """Merge a bundle that the user chooses."""
        place, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Merge a bundle"),
            str(Path.home()),
            self.tr("Bundle (*{0});;All files (*)").format(SUFFIX),
        )
        if place:
            self.merge(Path(place))

    def merge(self, path: Path) -> None:
        """Merge a bundle, in the worker; what both desks changed is listed."""
        project = self._session.project
        self._session.check_free()

        def work(job: Job) -> Merged:
            return merge_bundle(project, path, progress=job.report)

        def then(made: Merged) -> None:
            self._session.notice.emit(self._told(made))
            if made.listed:
                self.show_conflicts()

        self._jobs.run(self.tr("Merging a bundle"), work, then)

    def _told(self, made: Merged) -> str:
        if not made.anything:
            return self.tr("Nothing in it was new; the project is as it was.")
        added, changed, removed = (sum(found.values()) for found in (made.added, made.changed, made.removed))
        words = self.tr("Merged: {0} added, {1} changed, {2} removed.").format(added, changed, removed)
        if made.listed:
            words += " " + self.tr("Both desks changed {0}; decide which version stands.").format(
                len(made.listed)
            )
        return words

    def ask_report(self) -> None:
        """Write a page for a colleague without the program, where the user says."""
        place, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Report for a colleague"),
            str(Path.home() / f"{self._session.project.name}.html"),
            self.tr("Page (*.html)"),
        )
        if place:
            self.report(Path(place))

    def report(self, out: Path) -> None:
        """Write the report of the whole project, in the worker."""
        project = self._session.project

        def then(_made: Reported) -> None:
            self._session.notice.emit(self.tr("The report is in {0}; any browser shows it.").format(out))

        self._jobs.run(
            self.tr("Writing a report"), lambda job: write_report(project, out, progress=job.report), then
        )

    def show_conflicts(self) -> ConflictsDialog:
        """Show what two desks changed at once."""
        dialog = ConflictsDialog(self._window)

        def decided(conflict_id: str, version: str) -> None:
            decide(self._session.project, {conflict_id: version})
            dialog.show_conflicts(undecided(self._session.project))

        dialog.decided.connect(decided)
        dialog.placeWanted.connect(self._gestures.open_article)
        dialog.show_conflicts(undecided(self._session.project))
        dialog.show()
        return dialog

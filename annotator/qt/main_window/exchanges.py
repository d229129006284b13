"""Import and export from the window: ask, do it in the worker, say what came of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from annotator.core.annotators import Annotator
from annotator.core.articles import Article, clean_text, first_line
from annotator.core.losses import LossReport
from annotator.core.records import Record
from annotator.qt.dialogs.exchange import ExportDialog, ExportWish, ImportDialog, ImportWish
from annotator.qt.dialogs.page import PageDialog
from annotator.qt.support.jobs import Job, Jobs
from annotator.qt.support.session import Session
from annotator.workspace.commands.importing import ImportRecords, Tally
from annotator.workspace.exchange import ExportResult, ImportResult, export, import_files, writable_formats


def _tr(words: str) -> str:
    return QCoreApplication.translate("Exchanges", words)


class Exchanges(QObject):
    """Files into the project and out of it."""

    def __init__(self, session: Session, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._jobs = jobs
        self._window = window

    def ask_import(self) -> None:
        """Let the user choose files."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            _tr("Import"),
            str(Path.home()),
            _tr("Articles and marks") + " (*.txt *.text *.md *.jsonl *.ndjson);;" + _tr("All files") + " (*)",
        )
        if names:
            self.ask_about([Path(name) for name in names])

    def ask_about(self, paths: list[Path]) -> None:
        """Ask what to say about files, then import them."""
        stories = [one.name for one in self._session.project.stories()]
        dialog = ImportDialog(paths, stories, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.bring_in(dialog.wish())

    def bring_in(self, wish: ImportWish) -> Job:
        """Import files in the worker."""
        project = self._session.project

        def work(job: Job) -> ImportResult:
            return import_files(
                project,
                wish.paths,
                story=wish.story,
                outlet=wish.outlet,
                annotator=wish.annotator,
                progress=job.report,
            )

        return self._jobs.run(_tr("Importing"), work, self._brought_in)

    def take_record(self, record: Record) -> str:
        """Take in one article that came without a file; returns its id, or nothing when it was here already."""
        title = first_line(record.text or "") or _tr("Pasted article")
        tally = Tally()
        cleaned = replace(record, text=clean_text(record.text or ""), title=title)
        news = self._session.project.execute(ImportRecords((cleaned,), tally))
        if tally.joined:
            self._session.notice.emit(_tr("This article is in the project already."))
        made = [change.after for change in news.of(Article) if change.before is None]
        for article in made:
            if isinstance(article, Article):
                stay = [
                    one.article
                    for one in self._session.open.values()
                    if one.article.story_id == article.story_id
                ]
                self._session.show_articles([*stay[-5:], article])
                return article.id
        return ""

    def _brought_in(self, result: ImportResult) -> None:
        tally = result.tally
        words = [
            _tr("{0} articles imported, {1} attributions added.").format(tally.articles, tally.attributions)
        ]
        if tally.joined:
            words.append(_tr("{0} lines joined articles that were here already.").format(tally.joined))
        self._session.notice.emit(" ".join(words))
        lines = [message for _, message in result.errors]
        lines += [f"{path}: {message}" for path, message in result.notes]
        self._show(_tr("What to know about this import"), lines, tally.losses)
        if not self._session.open:
            articles = self._session.project.articles()
            self._session.show_articles(articles[:4])

    def ask_export(self) -> None:
        """Ask what to write, then write it."""
        project = self._session.project
        stories = [one.name for one in project.stories()]
        hands = [one.name for one in project.registry.every(Annotator)]
        dialog = ExportDialog(writable_formats(), stories, hands, self._session.annotator, self._window)
        dialog.set_out(Path.home() / f"{Path(project.name).stem}.jsonl")
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.take_out(dialog.wish())

    def take_out(self, wish: ExportWish) -> Job:
        """Export in the worker."""
        project = self._session.project
        self._out = wish.out

        def work(_job: Job) -> ExportResult:
            return export(project, wish.out, wish.format_name, wish.selection, wish.options)

        return self._jobs.run(_tr("Exporting"), work, self._taken_out)

    def _taken_out(self, result: ExportResult) -> None:
        self._session.notice.emit(
            _tr("{0} attributions in {1} articles written to {2}.").format(
                result.attributions, result.articles, self._out
            )
        )
        self._show(_tr("What this format could not carry"), [], result.losses)

    def _show(self, title: str, lines: list[str], losses: LossReport) -> None:
        lines = [*lines, *losses.sentences()]
        if lines:
            PageDialog(title, "\n\n".join(lines), self._window).show()

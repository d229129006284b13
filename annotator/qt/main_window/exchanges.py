"""Import and export from the window: ask, do it in the worker, say what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from annotator.core.annotators import Annotator
from annotator.core.articles import Article, clean_text, first_line
from annotator.core.errors import AnnotatorError, BadInput
from annotator.core.losses import LossReport
from annotator.core.plugins import all_formats
from annotator.core.ports import TableHead
from annotator.core.records import Record
from annotator.qt.dialogs.exporting import ExportDialog
from annotator.qt.dialogs.importing import ImportDialog
from annotator.qt.dialogs.page import PageDialog
from annotator.qt.support.actions import Actions
from annotator.qt.support.crash import worded
from annotator.qt.support.jobs import Job, Jobs
from annotator.qt.support.session import Session
from annotator.workspace.commands.importing import ImportRecords, Tally
from annotator.workspace.exporting import ExportResult, ExportWish, export, writable_formats
from annotator.workspace.gathering import table_head
from annotator.workspace.grouping import proposed_stories
from annotator.workspace.importing import ImportResult, ImportWish, Prepared, read_places, take_in
from annotator.workspace.previewing import Outlook, Preview, outlook, preview
from annotator.workspace.settings import Settings


def _tr(words: str) -> str:
    return QCoreApplication.translate("Exchanges", words)


class Exchanges(QObject):
    """Files into the project and out of it."""

    def __init__(
        self, session: Session, jobs: Jobs, settings: Settings, actions: Actions, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._jobs = jobs
        self._settings = settings
        self._window = window
        for action_id, do in {
            "articles.import": self.ask_import,
            "articles.import_folder": self.ask_folder,
            "articles.import_address": self.ask_address,
            "set.export": self._show_export,
        }.items():
            actions.on(action_id, do)

    def ask_import(self) -> None:
        """Let the user choose files."""
        endings = sorted({suffix for one in all_formats() if one.reads for suffix in one.suffixes} | {".zip"})
        known = " ".join(f"*{ending}" for ending in endings)
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            _tr("Import"),
            str(Path.home()),
            _tr("Articles and marks") + f" ({known});;" + _tr("All files") + " (*)",
        )
        if names:
            self.ask_about(names)

    def ask_folder(self) -> None:
        """Let the user choose a folder, of which everything is read that can be."""
        name = QFileDialog.getExistingDirectory(self._window, _tr("Import a folder"), str(Path.home()))
        if name:
            self.ask_about([name])

    def ask_address(self) -> None:
        """Let the user give the address of a page, which is fetched once."""
        words, ok = QInputDialog.getText(
            self._window,
            _tr("Import a page"),
            _tr("Address of the page (it is fetched once, nothing else is):"),
        )
        if ok and words.strip():
            self.ask_about([words.strip()])

    def ask_about(self, places: list[str]) -> Job:
        """Read what is at these places, show it, and take in what the user then wants."""
        project = self._session.project
        wish = ImportWish(may_fetch=self._settings.get("fetch_pages") == "yes")
        kept = self._settings.get("columns_of_tables")

        def work(job: Job) -> tuple[Prepared, Outlook, TableHead | None, ImportWish]:
            head = table_head(places)
            known = kept.get(_key(head), {}) if head is not None else {}
            reading = replace(wish, columns={name: column for name, column in known.items() if column})
            prepared = read_places(project, places, reading, job.report)
            if not prepared.records:
                raise BadInput(" ".join(message for _, message in prepared.errors))
            return prepared, outlook(project, prepared), head, reading

        return self._jobs.run(_tr("Reading"), work, lambda found: self._ask_about(places, *found))

    def _ask_about(
        self, places: list[str], prepared: Prepared, seen: Outlook, head: TableHead | None, wish: ImportWish
    ) -> None:
        stories = [one.name for one in self._session.project.stories()]
        dialog = ImportDialog(wish, stories, self._window)
        dialog.show_columns(head, wish.columns)
        dialog.show_prepared(prepared, seen)
        dialog.columnsChanged.connect(lambda columns: self._read_again(dialog, places, head, wish, columns))
        dialog.groupingWanted.connect(lambda: self._propose_stories(dialog))
        dialog.accepted.connect(lambda: self.bring_in(*dialog.chosen()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _read_again(
        self,
        dialog: ImportDialog,
        places: list[str],
        head: TableHead | None,
        wish: ImportWish,
        columns: Mapping[str, str],
    ) -> None:
        project = self._session.project
        if head is not None:
            kept = self._settings.get("columns_of_tables")
            self._settings.set("columns_of_tables", {**kept, _key(head): dict(columns)})
        reading = replace(wish, columns=dict(columns))

        def work(job: Job) -> tuple[Prepared, Outlook]:
            prepared = read_places(project, places, reading, job.report)
            return prepared, outlook(project, prepared)

        self._jobs.run(_tr("Reading"), work, lambda found: dialog.show_prepared(*found))

    def _propose_stories(self, dialog: ImportDialog) -> None:
        model = dialog.model
        if model is None:
            return
        records = [model.record(row) for row in range(model.rowCount())]

        def work(job: Job) -> dict[int, str]:
            return proposed_stories(records, job.report)

        self._jobs.run(_tr("Grouping"), work, dialog.show_stories)

    def bring_in(self, prepared: Prepared, wish: ImportWish) -> Job:
        """Take in, in the worker, what was read."""
        project = self._session.project

        def work(job: Job) -> ImportResult:
            return take_in(project, prepared, wish, job.report)

        return self._jobs.run(_tr("Importing"), work, self._brought_in)

    def take_record(self, record: Record) -> str:
        """Take in one article that came without a file; returns its id, or nothing when it was here already."""
        title = first_line(record.text or "") or _tr("Pasted article")
        tally = Tally()
        cleaned = replace(record, text=clean_text(record.text or ""), title=title)
        news = self._session.project.execute(ImportRecords.of((cleaned,), tally))
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
        if tally.versions:
            words.append(
                _tr("{0} came as new versions; {1} attributions were found again in them.").format(
                    tally.versions, tally.carried
                )
            )
        if tally.joined:
            words.append(_tr("{0} lines joined articles that were here already.").format(tally.joined))
        self._session.notice.emit(" ".join(words))
        lines = [message for _, message in result.errors]
        lines += [f"{path}: {message}" for path, message in result.notes]
        lines += [
            _tr("{0}: the {1} “{2}” is not in the new version.").format(
                one.article, one.role, " ".join(one.quote.split())[:120]
            )
            for one in tally.without_place
        ]
        self._show(_tr("What to know about this import"), lines, tally.losses)
        if not self._session.open:
            articles = self._session.project.articles()
            self._session.show_articles(articles[:4])

    def _show_export(self) -> None:
        self.ask_export()

    def ask_export(self) -> ExportDialog:
        """Ask what to write, with a preview, then write it."""
        project = self._session.project
        stories = [one.name for one in project.stories()]
        hands = [one.name for one in project.registry.every(Annotator)]
        dialog = ExportDialog(
            writable_formats(), stories, hands, self._session.annotator, project.scheme, self._window
        )
        dialog.set_out(Path.home() / f"{Path(project.name).stem}.jsonl")
        dialog.previewWanted.connect(lambda wish: self._preview(dialog, wish))
        dialog.accepted.connect(lambda: self.take_out(dialog.wish(), dialog.out()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _preview(self, dialog: ExportDialog, wish: ExportWish) -> None:
        project = self._session.project

        def work(_job: Job) -> Preview | str:
            try:
                return preview(project, wish)
            except AnnotatorError as wrong:
                return worded(wrong)

        def show(found: Preview | str) -> None:
            if isinstance(found, Preview):
                dialog.show_preview(found)
            else:
                dialog.show_refusal(found)

        self._jobs.run(_tr("Preview"), work, show, quiet=True)

    def take_out(self, wish: ExportWish, out: Path) -> Job:
        """Export in the worker."""
        project = self._session.project
        self._out = out

        def work(job: Job) -> ExportResult:
            return export(project, out, wish, job.report)

        return self._jobs.run(_tr("Exporting"), work, self._taken_out)

    def _taken_out(self, result: ExportResult) -> None:
        self._session.notice.emit(
            _tr("{0} attributions in {1} articles written to {2}.").format(
                result.attributions, result.articles, self._out
            )
        )
        lines = list(result.split.notes) if result.split is not None else []
        self._show(_tr("What this format could not carry"), lines, result.losses)

    def _show(self, title: str, lines: list[str], losses: LossReport) -> None:
        lines = [*lines, *losses.sentences()]
        if lines:
            PageDialog(title, "\n\n".join(lines), self._window).show()


def _key(head: TableHead | None) -> str:
    """By what a table's columns are known again."""
    return "\t".join(head.columns) if head is not None else ""

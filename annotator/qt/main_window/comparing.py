"""Compare mode: the comparison kept true in the background, and what its buttons do."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from annotator.compare.comparison import Comparison, TextsCompared
from annotator.compare.drawing import Drawing, drawing, graphml
from annotator.compare.dropped import Dropped
from annotator.compare.matrix import ABSENT, in_order
from annotator.compare.proposals import ProposedClaim
from annotator.core.annotators import Annotator
from annotator.core.errors import BrokenLaw
from annotator.core.spans import joined
from annotator.qt.compare.findings import Spot
from annotator.qt.compare.panel import ComparePanel
from annotator.qt.desk.desk import Desk
from annotator.qt.main_window.gestures import Gestures
from annotator.qt.support.actions import Actions
from annotator.qt.support.jobs import Job, Jobs
from annotator.qt.support.session import Session
from annotator.workspace.commands.comparing import (
    MarkStatedAsFact,
    PutUnderClaim,
    RenameClaim,
    SayAbsent,
    SplitClaim,
)
from annotator.workspace.comparing import StoryTold, compared, story_told, texts_of
from annotator.workspace.comparing_written import as_csv, as_html, as_values

_WAIT = 250
_AFTER_FLASH = 800
_Found = tuple[StoryTold, TextsCompared, Comparison, Drawing]


class Comparing(QObject):
    """Compares the story on the desk as the annotator in hand marked it, anew a moment after each change."""

    def __init__(
        self, session: Session, jobs: Jobs, desk: Desk, actions: Actions, gestures: Gestures, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._jobs = jobs
        self._desk = desk
        self._gestures = gestures
        self._window = window
        self._found: _Found | None = None
        self._looked = False
        self.panel = ComparePanel(window)
        self.panel.hide()
        self.panel.spotsWanted.connect(self.show_spots)
        self.panel.passagesWanted.connect(self._show_bands)
        for action_id, do in {
            "compare.take": self.take,
            "compare.fact": self.mark_as_fact,
            "compare.absent": self.say_absent,
            "compare.rename": self.rename,
            "compare.split": self.split,
            "compare.next": lambda: self.panel.passages.step(1),
            "compare.previous": lambda: self.panel.passages.step(-1),
            "compare.save": self.ask_save,
            "compare.save_graph": self.ask_save_graph,
        }.items():
            actions.on(action_id, do)
        for action_id, words in (
            ("compare.take", self.tr("Take as one claim")),
            ("compare.absent", self.tr("Not carried")),
            ("compare.rename", self.tr("Rename…")),
            ("compare.save", self.tr("Save…")),
        ):
            actions[action_id].setIconText(words)
        self.panel.set_actions(
            [actions["compare.absent"], actions["compare.rename"], actions["compare.save"]],
            [actions["compare.take"]],
        )
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT)
        self._wait.timeout.connect(self.compare)
        for signal in (session.changed, session.handChanged, session.articlesChanged, session.projectChanged):
            signal.connect(self._soon)

    def set_in_sight(self, seen: bool) -> None:
        """Whether the comparison is shown; it is kept true only then."""
        self._looked = seen
        if seen:
            self.compare()
        else:
            self._clear_bands()

    def _soon(self) -> None:
        if self._looked:
            self._wait.start()

    def compare(self) -> None:
        """Compare now, in the worker; texts that were read before are not read again."""
        project = self._session.workspace
        story_id, _ = self._desk.here()
        if project is None or story_id is None:
            self._found = None
            self.panel.show_comparison(None, None, [])
            return
        story = next(one for one in project.stories() if one.id == story_id)
        hand = next(
            (one for one in project.registry.every(Annotator) if one.name == self._session.annotator), None
        )
        before = self._found

        def work(job: Job) -> _Found | None:
            if hand is None:
                return None
            told = story_told(project, story, hand)
            same = before is not None and [(one.article, one.text) for one in before[0].tellings] == [
                (one.article, one.text) for one in told.tellings
            ]
            texts = before[1] if before is not None and same else texts_of(told, job.report)
            found = compared(told, texts, before[2] if before is not None and same else None)
            return told, texts, found, drawing(found.citations)

        def then(found: _Found | None) -> None:
            if self._session.workspace is not project:
                return
            self._found = found
            claims = list(found[0].names.claims) if found is not None else []
            self.panel.show_comparison(
                found[2] if found is not None else None, found[3] if found is not None else None, claims
            )
            self._show_bands()

        self._jobs.run(self.tr("Comparing the outlets"), work, then, quiet=before is not None)

    def show_spots(self, spots: tuple[Spot, ...]) -> None:
        """Show places in articles; each opens its column."""
        opened = {one.article for one in spots} - set(self._session.open)
        for article_id in opened:
            self._gestures.open_article(article_id)
        for one in reversed(spots):
            panel = self._desk.panels.get(one.article)
            if panel is None:
                continue
            if one.mark and one.mark in panel.opened().marks:
                self._session.set_current((one.article, one.mark))
                panel.view.show_attribution(one.mark)
            if one.span is not None:
                panel.view.show_span(one.span)
                panel.view.flash(one.span)
        QTimer.singleShot(_AFTER_FLASH, self, self._show_bands)

    def _show_bands(self) -> None:
        """Draw the shared passages as faint bands in every column, while their list is open."""
        bands = self.panel.bands() if self._looked else {}
        for article_id, panel in self._desk.panels.items():
            spans = joined(spot.span for spot in bands.get(article_id, ()) if spot.span is not None)
            panel.view.highlight_hits(list(spans), None)

    def _clear_bands(self) -> None:
        for panel in self._desk.panels.values():
            panel.view.highlight_hits([], None)

    def take(self) -> None:
        """Let the attributions of the proposal in hand make one claim."""
        one = self.panel.proposal()
        if one is None or not isinstance(one.value, ProposedClaim):
            raise BrokenLaw("Choose a proposed claim first.")
        made = one.value
        self._session.execute(PutUnderClaim(made.marks, made.claim, "" if made.claim else made.name))

    def mark_as_fact(self) -> None:
        """Mark the dropped sentence in hand as stated in the outlet's own voice."""
        one = self.panel.dropped.finding()
        if one is None or not isinstance(one.value, Dropped):
            raise BrokenLaw("Choose a dropped attribution first.")
        lost = one.value
        self._session.mark_as_self()
        self._session.execute(
            MarkStatedAsFact(lost.article, self._session.annotator, (lost.span,), lost.claim)
        )

    def say_absent(self) -> None:
        """Record that the outlet of the cell in hand does not carry the claim, or take that back."""
        row, cell = self.panel.chosen(), self.panel.model.cell(self.panel.table.currentIndex())
        if row is None or cell is None:
            raise BrokenLaw("Choose a cell first: a claim, and the outlet that does not carry it.")
        if cell.entries:
            raise BrokenLaw(f"{cell.outlet} carries this claim: attributions are marked there.")
        self._session.execute(SayAbsent(row.claim.id, cell.article, cell.status != ABSENT))

    def rename(self) -> None:
        """Give the claim in hand another name."""
        row = self.panel.chosen()
        if row is None:
            raise BrokenLaw("Choose a claim first.")
        name, given = QInputDialog.getText(
            self._window, self.tr("Rename claim"), self.tr("Name of the claim"), text=row.claim.name
        )
        if given and name.strip() != row.claim.name:
            self._session.execute(RenameClaim(row.claim.id, name))

    def split(self) -> None:
        """Take the attributions of the cell in hand out of the claim."""
        row, cell = self.panel.chosen(), self.panel.model.cell(self.panel.table.currentIndex())
        if row is None or cell is None or not cell.entries:
            raise BrokenLaw("Choose a cell with attributions first.")
        self._session.execute(SplitClaim(row.claim.id, tuple(one.id for one in cell.entries)))

    def _needed(self) -> _Found:
        if self._found is None:
            raise BrokenLaw("There is nothing to compare yet.")
        return self._found

    def ask_save(self) -> None:
        """Save the matrix where the user says."""
        self._needed()
        place, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save matrix"),
            "matrix.csv",
            self.tr("Table (*.csv);;Page (*.html);;Data (*.json)"),
        )
        if place:
            self.save(Path(place))

    def save(self, path: Path) -> None:
        """Write the matrix in the order shown: as a page, as data, or as a table."""
        told, _, found, _ = self._needed()
        rows = in_order(found.matrix.rows, str(self.panel.order.currentData()))
        written = {
            ".html": lambda: as_html(told, found, rows),
            ".json": lambda: json.dumps(as_values(told, found, rows), ensure_ascii=False, indent=1),
        }.get(path.suffix.casefold(), lambda: as_csv(found, rows))()
        path.write_text(written, encoding="utf-8", newline="")
        self._session.notice.emit(self.tr("The matrix is in {0}.").format(path))

    def ask_save_graph(self) -> None:
        """Save the graph where the user says."""
        self._needed()
        place, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save graph"),
            "citations.svg",
            self.tr("Picture (*.svg *.png);;Graph (*.graphml)"),
        )
        if place:
            self.save_graph(Path(place))

    def save_graph(self, path: Path) -> None:
        """Write the graph as a picture, or for other programs."""
        _, _, found, _ = self._needed()
        if path.suffix.casefold() == ".graphml":
            path.write_text(graphml(found.citations), encoding="utf-8")
        else:
            self.panel.graph.save(path)
        self._session.notice.emit(self.tr("The graph is in {0}.").format(path))

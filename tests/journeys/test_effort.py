"""How many key presses and drags an attribution costs an expert, on real articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.attributions import Attribution
from annotator.core.losses import LossReport
from annotator.core.outlets import Outlet
from annotator.core.ports import ReadOptions
from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Span
from annotator.formats.jsonl import FORMAT
from annotator.qt.main_window.window import MainWindow
from annotator.workspace.importing import ImportWish, import_files
from annotator.workspace.opening import new_project
from annotator.workspace.wishes import WindowWish
from tests.journeys.playing import KEY_OF_ROLE, Player

CTRL = Qt.KeyboardModifier.ControlModifier


class Expert(Player):
    """Marks in the guided sequence; links sources so that the same ones are the same, and others are not."""

    def begin(self) -> None:
        """Take up guided marking; once for an article."""
        self.sources: dict[str, str] = {}
        if not self.window.actions_["mark.guided"].isChecked():
            self.key(Qt.Key.Key_Q)

    def take(self, span: Span, *, further: bool = False) -> None:
        """Select words; they are taken as the sequence wants them."""
        view = self.window.desk.panels[self.article_id].view
        self.gestures += 1
        self._drag(span, CTRL if further else Qt.KeyboardModifier.NoModifier)
        if view.selection() != span:
            self._drag(span, Qt.KeyboardModifier.AltModifier | (CTRL if further else Qt.KeyboardModifier(0)))
        QTest.qWait(1)
        QApplication.processEvents()

    def mark(self, model: AttributionRecord) -> Attribution:
        """Make one attribution as the model says."""
        first, *more = model.content
        self.take(first)
        for part in more:
            self.take(part, further=True)
        kind = self.window.session.project.scheme.kind(model.kind)
        if self.current().kind != model.kind and kind is not None:
            self.key(getattr(Qt.Key, f"Key_{kind.key}"))
        for role, parts in (("source", model.source), ("cue", model.cue)):
            if not parts and role == "source":
                self.key(KEY_OF_ROLE["cue"])
            for at, part in enumerate(parts):
                self.take(part, further=at > 0)
        if model.cue == ():
            self.key(KEY_OF_ROLE["content"])
        self._link(model)
        self._via(model)
        return self.current()

    def _link(self, model: AttributionRecord) -> None:
        name = model.source_name or ""
        known = self.sources.get(name)
        mark = self.current()
        if not model.source and known is None:
            self.gestures += len(name)
            self.field(self.window.inspector.source, name)
        elif known is None:
            if mark.source_id is None or mark.source_id in self.sources.values():
                self.gestures += 1
                self.window.actions_["source.new"].trigger()
        else:
            presses = 0
            while self.current().source_id != known and presses < 40:
                self.key(Qt.Key.Key_N)
                presses += 1
        self.sources[name] = self.current().source_id or ""

    def _via(self, model: AttributionRecord) -> None:
        registry = self.window.session.project.registry
        if registry.name(Outlet, self.current().via_id) == (model.via or ""):
            return
        if model.via_span and model.via:
            self.key(KEY_OF_ROLE["via"])
            self.take(model.via_span[0])
        else:
            self.gestures += len(model.via or "")
            self.field(self.window.inspector.via, model.via or "")


@pytest.fixture
def outermost(shared_data: Path) -> dict[str, Record]:
    """The outermost statements of the real articles."""
    path = shared_data / "articles" / "gold_outermost.jsonl"
    return {record.id or "": record for record in FORMAT.read(path, LossReport(), ReadOptions())}


def test_real_articles_cost_at_most_six_gestures_an_attribution(
    open_window: Callable[[WindowWish], MainWindow],
    outermost: dict[str, Record],
    shared_data: Path,
    tmp_path: Path,
) -> None:
    place = tmp_path / "effort.annotator"
    project = new_project(str(place), "expert")
    import_files(project, sorted((shared_data / "articles").glob("*.txt")), ImportWish(story="framework"))
    project.close()
    window = open_window(WindowWish(place=str(place), annotator="expert"))
    gestures = made = 0
    for article_id, record in outermost.items():
        if article_id not in window.session.open:
            window.gestures.open_article(article_id)
        window.desk.focus(article_id)
        window.session.set_current(None)
        expert = Expert(window, article_id)
        expert.begin()
        names: dict[str, str] = {}
        for model in record.attributions or ():
            mark = expert.mark(model)
            assert (mark.content, mark.source, mark.cue) == (model.content, model.source, model.cue), model.id
            assert mark.kind == model.kind, model.id
            assert window.session.project.registry.name(Outlet, mark.via_id) == (model.via or ""), model.id
            assert names.setdefault(model.source_name or "", mark.source_id or "") == mark.source_id, model.id
        assert len(set(names.values())) == len(names)
        gestures += expert.gestures
        made += len(record.attributions or ())
    assert made == 68
    assert gestures / made <= 6

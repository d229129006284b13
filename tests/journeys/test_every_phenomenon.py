"""Every phenomenon of attribution can be marked in the window, with the mouse and with keys, and is kept as marked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.losses import LossReport
from annotator.core.ports import ReadOptions
from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Span
from annotator.formats.jsonl import FORMAT
from annotator.qt.main_window.window import MainWindow
from annotator.workspace.choosing import Selection, records
from annotator.workspace.paths import sample_docs
from annotator.workspace.sample import sample_project
from annotator.workspace.settings import Settings
from annotator.workspace.wishes import WindowWish
from tests.journeys.driving import press
from tests.journeys.playing import Player

ROWS = [row for row in json.loads((sample_docs() / "phenomena.json").read_text("utf-8")) if row.get("row")]
FIELDS = (
    "kind type source cue content via_span recipient source_name via medium claims polarity hedge quote grounds "
    "implicit_source self_citation"
).split()


@pytest.fixture(scope="module")
def gold() -> dict[str, Record]:
    """The adjudicated sets of the sample story, by article."""
    return {
        record.id or "": record
        for record in FORMAT.read(sample_docs() / "gold.jsonl", LossReport(), ReadOptions())
    }


@pytest.fixture
def shared_window(one_window: MainWindow) -> MainWindow:
    """The one window, with the keyboard."""
    one_window.activateWindow()
    assert QTest.qWaitForWindowActive(one_window)
    return one_window


@pytest.fixture(scope="module")
def one_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """One window for all rows; each row marks in a hand of its own."""
    assert qapp is not None
    folder = tmp_path_factory.mktemp("rows")
    place = folder / "rows.annotator"
    sample_project("rows", str(place)).close()
    window = MainWindow(Settings(folder / "settings.json"), WindowWish(place=str(place), annotator="rows"))
    window.resize(1700, 1100)
    window.show()
    window.start()
    assert QTest.qWaitForWindowExposed(window)
    for _ in range(2000):
        if window.session.workspace is not None and not window.jobs.busy():
            break
        QTest.qWait(10)
    yield window
    window.close()
    shiboken6.delete(window)


def with_parents(record: Record, wanted: list[str]) -> list[AttributionRecord]:
    """The attributions of these ids and of those they stand in, outer ones first."""
    known = {one.id: one for one in record.attributions or ()}
    chosen: dict[str | None, AttributionRecord] = {}

    def take(one_id: str) -> None:
        one = known[one_id]
        if one.parent is not None:
            take(one.parent)
        chosen.setdefault(one_id, one)

    for one_id in wanted:
        take(one_id)
    return list(chosen.values())


def kept(window: MainWindow, hand: str, article_id: str) -> dict[str, AttributionRecord]:
    """What an annotator's set in an article holds on disk."""
    project = window.session.project
    found = next(one for one in records(project, Selection(annotators=(hand,))) if one.id == article_id)
    return {one.id or "": one for one in found.attributions or ()}


@pytest.mark.parametrize("hand", ["mouse", "keys"])
@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: f"{row['row']}-{row['article'][:2]}-{'-'.join(row['gold'])}"
)
def test_a_row_can_be_marked_and_is_kept(
    shared_window: MainWindow, gold: dict[str, Record], row: dict[str, Any], hand: str
) -> None:
    window, article_id = shared_window, row["article"]
    if article_id not in window.session.open:
        window.gestures.open_article(article_id)
    window.session.set_hand(f"{hand} {ROWS.index(row)}")
    window.desk.focus(article_id)
    player = Player(window, article_id, with_mouse=hand == "mouse")
    models = with_parents(gold[article_id], row["gold"])
    for model in models:
        player.play(model)
    if not models:
        assert window.session.open[article_id].marks == {}
        return
    found = kept(window, window.session.annotator, article_id)
    assert len(found) == len(models)
    for model in models:
        mark = found[player.made[model.id or ""]]
        for name in FIELDS:
            assert getattr(mark, name) == getattr(model, name), (model.id, name)
        assert mark.parent == player.made.get(model.parent or "")


def test_what_was_marked_can_be_changed_and_removed_again(shared_window: MainWindow) -> None:
    window = shared_window
    article_id = "01_hollant.txt"
    if article_id not in window.session.open:
        window.gestures.open_article(article_id)
    window.session.set_hand("changes")
    window.desk.focus(article_id)
    panel = window.desk.panels[article_id]
    text = panel.opened().text
    at = text.index("two fifths of the cost of keeping")
    player = Player(window, article_id)
    player.select(Span(at, at + len("two fifths of the cost")))
    press(window, *_keys("1"))
    assert window.session.attribution() is not None
    press(window, *_keys("E"))
    assert panel.boundaries.active
    shift, ctrl = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    press(window, (Qt.Key.Key_Right, shift), (Qt.Key.Key_Right, shift), (Qt.Key.Key_Right, shift | ctrl))
    press(window, Qt.Key.Key_Return)
    assert player.current().content[0].text(text) == "fifths of the cost of keeping"
    window.actions_["deed.undo"].trigger()
    assert player.current().content[0].text(text) == "two fifths of the cost"
    middle = at + len("two fifths")
    panel.view.set_caret(middle)
    press(window, *_keys("/"))
    marks = panel.opened().in_order()
    assert [one.content[0].text(text) for one in marks] == ["two fifths", "of the cost"]
    window.session.set_current((article_id, marks[0].id))
    press(window, *_keys("J"))
    joined = [[part.text(text) for part in one.content] for one in panel.opened().in_order()]
    assert joined == [["two fifths", "of the cost"]]
    press(window, Qt.Key.Key_Delete)
    assert panel.opened().marks == {}


def _keys(words: str) -> list[Any]:
    names = {"/": Qt.Key.Key_Slash}
    return [names.get(one) or getattr(Qt.Key, f"Key_{one}") for one in words]


def test_lines_can_be_said_to_be_a_headline_or_boilerplate(shared_window: MainWindow) -> None:
    window = shared_window
    article_id = "01_hollant.txt"
    if article_id not in window.session.open:
        window.gestures.open_article(article_id)
    window.desk.focus(article_id)
    panel = window.desk.panels[article_id]
    text = panel.opened().text
    first = text.index("\n")
    panel.view.set_caret(5)
    window.actions_["zone.boilerplate"].trigger()
    zones = {one.span: one.zone for one in window.session.open[article_id].article.zones}
    assert zones[Span(0, first)] == "boilerplate"
    window.actions_["zone.headline"].trigger()
    assert {one.span: one.zone for one in window.session.open[article_id].article.zones}[
        Span(0, first)
    ] == "headline"
    window.actions_["zone.clear"].trigger()
    assert all(one.span.start >= first for one in window.session.open[article_id].article.zones)
    for _ in range(3):
        window.actions_["deed.undo"].trigger()
    QApplication.processEvents()
    assert window.session.open[article_id].article.zones

"""Search the whole project, jump to a hit, tag many hits at once, take it back with one undo."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.attributions import Attribution
from annotator.core.errors import BrokenLaw
from annotator.qt.concordance.model import LEFT, OUTLET, RIGHT, STATE, WORDS
from annotator.qt.concordance.panel import ConcordancePanel
from annotator.qt.main_window.window import MainWindow
from annotator.workspace.commands.articles import SetStatus
from annotator.workspace.wishes import WindowWish
from tests.building import article_in, opened
from tests.journeys.driving import CTRL, SHIFT, current, drag_over, panel_of, place_of, press

ARTICLE, OTHER = "01_hollant.txt", "05_kestrin_herald.txt"
OpenWindow = Callable[[WindowWish], MainWindow]
NO = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def hits(window: MainWindow, qtbot: QtBot) -> Callable[..., ConcordancePanel]:
    """Looks for something as a person would and waits for the hits."""

    def looked(typed: str, mode: str = "words", scope: str = "project") -> ConcordancePanel:
        panel = window.further.concordance
        press(window, (Qt.Key.Key_F, CTRL | SHIFT))
        for box, value in ((panel.asking.mode, mode), (panel.asking.scope, scope)):
            box.setCurrentIndex(box.findData(value))
        if mode == "kind":
            panel.asking.kind.setCurrentIndex(panel.asking.kind.findData(typed))
        else:
            panel.asking.line.setFocus()
            panel.asking.line.clear()
            QTest.keyClicks(panel.asking.line, typed)
            press(window, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not panel.finder.busy())
        return panel

    return looked


def marked(window: MainWindow, sample: Path) -> dict[str, list[tuple[str | None, list[int]]]]:
    """The kinds and contents of one's own marks by article, read from disk."""
    found: dict[str, list[tuple[str | None, list[int]]]] = {}
    with opened(sample, "reader") as reader:
        for article in reader.articles():
            own = reader.set_of(article.id, window.session.annotator)
            for mark in reader.attributions(own.id) if own is not None else ():
                part = mark.content[0]
                found.setdefault(article.id, []).append((mark.kind, [part.start, part.end]))
    return found


def select(panel: ConcordancePanel, *rows: int) -> None:
    """Select rows, as Ctrl and clicks do."""
    panel.table.setFocus()
    panel.table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in rows:
        panel.table.selectionModel().select(panel.model.index(row, 0), flags)


def said(panel: ConcordancePanel, column: int) -> list[str]:
    return [str(panel.model.index(at, column).data()) for at in range(panel.model.rowCount())]


def test_search_then_jump_then_tag_three_hits_then_one_undo(
    window: MainWindow, hits: Callable[..., ConcordancePanel], sample: Path
):
    panel = hits('"two people"')
    assert panel.model.rowCount() >= 3
    assert {words.casefold() for words in said(panel, WORDS)} == {"two people"}
    assert panel.table.hasFocus()

    last = panel.model.rowCount() - 1
    article_id = panel.model.line(last).hit.article_id
    assert article_id not in window.session.open
    panel.table.choose(last)
    press(window, Qt.Key.Key_Return)
    column = panel_of(window, article_id)
    assert column.view.hasFocus()
    assert column.view.selection() == panel.model.line(last).hit.span

    rows = [0, 1, last]
    select(panel, *rows)
    press(window, Qt.Key.Key_2)
    wanted: dict[str, list[tuple[str | None, list[int]]]] = {}
    for line in panel.model.lines(rows):
        wanted.setdefault(line.hit.article_id, []).append(
            ("anonymous_source", [line.hit.start, line.hit.end])
        )
    assert marked(window, sample) == wanted
    assert "Tagged 3." in window.messages.words()
    assert all(panel.model.standing(row) for row in rows)
    assert column.opened().marks

    press(window, (Qt.Key.Key_Z, CTRL))
    assert marked(window, sample) == {}
    assert not any(panel.model.standing(row) for row in rows)


def test_a_click_shows_the_place_and_leaves_the_keyboard_with_the_hits(
    window: MainWindow, hits: Callable[..., ConcordancePanel]
):
    panel = hits("aquarium")
    row = next(at for at in range(panel.model.rowCount()) if panel.model.line(at).hit.article_id == OTHER)
    index = panel.model.index(row, WORDS)
    panel.table.scrollTo(index)
    QTest.mouseClick(
        panel.table.viewport(), Qt.MouseButton.LeftButton, NO, panel.table.visualRect(index).center()
    )
    assert OTHER in window.desk.panels
    assert panel.table.hasFocus()
    assert window.desk.panel() is panel_of(window, OTHER)


def test_words_typed_into_the_search_never_tag(window: MainWindow, hits: Callable[..., ConcordancePanel]):
    panel = hits("tunnel")
    panel.asking.line.setFocus()
    QTest.keyClicks(panel.asking.line, " 1 2 s c x")
    assert not any(one.marks for one in window.session.open.values())


def test_the_selected_words_are_what_is_looked_for_first(window: MainWindow, qtbot: QtBot):
    column = panel_of(window, ARTICLE)
    drag_over(column, place_of(column, "two fifths of the cost"))
    column.view.setFocus()
    press(window, (Qt.Key.Key_F, CTRL | SHIFT))
    panel = window.further.concordance
    assert panel.asking.line.text() == "“two fifths of the cost”"
    qtbot.waitUntil(lambda: not panel.finder.busy() and panel.model.rowCount() > 0)
    press(window, Qt.Key.Key_Escape)
    assert column.view.hasFocus()


def test_a_scope_narrows_the_hits(window: MainWindow, hits: Callable[..., ConcordancePanel]):
    everywhere = hits("tunnel").model.rowCount()
    window.desk.focus(ARTICLE)
    panel = hits("tunnel", scope="article")
    assert 0 < panel.model.rowCount() < everywhere
    assert set(said(panel, OUTLET)) == {"Hollant"}
    assert hits("tunnel", scope="story").model.rowCount() == everywhere


def test_a_regular_expression_finds_and_a_wrong_one_says_what_is_wrong(
    hits: Callable[..., ConcordancePanel],
):
    panel = hits(r"inspect(or|ion)\b", "pattern")
    assert {words.casefold() for words in said(panel, WORDS)} == {"inspector", "inspection"}
    panel = hits("(inspect", "pattern")
    assert panel.model.rowCount() == 0
    assert "cannot be read: missing )" in panel._empty.text()
    assert panel._count.property("role") == "danger"


def test_hits_by_kind_and_by_source_are_ones_own_marks_and_change_kind_together(
    window: MainWindow, hits: Callable[..., ConcordancePanel], sample: Path
):
    for words, key in (("two fifths of the cost", Qt.Key.Key_1), ("sources", Qt.Key.Key_1)):
        column = panel_of(window, ARTICLE)
        drag_over(column, place_of(column, words))
        column.view.setFocus()
        press(window, key)
    panel = hits("named_official", "kind")
    assert said(panel, WORDS) == ["sources", "two fifths of the cost"]
    panel.table.setFocus()
    press(window, (Qt.Key.Key_A, CTRL), Qt.Key.Key_4)
    assert {kind for kind, _ in marked(window, sample)[ARTICLE]} == {"institution"}
    press(window, (Qt.Key.Key_Z, CTRL))
    assert {kind for kind, _ in marked(window, sample)[ARTICLE]} == {"named_official"}

    window.session.set_hand("gold")
    panel = hits("Van", "source")
    assert panel.model.rowCount() > 3
    row = panel.model.rowCount() - 1
    panel.table.choose(row)
    press(window, Qt.Key.Key_Return)
    assert current(window).id == panel.model.line(row).hit.attribution_id


def test_all_occurrences_are_shown_before_they_are_tagged_and_taken_back_at_once(
    window: MainWindow, qtbot: QtBot, sample: Path
):
    column = panel_of(window, ARTICLE)
    words = "two people familiar"
    drag_over(column, place_of(column, words))
    column.view.setFocus()
    press(window, Qt.Key.Key_2)
    first = current(window)
    press(window, (Qt.Key.Key_A, CTRL | SHIFT))
    panel = window.further.concordance
    qtbot.waitUntil(lambda: not panel.finder.busy() and panel.table.hasFocus())
    assert panel.asking.typed() == words
    assert panel.model.checked() == []
    assert panel.model.standing(0)[0].attribution_id == first.id

    panel.asking.scope.setCurrentIndex(panel.asking.scope.findData("project"))
    qtbot.waitUntil(lambda: not panel.finder.busy())
    checked = panel.model.checked()
    assert checked == list(range(1, panel.model.rowCount()))
    assert panel.kind.currentData() == "anonymous_source"
    assert panel.tag_button.text() == f"Tag {len(checked)} places"
    panel.table.setFocus()
    panel.table.choose(checked[0])
    press(window, Qt.Key.Key_Space)
    assert checked[0] not in panel.model.checked()
    press(window, Qt.Key.Key_Space)
    QTest.mouseClick(panel.tag_button, Qt.MouseButton.LeftButton)
    on_disk = marked(window, sample)
    assert sum(len(marks) for marks in on_disk.values()) == panel.model.rowCount()
    assert {kind for marks in on_disk.values() for kind, _ in marks} == {"anonymous_source"}
    assert panel.model.checked() == []

    press(window, (Qt.Key.Key_Z, CTRL))
    assert sum(len(marks) for marks in marked(window, sample).values()) == 1


def test_a_source_is_tagged_as_source_with_its_link(window: MainWindow, qtbot: QtBot):
    window.session.set_hand("gold")
    column = panel_of(window, ARTICLE)
    mark = next(
        one for one in column.opened().in_order() if one.source_id and len(one.source) == 1 and one.content
    )
    window.session.execute(SetStatus(ARTICLE, "gold", "reopened"))
    column.view.select(mark.source[0])
    window.session.set_current((ARTICLE, mark.id))
    window.actions_["mark.occurrences"].trigger()
    panel = window.further.concordance
    qtbot.waitUntil(lambda: not panel.finder.busy() and panel.model.rowCount() > 0)
    assert panel.role.currentData() == "source"
    panel.model.check([0], on=True)
    before = set(column.opened().marks)
    panel.tag("institution" if mark.kind != "institution" else "other")
    new = [column.opened().marks[one] for one in set(column.opened().marks) - before]
    assert [(one.source_id, one.content) for one in new] == [(mark.source_id, ())]


def test_finished_articles_are_left_alone_and_counted(
    window: MainWindow, hits: Callable[..., ConcordancePanel], sample: Path
):
    column = panel_of(window, ARTICLE)
    drag_over(column, place_of(column, "two fifths of the cost"))
    column.view.setFocus()
    press(window, Qt.Key.Key_1, (Qt.Key.Key_D, CTRL))
    panel = hits("tunnel")
    assert panel.model.is_finished(0)
    assert panel.model.index(0, STATE).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "this article is finished"
    )
    finished = sum(panel.model.is_finished(at) for at in range(panel.model.rowCount()))
    panel.table.selectAll()
    press(window, Qt.Key.Key_5)
    assert f"Left out: {finished} in finished articles." in window.messages.words()
    on_disk = marked(window, sample)
    assert len(on_disk[ARTICLE]) == 1
    assert sum(len(marks) for marks in on_disk.values()) == panel.model.rowCount() - finished + 1
    press(window, Qt.Key.Key_5)
    assert "tagged so already" in window.messages.words()


def test_the_marks_of_somebody_else_that_one_only_looks_at_are_never_changed(
    window: MainWindow, hits: Callable[..., ConcordancePanel], sample: Path
):
    with opened(sample, "reader") as reader:
        before = {one.id: one for one in reader.reading.find(Attribution)}
    window.session.set_hand("gold")
    window.session.looking = True
    panel = hits("named_official", "kind")
    select(panel, 0)
    with pytest.raises(BrokenLaw, match="looking at the marks of gold"):
        panel.tag("institution")
    panel = hits("aquarium")
    select(panel, 0)
    panel.tag("other")
    assert window.session.annotator == window.session.project.actor != "gold"
    with opened(sample, "reader") as reader:
        after = {one.id: one for one in reader.reading.find(Attribution)}
    assert {one: after[one] for one in before} == before
    assert len(after) == len(before) + 1


def test_what_is_before_a_hit_stands_to_its_right_where_one_reads_from_right_to_left(
    window: MainWindow, hits: Callable[..., ConcordancePanel], qtbot: QtBot
):
    article_in(window.session.project, "قال وزير الخارجية إن الاتفاق قريب", "arabic", story="Ferry")
    QApplication.processEvents()
    panel = window.further.concordance
    hits("tunnel")
    panel.asking.ask("words", "الاتفاق", "project")
    qtbot.waitUntil(lambda: not panel.finder.busy() and panel.model.rowCount() == 1)
    row = [panel.model.index(0, column).data() for column in (LEFT, WORDS, RIGHT)]
    assert row == [" قريب", "الاتفاق", "قال وزير الخارجية إن "]


def test_an_older_project_opens_in_the_window_and_its_old_state_is_kept(
    open_window: OpenWindow, tmp_path: Path, project_folder: Path
):
    place = tmp_path / "lighthouse.annotator"
    script = (project_folder / "tests" / "golden" / "project-0001.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(place)) as file:
        file.executescript(script)
    window = open_window(WindowWish(place=str(place), annotator="maria"))
    assert "brought up to date" in window.messages.words()
    assert len(list(tmp_path.glob("lighthouse-before-upgrade-*.annotator"))) == 1
    assert any(one.marks for one in window.session.open.values())


def test_closing_the_window_ends_a_search_that_is_still_under_way(window: MainWindow):
    panel = window.further.concordance
    press(window, (Qt.Key.Key_F, CTRL | SHIFT))
    QTest.keyClicks(panel.asking.line, "tunnel")
    panel.look()
    window.close()
    QApplication.processEvents()
    assert not panel.finder.busy()

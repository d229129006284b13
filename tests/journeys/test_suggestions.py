"""The machine proposes, dotted; the person steps through with Tab and decides with Enter and Backspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.attributions import Attribution
from annotator.qt.article.panel import OFFER, ArticlePanel
from annotator.qt.main_window.window import MainWindow
from annotator.qt.suggestions.model import CONTENT, SURE, UNSURE_FIRST
from annotator.workspace.suggesters import RULES, suggester_called
from annotator.workspace.suggesting import suggest
from annotator.workspace.wishes import WindowWish
from tests.building import opened
from tests.journeys.driving import CTRL, SHIFT, current, drag_over, panel_of, place_of, press

ARTICLE = "01_hollant.txt"


@pytest.fixture
def column(window: MainWindow, qtbot: QtBot) -> ArticlePanel:
    """The first article, suggestions found (F9), with the keyboard."""
    assert window.further
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)
    window.desk.focus(ARTICLE)
    press(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: bool(panel_of(window, ARTICLE).opened().waiting), timeout=20_000)
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)
    window.desk.focus(ARTICLE)
    return panel_of(window, ARTICLE)


def in_hand(window: MainWindow) -> Attribution:
    """The suggestion in hand."""
    found = window.session.suggestion()
    assert found is not None, "no suggestion is in hand"
    return found


def on_disk(sample: Path, hand: str = "tester") -> list[Attribution]:
    """One's own marks in the first article, read anew."""
    with opened(sample, "reader") as reader:
        own = reader.set_of(ARTICLE, hand)
        return [one for one in reader.attributions(own.id) if one.state == "kept"] if own else []


def test_what_is_found_is_dotted_and_nobodys_mark(column: ArticlePanel, window: MainWindow, sample: Path):
    first = next(iter(column.opened().waiting.values()))
    assert all(mark.suggested for mark in column.view.marks_of(first.id))
    assert on_disk(sample) == []
    assert window.docks["suggestions"].windowTitle().startswith("Suggestions (")


def test_tab_enter_and_backspace_go_through_an_article(
    column: ArticlePanel, window: MainWindow, sample: Path
):
    press(window, Qt.Key.Key_Tab)
    taken = in_hand(window)
    press(window, Qt.Key.Key_Return)
    rejected = in_hand(window)
    assert rejected.id != taken.id
    press(window, Qt.Key.Key_Backspace)
    assert in_hand(window).id not in (taken.id, rejected.id)
    (mark,) = on_disk(sample)
    assert (mark.source, mark.content, mark.origin) == (taken.source, taken.content, "rules-en")
    assert mark.provenance["taken_by"] == "tester"
    assert not {taken.id, rejected.id} & set(column.opened().waiting)
    press(window, (Qt.Key.Key_Backtab, SHIFT))
    assert in_hand(window).id not in (taken.id, rejected.id)


def test_undo_gives_a_decision_back(column: ArticlePanel, window: MainWindow, sample: Path):
    press(window, Qt.Key.Key_Tab)
    first = in_hand(window).id
    press(window, Qt.Key.Key_Return)
    press(window, (Qt.Key.Key_Z, CTRL))
    assert first in column.opened().waiting
    assert on_disk(sample) == []


def test_what_was_rejected_does_not_come_back_when_looked_for_again(
    column: ArticlePanel, window: MainWindow, qtbot: QtBot
):
    press(window, Qt.Key.Key_Tab)
    rejected = in_hand(window)
    press(window, Qt.Key.Key_Backspace)
    press(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)
    again = [(one.source, one.cue, one.content) for one in column.opened().waiting.values()]
    assert again
    assert (rejected.source, rejected.cue, rejected.content) not in again


@pytest.mark.usefixtures("column")
def test_a_kinds_key_takes_the_suggestion_in_hand_and_changes_it(window: MainWindow, sample: Path):
    press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_5)
    assert current(window).kind == "other"
    (mark,) = on_disk(sample)
    assert mark.provenance["changed"] == ["kind"]


def test_all_are_taken_at_once_and_given_back_at_once(column: ArticlePanel, window: MainWindow, sample: Path):
    count = len(column.opened().waiting)
    press(window, (Qt.Key.Key_Return, CTRL))
    assert len(on_disk(sample)) == count > 10
    assert not column.opened().waiting
    press(window, (Qt.Key.Key_Z, CTRL))
    assert on_disk(sample) == []


def test_only_the_sure_ones_are_taken_from_a_confidence_on(
    column: ArticlePanel, window: MainWindow, sample: Path
):
    window.further.suggestions.least.setValue(70)
    wanted = sum((one.confidence or 0) >= 0.7 for one in column.opened().waiting.values())
    window.actions_["suggest.take_sure"].trigger()
    assert len(on_disk(sample)) == wanted > 0


def test_marking_offers_the_source_and_the_cue_and_enter_takes_them(
    column: ArticlePanel, window: MainWindow, sample: Path
):
    drag_over(column, place_of(column, "There is no danger to anyone who works down there"))
    press(window, Qt.Key.Key_1)
    assert window.session.offer is not None
    assert {mark.role for mark in column.view.marks_of(OFFER)} == {"source", "cue"}
    press(window, Qt.Key.Key_Return)
    text = column.opened().text
    assert [part.text(text) for part in current(window).source] == ["Brask"]
    assert [part.text(text) for part in current(window).cue] == ["said"]
    assert window.session.offer is None
    assert not column.view.marks_of(OFFER)
    assert len(on_disk(sample)) == 1


def test_escape_declines_what_is_offered_and_keeps_the_mark(column: ArticlePanel, window: MainWindow):
    drag_over(column, place_of(column, "There is no danger to anyone who works down there"))
    press(window, Qt.Key.Key_1)
    made = current(window)
    press(window, Qt.Key.Key_Escape)
    assert window.session.offer is None
    assert current(window).id == made.id
    assert not current(window).source


def test_a_click_on_the_offered_words_takes_them(column: ArticlePanel, window: MainWindow):
    drag_over(column, place_of(column, "There is no danger to anyone who works down there"))
    press(window, Qt.Key.Key_1)
    column.view.markClicked.emit(OFFER)
    assert current(window).source


def test_tab_still_leaves_an_article_in_which_nothing_waits_and_goes_through_a_form(
    window: MainWindow, qtbot: QtBot
):
    assert window.further
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)
    window.desk.focus(ARTICLE)
    assert not window.actions_["suggest.next"].isEnabled()
    line = window.list._filter
    line.setFocus()
    press(window, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not line


def test_suggestions_can_be_put_out_of_sight(column: ArticlePanel, window: MainWindow):
    first = next(iter(column.opened().waiting))
    press(window, (Qt.Key.Key_J, CTRL))
    assert not column.view.marks_of(first)
    press(window, (Qt.Key.Key_J, CTRL))
    assert column.view.marks_of(first)


@pytest.mark.usefixtures("column")
def test_the_list_shows_the_unsure_first_and_leads_to_the_place(window: MainWindow):
    panel = window.further.suggestions
    panel._order.setCurrentIndex(panel._order.findData(UNSURE_FIRST))
    shares = [
        abs(int(str(panel.model.index(at, SURE).data()).split()[0]) - 50)
        for at in range(panel.model.rowCount())
    ]
    assert shares == sorted(shares)
    index = panel.model.index(3, CONTENT)
    QTest.mouseClick(
        panel.table.viewport(), Qt.MouseButton.LeftButton, pos=panel.table.visualRect(index).center()
    )
    assert in_hand(window).id == panel.model.row(3).mark.id


def test_where_anothers_marks_are_only_looked_at_nothing_is_suggested(
    open_window: Callable[[WindowWish], MainWindow], sample: Path
):
    with opened(sample, "reader") as reader:
        suggest(reader, suggester_called(RULES))
    window = open_window(WindowWish(place=str(sample)))
    assert window.session.looking
    shown = panel_of(window, ARTICLE).opened()
    assert shown.suggested
    assert not shown.waiting
    window.session.mark_as_self()
    assert panel_of(window, ARTICLE).opened().waiting


def test_the_card_under_the_mouse_says_who_suggests_and_how_sure(
    column: ArticlePanel, monkeypatch: pytest.MonkeyPatch
):
    said: list[str] = []
    monkeypatch.setattr(
        "annotator.qt.article.panel.QToolTip.showText", lambda _where, words, _view: said.append(words)
    )
    first = next(iter(column.opened().waiting))
    column.view.markHovered.emit([first], QPoint(5, 5))
    assert "Suggested by rules-en" in said[0]
    assert "% sure" in said[0]


@pytest.mark.usefixtures("column")
def test_the_article_whose_suggestions_are_least_sure_comes_next(window: MainWindow, qtbot: QtBot):
    window.actions_["article.next_unsure"].trigger()
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)
    assert in_hand(window).state == "open"


def test_in_a_finished_article_nothing_is_suggested_until_it_is_reopened(
    column: ArticlePanel, window: MainWindow
):
    press(window, (Qt.Key.Key_D, CTRL))
    assert not column.opened().waiting
    press(window, (Qt.Key.Key_D, CTRL))
    assert column.opened().waiting

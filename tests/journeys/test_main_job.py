"""From opening the sample story to an exported training set, with the mouse, and with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.spans import Span
from annotator.qt.main_window.window import MainWindow
from annotator.workspace.choosing import Selection
from annotator.workspace.exporting import ExportWish
from annotator.workspace.wishes import WindowWish
from tests.journeys.driving import (
    CTRL,
    SHIFT,
    current,
    drag_over,
    exported,
    marks_on_disk,
    panel_of,
    place_of,
    press,
    press_button,
)

ARTICLE = "01_hollant.txt"
OpenWindow = Callable[[WindowWish], MainWindow]


def test_the_sample_story_stands_side_by_side(window: MainWindow) -> None:
    assert len(window.desk.panels) >= 2
    assert "saved" in window.status.saved_words()
    for article_id, panel in window.desk.panels.items():
        assert panel.isVisible(), article_id
        assert panel.opened().text


def test_a_selection_and_the_key_1_make_a_mark_that_survives_closing(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow, sample: Path, tmp_path: Path
) -> None:
    me = window.session.annotator
    panel = panel_of(window, ARTICLE)
    wanted = place_of(panel, "two fifths of the cost")
    drag_over(panel, wanted)
    assert panel.view.selection() == wanted
    press(window, Qt.Key.Key_1)
    mark = current(window)
    assert (mark.kind, mark.content) == ("named_official", (wanted,))
    assert "selected" not in window.status._place.text()
    assert [one.fragments for one in panel.view.marks_of(mark.id)] == [(wanted,)]
    assert marks_on_disk(sample, me, tmp_path / "now.jsonl")[ARTICLE][0]["content"] == [
        [wanted.start, wanted.end]
    ]

    press(window, (Qt.Key.Key_Z, CTRL))
    assert panel.view.marks_of(mark.id) == []
    press(window, (Qt.Key.Key_Z, CTRL | SHIFT))
    assert panel.view.marks_of(mark.id)

    window.close()
    again = open_window(WindowWish())
    assert again.session.project.place == str(sample)
    panel = panel_of(again, ARTICLE)
    assert [one.fragments for one in panel.view.marks_of(mark.id)] == [(wanted,)]

    out = tmp_path / "training.jsonl"
    again.further.exchanges.take_out(ExportWish("jsonl", Selection(annotators=(me,))), out)
    qtbot.waitUntil(lambda: not again.jobs.busy(), timeout=20_000)
    line = next(one for one in exported(out) if one["id"] == ARTICLE)
    assert line["attributions"][0]["content"] == [[wanted.start, wanted.end]]
    assert line["text"][wanted.start : wanted.end] == "two fifths of the cost"


def test_undo_reaches_back_over_a_restart(window: MainWindow, open_window: OpenWindow, sample: Path) -> None:
    panel = panel_of(window, ARTICLE)
    drag_over(panel, place_of(panel, "two fifths of the cost"))
    press(window, Qt.Key.Key_2)
    mark = current(window)
    window.close()
    again = open_window(WindowWish(place=str(sample), annotator="tester"))
    assert panel_of(again, ARTICLE).view.marks_of(mark.id)
    again.desk.focus(ARTICLE)
    press(again, (Qt.Key.Key_Z, CTRL))
    assert panel_of(again, ARTICLE).view.marks_of(mark.id) == []


def test_the_keyboard_alone_is_enough(window: MainWindow, sample: Path, tmp_path: Path) -> None:
    me = window.session.annotator
    press(window, (Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier))
    while window.desk.panel() is not panel_of(window, ARTICLE):
        press(window, Qt.Key.Key_F6)
    panel = panel_of(window, ARTICLE)
    press(window, (Qt.Key.Key_Home, CTRL))
    press(window, *[(Qt.Key.Key_Right, CTRL | SHIFT)] * 2)
    chosen = panel.view.selection()
    assert chosen is not None
    press(window, Qt.Key.Key_3)
    assert current(window).content == (chosen,)
    press(window, Qt.Key.Key_Right, *[(Qt.Key.Key_Right, CTRL | SHIFT)] * 2)
    source = panel.view.selection()
    press(window, Qt.Key.Key_S)
    assert current(window).source == (source,)
    press(window, Qt.Key.Key_Right, *[(Qt.Key.Key_Right, CTRL)] * 2, (Qt.Key.Key_Right, CTRL | SHIFT))
    cue = panel.view.selection()
    press(window, Qt.Key.Key_C)
    assert current(window).cue == (cue,)
    press(window, Qt.Key.Key_Right, *[(Qt.Key.Key_Right, CTRL)] * 4, (Qt.Key.Key_Right, CTRL | SHIFT))
    further = panel.view.selection()
    press(window, Qt.Key.Key_X)
    assert current(window).content == (chosen, further)
    press(window, Qt.Key.Key_2)
    assert current(window).kind == "anonymous_source"
    made = current(window).id
    press(window, Qt.Key.Key_Escape)
    assert window.session.attribution() is None
    press(window, (Qt.Key.Key_Home, CTRL), Qt.Key.Key_BracketRight)
    assert current(window).id == made
    press(window, Qt.Key.Key_Delete)
    assert window.session.attribution() is None
    press(window, (Qt.Key.Key_Z, CTRL))
    assert current(window).id == made
    on_disk = marks_on_disk(sample, me, tmp_path / "keyboard.jsonl")[ARTICLE]
    assert [one["kind"] for one in on_disk] == ["anonymous_source"]
    assert on_disk[0]["content"] == [[chosen.start, chosen.end], [further.start, further.end]]


def test_the_mouse_alone_is_enough(window: MainWindow) -> None:
    panel = panel_of(window, ARTICLE)
    drag_over(panel, place_of(panel, "two fifths of the cost"))
    press_button(window.palette_bar, "Anonymous source, 2")
    assert current(window).kind == "anonymous_source"
    drag_over(panel, place_of(panel, "two people familiar with the inspection"))
    press_button(window.palette_bar, "Source, S")
    assert current(window).source == (place_of(panel, "two people familiar with the inspection"),)
    press_button(window.palette_bar, "Institution, 4")
    assert current(window).kind == "institution"
    undo = window.actions_["deed.undo"]
    assert undo.isEnabled()
    button = next(
        one
        for one in window.menuBar().cornerWidget().findChildren(type(window.desk).__mro__[1])
        if getattr(one, "defaultAction", lambda: None)() is undo
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert current(window).kind == "anonymous_source"


def test_a_click_on_a_mark_takes_it_in_hand_and_fills_the_form(window: MainWindow) -> None:
    window.session.set_hand("gold")
    panel = panel_of(window, ARTICLE)
    mark = next(one for one in panel.opened().in_order() if one.source and one.source_id)
    panel.view.show_span(mark.source[0])
    QApplication.processEvents()
    from tests.journeys.driving import point_at

    middle = Span(mark.source[0].start + 1, mark.source[0].start + 2)
    QTest.mouseClick(
        panel.view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        point_at(panel, middle.start),
    )
    taken = current(window)
    assert any(part.covers(middle) for _, parts in taken.all_spans() for part in parts)
    assert window.inspector.kind.currentText() == window.session.project.scheme.kind(taken.kind).name


def test_the_list_filters_sorts_and_jumps(window: MainWindow) -> None:
    window.session.set_hand("gold")
    table = window.list.table
    everything = table.model().rowCount()
    assert everything == sum(len(one.marks) for one in window.session.open.values()) > 50
    window.list._filter.setText("inspector")
    assert 0 < table.model().rowCount() < everything
    window.list._filter.clear()
    window.list._sort.setCurrentIndex(window.list._sort.findText("Sort by source"))
    sources = [str(table.model().index(at, 1).data()).casefold() for at in range(everything)]
    assert sources == sorted(sources)
    index = table.model().index(everything // 2, 2)
    table.scrollTo(index)
    QTest.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        table.visualRect(index).center(),
    )
    mark = current(window)
    panel = window.desk.panels[window.session.current[0]]
    assert panel.view.current() == mark.id
    around = mark.extent()
    assert around is not None


def test_find_goes_through_all_hits_of_an_article(window: MainWindow) -> None:
    window.desk.focus(ARTICLE)
    press(window, (Qt.Key.Key_F, CTRL))
    panel = panel_of(window, ARTICLE)
    QTest.keyClicks(QApplication.focusWidget(), "tunnel")
    hits = panel.opened().text.casefold().count("tunnel")
    assert panel.find_bar._count.text().endswith(f"of {hits}")
    first = panel.find_bar._at
    press(window, Qt.Key.Key_Return)
    assert panel.find_bar._at == (first + 1) % hits
    press(window, Qt.Key.Key_Escape)
    assert not panel.find_bar.isVisible()
    assert panel.view.hasFocus()


def test_typing_into_a_field_never_tags(window: MainWindow) -> None:
    panel = panel_of(window, ARTICLE)
    drag_over(panel, place_of(panel, "two fifths of the cost"))
    press(window, Qt.Key.Key_1)
    before = dict(panel.opened().marks)
    window.inspector.grounds.setFocus()
    QTest.keyClicks(window.inspector.grounds, "12345 scx")
    assert panel.opened().marks == before
    press(window, Qt.Key.Key_Return)
    assert current(window).grounds == "12345 scx"


def test_zoom_and_theme_change_without_losing_the_place(window: MainWindow) -> None:
    panel = panel_of(window, ARTICLE)
    window.desk.focus(ARTICLE)
    press(window, (Qt.Key.Key_Plus, CTRL))
    assert panel.view.zoom() > 1
    press(window, (Qt.Key.Key_0, CTRL))
    assert panel.view.zoom() == 1
    window.actions_["theme.dark"].trigger()
    assert window.look.theme.is_dark
    assert window.palette().base().color().lightness() < 80
    window.actions_["theme.light"].trigger()
    assert not window.look.theme.is_dark

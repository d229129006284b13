"""Who the sources are is said with one key, corrected in a window of its own, and taken back with one undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from annotator.core.sources import Source
from annotator.qt.main_window.window import MainWindow
from annotator.qt.sources.window import SourcesWindow
from annotator.workspace.commands.attributions import SetRole
from annotator.workspace.wishes import WindowWish
from tests.journeys.conftest import OpenWindow
from tests.journeys.driving import SHIFT, current, drag_over, panel_of, place_of, press, press_button

FIRST = "01_hollant.txt"
CTRL_Z = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def _sources(window: MainWindow) -> dict[str, Source]:
    return {one.name: one for one in window.session.project.registry.every(Source)}


def _name(window: MainWindow) -> str:
    return window.session.project.registry.source_name(current(window))


def _marked(window: MainWindow, words: str, source: str) -> str:
    panel = panel_of(window, FIRST)
    drag_over(panel, place_of(panel, words))
    press(window, Qt.Key.Key_2)
    window.session.execute(SetRole(current(window).id, "source", (place_of(panel, source),)))
    return current(window).id


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot) -> SourcesWindow:
    """The sources window, with every mention counted."""
    return _opened(window, qtbot)


def _opened(window: MainWindow, qtbot: QtBot) -> SourcesWindow:
    window.actions_["sources.open"].trigger()
    found = window.further.sources.window
    assert found is not None
    qtbot.waitUntil(lambda: not window.jobs.busy())
    return found


def _choose(sources: SourcesWindow, window: MainWindow, qtbot: QtBot, name: str) -> Source:
    source = _sources(window)[name]
    sources.show_source(source.id)
    qtbot.waitUntil(lambda: not window.jobs.busy())
    return source


def _undo(sources: SourcesWindow) -> None:
    sources.table.setFocus()
    QTest.keyClick(sources.table, *CTRL_Z)


def test_n_links_the_likeliest_source_n_again_the_next_and_shift_n_a_new_one(window: MainWindow) -> None:
    _marked(window, "put off to next spring", "Selmara")
    press(window, Qt.Key.Key_N)
    assert _name(window) == "Selmara"
    press(window, Qt.Key.Key_N)
    assert _name(window) not in ("", "Selmara")
    before = set(_sources(window))
    press(window, (Qt.Key.Key_N, SHIFT))
    assert set(_sources(window)) - before == {_name(window)}


def test_down_in_the_source_field_offers_the_likeliest_and_says_why(window: MainWindow) -> None:
    _marked(window, "put off to next spring", "Selmara")
    field = window.inspector.source
    field.setFocus()
    assert "Selmara (same name)" in field.placeholderText()
    QTest.keyClick(field, Qt.Key.Key_Down)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[0].text() == "Selmara\tsame name"
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert _name(window) == "Selmara"


def test_what_was_inherited_says_so_beside_the_value(open_window: OpenWindow, sample: object) -> None:
    window = open_window(WindowWish(place=str(sample), annotator="gold"))
    marks = window.session.open[FIRST].marks.values()
    taken = next(one for one in marks if "via" in one.inherited)
    window.session.set_current((FIRST, taken.id))
    assert window.inspector.via.inherited()
    assert window.inspector.via.accessibleDescription() == "inherited"
    own = next(one for one in marks if not one.inherited)
    window.session.set_current((FIRST, own.id))
    assert not window.inspector.via.inherited()


def test_the_details_button_opens_the_source_of_the_attribution_in_hand(
    window: MainWindow, qtbot: QtBot
) -> None:
    _marked(window, "put off to next spring", "Selmara")
    press(window, Qt.Key.Key_N)
    press_button(window.inspector, "Details of the source")
    sources = window.further.sources.window
    assert sources is not None
    qtbot.waitUntil(lambda: not window.jobs.busy())
    assert [one.name for one in sources.chosen()] == ["Selmara"]
    assert sources.form.name.text() == "Selmara"


def test_fields_are_corrected_and_the_main_window_follows(
    window: MainWindow, opened: SourcesWindow, qtbot: QtBot
) -> None:
    source = _choose(opened, window, qtbot, "Selmara")
    opened.form.office.setText("coastal state")
    opened.form.office.editingFinished.emit()
    opened.form.aliases.setFocus()
    opened.form.aliases.setPlainText("the republic\nPort Avell")
    opened.form.wikidata.setFocus()
    opened.form.same.more.setText("Dravonia")
    opened.form.same.more.editingFinished.emit()
    after = window.session.project.registry.get(Source, source.id)
    assert after is not None
    assert (after.office, after.aliases) == ("coastal state", ("the republic", "Port Avell"))
    assert after.perhaps_same == ((_sources(window)["Dravonia"].id, 0.5),)
    opened.form.name.setText("Republic of Selmara")
    opened.form.name.editingFinished.emit()
    assert "Republic of Selmara" in _sources(window)
    assert [one.name for one in opened.chosen()] == ["Republic of Selmara"]


def test_a_name_that_another_source_has_is_refused_in_the_window_itself(
    window: MainWindow, opened: SourcesWindow, qtbot: QtBot
) -> None:
    _choose(opened, window, qtbot, "Selmara")
    opened.form.name.setText("Dravonia")
    opened.form.name.editingFinished.emit()
    assert "merge the two" in opened.messages.words()
    assert opened.form.name.text() == "Selmara"


def test_sources_are_found_by_words_and_by_type(opened: SourcesWindow) -> None:
    everything = opened.table.model().rowCount()
    opened.filter.setText("ministry")
    assert 0 < opened.table.model().rowCount() < everything
    opened.filter.clear()
    opened.types.setCurrentIndex(opened.types.findText("Anonymous"))
    opened.types.activated.emit(opened.types.currentIndex())
    model = opened.table.model()
    kinds = [model.index(row, 1).data() for row in range(model.rowCount())]
    assert kinds
    assert all("anonymous" in one for one in kinds)


def test_two_sources_are_merged_with_a_word_on_what_will_happen_and_undo_parts_them(
    window: MainWindow, opened: SourcesWindow, qtbot: QtBot
) -> None:
    kept, gone = _sources(window)["Selmara"], _sources(window)["Dravonia"]
    counts = [opened.model.index(opened.model.row_of(one.id) or 0, 2).data() for one in (kept, gone)]
    opened._choose([kept.id, gone.id])
    opened.merging.kept.setCurrentIndex(opened.merging.kept.findText("Selmara"))
    assert "“Dravonia”" in opened.merging.words.text()
    assert f": {counts[1]}." in opened.merging.words.text()
    opened.merging.button.click()
    qtbot.waitUntil(lambda: not window.jobs.busy())
    assert "Dravonia" not in _sources(window)
    assert [one.name for one in opened.chosen()] == ["Selmara"]
    assert opened.mentions.tree.topLevelItemCount() == sum(map(int, counts))
    _undo(opened)
    assert "Dravonia" in _sources(window)
    again = [opened.model.index(opened.model.row_of(one.id) or 0, 2).data() for one in (kept, gone)]
    assert again == counts


def test_chosen_mentions_are_split_off_into_a_source_of_their_own_and_undo_brings_them_back(
    window: MainWindow, opened: SourcesWindow, qtbot: QtBot
) -> None:
    _choose(opened, window, qtbot, "Hollant")
    tree = opened.mentions.tree
    before = tree.topLevelItemCount()
    for at in (0, 1):
        item = tree.topLevelItem(at)
        assert item is not None
        item.setSelected(True)
    assert not opened.mentions.button.isEnabled()
    QTest.keyClicks(opened.mentions.name, "Hollant on air")
    opened.mentions.button.click()
    qtbot.waitUntil(lambda: not window.jobs.busy())
    assert tree.topLevelItemCount() == before - 2
    _choose(opened, window, qtbot, "Hollant on air")
    assert tree.topLevelItemCount() == 2
    assert not opened.remove.isEnabled()
    _undo(opened)
    qtbot.waitUntil(lambda: not window.jobs.busy())
    assert "Hollant on air" not in _sources(window)


def test_a_source_that_nobody_is_credited_to_can_be_removed(window: MainWindow, qtbot: QtBot) -> None:
    _marked(window, "put off to next spring", "sources")
    press(window, (Qt.Key.Key_N, SHIFT))
    name = _name(window)
    press(window, Qt.Key.Key_N)
    opened = _opened(window, qtbot)
    _choose(opened, window, qtbot, name)
    assert opened.remove.isEnabled()
    opened.remove.click()
    assert name not in _sources(window)
    _undo(opened)
    assert name in _sources(window)


def test_a_click_on_a_mention_shows_its_place_among_the_marks_of_whoever_made_it(
    window: MainWindow, opened: SourcesWindow, qtbot: QtBot
) -> None:
    _choose(opened, window, qtbot, "Selmara")
    item = opened.mentions.tree.topLevelItem(0)
    assert item is not None
    rect = opened.mentions.tree.visualItemRect(item)
    port = opened.mentions.tree.viewport()
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, rect.center())
    assert window.session.annotator == item.text(3)
    assert _name(window) == "Selmara"


def test_the_list_follows_what_is_linked_in_the_main_window(
    window: MainWindow, opened: SourcesWindow, qtbot: QtBot
) -> None:
    row = opened.model.row_of(_sources(window)["Selmara"].id) or 0
    before = int(opened.model.index(row, 2).data())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    _marked(window, "put off to next spring", "Selmara")
    window.actions_["source.link"].trigger()
    assert int(opened.model.index(row, 2).data()) == before + 1

"""The label scheme is changed in the window: what it affects is said first, no mark is lost, undo dresses back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QToolButton
from pytestqt.qtbot import QtBot

from annotator.core.attributions import Attribution
from annotator.core.scheme import scheme_from_plain
from annotator.qt.dialogs.scheme_editor import SchemeEditor
from annotator.qt.main_window.window import MainWindow
from annotator.qt.palette.guidelines import GuidelinesPanel
from annotator.workspace.schemes import read_plain
from tests.journeys.driving import current, drag_over, panel_of, place_of, press

FIRST = "01_hollant.txt"
CTRL_Z = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def editor(window: MainWindow, qtbot: QtBot) -> SchemeEditor:
    """The editor, with every kind's attributions counted."""
    window.actions_["scheme.edit"].trigger()
    found = window.further.scheme_editing.editor
    assert found is not None
    qtbot.waitUntil(lambda: not window.jobs.busy())
    return found


def _labels(window: MainWindow) -> list[str]:
    return [one.text() for one in window.palette_bar._buttons.values()]


def _pick(editor: SchemeEditor, name: str) -> None:
    editor.kinds.setCurrentRow([kind.name for kind in editor._kinds].index(name))


def _type(editor: SchemeEditor, field: str, words: str) -> None:
    line = getattr(editor.form, field)
    line.setText(words)
    line.textEdited.emit(words)


def test_a_new_kind_gets_a_button_and_a_key_and_marks_at_once(
    window: MainWindow, editor: SchemeEditor, qtbot: QtBot
) -> None:
    editor.add_kind()
    _type(editor, "name", "Rumour")
    assert editor.apply.isEnabled()
    assert editor.affects.text() == "No attribution is affected."
    editor.apply.click()
    kind = window.session.project.scheme.kind("rumour")
    assert kind is not None
    assert f"{kind.key}  Rumour" in _labels(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    panel = panel_of(window, FIRST)
    drag_over(panel, place_of(panel, "put off to next spring"))
    press(window, Qt.Key(ord(kind.key)))
    assert current(window).kind == "rumour"
    press(window, CTRL_Z, CTRL_Z)
    assert window.session.project.scheme.kind("rumour") is None
    assert not any("Rumour" in one for one in _labels(window))


def test_renaming_a_kind_says_how_many_attributions_are_called_otherwise(
    window: MainWindow, editor: SchemeEditor
) -> None:
    count = sum(one.kind == "other" for one in window.session.project.reading.find(Attribution))
    _pick(editor, "Other")
    _type(editor, "name", "Anything else")
    assert f"Other: {count} attributions" in editor.affects.text()
    editor.apply.click()
    assert "5  Anything else" in _labels(window)


def test_a_kind_in_use_is_removed_only_once_its_attributions_have_another(
    window: MainWindow, editor: SchemeEditor
) -> None:
    project = window.session.project
    before = [(one.id, one.kind) for one in project.reading.find(Attribution)]
    _pick(editor, "Other")
    editor.remove_kind()
    assert not editor.apply.isEnabled()
    assert "Say below what they become" in editor.affects.text()
    box = editor._goals["other"]
    box.setCurrentIndex(box.findData("institution"))
    box.activated.emit(box.currentIndex())
    assert "become Institution" in editor.affects.text()
    editor.apply.click()
    after = project.reading.find(Attribution)
    assert len(after) == len(before)
    assert not any(one.kind == "other" for one in after)
    window.gestures.undo()
    assert [(one.id, one.kind) for one in project.reading.find(Attribution)] == before
    assert "5  Other" in _labels(window)


def test_a_hidden_kind_leaves_the_palette_and_stays_on_its_marks(
    window: MainWindow, editor: SchemeEditor
) -> None:
    _pick(editor, "Other")
    editor.form.hidden.click()
    assert "keep it" in editor.affects.text()
    editor.apply.click()
    assert not any("Other" in one for one in _labels(window))
    assert any(one.kind == "other" for one in window.session.project.reading.find(Attribution))


@pytest.mark.parametrize(
    ("key", "says"),
    [("1", "two labels: Named official and Other"), ("N", "belongs to “Say who the source is”")],
)
def test_a_key_that_has_another_meaning_is_refused_with_a_sentence(
    editor: SchemeEditor, key: str, says: str
) -> None:
    _pick(editor, "Other")
    _type(editor, "key", key)
    assert says in editor.affects.text()
    assert not editor.apply.isEnabled()


def test_a_scheme_goes_to_a_file_and_comes_back(editor: SchemeEditor, tmp_path: Path) -> None:
    place = tmp_path / "ours.toml"
    _pick(editor, "Other")
    _type(editor, "name", "Anything else")
    editor.write(str(place))
    again = scheme_from_plain(read_plain(str(place)), place.name)
    assert again == editor.scheme()
    editor.read("polnear-like")
    assert [kind.name for kind in editor._kinds][:2] == ["Statement", "Attitude"]
    assert not editor.apply.isEnabled(), "the project's marks have kinds that this scheme lacks"
    editor.read(str(tmp_path / "none.toml"))
    assert "no label scheme" in editor.affects.text()


@pytest.mark.parametrize("hand", ["mouse", "button", "keyboard"])
def test_kinds_are_put_in_order_and_the_order_is_kept(
    window: MainWindow, editor: SchemeEditor, tmp_path: Path, hand: str
) -> None:
    before = [kind.name for kind in window.session.project.scheme.kinds]
    _pick(editor, before[2])
    if hand == "mouse":
        # What a drop on the upper edge of the first row does.
        editor.kinds.model().moveRow(QModelIndex(), 2, QModelIndex(), 0)
    elif hand == "button":
        up = next(
            one
            for one in editor.kinds.parentWidget().findChildren(QToolButton)
            if one.accessibleName().startswith("Move up")
        )
        up.click()
        up.click()
    else:
        for _ in range(2):
            QTest.keyClick(editor.kinds, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    wanted = [before[2], before[0], before[1], *before[3:]]
    assert editor.kinds.currentItem().text() == before[2]
    editor.write(str(tmp_path / "ours.toml"))
    kept = scheme_from_plain(read_plain(str(tmp_path / "ours.toml")), "ours.toml")
    assert [kind.name for kind in kept.kinds] == wanted
    assert editor.affects.text() == "No attribution is affected."
    editor.apply.click()
    assert [kind.name for kind in window.session.project.scheme.kinds] == wanted
    assert [one.partition("  ")[2] for one in _labels(window)] == wanted
    window.gestures.undo()
    assert [kind.name for kind in window.session.project.scheme.kinds] == before


def test_roles_are_put_in_order_too(window: MainWindow, editor: SchemeEditor) -> None:
    editor.roles.table.setCurrentCell(2, 1)
    QTest.keyClick(editor.roles.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    # What dragging the handle of the last row to the top does.
    editor.roles.table.verticalHeader().moveSection(4, 0)
    editor.apply.click()
    assert [role.id for role in window.session.project.scheme.roles] == [
        "recipient",
        "source",
        "content",
        "cue",
        "via",
    ]


def test_required_roles_are_checked_by_name(window: MainWindow, editor: SchemeEditor) -> None:
    _pick(editor, "Other")
    box = next(one for one in editor.form.required.findChildren(QCheckBox) if one.text() == "Source")
    box.click()
    editor.overlap.click()
    editor.apply.click()
    scheme = window.session.project.scheme
    kind = scheme.kind("other")
    assert kind is not None
    assert kind.required_roles == ("content", "source")
    assert not scheme.same_role_may_overlap


def test_the_guidelines_show_the_kind_in_hand_and_the_label_under_the_mouse(window: MainWindow) -> None:
    panel = panel_of(window, FIRST)
    drag_over(panel, place_of(panel, "put off to next spring"))
    press(window, Qt.Key.Key_2)
    window.actions_["help.guidelines"].trigger()
    QApplication.processEvents()
    guide = window.docks["guidelines"].widget()
    assert isinstance(guide, GuidelinesPanel)
    assert guide.name.text() == "Anonymous source, key 2"
    assert "two people briefed on the repair" in guide.examples.text()
    assert "the key of the kind of source; then select the source" in guide.words.text()
    button = next(one for one in window.palette_bar.findChildren(QToolButton) if "Institution" in one.text())
    QApplication.sendEvent(button, QEvent(QEvent.Type.Enter))
    assert guide.name.text() == "Institution, key 4"
    QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
    assert guide.name.text() == "Anonymous source, key 2"

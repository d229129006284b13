"""Nothing a user did is lost, bad input is a sentence, and others' marks are not changed by accident."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.errors import AnnotatorError
from annotator.qt.dialogs.importing import ImportDialog
from annotator.qt.main_window.window import MainWindow
from annotator.qt.support.crash import hook_for, worded
from annotator.workspace.commands.attributions import MarkSpan
from annotator.workspace.opening import open_project
from annotator.workspace.paths import projects_folder
from annotator.workspace.wishes import WindowWish
from tests.journeys.driving import current, drag_over, marks_on_disk, panel_of, place_of, press

ARTICLE = "01_hollant.txt"
OpenWindow = Callable[[WindowWish], MainWindow]


def press_import(window: MainWindow) -> None:
    """Press Import in the dialog that shows what was read; nothing could be read when there is none."""
    for dialog in window.findChildren(ImportDialog):
        if dialog.isVisible():
            dialog.accept()


def test_the_first_start_opens_a_copy_of_the_sample_story_in_ones_own_hand(open_window: OpenWindow) -> None:
    window = open_window(WindowWish())
    assert Path(window.session.project.place).parent == projects_folder()
    assert window.session.annotator == window.session.project.actor
    assert not window.session.looking
    panel = panel_of(window, ARTICLE)
    drag_over(panel, place_of(panel, "two fifths of the cost"))
    press(window, Qt.Key.Key_1)
    assert current(window).kind == "named_official"
    made = current(window).id
    window.close()
    again = open_window(WindowWish())
    assert panel_of(again, ARTICLE).view.marks_of(made)


def test_looking_at_others_marks_never_changes_them(
    open_window: OpenWindow, sample: Path, tmp_path: Path
) -> None:
    before = marks_on_disk(sample, "gold", tmp_path / "before.jsonl")
    window = open_window(WindowWish(place=str(sample)))
    assert window.session.annotator == "gold"
    assert window.session.looking
    panel = panel_of(window, ARTICLE)
    mark = panel.opened().in_order()[0]
    window.session.set_current((ARTICLE, mark.id))
    with pytest.raises(AnnotatorError, match="looking at the marks of gold"):
        window.gestures.kind("other")
    drag_over(panel, place_of(panel, "two fifths of the cost"))
    press(window, Qt.Key.Key_1)
    assert window.session.annotator == window.session.project.actor
    assert current(window).kind == "named_official"
    assert "gold" in window.messages.words()
    assert marks_on_disk(sample, "gold", tmp_path / "after.jsonl") == before


def test_a_finished_article_asks_to_be_reopened(window: MainWindow) -> None:
    panel = panel_of(window, ARTICLE)
    window.desk.focus(ARTICLE)
    window.gestures.toggle_state(ARTICLE)
    assert panel.opened().status == "finished"
    drag_over(panel, place_of(panel, "two fifths of the cost"))
    with pytest.raises(AnnotatorError, match="Reopen it"):
        window.gestures.kind("other")
    window.gestures.toggle_state(ARTICLE)
    window.gestures.kind("other")
    assert current(window).kind == "other"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "is empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x01", "is not text"),
        ("broken.jsonl", b'{"id": "a", "text": "b"}\n' * 16 + b'{"id": \n', "line 17 is not JSON"),
        (
            "outside.jsonl",
            b'{"id": "a", "text": "abc", "attributions": [{"content": [[1, 9]]}]}',
            "lies outside the text",
        ),
        (
            "kind.jsonl",
            b'{"id": "a", "text": "abc", "attributions": [{"kind": "rumour", "content": [[0, 3]]}]}',
            "rumour",
        ),
    ],
)
def test_bad_files_are_named_in_a_sentence_and_change_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    before = [article.id for article in window.session.project.articles()]
    bad = tmp_path / name
    bad.write_bytes(content)
    window.further.exchanges.ask_about([str(bad)])
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)
    press_import(window)
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)
    assert words in window.messages.words()
    assert window.messages.isVisible()
    assert [article.id for article in window.session.project.articles()] == before


def test_an_unexpected_error_says_what_was_kept_and_shows_no_traceback(window: MainWindow) -> None:
    hook_for(window)(ZeroDivisionError, ZeroDivisionError("division by zero"), None)
    said = window.messages.words()
    assert "Everything marked before is saved" in said
    assert "Traceback" not in said
    assert worded(AnnotatorError("One sentence.")) == "One sentence."


def test_files_dropped_on_the_window_are_imported(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    dropped = tmp_path / "dropped.txt"
    dropped.write_text("A short note\n\nThe mayor said the bridge would open.", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(dropped))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPointF(50, 50).toPoint(), copy, data, left, none)
    QApplication.sendEvent(window, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, data, left, none))
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)
    press_import(window)
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)
    assert any(article.title == "A short note" for article in window.session.project.articles())


def test_a_project_that_is_not_one_leaves_a_message_and_an_open_window(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    before = window.session.project.place
    wrong = tmp_path / "wrong.annotator"
    wrong.write_text("no project")
    window.projects.open(str(wrong))
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)
    assert "is not an Annotator project" in window.messages.words()
    assert window.session.project.place == before
    assert wrong.read_text() == "no project"


TAGGING = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from annotator.core.spans import Span
from annotator.qt.main_window.window import MainWindow
from annotator.workspace.settings import Settings
from annotator.workspace.wishes import WindowWish

application = QApplication([])
window = MainWindow(Settings(), WindowWish(place=sys.argv[1], annotator="tester"))
window.show()
window.start()
while window.session.workspace is None or window.jobs.busy():
    application.processEvents()
window.activateWindow()
window.desk.focus("01_hollant.txt")
panel = window.desk.panel()
for at in range(200, 2600):
    if panel.opened().text[at].isalpha():
        panel.view.select(Span(at, at + 1))
        QTest.keyClick(panel.view, Qt.Key.Key_2)
        print(window.session.attribution().id, flush=True)
"""


@pytest.mark.parametrize("gestures", [1, 7, 40])
def test_killing_the_program_while_tagging_loses_at_most_the_gesture_in_flight(
    sample: Path, tmp_path: Path, gestures: int
) -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", TAGGING, str(sample)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert running.stdout is not None
    acknowledged = [running.stdout.readline().strip() for _ in range(gestures)]
    running.send_signal(signal.SIGKILL)
    more, _ = running.communicate()
    acknowledged += [line for line in more.splitlines() if len(line) == 36]
    kept = {one["id"] for one in marks_on_disk(sample, "tester", tmp_path / "kept.jsonl")[ARTICLE]}
    assert set(acknowledged) <= kept
    assert len(kept) <= len(acknowledged) + 1
    project = open_project(str(sample), "tester")
    assert project.check() == []
    project.close()


def test_what_another_program_does_appears_by_itself(qtbot: QtBot, window: MainWindow, sample: Path) -> None:
    panel = panel_of(window, ARTICLE)
    place = place_of(panel, "two fifths of the cost")
    other = open_project(str(sample), "tester")
    other.execute(MarkSpan(ARTICLE, "tester", "other", (place,), new_id="from-elsewhere"))
    other.close()
    qtbot.waitUntil(lambda: bool(panel.view.marks_of("from-elsewhere")), timeout=5000)
    assert "from-elsewhere" in window.session.open[ARTICLE].marks


def test_text_dropped_on_the_window_becomes_an_article(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("A dropped headline\n\nThe mayor said it works.")
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPointF(50, 50).toPoint(), copy, data, left, none)
    QApplication.sendEvent(window, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, data, left, none))
    assert any(one.article.title == "A dropped headline" for one in window.session.open.values())

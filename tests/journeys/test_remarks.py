"""Comments of the whole project in one list: what is for me, answered and settled there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.annotators import Annotator
from annotator.core.comments import Comment
from annotator.core.spans import Span
from annotator.qt.attributions.remarks import ALL, RemarksPanel
from annotator.qt.main_window.window import MainWindow
from annotator.workspace.commands.comments import AddComment
from tests.journeys.driving import press

ARTICLE = "01_hollant.txt"


@pytest.fixture
def panel(window: MainWindow, qtbot: QtBot) -> RemarksPanel:
    """The comments, after olena has called the person at this desk on a mark of maria's."""
    project = window.session.project
    own = project.set_of(ARTICLE, "maria")
    assert own is not None
    mark = project.attributions(own.id)[0]
    project.execute(AddComment("", project.actor, "my own", article_id=ARTICLE, place=(Span(0, 5),)))
    project.execute(AddComment(mark.id, "olena", f"@{project.actor}, is this right?"))
    press(window, (Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier))
    panel = window.further.remarks
    qtbot.waitUntil(
        lambda: any(one.for_me for one in panel._found) and not window.jobs.busy(), timeout=20_000
    )
    return panel


def words(panel: RemarksPanel) -> list[str]:
    items = [panel.tree.topLevelItem(at) for at in range(panel.tree.topLevelItemCount())]
    return [item.text(0) for item in items if item is not None]


def test_who_is_called_finds_it_waiting(panel: RemarksPanel, window: MainWindow):
    assert words(panel) == [f"@{window.session.project.actor}, is this right?"]
    assert window.docks["comments"].windowTitle() == "Comments (1)"
    item = panel.tree.topLevelItem(0)
    assert item is not None
    assert item.font(0).bold()


def test_a_click_leads_to_the_mark_it_is_about(panel: RemarksPanel, window: MainWindow):
    item = panel.tree.topLevelItem(0)
    panel.tree.itemClicked.emit(item, 0)
    assert window.session.annotator == "maria"
    assert window.session.attribution() is not None


def test_it_is_answered_in_its_thread_and_settled(panel: RemarksPanel, window: MainWindow, qtbot: QtBot):
    panel.tree.setCurrentItem(panel.tree.topLevelItem(0))
    QTest.keyClicks(panel.line, "Yes, see @maria")
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    project = window.session.project
    first = next(one for one in project.reading.find(Comment) if "is this right" in one.text)
    reply = next(one for one in project.reading.find(Comment) if one.text == "Yes, see @maria")
    assert reply.reply_to == first.id
    assert [one.name for one in project.registry.every(Annotator) if one.id in reply.mentions] == ["maria"]
    panel.resolve()
    qtbot.waitUntil(lambda: words(panel) == [], timeout=20_000)
    panel.filter.setCurrentIndex(panel.filter.findData(ALL))
    assert len(words(panel)) >= 3

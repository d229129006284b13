"""What comes in and what goes out is shown before anything happens, and can be corrected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.qt.dialogs.exporting import ExportDialog
from annotator.qt.dialogs.importing import ImportDialog
from annotator.qt.dialogs.incoming import OUTLET, STORY, TITLE
from annotator.qt.main_window.window import MainWindow

PAGE = (
    '<html><head><title>Ferry to stop in May</title><meta property="og:site_name" content="Harbour Post">'
    '<meta property="article:published_time" content="2026-01-12T08:00:00Z"></head><body><article>'
    "<h1>Ferry to stop in May</h1><p>The night ferry to Ostrel will stop in May, two people familiar with the plan told "
    "the Harbour Post on Monday.</p><p>“Nobody asked us,” said Captain Ida Brandt of the Sivka, who has sailed it for "
    "nineteen years. The harbour office named falling numbers of travellers.</p></article></body></html>"
)
TABLE = (
    "headline,site,lead,body\n"
    'Captain learns from a notice,Ostrel Daily,short,"Captain Ida Brandt of the Sivka learned from a notice at the quay '
    'that her ferry to Ostrel would stop. Travellers had fallen in number, according to the harbour office."\n'
    'Bridge closed,Kellmark News,brief,"A bridge in Kellmark was closed after engineers found cracks in two pillars."\n'
)


@pytest.fixture
def incoming(tmp_path: Path) -> Path:
    """A folder with a saved page, a table of two articles and a file that is broken."""
    folder = tmp_path / "incoming"
    folder.mkdir()
    (folder / "page.html").write_text(PAGE, "utf-8")
    (folder / "table.csv").write_text(TABLE, "utf-8")
    (folder / "broken.jsonl").write_text(
        '{"id": "x", "text": "abc", "attributions": [{"content": [[1, 9]]}]}', "utf-8"
    )
    return folder


def idle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=30_000)


def import_dialog(qtbot: QtBot, window: MainWindow, *places: Path) -> ImportDialog:
    window.further.exchanges.ask_about([str(place) for place in places])
    idle(qtbot, window)
    (dialog,) = [one for one in window.findChildren(ImportDialog) if one.isVisible()]
    return dialog


def shown(dialog: ImportDialog, column: int) -> list[str]:
    model = dialog.table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_a_folder_is_shown_corrected_and_taken_in_as_one_deed(
    qtbot: QtBot, window: MainWindow, incoming: Path
):
    before = len(window.session.project.articles())
    dialog = import_dialog(qtbot, window, incoming)
    assert sorted(shown(dialog, TITLE)) == [
        "Bridge closed",
        "Captain learns from a notice",
        "Ferry to stop in May",
    ]
    assert "New articles: 3" in dialog._outlook.text()
    assert "lies outside the text" in dialog._notes.toPlainText()
    assert len(window.session.project.articles()) == before
    dialog.group.setChecked(True)
    idle(qtbot, window)
    stories = dict(zip(shown(dialog, TITLE), shown(dialog, STORY), strict=True))
    assert (
        stories["Captain learns from a notice"] == stories["Ferry to stop in May"] != stories["Bridge closed"]
    )
    bridge = shown(dialog, TITLE).index("Bridge closed")
    model = dialog.table.model()
    assert model.setData(model.index(bridge, TITLE), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    page = shown(dialog, TITLE).index("Ferry to stop in May")
    assert model.setData(model.index(page, OUTLET), "The Harbour Post")
    dialog.accept()
    idle(qtbot, window)
    project = window.session.project
    new = {one.title: one for one in project.articles()[before:]}
    assert set(new) == {"Captain learns from a notice", "Ferry to stop in May"}
    assert project.outlet_name(new["Ferry to stop in May"]) == "The Harbour Post"
    assert new["Ferry to stop in May"].published == "2026-01-12"
    assert len({one.story_id for one in new.values()}) == 1
    window.actions_["deed.undo"].trigger()
    idle(qtbot, window)
    assert len(project.articles()) == before


def test_another_column_is_read_again_and_remembered(qtbot: QtBot, window: MainWindow, incoming: Path):
    table = incoming / "table.csv"
    dialog = import_dialog(qtbot, window, table)
    assert dialog.columns.isVisible()
    assert dialog.columns.chosen()["text"] == "body"
    box = dialog.columns._boxes["text"]
    box.setCurrentIndex(box.findData("lead"))
    box.activated.emit(box.currentIndex())
    idle(qtbot, window)
    assert [dialog.model.record(row).text for row in range(2)] == ["short", "brief"]
    dialog.reject()
    again = import_dialog(qtbot, window, table)
    assert again.columns.chosen()["text"] == "lead"
    again.reject()


def test_a_story_and_an_outlet_for_all_hold_for_every_row(qtbot: QtBot, window: MainWindow, incoming: Path):
    dialog = import_dialog(qtbot, window, incoming / "table.csv")
    dialog._story.setCurrentText("Night ferry")
    dialog._outlet.setText("Wire")
    assert set(shown(dialog, STORY)) == {"Night ferry"}
    assert set(shown(dialog, OUTLET)) == {"Wire"}
    dialog._outlet.clear()
    assert set(shown(dialog, OUTLET)) == {"Ostrel Daily", "Kellmark News"}
    dialog.reject()


def preview(qtbot: QtBot, window: MainWindow, dialog: ExportDialog) -> None:
    qtbot.waitUntil(lambda: not dialog._wait.isActive() and not window.jobs.busy(), timeout=30_000)


def choose(dialog: ExportDialog, format_name: str) -> None:
    box = dialog.choice._format
    box.setCurrentIndex(box.findData(format_name))


def test_the_export_shows_its_first_rows_and_its_losses_before_it_writes(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
):
    window.session.set_hand("gold")
    dialog = window.further.exchanges.ask_export()
    preview(qtbot, window, dialog)
    assert dialog._rows.toPlainText().startswith('{"schema":"annotator/1"')
    assert dialog._sum.text() == "183 attributions in 5 articles."
    choose(dialog, "conll")
    preview(qtbot, window, dialog)
    assert "-DOCSTART-" in dialog._rows.toPlainText()
    assert "not carried" in dialog._lost.toPlainText()
    assert dialog._tabs.tabText(1).startswith("Not carried (")
    choose(dialog, "jsonl")
    dialog.choice._kinds.choose(("anonymous_source",))
    preview(qtbot, window, dialog)
    assert "named_official" not in dialog._rows.toPlainText()
    out = tmp_path / "anonymous.jsonl"
    dialog.set_out(out)
    dialog.accept()
    idle(qtbot, window)
    kinds = {
        mark["kind"]
        for line in out.read_text("utf-8").splitlines()
        for mark in json.loads(line)["attributions"]
    }
    assert kinds == {"anonymous_source"}


def test_a_cut_is_written_to_a_folder_with_its_reasons(qtbot: QtBot, window: MainWindow, tmp_path: Path):
    window.session.set_hand("gold")
    dialog = window.further.exchanges.ask_export()
    dialog.choice._cut.setCurrentIndex(dialog.choice._cut.findData("groups"))
    dialog.choice._shares.setText("80/30")
    assert "make 110, not 100" in dialog.choice._said.text()
    dialog.choice._shares.setText("80/20")
    assert dialog.choice.refusal() == ""
    dialog.set_out(tmp_path / "cut.jsonl")
    dialog.accept()
    idle(qtbot, window)
    assert sorted(path.name for path in (tmp_path / "cut").iterdir()) == ["splits.json", "train.jsonl"]
    said = json.loads((tmp_path / "cut" / "splits.json").read_text("utf-8"))
    assert set(said["articles"].values()) == {"train"}


def test_a_choice_without_any_article_says_so(qtbot: QtBot, window: MainWindow):
    dialog = window.further.exchanges.ask_export()
    dialog.choice._since.setText("2099-01-01")
    preview(qtbot, window, dialog)
    assert dialog._sum.text() == "No article matches this choice."
    dialog.reject()

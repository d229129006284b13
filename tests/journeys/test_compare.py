"""The outlets held against each other, beside their articles: the matrix leads to the words, and changes with the marks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.compare.matrix import SHORTER_CHAIN, UNATTRIBUTED
from annotator.compare.proposals import ProposedClaim
from annotator.core.annotators import GOLD, Annotator
from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.errors import BrokenLaw
from annotator.qt.compare.panel import ComparePanel
from annotator.qt.main_window.window import MainWindow
from annotator.workspace.commands.articles import SetStatus
from annotator.workspace.commands.attributions import ChangeFields
from tests.journeys.driving import CTRL, press

CTRL_2 = (Qt.Key.Key_2, CTRL)


@pytest.fixture
def panel(window: MainWindow, qtbot: QtBot) -> ComparePanel:
    """The sample story compared, as its gold has it."""
    assert window.further
    project = window.session.project
    gold = next(one.name for one in project.registry.every(Annotator) if one.role == GOLD)
    for article in project.articles():
        project.execute(SetStatus(article.id, gold, "reopened"))
    window.session.set_hand(gold)
    press(window, CTRL_2)
    settle(window, qtbot)
    return window.further.comparing.panel


def settle(window: MainWindow, qtbot: QtBot) -> None:
    comparing = window.further.comparing
    qtbot.waitUntil(lambda: not comparing._wait.isActive() and not window.jobs.busy(), timeout=30_000)


def test_claims_stand_by_outlets_and_say_what_is_amiss(panel: ComparePanel, window: MainWindow):
    assert panel.isVisible()
    assert window.desk.isVisible()
    assert panel.model.columnCount() == 6
    assert panel.model.rowCount() > 5
    panel.signs.setCurrentIndex(panel.signs.findData(SHORTER_CHAIN))
    rows = [panel.model.claim(at) for at in range(panel.model.rowCount())]
    assert rows
    assert all(any(sign.what == SHORTER_CHAIN for cell in row.cells for sign in cell.signs) for row in rows)
    panel.signs.setCurrentIndex(panel.signs.findData(UNATTRIBUTED))
    assert 0 < panel.model.rowCount() < len(panel.found.matrix.rows) if panel.found else False


def test_a_cell_leads_to_its_place_in_the_column(panel: ComparePanel, window: MainWindow):
    at = next(
        (row, column)
        for row in range(panel.model.rowCount())
        for column in range(1, panel.model.columnCount())
        if (cell := panel.model.cell(panel.model.index(row, column))) and cell.entries
    )
    index = panel.model.index(*at)
    cell = panel.model.cell(index)
    assert cell is not None
    panel.table.clicked.emit(index)
    assert window.session.current == (cell.article, cell.entries[0].id)


def test_the_comparison_follows_a_change(panel: ComparePanel, window: MainWindow, qtbot: QtBot):
    assert panel.found is not None
    row = next(one for one in panel.found.matrix.rows if one.spread > 2)
    mark = next(entry.id for cell in row.cells for entry in cell.entries)
    before = next(one for one in panel.found.matrix.rows if one.claim.id == row.claim.id).spread
    window.session.execute(ChangeFields((mark,), {"claims": ()}))
    settle(window, qtbot)
    assert panel.found is not None
    after = next(one for one in panel.found.matrix.rows if one.claim.id == row.claim.id)
    assert mark not in [entry.id for cell in after.cells for entry in cell.entries]
    assert after.spread <= before


def test_that_an_outlet_does_not_carry_a_claim_is_recorded(
    panel: ComparePanel, window: MainWindow, qtbot: QtBot
):
    place = next(
        (row, column)
        for row in range(panel.model.rowCount())
        for column in range(1, panel.model.columnCount())
        if (cell := panel.model.cell(panel.model.index(row, column))) and not cell.entries
    )
    index = panel.model.index(*place)
    cell = panel.model.cell(index)
    claim = panel.model.claim(place[0]).claim
    assert cell is not None
    panel.table.setCurrentIndex(index)
    window.actions_["compare.absent"].trigger()
    settle(window, qtbot)
    stored = window.session.project.reading.get(Claim, claim.id)
    assert stored is not None
    assert cell.article in stored.absent_in
    assert panel.model.index(*place).data() == "∅"


def test_an_outlet_that_carries_a_claim_is_not_said_to_lack_it(panel: ComparePanel, window: MainWindow):
    place = next(
        (row, column)
        for row in range(panel.model.rowCount())
        for column in range(1, panel.model.columnCount())
        if (cell := panel.model.cell(panel.model.index(row, column))) and cell.entries
    )
    panel.table.setCurrentIndex(panel.model.index(*place))
    with pytest.raises(BrokenLaw, match="carries this claim"):
        window.further.comparing.say_absent()


def test_proposed_claims_are_taken(panel: ComparePanel, window: MainWindow, qtbot: QtBot):
    assert panel.found is not None
    row = next(one for one in panel.found.matrix.rows if one.spread > 3)
    marks = tuple(entry.id for cell in row.cells for entry in cell.entries)
    window.session.execute(ChangeFields(marks, {"claims": ()}))
    settle(window, qtbot)
    assert panel.proposals.topLevelItemCount()
    panel.proposals.setCurrentItem(panel.proposals.topLevelItem(0))
    finding = panel.proposal()
    assert finding is not None
    made = finding.value
    assert isinstance(made, ProposedClaim)
    window.actions_["compare.take"].trigger()
    settle(window, qtbot)
    shared = [set(window.session.project.reading.get(Attribution, one).claims) for one in made.marks]
    assert set.intersection(*shared)


def test_shared_passages_are_banded_and_lead_to_both_columns(panel: ComparePanel, window: MainWindow):
    panel.tabs.setCurrentWidget(panel.passages)
    page = next(iter(window.desk.panels.values())).view._page
    assert page is not None
    assert page.hits.starts
    press(window, (Qt.Key.Key_PageDown, CTRL))
    finding = panel.passages.finding()
    assert finding is not None
    assert {spot.article for spot in finding.spots} <= set(window.session.open)
    panel.tabs.setCurrentIndex(0)
    assert not page.hits.starts


def test_matrix_and_graph_are_saved_as_their_endings_say(
    panel: ComparePanel, window: MainWindow, tmp_path: Path
):
    assert panel.isVisible()
    comparing = window.further.comparing
    for name in ("matrix.csv", "matrix.html", "matrix.json"):
        comparing.save(tmp_path / name)
    assert (tmp_path / "matrix.csv").read_text("utf-8").count("\n") > 5
    assert "<table" in (tmp_path / "matrix.html").read_text("utf-8")
    assert json.loads((tmp_path / "matrix.json").read_text("utf-8"))["claims"]
    for name in ("graph.svg", "graph.png", "graph.graphml"):
        comparing.save_graph(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 500


def test_the_graph_leads_to_the_words_behind_an_arrow(panel: ComparePanel, window: MainWindow):
    assert panel.found is not None
    edge = panel.found.citations.edges[0]
    panel.graph.marksChosen.emit(edge.marks)
    assert window.session.current is not None
    assert window.session.current[1] in edge.marks


def test_back_to_annotating_everything_is_as_before(panel: ComparePanel, window: MainWindow, qtbot: QtBot):
    press(window, (Qt.Key.Key_1, CTRL))
    settle(window, qtbot)
    assert not panel.isVisible()
    assert window.docks["attributions"].isVisible()

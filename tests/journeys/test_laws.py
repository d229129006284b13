"""What the label scheme forbids is refused in the window with a sentence, and the place in question is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from annotator.core.errors import BrokenLaw
from annotator.core.scheme import scheme_to_plain
from annotator.qt.main_window.window import MainWindow
from annotator.workspace.schemes import ChangeScheme
from tests.journeys.driving import CTRL, current, drag_over, panel_of, place_of, press

FIRST = "01_hollant.txt"


def test_words_that_would_overlap_the_same_role_are_not_marked_where_the_scheme_forbids_it(
    window: MainWindow,
) -> None:
    project = window.session.project
    project.execute(ChangeScheme(scheme_to_plain(replace(project.scheme, same_role_may_overlap=False))))
    panel = panel_of(window, FIRST)
    drag_over(panel, place_of(panel, "two fifths of the cost"))
    press(window, Qt.Key.Key_1)
    before = dict(panel.opened().marks)
    window.session.set_current(None)
    drag_over(panel, place_of(panel, "fifths of"))
    with pytest.raises(BrokenLaw, match="“two fifths of the cost” is the content of another attribution"):
        window.gestures.kind("other")
    assert panel.opened().marks == before


def test_finishing_an_article_that_lacks_a_required_role_leads_to_the_first_place_and_stays_open(
    window: MainWindow,
) -> None:
    project = window.session.project
    kinds = tuple(replace(kind, required_roles=("content", "source")) for kind in project.scheme.kinds)
    project.execute(ChangeScheme(scheme_to_plain(replace(project.scheme, kinds=kinds))))
    panel = panel_of(window, FIRST)
    drag_over(panel, place_of(panel, "two fifths of the cost"))
    press(window, Qt.Key.Key_1)
    wanting = current(window).id
    window.session.set_current(None)
    button = next(one for one in panel.header.findChildren(QToolButton) if one.isCheckable())
    window.actions_["article.finish"].setChecked(True)
    button.setChecked(True)
    with pytest.raises(BrokenLaw, match=r"1 attribution lacks a role .* has no source"):
        window.gestures.toggle_state("")
    assert current(window).id == wanting
    assert panel.opened().status == "in_progress"
    assert not button.isChecked()
    assert not window.actions_["article.finish"].isChecked()
    drag_over(panel, place_of(panel, "two people familiar"))
    press(window, Qt.Key.Key_S, (Qt.Key.Key_D, CTRL))
    assert panel.opened().status == "finished"
    assert button.isChecked()

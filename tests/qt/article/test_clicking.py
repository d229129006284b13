"""Clicks and the mouse pointer find the attributions that they are over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.spans import Span
from annotator.qt.article.marks import Mark
from annotator.qt.article.view import ArticleView

PointOf = Callable[[ArticleView, int], QPoint]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def nested(view: ArticleView, story: str) -> ArticleView:
    """A sentence inside a larger one, and a word inside that."""
    start = story.index("According")
    view.load(
        story,
        [
            Mark("inner", "content", "named", (Span(start + 25, start + 35),)),
            Mark("outer", "content", "named", (Span(start, start + 46),)),
            Mark("middle", "content", "outlet", (Span(start + 14, start + 40),)),
            Mark("elsewhere", "source", "outlet", (Span(0, 5),)),
        ],
    )
    QApplication.processEvents()
    return view


def click(view: ArticleView, point: QPoint) -> None:
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, point)
    view._thirds.stop()


def test_clicks_on_one_spot_go_through_what_overlaps_outermost_first(
    nested: ArticleView, point_of: PointOf, story: str
):
    told: list[str] = []
    nested.markClicked.connect(told.append)
    point = point_of(nested, story.index("According") + 29) + QPoint(3, 0)
    for _ in range(4):
        click(nested, point)
    assert told == ["outer", "middle", "inner", "outer"]


def test_a_click_goes_on_from_the_current_attribution(nested: ArticleView, point_of: PointOf, story: str):
    told: list[str] = []
    nested.markClicked.connect(told.append)
    nested.set_current("middle")
    click(nested, point_of(nested, story.index("According") + 29) + QPoint(3, 0))
    assert told == ["inner"]


def test_a_click_beside_all_marks_tells_nothing(nested: ArticleView, point_of: PointOf, story: str):
    told: list[str] = []
    nested.markClicked.connect(told.append)
    click(nested, point_of(nested, story.index("denied")) + QPoint(3, 0))
    click(nested, QPoint(nested.viewport().width() - 4, 12))
    assert told == []


def test_a_drag_over_marks_is_not_a_click(nested: ArticleView, drag: Callable[..., None], story: str):
    told: list[str] = []
    nested.markClicked.connect(told.append)
    start = story.index("According")
    drag(nested, start, start + 30)
    assert told == []


def test_a_bracket_in_the_margin_can_be_clicked(nested: ArticleView, point_of: PointOf):
    told: list[str] = []
    nested.markClicked.connect(told.append)
    page = nested._page
    assert page is not None
    nested.viewport().repaint()
    lane = page.left - page.measures.left + 6 + page.measures.bracket // 2
    click(nested, QPoint(lane, point_of(nested, 0).y() - 4))
    assert told == ["elsewhere"]


def test_attributions_are_found_by_code_point(nested: ArticleView, story: str):
    start = story.index("According")
    assert nested.attributions_at(start + 29) == ["outer", "middle", "inner"]
    assert nested.attributions_at(start + 45) == ["outer"]
    assert nested.attributions_at(start + 46) == []


def test_the_pointer_tells_what_it_is_over_and_when_it_leaves(
    nested: ArticleView, point_of: PointOf, story: str
):
    told: list[list[str]] = []
    nested.markHovered.connect(lambda ids, _where: told.append(ids))
    QTest.mouseMove(nested.viewport(), point_of(nested, story.index("According") + 16) + QPoint(3, 0))
    QTest.mouseMove(nested.viewport(), point_of(nested, story.index("denied")) + QPoint(3, 0))
    assert told == [["outer", "middle"], []]


def test_a_click_after_a_load_knows_nothing_of_the_old_text(
    nested: ArticleView, point_of: PointOf, story: str
):
    told: list[str] = []
    nested.markClicked.connect(told.append)
    nested.load(story, [])
    QApplication.processEvents()
    click(nested, point_of(nested, story.index("According") + 29))
    assert told == []
    assert nested.current() is None

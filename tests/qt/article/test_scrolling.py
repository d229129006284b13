"""What is on the screen stays where it is, unless the reader moves it."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.spans import Span
from annotator.qt.article.marks import Mark
from annotator.qt.article.view import ArticleView

Open = Callable[..., ArticleView]
Prose = Callable[..., str]
Attribution = Callable[..., list[Mark]]
Settle = Callable[[ArticleView], None]


def middle(view: ArticleView) -> None:
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    view.viewport().repaint()
    QApplication.processEvents()


def seen_at(view: ArticleView, height: int) -> int:
    return view.cursorForPosition(QPoint(80, height)).position()


def height_of(view: ArticleView, unit: int) -> int:
    cursor = view.textCursor()
    cursor.setPosition(unit)
    return view.cursorRect(cursor).y()


def test_a_jump_into_text_never_seen_lands_in_view(
    open_view: Open, prose: Prose, attribution: Attribution, settle: Settle
):
    text = prose(400_000)
    marks = [mark for n in range(800) for mark in attribution(f"a{n}", n * 480)]
    view = open_view(text, marks)
    for part in (0.5, 0.97, 0.2, 0.999):
        at = int((len(text) - 30) * part)
        view.select(Span(at, at + 20))
        view.show_span(Span(at, at + 20))
        QApplication.processEvents()
        caret = view.cursorRect().center()
        assert view.viewport().rect().contains(caret)
        assert view.cursorForPosition(caret).position() == at + 20
    settle(view)
    assert view.viewport().rect().contains(view.cursorRect().center())


def test_a_span_is_shown_a_third_from_the_top_and_only_if_it_was_out_of_view(open_view: Open, prose: Prose):
    view = open_view(prose(50_000))
    span = Span(25_000, 25_030)
    view.show_span(span)
    height = height_of(view, span.start)
    assert abs(height - view.viewport().height() // 3) < 40
    value = view.verticalScrollBar().value()
    view.show_span(Span(span.start + 50, span.end + 50))
    assert view.verticalScrollBar().value() == value


def test_scrolling_up_through_text_never_seen_goes_up_step_by_step(open_view: Open, prose: Prose):
    view = open_view(prose(200_000), width=500)
    assert view._page is not None
    view._page.stop()
    middle(view)
    last = seen_at(view, 5)
    for _ in range(120):
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() - 60)
        QApplication.processEvents()
        position = seen_at(view, 5)
        assert 0 <= last - position < 400
        last = position


@pytest.mark.parametrize("width", [480, 430, 560])
def test_text_stands_still_while_the_rest_is_measured(
    open_view: Open, prose: Prose, attribution: Attribution, width: int
):
    text = prose(300_000)
    view = open_view(text, [mark for n in range(300) for mark in attribution(f"a{n}", n * 900)])
    page = view._page
    assert page is not None
    view.resize(width, 500)
    middle(view)
    watched = [seen_at(view, height) for height in (20, 250, 470)]
    before = [height_of(view, unit) for unit in watched]
    assert not page.is_settled
    while not page.is_settled:
        QApplication.processEvents()
        assert [height_of(view, unit) for unit in watched] == before


def test_a_mark_in_view_moves_nothing_that_stands_above_it(
    open_view: Open, prose: Prose, attribution: Attribution, settle: Settle
):
    view = open_view(prose(40_000))
    settle(view)
    middle(view)
    target = view._offsets.to_code_point(seen_at(view, 300))
    above = [seen_at(view, height) for height in range(10, 290, 30)]
    before = [height_of(view, unit) for unit in above]
    for depth in range(5):
        view.put_marks(attribution(f"deep{depth}", target, content=80 - depth * 10))
        QApplication.processEvents()
        assert [height_of(view, unit) for unit in above] == before
    for depth in range(5):
        view.remove_attribution(f"deep{depth}")
        QApplication.processEvents()
        assert [height_of(view, unit) for unit in above] == before


def test_marks_elsewhere_do_not_move_what_is_in_view(
    open_view: Open, prose: Prose, attribution: Attribution, settle: Settle
):
    view = open_view(prose(40_000))
    settle(view)
    middle(view)
    watched = [seen_at(view, height) for height in (20, 250, 470)]
    before = [height_of(view, unit) for unit in watched]
    for depth in range(6):
        view.put_marks(attribution(f"far{depth}", 200, content=90))
    QApplication.processEvents()
    assert [height_of(view, unit) for unit in watched] == before


def test_a_paragraph_without_marks_keeps_its_height_when_another_gets_some(
    open_view: Open, prose: Prose, attribution: Attribution, settle: Settle
):
    view = open_view(prose(5_000))
    settle(view)
    assert view._page is not None
    before = list(view._page.paragraphs.heights)
    view.put_marks([mark for depth in range(4) for mark in attribution(f"a{depth}", 10)])
    after = view._page.paragraphs.heights
    assert after[0] > before[0]
    assert after[1:] == before[1:]


def test_the_line_at_the_top_stays_there_through_many_changes_of_width(open_view: Open, prose: Prose):
    view = open_view(prose(60_000))
    middle(view)
    top = seen_at(view, 5)
    for width in (500, 380, 610, 440, 700, 420):
        view.resize(width, 500)
        QApplication.processEvents()
        assert abs(seen_at(view, 5) - top) < 140


def test_ctrl_and_the_wheel_zoom_and_keep_the_place(open_view: Open, prose: Prose, qtbot: QtBot):
    view = open_view(prose(60_000))
    middle(view)
    top, size = seen_at(view, 5), view.font().pointSizeF()
    turn = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.waitSignal(view.zoomChanged) as told:
        QApplication.sendEvent(view.viewport(), turn)
    assert told.args == [pytest.approx(1.1)]
    assert view.font().pointSizeF() == pytest.approx(size * 1.1)
    assert abs(seen_at(view, 5) - top) < 140


def test_zoom_stays_within_reason(view: ArticleView):
    view.set_zoom(100.0)
    assert view.zoom() == 4.0
    view.set_zoom(0.01)
    assert view.zoom() == 0.5


def test_font_and_line_height_can_be_set(open_view: Open, prose: Prose):
    view = open_view(prose(2_000))
    close = view.document().size().height()
    view.set_reading("DejaVu Sans", 11, 2.4)
    assert view.document().size().height() > close
    view.set_reading("DejaVu Sans", 18, 2.4)
    assert view.font().pointSizeF() == 18


def test_lines_to_an_attribution_start_at_its_line(
    open_view: Open, prose: Prose, attribution: Attribution, qtbot: QtBot
):
    view = open_view(prose(20_000), attribution("one", 300))
    here = view.anchor_of("one", 1)
    assert here is not None
    assert here.x() == view.viewport().width()
    with qtbot.waitSignal(view.geometryMoved):
        view.verticalScrollBar().setValue(40)
    moved = view.anchor_of("one", -1)
    assert moved is not None
    assert (moved.x(), moved.y()) == (0, here.y() - 40)
    assert view.anchor_of("nobody", 1) is None


def test_random_handling_of_three_texts_breaks_nothing(
    open_view: Open, prose: Prose, attribution: Attribution, caplog: pytest.LogCaptureFixture
):
    pick = random.Random(11)
    views = [open_view(prose(size), width=360) for size in (300, 20_000, 60_000)]
    for step in range(400):
        view, choice = pick.choice(views), pick.random()
        length = len(view.text())
        if choice < 0.3:
            view.verticalScrollBar().setValue(pick.randrange(view.verticalScrollBar().maximum() + 1))
        elif choice < 0.6:
            view.put_marks(
                attribution(f"a{pick.randrange(40)}", pick.randrange(length), content=pick.randrange(1, 400))
            )
        elif choice < 0.75:
            view.remove_attribution(f"a{pick.randrange(40)}")
        elif choice < 0.85:
            view.resize(pick.randrange(250, 800), pick.randrange(200, 600))
        elif choice < 0.9:
            view.set_zoom(pick.uniform(0.6, 2.0))
        elif choice < 0.93:
            view.load(prose(pick.randrange(10, 40_000), seed=step), [])
        else:
            view.set_current(pick.choice([None, "a1", "a2"]))
        if step % 5 == 0:
            QApplication.processEvents()
    assert not caplog.records

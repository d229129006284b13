"""Selecting with mouse and keyboard gives whole words, in code points, whatever the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.spans import Span
from annotator.qt.article.view import ArticleView
from annotator.qt.article.words import Words

Drag = Callable[..., None]
PointOf = Callable[[ArticleView, int], QPoint]

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


def selected(view: ArticleView) -> str:
    span = view.selection()
    return span.text(view.text()) if span else ""


def test_a_drag_takes_the_whole_words_it_touches(view: ArticleView, drag: Drag, story: str):
    drag(view, story.index("mayor") + 2, story.index("Monday") + 4)
    assert selected(view) == "mayor\u00a0said on Monday"
    assert view.textCursor().selectionStart() == story.index("mayor")


def test_a_drag_backwards_leaves_the_caret_where_the_mouse_was(view: ArticleView, drag: Drag, story: str):
    drag(view, story.index("Monday") + 4, story.index("mayor") + 2)
    assert selected(view) == "mayor\u00a0said on Monday"
    assert view.caret_position() == story.index("mayor")


def test_alt_takes_the_characters_alone(view: ArticleView, drag: Drag, story: str):
    start, end = story.index("mayor") + 2, story.index("Monday") + 4
    drag(view, start, end, ALT)
    assert view.selection() == Span(start, end)


def test_a_drag_over_an_emoji_and_a_line_end_counts_code_points(view: ArticleView, drag: Drag, story: str):
    start, end = story.index("captain"), story.index("two people") + 3
    drag(view, start, end)
    assert view.selection() == Span(start, end)
    assert "\r\n" in selected(view)


def test_a_drag_is_told_once_with_the_snapped_span(view: ArticleView, drag: Drag, story: str):
    told: list[Span] = []
    view.selectionMade.connect(told.append)
    at = story.index("captain")
    drag(view, at + 1, at + 4)
    assert told == [Span(at, at + len("captain"))]


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.NoModifier, ALT])
def test_white_space_at_the_ends_is_left_out(
    view: ArticleView, drag: Drag, story: str, held: Qt.KeyboardModifier
):
    at = story.index(" letter ")
    drag(view, at, at + len(" letter "), held)
    assert selected(view) == "letter"


def test_a_selection_of_white_space_is_none(view: ArticleView, story: str):
    at = story.index("\r\n")
    view.select(Span(at, at + 2))
    assert view.selection() is None


def test_a_flag_is_never_cut_in_two(view: ArticleView, story: str):
    flag = story.index("\U0001f1e8")
    view.select(Span(flag, flag + 1))
    assert view.selection() == Span(flag, flag + 2)


def test_a_press_inside_the_selection_starts_another(view: ArticleView, drag: Drag, story: str):
    view.select(Span(story.index("mayor"), story.index("mayor") + 30))
    drag(view, story.index("on Monday"), story.index("Monday") + 5)
    assert selected(view) == "on Monday"


def test_a_double_click_takes_the_word_and_a_third_the_sentence(
    view: ArticleView, point_of: PointOf, story: str
):
    told: list[Span] = []
    view.selectionMade.connect(told.append)
    point = point_of(view, story.index("captain") + 3)
    QTest.mouseDClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, point)
    assert selected(view) == "captain"
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, point)
    assert selected(view).startswith("The mayor")
    assert selected(view).endswith("view.”")
    assert [span.text(story)[:3] for span in told] == ["cap", "The"]


def test_words_and_sentences_are_in_reach_of_the_keyboard(view: ArticleView):
    QTest.keyClick(view, Qt.Key.Key_Home, CTRL)
    assert view.caret_position() == 0
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.textCursor().blockNumber() == 1
    QTest.keyClick(view, Qt.Key.Key_Right, CTRL | SHIFT)
    assert selected(view) == "The"
    QTest.keyClick(view, Qt.Key.Key_Right, ALT | SHIFT)
    assert selected(view).endswith("view.”")
    QTest.keyClick(view, Qt.Key.Key_Right, ALT | SHIFT)
    assert selected(view).endswith("denied it.")
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.selection() is None
    QTest.keyClick(view, Qt.Key.Key_A, CTRL)
    assert view.selection() == Span(0, len(view.text()))


def test_alt_and_an_arrow_go_from_sentence_to_sentence(view: ArticleView, story: str):
    view.set_caret(0)
    places = []
    for _ in range(5):
        QTest.keyClick(view, Qt.Key.Key_Right, ALT)
        places.append(view.caret_position())
    wanted = [story.index(words) for words in ("The mayor", "She denied", "According", "It said", "The last")]
    assert places == wanted
    back = []
    for _ in range(6):
        QTest.keyClick(view, Qt.Key.Key_Left, ALT)
        back.append(view.caret_position())
    assert back == [*wanted[-2::-1], 0, 0]


def test_keys_tell_each_selection_they_make(view: ArticleView, story: str):
    told: list[Span] = []
    view.selectionMade.connect(told.append)
    view.set_caret(story.index("letter"))
    QTest.keyClick(view, Qt.Key.Key_Right, CTRL | SHIFT)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert [span.text(story) for span in told] == ["letter"]


def test_copies_come_from_the_source_to_the_code_point(view: ArticleView, story: str):
    view.selectAll()
    assert view.createMimeDataFromSelection().text() == story
    assert not view.createMimeDataFromSelection().hasHtml()
    view.copy()
    assert QGuiApplication.clipboard().text().replace("\r", "") == story.replace("\r", "")
    # Without a screen, what Python put there must not outlive Python.
    QGuiApplication.clipboard().clear()


def test_nothing_can_be_typed_cut_or_pasted(view: ArticleView):
    length = view.document().characterCount()
    QTest.keyClicks(view, "xyz")
    QTest.keyClick(view, Qt.Key.Key_Backspace)
    QTest.keyClick(view, Qt.Key.Key_V, CTRL)
    QTest.keyClick(view, Qt.Key.Key_X, CTRL)
    assert view.document().characterCount() == length


def test_the_caret_is_told_in_code_points(view: ArticleView, qtbot: QtBot, story: str):
    with qtbot.waitSignal(view.caretMoved) as told:
        view.set_caret(story.index("denied"))
    assert told.args == [story.index("denied")]


def test_sentences_are_found_in_text_without_any_line_end():
    text = "He said so. " * 3000
    words = Words(text)
    assert words.sentence_at(18_005) == Span(18_000, 18_011)
    assert words.sentence_end_after(18_005) == 18_011
    assert words.sentence_start_before(18_000) == 17_988
    assert words.sentence_start_after(18_005) == 18_012


def test_an_empty_text_has_nothing_to_select(open_view: Callable[..., ArticleView]):
    view = open_view("")
    QTest.keyClick(view, Qt.Key.Key_Right, ALT)
    QTest.keyClick(view, Qt.Key.Key_A, CTRL)
    QTest.mouseDClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, QPoint(80, 20))
    assert view.selection() is None
    assert view.caret_position() == 0
    assert view.attributions_at(0) == []

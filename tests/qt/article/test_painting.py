"""What is painted after a change is what a fresh view would paint, in both themes and on any screen."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.spans import Span
from annotator.qt.article.geometry import ParagraphLines, build_picture
from annotator.qt.article.ink import Ink, contrast, legible
from annotator.qt.article.marks import KindStyle, Mark
from annotator.qt.article.view import ArticleView

Open = Callable[..., ArticleView]
Prose = Callable[..., str]
Attribution = Callable[..., list[Mark]]
Settle = Callable[[ArticleView], None]


def picture_of(view: ArticleView, ratio: float = 1.0) -> QImage:
    """What the text's part of a view looks like on a screen of so many dots to a pixel."""
    size = view.viewport().size()
    image = QImage(size * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    view.viewport().render(painter, QPoint())
    painter.end()
    return image


def on_screen(view: ArticleView) -> QImage:
    """What stands on the screen now, after partial updates."""
    return view.screen().grabWindow(view.winId()).toImage()


def near(colour: QColor, other: QColor) -> bool:
    return all(abs(a - b) < 6 for a, b in zip(colour.getRgb(), other.getRgb(), strict=True))


def has_colour(image: QImage, wanted: str) -> bool:
    colour = QColor(wanted)
    return any(
        near(image.pixelColor(x, y), colour)
        for x in range(0, image.width(), 2)
        for y in range(image.height())
    )


def test_after_many_changes_the_picture_is_that_of_a_fresh_view(
    open_view: Open, prose: Prose, attribution: Attribution, settle: Settle
):
    text, pick = prose(2_500), random.Random(5)
    worn, marks = open_view(text), {}
    for step in range(120):
        name = f"a{pick.randrange(30)}"
        if pick.random() < 0.3:
            worn.remove_attribution(name)
            marks.pop(name, None)
        else:
            at, kind = (
                pick.randrange(len(text) - 100),
                pick.choice(["named", "unnamed", "outlet", None, "unknown"]),
            )
            marks[name] = attribution(
                name, at, content=pick.randrange(5, 300), kind=kind, suggested=step % 4 == 0
            )
            worn.put_marks(marks[name])
        if step % 10 == 0:
            QApplication.processEvents()
    fresh = open_view(text, [mark for group in marks.values() for mark in group])
    for view in (worn, fresh):
        settle(view)
        view.setCursorWidth(0)
    for value in (0, 200, 600):
        for view in (worn, fresh):
            view.verticalScrollBar().setValue(value)
        assert picture_of(worn) == picture_of(fresh)


def test_partial_updates_leave_on_the_screen_what_a_full_repaint_would(
    open_view: Open, prose: Prose, attribution: Attribution, settle: Settle
):
    text, pick = prose(60_000), random.Random(4)
    view = open_view(text, [mark for n in range(200) for mark in attribution(f"a{n}", n * 290)], width=480)
    view.setCursorWidth(0)
    settle(view)
    for step in range(60):
        bar, choice = view.verticalScrollBar(), pick.random()
        if choice < 0.45:
            bar.setValue(bar.value() + pick.choice([-60, 60, 17, -300, 900]))
        elif choice < 0.8:
            at = view._offsets.to_code_point(
                view.cursorForPosition(QPoint(80, pick.randrange(400))).position()
            )
            view.put_marks(attribution(f"new{step}", at, content=pick.randrange(10, 200)))
            if pick.random() < 0.5:
                QTest.qWait(1)
                view.remove_attribution(f"new{step}")
        elif choice < 0.9:
            view.select(Span(*sorted(pick.sample(range(len(text)), 2))))
        else:
            view.resize(pick.randrange(400, 600), 500)
            settle(view)
        QTest.qWait(1)
        partly = on_screen(view)
        view.viewport().repaint()
        QTest.qWait(1)
        assert partly == on_screen(view), step
    colours = {partly.pixel(x, y) for x in range(0, 400, 7) for y in range(0, 400, 7)}
    assert len(colours) > 5


def test_each_kind_is_drawn_in_its_own_colour_and_an_unknown_one_in_grey(
    open_view: Open, prose: Prose, attribution: Attribution, kinds: dict[str, KindStyle]
):
    view = open_view(prose(1_500))
    for name, style in kinds.items():
        view.set_marks(attribution("one", 100, kind=name))
        assert has_colour(picture_of(view), style.colour_light)
    view.set_marks(attribution("one", 100, kind="nobody knows"))
    assert has_colour(picture_of(view), "#6b7280")


def test_the_dark_theme_has_colours_of_its_own(
    open_view: Open,
    prose: Prose,
    attribution: Attribution,
    kinds: dict[str, KindStyle],
    dark_palette: QPalette,
):
    view = open_view(prose(1_500), attribution("one", 100))
    view.setPalette(dark_palette)
    image = picture_of(view)
    assert has_colour(image, kinds["named"].colour_dark)
    assert not has_colour(image, kinds["named"].colour_light)


def test_kinds_differ_even_without_colour(open_view: Open, prose: Prose, attribution: Attribution):
    view = open_view(prose(1_500))
    black = {
        name: KindStyle("#000000", "#000000", dash, glyph)
        for name, dash, glyph in (
            ("named", (), "circle"),
            ("unnamed", (7.0, 2.0), "diamond"),
            ("outlet", (3.0, 2.0), "square"),
        )
    }
    view.set_kinds(black)
    view.setCursorWidth(0)
    pictures = []
    for name in black:
        view.set_marks(attribution("one", 100, kind=name))
        pictures.append(picture_of(view))
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]


def test_each_role_and_a_suggestion_look_different(open_view: Open, prose: Prose):
    view = open_view(prose(1_500))
    view.setCursorWidth(0)
    pictures = []
    for role, suggested in [(r, s) for r in ("source", "cue", "content", "via") for s in (False, True)]:
        view.set_marks([Mark("one", role, "named", (Span(100, 140),), suggested)])
        pictures.append(picture_of(view))
    assert all(one != other for n, one in enumerate(pictures) for other in pictures[:n])


def test_the_current_attribution_stands_out_and_the_others_recede(
    open_view: Open, prose: Prose, attribution: Attribution, kinds: dict[str, KindStyle]
):
    marks = [*attribution("one", 100), *attribution("two", 300, kind="outlet")]
    view = open_view(prose(1_500), marks)
    view.setCursorWidth(0)
    plain = picture_of(view)
    assert has_colour(plain, kinds["outlet"].colour_light)
    view.set_current("one")
    chosen = picture_of(view)
    assert has_colour(chosen, kinds["named"].colour_light)
    assert not has_colour(chosen, kinds["outlet"].colour_light)
    view.set_current(None)
    assert picture_of(view) == plain


def test_the_current_attribution_is_seen_even_below_all_lanes(open_view: Open, prose: Prose):
    spans = [Span(100 + n, 200 - n) for n in range(7)]
    view = open_view(prose(1_500), [Mark(f"a{n}", "content", None, (span,)) for n, span in enumerate(spans)])
    view.setCursorWidth(0)
    view.set_current("a5")
    fifth = picture_of(view)
    view.set_current("a6")
    assert picture_of(view) != fifth


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_strokes_stand_on_whole_pixels_of_the_screen(
    open_view: Open, prose: Prose, kinds: dict[str, KindStyle], ratio: float
):
    text = prose(2_000)
    marks = [
        Mark(f"a{n}", "content", "named", (Span(at, at + 120),)) for n, at in enumerate(range(20, 1400, 130))
    ]
    view = open_view(text, marks)
    image, wanted = picture_of(view, ratio), QColor(kinds["named"].colour_light)
    assert view._page is not None
    column = round((view._page.left + 120) * ratio)
    rows = [near(image.pixelColor(column, y), wanted) for y in range(image.height())]
    thick = [len(run) for run in "".join("x" if row else " " for row in rows).split()]
    assert len(thick) > 3
    assert set(thick) == {max(thick)}


def test_a_search_lights_up_what_it_found(open_view: Open, prose: Prose):
    view = open_view(prose(1_500))
    view.setCursorWidth(0)
    plain = picture_of(view)
    view.highlight_hits([Span(20, 30), Span(300, 306)], 0)
    first = picture_of(view)
    view.highlight_hits([Span(20, 30), Span(300, 306)], 1)
    second = picture_of(view)
    assert plain != first != second != plain
    view.highlight_hits([], None)
    assert picture_of(view) == plain


def test_a_passage_over_several_lines_and_paragraphs_is_lit_up_in_all_of_them(open_view: Open, prose: Prose):
    text = prose(1_500)
    view = open_view(text)
    view.setCursorWidth(0)
    plain = picture_of(view)
    view.highlight_hits([Span(10, len(text) - 10)], None)
    lit = picture_of(view)
    rows = [
        any(plain.pixelColor(x, y) != lit.pixelColor(x, y) for x in range(0, plain.width(), 4))
        for y in range(plain.height())
    ]
    assert sum(rows) > plain.height() // 3


def test_right_to_left_words_are_underlined_where_they_are_seen(open_view: Open):
    text = "קפטן המעבורת אמר NATO ferry את המסמך והלך"
    view = open_view(text, width=700)
    page = view._page
    assert page is not None
    layout = page.paragraphs.layout(0)
    lines = ParagraphLines(layout, text)
    boxes = {}
    for words in ("קפטן", "NATO", "ferry", "והלך"):
        at = text.index(words)
        (segment,) = lines.segments(lines.rows[0], at, at + len(words))
        boxes[words] = segment
    assert boxes["והלך"].right < boxes["NATO"].left < boxes["NATO"].right < boxes["ferry"].left
    assert boxes["ferry"].right < boxes["קפטן"].left
    assert boxes["קפטן"].backwards
    assert not boxes["NATO"].backwards


def test_a_mark_across_both_directions_begins_at_its_first_letter(open_view: Open):
    text = "The agency quoted שר החוץ as saying so"
    mark = Mark("one", "source", None, (Span(11, 24),))
    view = open_view(text, [mark], width=700)
    page = view._page
    assert page is not None
    lines = ParagraphLines(page.paragraphs.layout(0), text)
    runs = build_picture(lines, page.paragraphs.lanes(0), page.measures, float).runs
    assert [run.opens for run in runs].count(True) == 1
    assert next(run for run in runs if run.opens).first_x < next(run for run in runs if run.closes).last_x


def test_fragments_of_one_mark_are_joined_by_dots_that_touch_no_other_stroke(open_view: Open, prose: Prose):
    marks = [
        Mark("one", "content", "named", (Span(10, 20), Span(40, 60), Span(200, 230))),
        Mark("two", "content", "outlet", (Span(22, 36),)),
    ]
    view = open_view(prose(1_500), marks, width=700)
    page = view._page
    assert page is not None
    lines = ParagraphLines(page.paragraphs.layout(0), view.text())
    picture = build_picture(lines, page.paragraphs.lanes(0), page.measures, float)
    assert len(picture.joints) == 3
    assert {joint.mark.attribution_id for joint in picture.joints} == {"one"}
    for joint in picture.joints:
        strokes = [run.segment for run in picture.runs if run.y == joint.y]
        assert all(stroke.right <= joint.left or joint.right <= stroke.left for stroke in strokes)


@pytest.mark.parametrize("ground", ["#ffffff", "#1d2128", "#808080"])
@pytest.mark.parametrize("colour", ["#ffff00", "#000000", "#ffffff", "#56b4e9", "#123456"])
def test_any_colour_a_user_picks_can_be_told_from_the_page(colour: str, ground: str):
    assert contrast(legible(QColor(colour), QColor(ground)), QColor(ground)) >= 3.0


def test_a_senseless_dash_is_drawn_solid():
    ink = Ink({"odd": KindStyle("#000000", "#ffffff", (3.0, 0.0, 1.0))}, QPalette(), 1.0, 2)
    assert ink.pen("odd", "own").dashPattern() == []


def test_an_error_while_painting_is_logged_and_the_view_goes_on(
    view: ArticleView, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    page = view._page
    assert page is not None
    with monkeypatch.context() as broken:
        broken.setattr(page.paragraphs, "at", lambda _y: 1 // 0)
        view.viewport().repaint()
    assert "LaneLayout.draw failed" in caplog.text
    caplog.clear()
    view.viewport().repaint()
    assert not caplog.records

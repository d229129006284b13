"""Two annotators face to face: differences by key, decisions into gold, agreement a click away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.core.annotation_sets import REOPENED
from annotator.core.annotators import GOLD, Annotator
from annotator.core.attributions import Attribution
from annotator.core.errors import BrokenLaw
from annotator.core.spans import Span
from annotator.qt.main_window.window import MainWindow
from annotator.qt.review.cases import ALL
from annotator.qt.review.columns import GOLD_COLUMN
from annotator.qt.review.deciding import Deciding
from annotator.qt.review.page import ReviewPage
from annotator.workspace.commands.articles import SetStatus
from annotator.workspace.commands.attributions import MarkSpan, RemoveAttributions
from annotator.workspace.reviewing import is_adjudicated
from annotator.workspace.suggesters import RULES, suggester_called
from annotator.workspace.suggesting import suggest
from annotator.workspace.wishes import WindowWish
from tests.building import opened
from tests.journeys.driving import CTRL, SHIFT, press

ARTICLE = "01_hollant.txt"
BELOW = ("attributions", "concordance", "problems", "suggestions", "comments")
CTRL_3 = (Qt.Key.Key_3, CTRL)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> ReviewPage:
    """The first article under review, its gold emptied."""
    project = window.session.project
    gold = next(one.name for one in project.registry.every(Annotator) if one.role == GOLD)
    own = project.set_of(ARTICLE, gold)
    assert own is not None
    project.execute(SetStatus(ARTICLE, gold, REOPENED))
    project.execute(RemoveAttributions(tuple(one.id for one in project.attributions(own.id))))
    assert window.further
    window.desk.focus(ARTICLE)
    press(window, CTRL_3)
    settle(window, qtbot)
    shown = window.further.modes._pages["review"]
    assert isinstance(shown, ReviewPage)
    return shown


def deciding(window: MainWindow) -> Deciding:
    found = window.further.modes.deciding
    assert isinstance(found, Deciding)
    return found


def settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=20_000)


def gold_on_disk(sample: Path) -> list[Attribution]:
    with opened(sample, "reader") as reader:
        name = next(one.name for one in reader.registry.every(Annotator) if one.role == GOLD)
        own = reader.set_of(ARTICLE, name)
        return [one for one in reader.attributions(own.id) if one.state == "kept"] if own else []


def test_annotators_stand_side_by_side_without_their_names_gold_last(page: ReviewPage):
    titles = [column.title.words() for column in page.columns.columns.values()]
    assert titles == ["Annotator A", "Annotator B", "Gold"]
    page._names.setChecked(True)
    titles = [column.title.words() for column in page.columns.columns.values()]
    assert sorted(titles[:2]) == ["maria", "olena"]


def test_keys_go_from_difference_to_difference(page: ReviewPage, window: MainWindow):
    first = page.case()
    press(window, Qt.Key.Key_F7)
    second = page.case()
    assert first is not None
    assert second is not None
    assert second.case.id != first.case.id
    assert not second.agreed
    press(window, (Qt.Key.Key_F7, SHIFT))
    back = page.case()
    assert back is not None
    assert back.case.id == first.case.id


def test_a_columns_number_takes_its_attribution_over_and_goes_on(
    page: ReviewPage, window: MainWindow, sample: Path, qtbot: QtBot
):
    at = next(row for row in range(page.model.rowCount()) if len(page.model.case(row).case.candidates) == 2)
    page._choose(at)
    one = page.case()
    assert one is not None
    hand = [name for name in page.columns.columns if name != GOLD_COLUMN][1]
    wanted = one.case.candidates[hand]
    page.table.setFocus()
    press(window, Qt.Key.Key_2)
    settle(window, qtbot)
    (gold,) = gold_on_disk(sample)
    assert (gold.content, gold.source, gold.kind) == (wanted.content, wanted.source, wanted.kind)
    now = page.case()
    assert now is not None
    assert now.case.id != one.case.id
    press(window, (Qt.Key.Key_Z, CTRL))
    assert gold_on_disk(sample) == []


def test_a_rejection_needs_its_reason_and_keeps_it(
    page: ReviewPage, window: MainWindow, sample: Path, qtbot: QtBot
):
    page.table.setFocus()
    with pytest.raises(BrokenLaw, match="Say why"):
        deciding(window).reject()
    one = page.case()
    assert one is not None
    page.reason.setText("no content")
    deciding(window).reject()
    settle(window, qtbot)
    page._filter.setCurrentIndex(page._filter.findData(ALL))
    at = page.model.row_of(one.case.id)
    assert at is not None
    decision = page.model.case(at).decision
    assert decision is not None
    assert (decision.how, decision.reason, decision.by) == (
        "rejected",
        "no content",
        window.session.project.actor,
    )
    assert gold_on_disk(sample) == []


def test_boundaries_are_settled_from_selected_words(
    page: ReviewPage, window: MainWindow, sample: Path, qtbot: QtBot
):
    at = next(
        row
        for row in range(page.model.rowCount())
        if any(one.what == "boundary" and one.name == "content" for one in page.model.case(row).differences)
    )
    page._choose(at)
    one = page.case()
    assert one is not None
    hand, mark = next(iter(one.case.candidates.items()))
    view = page.columns.columns[hand].view
    view.setFocus()
    view.select(mark.source[0])
    press(window, Qt.Key.Key_X)
    settle(window, qtbot)
    (gold,) = gold_on_disk(sample)
    assert gold.content == (mark.source[0],)
    after = page.case()
    assert after is not None
    assert after.case.id == one.case.id


def test_what_is_agreed_is_merged_in_the_whole_story_and_a_decision_stays(
    page: ReviewPage, window: MainWindow, sample: Path, qtbot: QtBot
):
    page.table.setFocus()
    press(window, Qt.Key.Key_0)
    settle(window, qtbot)
    window.actions_["review.merge"].trigger()
    settle(window, qtbot)
    agreed = gold_on_disk(sample)
    assert agreed
    assert not is_adjudicated(window.session.project, ARTICLE)
    window.actions_["review.merge"].trigger()
    settle(window, qtbot)
    assert [one.id for one in gold_on_disk(sample)] == [one.id for one in agreed]


@pytest.mark.usefixtures("page")
def test_an_article_with_open_cases_is_not_adjudicated(window: MainWindow):
    with pytest.raises(BrokenLaw, match="not decided on yet"):
        deciding(window).finish()
    assert not is_adjudicated(window.session.project, ARTICLE)


def test_only_the_differences_of_one_kind_are_listed(page: ReviewPage):
    page._filter.setCurrentIndex(page._filter.findData("boundary"))
    found = [page.model.case(row) for row in range(page.model.rowCount())]
    assert found
    assert all(any(one.what == "boundary" for one in case.differences) for case in found)


def test_every_figure_leads_to_its_disagreements(page: ReviewPage, window: MainWindow, qtbot: QtBot):
    page.tabs.setCurrentIndex(1)
    page.agreement.measure()
    settle(window, qtbot)
    assert page.agreement.model.rowCount() > 10
    row = next(
        at
        for at in range(page.agreement.model.rowCount())
        if page.agreement.model.figure(at).measure == "span_f1_exact"
        and page.agreement.model.figure(at).role == "content"
    )
    page.agreement.table.selectRow(row)
    item = page.agreement.places.item(0)
    assert item is not None
    assert item.data(Qt.ItemDataRole.UserRole) is not None
    page.agreement.places.itemClicked.emit(item)
    settle(window, qtbot)
    assert page.tabs.currentIndex() == 0
    assert page.case() is not None


def test_in_a_review_the_keys_for_marking_mark_nothing_and_come_back_afterwards(
    page: ReviewPage, window: MainWindow, qtbot: QtBot
):
    assert page.isVisible()
    assert not window.actions_["kind.named_official"].isEnabled()
    press(window, (Qt.Key.Key_1, CTRL))
    settle(window, qtbot)
    assert window.desk.isVisible()
    assert not page.isVisible()
    assert window.actions_["kind.named_official"].isEnabled()
    assert not window.actions_["review.accept_1"].isEnabled()
    assert window.docks["attributions"].isVisible()


def test_columns_scroll_together(page: ReviewPage):
    first, second, *_ = page.columns.columns.values()
    first.view.verticalScrollBar().setValue(first.view.verticalScrollBar().maximum() // 2)
    assert second.view.top_line()[0] == first.view.top_line()[0]


def test_a_remark_on_a_case_stands_with_its_attribution(page: ReviewPage, window: MainWindow, sample: Path):
    one = page.case()
    assert one is not None
    page.reason.setText("Is this a statement at all?")
    window.actions_["review.comment"].trigger()
    with opened(sample, "reader") as reader:
        assert [said.text for said in reader.comments(one.case.id)] == ["Is this a statement at all?"]
    assert page.reason.text() == ""


def test_whoever_is_still_at_work_does_not_see_the_others(page: ReviewPage, window: MainWindow, qtbot: QtBot):
    project = window.session.project
    project.execute(MarkSpan(ARTICLE, project.actor, "other", (Span(0, 7),)))
    settle(window, qtbot)
    assert page.model.rowCount() == 0
    assert not page.columns.columns
    assert "work blind" in page._empty.text()
    press(window, (Qt.Key.Key_1, CTRL))
    window.session.set_hand("maria")
    shown = window.session.open[ARTICLE]
    assert shown.hidden
    assert not shown.marks
    project.execute(SetStatus(ARTICLE, project.actor, "finished"))
    window.session.set_hand(project.actor)
    window.session.set_hand("maria")
    assert window.session.open[ARTICLE].marks


def test_articles_are_given_to_annotators_with_overlap(window: MainWindow):
    assert window.further
    dialog = window.further.modes.ask_assign()
    dialog.names.setText("ann, ben, cem")
    dialog._assign()
    heads = [dialog.table.horizontalHeaderItem(at).text() for at in range(dialog.table.columnCount())]
    assert heads[1:4] == ["ann", "ben", "cem"]
    given = [
        dialog.table.item(row, column).text()
        for row in range(dialog.table.rowCount())
        for column in (1, 2, 3)
    ]
    assert given.count("assigned") == 10
    dialog.close()


def test_models_are_not_offered_as_people_to_assign_to(window: MainWindow):
    assert window.further
    suggest(window.session.project, suggester_called(RULES))
    dialog = window.further.modes.ask_assign()
    assert RULES not in dialog.names.text()
    dialog.close()


@pytest.mark.parametrize("mode", ["mode.review", "mode.compare"])
def test_a_window_closed_in_another_mode_comes_back_with_its_panels(
    open_window: Callable[[WindowWish], MainWindow], sample: Path, qtbot: QtBot, mode: str
):
    window = open_window(WindowWish(place=str(sample), annotator="tester"))
    assert window.further
    window.actions_[mode].trigger()
    settle(window, qtbot)
    assert not window.docks["inspector"].isVisible()
    window.close()
    again = open_window(WindowWish(place=str(sample), annotator="tester"))
    assert again.docks["inspector"].isVisible()
    assert again.docks["attributions"].isVisible()


def test_the_panels_leave_room_for_the_stories_in_a_small_window(window: MainWindow):
    assert window.further
    window.resize(1280, 800)
    widest = max(window.docks[name].widget().minimumSizeHint().width() for name in BELOW)
    assert widest <= 1280 - 250 - 310


def test_no_mode_makes_a_small_window_grow_or_squeezes_the_stories(window: MainWindow, qtbot: QtBot):
    assert window.further
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.width() == 1280)
    before = window.docks["stories"].width()
    for mode in ("mode.review", "mode.compare", "mode.review", "mode.annotate"):
        window.actions_[mode].trigger()
        settle(window, qtbot)
        assert (mode, window.width()) == (mode, 1280)
        assert window.docks["stories"].width() >= min(before, 200)

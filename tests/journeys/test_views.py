"""What is not the article steps back or goes; what the list leaves out is dimmed; the next unfinished is found."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from annotator.qt.main_window.window import MainWindow
from tests.journeys.driving import panel_of

ARTICLE = "03_headsup24.txt"


def test_captions_and_boilerplate_can_be_hidden_and_shown_again(window: MainWindow) -> None:
    if ARTICLE not in window.session.open:
        window.gestures.open_article(ARTICLE)
    panel = panel_of(window, ARTICLE)
    asides = [one for one in panel.opened().article.zones if one.zone in ("caption", "link", "boilerplate")]
    assert asides
    before = panel.view.document().documentLayout().documentSize().height()
    window.actions_["view.hide_asides"].trigger()
    QApplication.processEvents()
    hidden = panel.view.document().documentLayout().documentSize().height()
    assert hidden < before
    number = panel.view._index.block_of(panel.view.unit_of(asides[0].span.start))
    assert panel.view.paragraph_rect(number).height() == 0
    window.actions_["view.hide_asides"].trigger()
    QApplication.processEvents()
    assert panel.view.document().documentLayout().documentSize().height() == before


def test_what_the_list_leaves_out_is_dimmed_in_the_text(window: MainWindow) -> None:
    window.session.set_hand("gold")
    panel = panel_of(window, "01_hollant.txt")
    plain = panel.view.grab().toImage()
    window.list._filter.setText("inspector")
    assert panel.view.grab().toImage() == plain
    window.actions_["view.dim"].trigger()
    dimmed = panel.view.grab().toImage()
    assert dimmed != plain
    window.list._filter.clear()
    assert panel.view.grab().toImage() == plain


def test_the_next_unfinished_article_is_opened(window: MainWindow) -> None:
    order = [one.id for one in window.session.project.articles()]
    window.desk.focus(order[0])
    window.gestures.toggle_state(order[0])
    window.gestures.toggle_state(order[1])
    window.actions_["article.next_unfinished"].trigger()
    assert window.session.focused == order[2]
    for article_id in order[2:]:
        if article_id not in window.session.open:
            window.gestures.open_article(article_id)
        window.gestures.toggle_state(article_id)
    window.actions_["article.next_unfinished"].trigger()
    assert "All articles are finished" in window.messages.words()

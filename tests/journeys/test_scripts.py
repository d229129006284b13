"""Articles in other scripts, and letters of several code points, are marked exactly where the words are."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.spans import Span
from annotator.qt.main_window.window import MainWindow
from tests.journeys.driving import current, marks_on_disk, press
from tests.journeys.playing import Player

TEXTS = {
    "arabic": ("خبر عاجل\n\nقال الوزير إن الجسر مغلق، وأضاف أن NATO تعرف ذلك.", "الجسر مغلق"),
    "hebrew": ("מבזק\n\nהשר אמר כי הגשר סגור, והוסיף: “no comment”.", "הגשר סגור"),
    "family": ("Note\n\nShe wrote 👨‍👩‍👧 the bridge 🌉 is closed 🇺🇦 today.", "the bridge 🌉 is closed"),
    "combining": (
        "Note\n\nThe cafe\u0301 owner sai\u0308d the re\u0301sume\u0301 is fake.",
        "re\u0301sume\u0301 is fake",
    ),
    "astral": ("𝔑𝔬𝔱𝔢\n\n𝔗𝔥𝔢 mayor said 𝔱𝔥𝔢 bridge is 𝔠𝔩𝔬𝔰𝔢𝔡 now.", "𝔱𝔥𝔢 bridge is 𝔠𝔩𝔬𝔰𝔢𝔡"),
    "spaces": ("Note\n\nHe\u00a0said\u00a0no\u2028and left\u00ad.", "no\u2028and left"),
}


@pytest.mark.parametrize("with_mouse", [True, False], ids=["mouse", "keys"])
@pytest.mark.parametrize("name", TEXTS)
def test_words_are_marked_where_they_stand(
    qtbot: QtBot, window: MainWindow, sample: Path, tmp_path: Path, name: str, with_mouse: bool
) -> None:
    text, words = TEXTS[name]
    QGuiApplication.clipboard().setText(text)
    window.session.show_articles([])
    window.actions_["articles.paste"].trigger()
    article_id = next(iter(window.session.open))
    stored = window.session.open[article_id].text
    assert stored == text
    window.desk.focus(article_id)
    qtbot.waitUntil(window.desk.panels[article_id].view.hasFocus)
    at = text.index(words)
    wanted = Span(at, at + len(words))
    Player(window, article_id, with_mouse=with_mouse).select(wanted)
    press(window, Qt.Key.Key_1)
    assert current(window).content[0].text(text) == words
    kept = marks_on_disk(sample, "tester", tmp_path / "kept.jsonl")[article_id]
    assert kept[0]["content"] == [[wanted.start, wanted.end]]
    view = window.desk.panels[article_id].view
    view.select(wanted)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == words

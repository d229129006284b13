"""Article views to read in, texts to read, and a hand for the mouse."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.spans import Span
from annotator.qt.article.marks import KindStyle, Mark
from annotator.qt.article.view import ArticleView

STORY = (
    "Ferry plan divides the harbour town\n"
    "The mayor\u00a0said on Monday: “No \U0001f1e8\U0001f1ed captain was asked for a view.” She denied it.\r\n"
    "According to two people, the letter was sent. It said so!\n"
    "The last paragraph stands here."
)
WORDS = [
    "harbour",
    "mayor",
    "council",
    "letter",
    "ferry",
    "bridge",
    "captain",
    "port",
    "minister",
    "report",
    "said",
    "told",
    "denied",
    "confirmed",
    "according",
    "people",
    "who",
    "were",
    "familiar",
    "with",
    "plan",
    "that",
    "would",
    "close",
    "the",
    "old",
    "pier",
    "before",
    "winter",
    "and",
    "move",
    "boats",
    "to",
    "another",
    "bay",
]


@pytest.fixture
def story() -> str:
    return STORY


@pytest.fixture
def prose() -> Callable[..., str]:
    """A maker of news-like text of about so many characters, in paragraphs."""

    def make(size: int, seed: int = 1) -> str:
        pick = random.Random(seed)
        paragraphs: list[str] = []
        while sum(map(len, paragraphs)) < size:
            sentences = []
            for _ in range(pick.randint(2, 6)):
                words = [pick.choice(WORDS) for _ in range(pick.randint(8, 24))]
                sentences.append(" ".join(words).capitalize() + ".")
            paragraphs.append(" ".join(sentences))
        return "\n".join(paragraphs)[:size].rstrip("\n")

    return make


@pytest.fixture
def kinds() -> dict[str, KindStyle]:
    return {
        "named": KindStyle("#0067a5", "#6cb8f0", (), "circle"),
        "unnamed": KindStyle("#c04a00", "#ff9a5c", (7.0, 2.0), "diamond"),
        "outlet": KindStyle("#00795a", "#45cfa5", (11.0, 2.0, 2.0, 2.0), "square"),
    }


@pytest.fixture
def attribution() -> Callable[..., list[Mark]]:
    """A maker of one attribution's marks: source, cue and content one after the other from a position."""

    def make(
        name: str, at: int, *, content: int = 60, kind: str | None = "named", suggested: bool = False
    ) -> list[Mark]:
        return [
            Mark(name, "source", kind, (Span(at, at + 10),), suggested),
            Mark(name, "cue", kind, (Span(at + 11, at + 16),), suggested),
            Mark(name, "content", kind, (Span(at + 17, at + 17 + content),), suggested),
        ]

    return make


@pytest.fixture
def open_view(qtbot: QtBot, kinds: dict[str, KindStyle]) -> Iterator[Callable[..., ArticleView]]:
    """Open a view on the screen with a text and marks."""
    views: list[ArticleView] = []

    def make(text: str, marks: list[Mark] | None = None, width: int = 420, height: int = 500) -> ArticleView:
        view = ArticleView()
        qtbot.addWidget(view)
        views.append(view)
        view.set_kinds(kinds)
        view.set_reading("DejaVu Sans", 11, 1.6)
        view.resize(width, height)
        view.show()
        qtbot.waitExposed(view)
        view.load(text, marks or [])
        view.setFocus()
        QApplication.processEvents()
        return view

    yield make
    for view in views:
        view.stop()


@pytest.fixture
def view(open_view: Callable[..., ArticleView]) -> ArticleView:
    return open_view(STORY)


@pytest.fixture
def point_of() -> Callable[[ArticleView, int], QPoint]:
    """Where the left edge of the character at a code point is seen in a view."""

    def find(view: ArticleView, position: int) -> QPoint:
        cursor = view.textCursor()
        cursor.setPosition(view._offsets.to_utf16(position))
        return view.cursorRect(cursor).center()

    return find


@pytest.fixture
def drag(point_of: Callable[[ArticleView, int], QPoint]) -> Callable[..., None]:
    """Press at one code point, move, and release at another."""

    def do(
        view: ArticleView, start: int, end: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        port, begin, finish = view.viewport(), point_of(view, start), point_of(view, end)
        QTest.mousePress(port, Qt.MouseButton.LeftButton, held, begin)
        QTest.mouseMove(port, (begin + finish) / 2)
        QTest.mouseMove(port, finish)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, held, finish)

    return do


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[ArticleView], None]:
    """Wait until a view has found the exact height of every paragraph."""

    def wait(view: ArticleView) -> None:
        qtbot.waitUntil(lambda: view._page is not None and view._page.is_settled, timeout=60_000)
        QApplication.processEvents()

    return wait


@pytest.fixture
def dark_palette() -> QPalette:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, "#1d2128")
    palette.setColor(QPalette.ColorRole.Text, "#e3e7ed")
    return palette

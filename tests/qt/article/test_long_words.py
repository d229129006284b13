"""Text without a place to break it is broken anywhere, so that it opens as quickly as any other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QTextOption

from annotator.qt.article.view import ArticleView

Open = Callable[..., ArticleView]
AT_WORDS = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
ANYWHERE = QTextOption.WrapMode.WrapAnywhere


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("abcdefghij" * 20_000, ANYWHERE),
        ("A few words and then " + "x" * 5_000 + " and a few more.", ANYWHERE),
        ("渡轮五月停航，没有人问过我们。" * 400, AT_WORDS),
        ("Nobody asked us about the ferry. " * 200, AT_WORDS),
    ],
    ids=["one long word", "a long word among others", "Chinese", "sentences"],
)
def test_a_paragraph_is_broken_between_words_unless_it_has_a_very_long_one(
    open_view: Open, text: str, wanted: QTextOption.WrapMode
):
    view = open_view(text)
    layout = view.document().firstBlock().layout()
    assert layout.textOption().wrapMode() == wanted
    assert layout.lineCount() > 1
    assert max(layout.lineAt(at).naturalTextWidth() for at in range(layout.lineCount())) <= view.width()

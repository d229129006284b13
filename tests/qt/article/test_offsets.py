"""Code points become Qt's positions and come back, whatever stands in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from annotator.qt.article.offsets import Utf16Map, display_projection

ODD = "a\r\nb\rc\u2028d\u2029e\0f\xa0g\ufdd0h\ufffci\x0bj\x0ck\x85l\ufeffm\U0001f1e6n\tend\x1b\x7f"
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
TRICKY = st.sampled_from(
    [
        "\r\n",
        "\r",
        "\n",
        FAMILY,
        "\U0001f600",
        "\xa0",
        "\u2028",
        "\u2029",
        "\0",
        "\ufeff",
        "שלום",
        "مرحبا",
        "e\u0301",
    ]
)
TEXTS = st.lists(st.one_of(TRICKY, st.text(max_size=8)), max_size=20).map("".join)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(TEXTS)
def test_every_code_point_comes_back_from_utf16(text: str):
    offsets = Utf16Map(text)
    for position in range(len(text) + 1):
        assert offsets.to_utf16(position) == utf16_length(text[:position])
        assert offsets.to_code_point(offsets.to_utf16(position)) == position
    assert offsets.length == utf16_length(text)


@given(TEXTS)
def test_the_shown_text_has_the_same_code_points_and_units_as_the_source(text: str):
    shown = display_projection(text)
    assert len(shown) == len(text)
    assert [utf16_length(char) for char in shown] == [utf16_length(char) for char in text]


@given(TEXTS)
def test_a_document_keeps_the_shown_text_unit_for_unit(text: str):
    document = QTextDocument()
    document.setPlainText(display_projection(text))
    assert document.characterCount() - 1 == utf16_length(text)


@pytest.mark.parametrize(
    "text", [ODD, "\ufeff" + ODD, ODD * 50, "", "\n", "\r\n", "\r\n\U0001f600", "\ud800x\udfff"]
)
def test_each_character_is_selected_by_its_own_position(text: str):
    offsets, document = Utf16Map(text), QTextDocument()
    document.setPlainText(display_projection(text))
    for position, char in enumerate(text):
        cursor = QTextCursor(document)
        cursor.setPosition(offsets.to_utf16(position))
        cursor.setPosition(offsets.to_utf16(position + 1), QTextCursor.MoveMode.KeepAnchor)
        seen = cursor.selectedText()
        replaced = (
            char in "\r\n\u2028\u2029\0\ufdd0\ufffc\x0b\x0c\x85\ufeff\x1b\x7f" or "\ud800" <= char <= "\udfff"
        )
        assert replaced or seen == char, (position, ascii(char), ascii(seen))


def test_a_line_end_of_two_and_an_emoji_do_not_cancel_out():
    windows, emoji = Utf16Map("a\r\nb"), Utf16Map("a\U0001f600b")
    assert windows.to_utf16(3) == 3
    assert emoji.to_utf16(2) == 3


def test_the_middle_of_an_emoji_counts_as_its_start():
    assert Utf16Map("a\U0001f600b").to_code_point(2) == 1


def test_a_huge_paragraph_is_cut_for_the_eye_after_sentences_only():
    text = ("The ferry was late again today. " * 4000).rstrip()
    shown = display_projection(text)
    assert len(shown) == len(text)
    paragraphs = shown.split("\n")
    assert max(map(len, paragraphs)) <= 8000
    assert all(paragraph.endswith(".") for paragraph in paragraphs)
    assert shown.replace("\n", " ") == text


def test_a_huge_paragraph_without_any_space_stays_whole():
    text = "渡" * 20_000
    assert display_projection(text) == text


def test_ordinary_text_costs_no_copy():
    text = "Plain words, “quoted” words.\nAnd a second line."
    assert display_projection(text) is text
    assert Utf16Map(text).plain

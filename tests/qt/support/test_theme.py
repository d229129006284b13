"""All themes can be read in every light, and a broken theme says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from annotator.core.errors import BadInput
from annotator.qt.support.theme import Theme


def luminance(name: str) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in QColor(name).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(params=["light", "dark", "contrast"])
def theme(request: pytest.FixtureRequest, project_folder: Path) -> Theme:
    return Theme.load(project_folder / "resources" / "themes" / f"{request.param}.toml")


@pytest.mark.parametrize("ground", ["window", "panel", "base", "alternate", "raised", "hover", "accent_soft"])
@pytest.mark.parametrize("ink", ["text", "muted"])
def test_words_can_be_read_on_every_ground(theme: Theme, ink: str, ground: str):
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("selection_text", "selection"),
        ("tooltip_text", "tooltip"),
        ("danger", "base"),
        ("danger", "danger_soft"),
        ("warning", "base"),
        ("warning", "warning_soft"),
        ("ok", "base"),
        ("ok", "ok_soft"),
        ("accent", "accent_soft"),
    ],
)
def test_words_in_a_colour_can_be_read(theme: Theme, ink: str, ground: str):
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("mark", ["accent", "border_strong"])
def test_focus_and_the_edges_of_inputs_can_be_seen(theme: Theme, mark: str):
    assert contrast(getattr(theme, mark), theme.base) >= 3.0
    assert contrast(getattr(theme, mark), theme.window) >= 3.0


def test_the_palette_has_the_colours_of_the_theme(theme: Theme):
    palette = theme.palette()
    assert palette.color(QPalette.ColorRole.Base).name() == theme.base
    assert palette.color(QPalette.ColorRole.Text).name() == theme.text
    assert (palette.color(QPalette.ColorRole.Base).lightness() < 128) == theme.is_dark


def test_the_style_sheet_is_whole_and_its_pictures_are_there(theme: Theme, qtbot: QtBot):
    sheet = theme.stylesheet()
    assert "$" not in sheet
    pictures = {part.split('"')[0] for part in sheet.split('url("')[1:]}
    assert pictures
    assert all(Path(picture).is_file() for picture in pictures)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setStyleSheet(sheet)
    button = QPushButton("Take")
    qtbot.addWidget(button)
    button.show()
    application.setStyleSheet("")


def test_a_theme_without_one_of_its_colours_says_which(tmp_path: Path, project_folder: Path):
    whole = (project_folder / "resources" / "themes" / "light.toml").read_text(encoding="utf-8")
    broken = tmp_path / "mine.toml"
    broken.write_text(whole.replace('accent = "#1f5fbf"', 'accent = "blue"'), encoding="utf-8")
    with pytest.raises(BadInput, match=r"mine\.toml gives 'blue' for accent"):
        Theme.load(broken)


@pytest.mark.parametrize("content", [b"colours = ", b"\xff\xfe"])
def test_a_file_that_is_no_theme_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "odd.toml"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"odd\.toml cannot be read"):
        Theme.load(path)

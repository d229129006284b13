"""Choose a theme and put it on."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator.qt.support.theme import Theme, interface_font
from annotator.workspace.paths import resources


def wanted_theme(name: str) -> Theme:
    """The theme of this name; for "system" the one that fits the system's colours (light where they are unknown)."""
    if name == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        name = "dark" if scheme == Qt.ColorScheme.Dark else "light"
    return _theme(name)


@lru_cache(maxsize=8)
def _theme(name: str) -> Theme:
    return Theme.load(resources("themes", f"{name}.toml"))


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Let all widgets wear a theme; costs nothing when they wear it already."""
    if application.property("theme") == theme.name:
        return
    application.setProperty("theme", theme.name)
    apply_colours(application, theme)
    application.setStyleSheet(theme.stylesheet())


def apply_colours(application: QApplication, theme: Theme) -> None:
    """Let all widgets wear a theme's font and colours, without its style sheet.

    A style sheet is gone through for every widget that is made and again when it finds its place: put it on when a
    window is complete.
    """
    application.setFont(interface_font())
    application.setPalette(theme.palette())

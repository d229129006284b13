"""How the window looks: theme, icons, the kinds' colours, the setting of the text."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QWidget

from annotator.qt.article.marks import KindStyle
from annotator.qt.desk.desk import Desk
from annotator.qt.palette.bar import PaletteBar
from annotator.qt.support.actions import Actions
from annotator.qt.support.session import Session
from annotator.qt.support.theme import interface_font
from annotator.qt.support.themes import apply_theme, wanted_theme
from annotator.workspace.settings import Settings

_THEMES = ("system", "light", "dark", "contrast")


class Shaded(Protocol):
    """What paints by itself and must know whether its ground is dark."""

    def set_dark(self, *, dark: bool) -> None:
        """Paint for a dark or a light ground from now on."""


class Dressed(Protocol):
    """A page that shows articles."""

    def set_look(self, kinds: dict[str, KindStyle], reading: tuple[str, float, float]) -> None:
        """How kinds look, and the family, size and line height of the text."""


class Look(QObject):
    """Dresses the window anew when the theme or the project changes."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        actions: Actions,
        desk: Desk,
        palette: PaletteBar,
        window: QWidget,
        theme: str,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._actions = actions
        self._desk = desk
        self._palette = palette
        self._rows: list[Shaded] = []
        self._pages: list[Dressed] = []
        self.theme = wanted_theme(theme or str(settings.get("theme")))
        for name in _THEMES:
            actions.on(f"theme.{name}", lambda name=name: self.choose(name))  # type: ignore[misc]

    def choose(self, name: str) -> None:
        """Wear another theme from now on."""
        self._settings.set("theme", name)
        self.theme = wanted_theme(name)
        self.dress()

    def dress_rows(self, rows: Shaded) -> None:
        """Dress a list of attributions too, now and whenever the theme changes."""
        self._rows.append(rows)
        rows.set_dark(dark=self.theme.is_dark)

    def dress_pages(self, page: Dressed) -> None:
        """Dress a further page of articles too, now and whenever the look changes."""
        self._pages.append(page)
        self.dress()

    def dress(self) -> None:
        """Wear the theme: palette, style sheet, icons, the kinds' colours."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, self.theme)
        chosen = self._settings.get("theme")
        for name in _THEMES:
            self._actions[f"theme.{name}"].setChecked(name == chosen)
        self._actions.set_ink(self.theme.text, self.theme.disabled)
        for rows in self._rows:
            rows.set_dark(dark=self.theme.is_dark)
        project = self._session.workspace
        if project is None:
            return
        self._actions.dress_kinds(project.scheme, dark=self.theme.is_dark)
        self._palette.show_scheme(project.scheme)
        kinds = {
            kind.id: KindStyle(kind.colour, kind.colour_dark, kind.dash, kind.glyph)
            for kind in project.scheme.kinds
        }
        get = self._settings.get
        family = str(get("font_family")) or QFontInfo(interface_font()).family()
        reading = (family, float(get("font_size")), float(get("line_height")))
        for page in (self._desk, *self._pages):
            page.set_look(kinds, reading)

"""Have the window wear the project's label scheme: keys, buttons, menus, colours, guidelines."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDockWidget

from annotator.qt.main_window.gestures import Gestures
from annotator.qt.main_window.look import Look
from annotator.qt.main_window.menus import Menus
from annotator.qt.palette.bar import PaletteBar
from annotator.qt.palette.guidelines import GuidelinesPanel
from annotator.qt.support.actions import Actions
from annotator.qt.support.session import Session


class Schemes(QObject):
    """Follows the scheme of the project, whoever changes it."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        gestures: Gestures,
        menus: Menus,
        look: Look,
        palette: PaletteBar,
        guidelines: QDockWidget,
    ) -> None:
        super().__init__(guidelines)
        self._session = session
        self._actions = actions
        self._gestures = gestures
        self._menus = menus
        self._look = look
        self._guidelines = guidelines
        actions.on("help.guidelines", self.show_guidelines)
        session.schemeChanged.connect(self.wear)
        panel = guidelines.widget()
        if isinstance(panel, GuidelinesPanel):
            palette.hovered.connect(panel.hover)

    def wear(self) -> None:
        """Have the keys, buttons and colours of the project's scheme."""
        scheme = self._session.project.scheme
        self._actions.set_scheme(scheme)
        self._gestures.set_scheme(scheme)
        self._menus.show_scheme(scheme)
        self._look.dress()

    def show_guidelines(self) -> None:
        """Show the guidelines beside the text; hide them when they are on top already."""
        on_top = self._guidelines.isVisible() and not self._guidelines.visibleRegion().isEmpty()
        self._guidelines.setVisible(not on_top)
        if not on_top:
            self._guidelines.raise_()

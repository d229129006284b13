"""Have the window wear the project's label scheme: keys, buttons, menus, colours, guidelines."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDockWidget, QMainWindow

from annotator.qt.main_window.look import Look
from annotator.qt.main_window.menus import Menus
from annotator.qt.support.actions import Actions
from annotator.qt.support.session import Session


class Schemes(QObject):
    """Follows the scheme of the project, whoever changes it."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        menus: Menus,
        look: Look,
        guidelines: QDockWidget,
    ) -> None:
        window = guidelines.parentWidget()
        assert isinstance(window, QMainWindow)
        super().__init__(window)
        self._session = session
        self._window = window
        self._actions = actions
        self._menus = menus
        self._look = look
        self._guidelines = guidelines
        guidelines.toggleViewAction().triggered.connect(self._toggled)
        actions.on("help.guidelines", self.show_guidelines)
        session.schemeChanged.connect(self.wear)

    def wear(self) -> None:
        """Have the keys, buttons and colours of the project's scheme."""
        scheme = self._session.project.scheme
        self._actions.set_scheme(scheme)
        self._menus.show_scheme(scheme)
        self._look.dress()

    def show_guidelines(self) -> None:
        """Show the guidelines beside the text."""
        if self._guidelines.isHidden():
            self._guidelines.show()
            self._join()
        self._guidelines.raise_()

    def _toggled(self, shown: bool) -> None:
        if shown:
            self._join()
            self._guidelines.raise_()

    def _join(self) -> None:
        """Let the guidelines share the inspector's place; done only now, as two tabs forget the sizes set at the start."""
        inspector = self._window.findChild(QDockWidget, "inspector")
        if isinstance(inspector, QDockWidget) and not self._guidelines.isFloating():
            self._window.tabifyDockWidget(inspector, self._guidelines)

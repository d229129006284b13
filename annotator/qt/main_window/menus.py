"""The menus, made from the list of actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from annotator.core.scheme import LabelScheme
from annotator.qt.support.actions import MENUS, Actions
from annotator.workspace.settings import Settings

_LAST_OF_GROUP = frozenset(
    {"project.sample", "project.backup", "deed.redo", "mark.remove", "column.right", "view.zoom_reset"}
)


class Menus:
    """The menu bar of a window."""

    def __init__(
        self, window: QMainWindow, actions: Actions, settings: Settings, open_project: Callable[[str], None]
    ) -> None:
        self._actions = actions
        self._settings = settings
        self._open_project = open_project
        self._menus: dict[str, QMenu] = {}
        for name in MENUS:
            parent, _, last = name.rpartition("/")
            words = window.tr(last)
            self._menus[name] = (
                self._menus[parent].addMenu(words) if parent else window.menuBar().addMenu(words)
            )
        self._recent = QMenu(window.tr("Recent projects"), window)
        self._recent.aboutToShow.connect(self._fill_recent)
        for spec in actions.specs():
            if not spec.menu:
                continue
            self._menus[spec.menu].addAction(actions[spec.id])
            if spec.id == "project.sample":
                self._menus["File"].addMenu(self._recent)
            if spec.id in _LAST_OF_GROUP:
                self._menus[spec.menu].addSeparator()

    def add_panels(self, toggles: Iterable[QAction]) -> None:
        """Let the View menu show and hide the panels."""
        self._menus["View"].addSeparator()
        for toggle in toggles:
            self._menus["View"].addAction(toggle)

    def show_scheme(self, scheme: LabelScheme) -> None:
        """Have the scheme's kinds and roles in the Mark menu; those of an earlier scheme went with their actions."""
        self._menus["Mark"].addSeparator()
        for kind in scheme.kinds:
            self._menus["Mark"].addAction(self._actions[f"kind.{kind.id}"])
        self._menus["Mark"].addSeparator()
        for role in scheme.roles:
            self._menus["Mark"].addAction(self._actions[f"role.{role.id}"])

    def _fill_recent(self) -> None:
        self._recent.clear()
        for place in self._settings.get("recent_projects"):
            action = self._recent.addAction(place)
            action.triggered.connect(lambda _checked=False, place=place: self._open_project(place))
        if not self._recent.actions():
            self._recent.addAction(self._recent.tr("None yet")).setEnabled(False)

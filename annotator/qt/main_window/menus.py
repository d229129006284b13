"""The menus, made from the list of actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu

from annotator.core.scheme import LabelScheme
from annotator.qt.support.action_table import MENUS, ActionSpec
from annotator.qt.support.actions import Actions
from annotator.workspace.settings import Settings

_LAST_OF_GROUP = frozenset(
    {
        "project.sample",
        "articles.paste",
        "scheme.edit",
        "project.backup",
        "deed.redo",
        "mark.remove",
        "mark.occurrences",
        "sources.open",
        "mark.leave",
        "mark.nest",
        "claim.link",
        "mark.comment",
        "mark.guided",
        "zone.clear",
        "article.next_unfinished",
        "column.right",
        "view.zoom_reset",
        "view.dim",
        "palette.open",
        "help.guidelines",
    }
)


class Menus:
    """The menu bar of a window."""

    def __init__(
        self, window: QMainWindow, actions: Actions, settings: Settings, open_project: Callable[[str], None]
    ) -> None:
        self._window = window
        self._actions = actions
        self._settings = settings
        self._open_project = open_project
        self._menus: dict[str, QMenu] = {}
        for name in MENUS:
            if "/" not in name:
                self._menus[name] = window.menuBar().addMenu(window.tr(name))
        for name in ("Mark/Kind", "Mark/Role"):
            self._menu(name)
        self._menus["Mark"].addSeparator()
        self._recent = QMenu(window.tr("Recent projects"), window)
        self._recent.aboutToShow.connect(self._fill_recent)
        for spec in actions.specs():
            if not spec.menu:
                continue
            self._menu(spec.menu).addAction(actions[spec.id])
            if spec.id == "project.sample":
                self._menus["File"].addMenu(self._recent)
            if spec.id in _LAST_OF_GROUP:
                self._menus[spec.menu.partition("/")[0]].addSeparator()

    def _menu(self, name: str) -> QMenu:
        """The menu of this name; one inside another stands where it is first needed."""
        parent, _, last = name.rpartition("/")
        if name not in self._menus:
            self._menus[name] = self._menus[parent].addMenu(self._window.tr(last))
        return self._menus[name]

    def add_panels(self, toggles: Iterable[QAction]) -> None:
        """Let the View menu show and hide the panels."""
        for toggle in toggles:
            dock = toggle.parent()
            name = dock.objectName() if isinstance(dock, QDockWidget) else toggle.text()
            self._actions.adopt(
                ActionSpec(f"panel.{name}", toggle.text(), menu="View/Panels", tip="Show or hide"), toggle
            )
            self._menu("View/Panels").addAction(toggle)

    def show_scheme(self, scheme: LabelScheme) -> None:
        """Have the scheme's kinds and roles in the Mark menu; those of an earlier scheme went with their actions."""
        for kind in scheme.kinds:
            self._menus["Mark/Kind"].addAction(self._actions[f"kind.{kind.id}"])
        for role in scheme.roles:
            self._menus["Mark/Role"].addAction(self._actions[f"role.{role.id}"])

    def _fill_recent(self) -> None:
        self._recent.clear()
        for place in self._settings.get("recent_projects"):
            action = self._recent.addAction(place)
            action.triggered.connect(lambda _checked=False, place=place: self._open_project(place))
        if not self._recent.actions():
            self._recent.addAction(self._recent.tr("None yet")).setEnabled(False)

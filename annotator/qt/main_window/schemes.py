"""Have the window wear the project's label scheme: keys, buttons, menus, colours, guidelines."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDockWidget, QMainWindow

from annotator.core.errors import AnnotatorError
from annotator.qt.dialogs.scheme_editor import SchemeEditor
from annotator.qt.main_window.gestures import Gestures
from annotator.qt.main_window.look import Look
from annotator.qt.main_window.menus import Menus
from annotator.qt.palette.bar import PaletteBar
from annotator.qt.palette.guidelines import GuidelinesPanel
from annotator.qt.support.actions import Actions
from annotator.qt.support.jobs import Job, Jobs
from annotator.qt.support.session import Session
from annotator.workspace.schemes import ChangeScheme, kinds_in_use


class Schemes(QObject):
    """Follows the scheme of the project, whoever changes it."""

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        actions: Actions,
        gestures: Gestures,
        menus: Menus,
        look: Look,
        palette: PaletteBar,
        guidelines: QDockWidget,
    ) -> None:
        window = guidelines.parentWidget()
        assert isinstance(window, QMainWindow)
        super().__init__(window)
        self._session = session
        self._jobs = jobs
        self._editor: SchemeEditor | None = None
        self._window = window
        self._actions = actions
        self._gestures = gestures
        self._menus = menus
        self._look = look
        self._guidelines = guidelines
        guidelines.toggleViewAction().triggered.connect(self._toggled)
        actions.on("help.guidelines", self.show_guidelines)
        actions.on("scheme.edit", self.edit)
        session.schemeChanged.connect(self.wear)
        session.leaving.connect(self._leave)
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

    def edit(self) -> None:
        """Open the editor of the scheme."""
        project = self._session.project
        if self._editor is not None:
            self._editor.raise_()
            self._editor.activateWindow()
            return
        editor = SchemeEditor(project.scheme, self._actions, self._window)
        self._editor = editor
        editor.applied.connect(self._apply)
        editor.finished.connect(self._closed)
        reading = project.reading

        def work(_job: Job) -> dict[str, int]:
            return kinds_in_use(reading)

        self._jobs.run(self.tr("Counting kinds"), work, self._counted, quiet=True)
        editor.show()

    @property
    def editor(self) -> SchemeEditor | None:
        """The editor, while it is open."""
        return self._editor

    def _closed(self) -> None:
        self._editor = None

    def _counted(self, used: dict[str, int]) -> None:
        if self.editor is not None:
            self.editor.show_used(used)

    def _apply(self, plain: dict[str, Any], moved: dict[str, str]) -> None:
        editor = self.editor
        try:
            self._session.execute(ChangeScheme(plain, moved))
        except AnnotatorError as refused:
            if editor is not None:
                editor.say(str(refused))
            return
        if editor is not None:
            editor.close()
        self._session.notice.emit(self.tr("The label scheme was changed. Undo takes it back."))

    def _leave(self) -> None:
        if self.editor is not None:
            self.editor.close()

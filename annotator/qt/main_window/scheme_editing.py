"""Open the editor of the label scheme, and carry out what was changed in it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.core.errors import AnnotatorError
from annotator.qt.dialogs.scheme_editor import SchemeEditor
from annotator.qt.support.actions import Actions
from annotator.qt.support.jobs import Job, Jobs
from annotator.qt.support.session import Session
from annotator.workspace.schemes import ChangeScheme, kinds_in_use


class SchemeEditing(QObject):
    """The way into the editor and out of it, with one editor at a time."""

    def __init__(self, session: Session, jobs: Jobs, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._jobs = jobs
        self._actions = actions
        self._window = window
        self._editor: SchemeEditor | None = None
        actions.on("scheme.edit", self.edit)
        session.leaving.connect(self._leave)

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

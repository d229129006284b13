"""Train a model on what was marked, in a process of its own, while the window goes on."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment
from PySide6.QtWidgets import QWidget

from annotator.core.errors import BrokenLaw
from annotator.qt.suggestions.panel import SuggestionsPanel
from annotator.qt.support.actions import Actions
from annotator.qt.support.session import Session
from annotator.workspace.paths import models_folder
from annotator.workspace.settings import Settings


class Training(QObject):
    """Starts, follows and stops a training; the model joins the suggesters when it is done.

    The project's file is read by the other process; marks made meanwhile are for the next training.
    """

    def __init__(
        self,
        session: Session,
        settings: Settings,
        actions: Actions,
        panel: SuggestionsPanel,
        ask: Callable[[QWidget, str, str, str], bool],
        window: QWidget,
    ) -> None:
        """`ask` puts a question to the user: title, question, the word for yes."""
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._actions = actions
        self._panel = panel
        self._ask = ask
        self._window = window
        self._process: QProcess | None = None
        self._said = ""
        actions.on("suggest.train", self.start_or_stop)
        for folder in settings.get("models"):
            if (Path(str(folder)) / "card.json").is_file():
                self._offer(Path(str(folder)))
        window.destroyed.connect(self.stop)

    def _offer(self, folder: Path) -> None:
        if self._panel.who.findData(str(folder)) < 0:
            self._panel.who.addItem(self.tr("Model {0}").format(folder.name), str(folder))

    def running(self) -> bool:
        """Whether a training is under way."""
        return self._process is not None

    def start_or_stop(self) -> None:
        """Begin a training; while one is under way, ask whether to end it (what was learnt by then is kept)."""
        if self._process is not None:
            question = self.tr("A model is being trained. End it now and keep the best it has learnt so far?")
            if self._ask(self._window, self.tr("Training"), question, self.tr("End it")):
                self.stop()
            return
        place = self._session.project.place
        if "://" in place:
            raise BrokenLaw("A shared project is trained on at the prompt: annotator train URL MODEL_DIR.")
        stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M")
        folder = models_folder() / f"{Path(place).stem}-{stamp}"
        self.begin([place, str(folder)], folder)

    def begin(self, words: list[str], folder: Path) -> None:
        """Start the other process: annotator train WORDS."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("ANNOTATOR_PROGRESS", "lines")
        process.setProcessEnvironment(environment)
        frozen = bool(getattr(sys, "frozen", False))
        own = [] if frozen else ["-m", "annotator"]
        process.readyReadStandardError.connect(self._follow)
        process.finished.connect(lambda code, _status: self._ended(code, folder))
        process.errorOccurred.connect(lambda _wrong: self._broke())
        self._said = ""
        self._process = process
        self._actions["suggest.train"].setText(self.tr("End the training…"))
        process.start(sys.executable, [*own, "train", *words, "--json"])
        self._session.notice.emit(
            self.tr("Training on what people have marked here; you can go on working meanwhile.")
        )

    def _follow(self) -> None:
        if self._process is None:
            return
        told = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        lines = [line.strip() for line in told.splitlines() if line.strip()]
        if lines:
            self._said = lines[-1]
            self._session.notice.emit(self._said)

    def _broke(self) -> None:
        if self._process is not None and self._process.state() == QProcess.ProcessState.NotRunning:
            self._free()
            self._session.notice.emit(self.tr("The training could not be started."))

    def _ended(self, code: int, folder: Path) -> None:
        process = self._process
        if process is None:
            return
        told = bytes(process.readAllStandardOutput().data()).decode("utf-8", "replace")
        self._follow()
        self._free()
        if code > 1 or not told.strip():
            self._session.notice.emit(
                self._said or self.tr("The training ended without a model; the suggesters are as before.")
            )
            return
        found = json.loads(told.strip().splitlines()[-1])
        self._settings.set("models", [*self._settings.get("models"), str(folder)])
        self._offer(folder)
        self._panel.who.setCurrentIndex(self._panel.who.findData(str(folder)))
        self._session.notice.emit(self._outcome(found))

    def _outcome(self, found: dict[str, object]) -> str:
        """Before and after, in words."""
        sentence = str(found.get("sentence") or "")
        measures = found.get("measures")
        shown = []
        if isinstance(measures, dict):
            for way, values in measures.items():
                score = values.get("who-said-what overlap") if isinstance(values, dict) else None
                if score is not None:
                    shown.append(f"{way} {float(score):.2f}")
        said = " · ".join(shown)
        return f"{sentence} {self.tr('Who said what: {0}.').format(said)}" if said else sentence

    def _free(self) -> None:
        if self._process is not None:
            self._process.deleteLater()
        self._process = None
        self._actions["suggest.train"].setText(self.tr("Train on my project"))

    def stop(self) -> None:
        """End a training that is under way; it keeps the best it has learnt so far."""
        process = self._process
        if process is not None and process.state() != QProcess.ProcessState.NotRunning:
            process.terminate()

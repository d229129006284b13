"""What to look for and where: the line to type in, the way to look, the scope."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from annotator.core.sources import Source
from annotator.qt.support.icons import swatch
from annotator.qt.support.session import Session
from annotator.workspace.concordance import KIND, PATTERN, SAME, SOURCE, WORDS

ARTICLE, STORY, PROJECT = "article", "story", "project"
NARROWEST = 118
"""Pixels that a box of choices takes at least."""

_PAUSE = 250
"""How long typing must pause, in milliseconds, before the search begins by itself."""


class WordsLine(QLineEdit):
    """The line to type in.

    Signals:
        downPressed(): the reader wants to go on to the hits.
    """

    downPressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.downPressed.emit()
        else:
            super().keyPressEvent(event)


class Asking(QWidget):
    """The upper row of the concordance.

    Signals:
        changed(): what to look for, or where, is another now.
        entered(): the reader is done typing and wants to see the hits.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.mode = QComboBox(self)
        self.mode.setAccessibleName(self.tr("Look for"))
        self._hints = {
            WORDS: self.tr("Words, “a phrase”, prefix*"),
            PATTERN: self.tr("Regular expression; press Enter to search"),
            SOURCE: self.tr("Name of a source"),
            SAME: self.tr("Words to tag wherever they stand"),
        }
        for mode, words in (
            (WORDS, self.tr("Words")),
            (PATTERN, self.tr("Regular expression")),
            (SOURCE, self.tr("Source")),
            (KIND, self.tr("Kind")),
            (SAME, self.tr("All occurrences")),
        ):
            self.mode.addItem(words, mode)
        self.line = WordsLine(self)
        self.line.setAccessibleName(self.tr("What to look for"))
        self.line.setClearButtonEnabled(True)
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(self.tr("Kind to look for"))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.line)
        self._stack.addWidget(self.kind)
        self.scope = QComboBox(self)
        self.scope.setAccessibleName(self.tr("Where to look"))
        for scope, words in (
            (PROJECT, self.tr("Whole project")),
            (STORY, self.tr("This story")),
            (ARTICLE, self.tr("This article")),
        ):
            self.scope.addItem(words, scope)
        for box in (self.mode, self.scope):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            # In a narrow window the panels at the sides need the room more.
            box.setMinimumWidth(NARROWEST)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.mode)
        row.addWidget(self._stack, 1)
        row.addWidget(self.scope)
        self._stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.changed)
        self.mode.currentIndexChanged.connect(self._mode_changed)
        self.scope.currentIndexChanged.connect(self._at_once)
        self.kind.currentIndexChanged.connect(self._at_once)
        self.line.textEdited.connect(self._typed)
        self.line.textChanged.connect(self._cleared)
        self.line.returnPressed.connect(self._entered)
        self._completer.activated.connect(lambda _name: self._pause.start())
        session.projectChanged.connect(self._fill)
        session.schemeChanged.connect(self._fill)
        self._fill()
        self._show_mode()

    def _fill(self) -> None:
        project = self._session.workspace
        self.kind.blockSignals(True)
        self.kind.clear()
        for kind in project.scheme.kinds if project is not None else ():
            self.kind.addItem(kind.name, kind.id)
        self.kind.blockSignals(False)
        self.line.clear()

    def dress(self, *, dark: bool) -> None:
        """Draw the kinds' signs for a dark or a light ground."""
        project = self._session.workspace
        for at, kind in enumerate(project.scheme.kinds if project is not None else ()):
            self.kind.setItemIcon(at, swatch(kind.colour_dark if dark else kind.colour, kind.glyph))

    def ask(self, mode: str, typed: str, scope: str) -> None:
        """Look for this, there."""
        for box, value in ((self.mode, mode), (self.scope, scope)):
            box.blockSignals(True)
            box.setCurrentIndex(box.findData(value))
            box.blockSignals(False)
        self.line.setText(typed)
        self.line.setCursorPosition(0)
        self._show_mode()
        self._at_once()

    def _show_mode(self) -> None:
        mode = self.what()
        field = self.kind if mode == KIND else self.line
        self._stack.setCurrentWidget(field)
        self.setFocusProxy(field)
        self.line.setPlaceholderText(self._hints.get(mode, ""))
        self.line.setToolTip(
            self.tr("Case is ignored unless the expression says (?-i:…)") if mode == PATTERN else ""
        )
        if mode == SOURCE and self._session.workspace is not None:
            self._names.setStringList([one.name for one in self._session.workspace.registry.every(Source)])
            self.line.setCompleter(self._completer)
        else:
            self.line.setCompleter(None)  # type: ignore[arg-type]

    def _mode_changed(self) -> None:
        self._show_mode()
        self._at_once()

    def _typed(self) -> None:
        if self.what() != PATTERN:
            self._pause.start()

    def _cleared(self, typed: str) -> None:
        if not typed:
            self._at_once()

    def _entered(self) -> None:
        self._at_once()
        self.entered.emit()

    def _at_once(self) -> None:
        self._pause.stop()
        self.changed.emit()

    def what(self) -> str:
        """How to look: one of the modes."""
        return str(self.mode.currentData())

    def typed(self) -> str:
        """What to look for."""
        return str(self.kind.currentData() or "") if self.what() == KIND else self.line.text()

    def where(self) -> str:
        """Where to look: ARTICLE, STORY or PROJECT."""
        return str(self.scope.currentData())

"""The guidelines beside the text: what the kind in hand, or the label under the mouse, is for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.core.scheme import Kind, Role
from annotator.qt.support.icons import swatch
from annotator.qt.support.session import Session

_DARK = 128
_FULL = 85


class GuidelinesPanel(QScrollArea):
    """One label's description and examples above the whole text of the project's guidelines."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._hovered = ""
        self.setAccessibleName(self.tr("Guidelines"))
        self.setMinimumWidth(270)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QFrame(self)
        self._sign = QLabel(page)
        self._sign.setAccessibleName(self.tr("Sign of the label"))
        self.name = self._label(page, "heading", self.tr("Label"))
        self.description = self._label(page, "", self.tr("What it is for"))
        self.examples = self._label(page, "muted", self.tr("Examples"))
        self._title = self._label(page, "heading", self.tr("Title of the guidelines"))
        self.words = self._label(page, "", self.tr("Text of the guidelines"))
        head = QHBoxLayout()
        head.addWidget(self._sign)
        head.addWidget(self.name, 1)
        box = QVBoxLayout(page)
        box.setContentsMargins(14, 12, 14, 14)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self.description)
        box.addWidget(self.examples)
        box.addSpacing(10)
        box.addWidget(self._title)
        box.addWidget(self.words)
        box.addStretch(1)
        self.setWidget(page)
        for signal in (
            session.projectChanged,
            session.schemeChanged,
            session.currentChanged,
            session.changed,
        ):
            signal.connect(self.refresh)

    @staticmethod
    def _label(page: QWidget, role: str, name: str) -> QLabel:
        label = QLabel(page)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setAccessibleName(name)
        if role:
            label.setProperty("role", role)
        return label

    def hover(self, label: str) -> None:
        """The mouse is over this label (kind.… or role.…), or over none."""
        self._hovered = label
        self.refresh()

    def refresh(self) -> None:
        """Show the label that matters now."""
        project = self._session.workspace
        if project is None or not self.isVisible():
            return
        scheme = project.scheme
        what, _, label_id = self._hovered.partition(".")
        mark = self._session.attribution()
        shown: Kind | Role | None = scheme.role(label_id) if what == "role" else scheme.kind(label_id)
        if shown is None:
            shown = scheme.kind(mark.kind) if mark is not None else None
        self._show(shown)
        self._title.setText(self.tr("{0}, version {1}").format(scheme.title, scheme.guideline_version))
        self.words.setText(_flowing(scheme.guidelines.strip()))

    def _show(self, shown: Kind | Role | None) -> None:
        known = shown is not None
        for label in (self.name, self.description, self.examples, self._sign):
            label.setVisible(known)
        if shown is None:
            return
        dark = self.palette().color(QPalette.ColorRole.Window).lightness() < _DARK
        if isinstance(shown, Kind):
            colour = shown.colour_dark if dark else shown.colour
            self._sign.setPixmap(swatch(colour, shown.glyph).pixmap(16, 16))
        self._sign.setVisible(isinstance(shown, Kind))
        self.name.setText(self.tr("{0}, key {1}").format(shown.name, shown.key) if shown.key else shown.name)
        self.description.setText(shown.description)
        examples = shown.examples if isinstance(shown, Kind) else ()
        self.examples.setText("\n\n".join(examples))
        self.examples.setVisible(bool(examples))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()


def _flowing(words: str) -> str:
    """A text without the line ends that only kept its lines from growing too long for a file."""
    made, full = "", False
    for line in words.splitlines():
        goes_on = full and bool(line.strip())
        made += (" " if goes_on else "\n") + (line.strip() if goes_on else line)
        full = len(line) >= _FULL
    return made.removeprefix("\n")

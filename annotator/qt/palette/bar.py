"""The labels in reach: a button for each kind and role, with its key."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

from annotator.core.scheme import LabelScheme
from annotator.qt.support.actions import Actions

_WIDTHS = (None, 120, 108, 98, 90, 82, 75, 68, 62, 56, 50, 44, 38)
"""How many pixels the name of a kind may take, from all it needs down to what still tells it from the next."""

_MARGIN, _SPACING = 34, 4


@dataclass(frozen=True, slots=True)
class _Label:
    """A button and what it says."""

    button: QToolButton
    key: str
    name: str
    is_role: bool


class PaletteBar(QToolBar):
    """Buttons that do what the kinds' and roles' keys do; the kind of the attribution in hand is lit.

    Where they do not fit side by side the roles show their keys alone, then the kinds' names are cut: none hides.

    Signals:
        hovered(str): the action of the label under the mouse; empty when there is none.
    """

    hovered = Signal(str)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setWindowTitle(self.tr("Labels"))
        self.setAccessibleName(self.tr("Labels"))
        self.setMovable(False)
        self.setIconSize(QSize(16, 16))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._actions = actions
        self._buttons: dict[str, QToolButton] = {}
        self._labels: list[_Label] = []

    def show_scheme(self, scheme: LabelScheme) -> None:
        """Have a button for each kind and for each role that has a key."""
        self.clear()
        self._buttons.clear()
        self._labels.clear()
        for kind in (one for one in scheme.kinds if not one.hidden):
            self._buttons[kind.id] = self._button(f"kind.{kind.id}", kind.name, is_role=False)
        self.addSeparator()
        for role in scheme.roles:
            if role.key:
                self._button(f"role.{role.id}", role.name, is_role=True)
        self._fit()

    def _button(self, action_id: str, name: str, *, is_role: bool) -> QToolButton:
        action = self._actions[action_id]
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button = QToolButton(self)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(action.icon())
        button.setToolTip(action.toolTip())
        button.setAccessibleName(f"{name}, {key}" if key else name)
        button.setCheckable(not is_role)
        # The words stay selected and the article keeps the keyboard while the mouse presses a label.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setProperty("action_id", action_id)
        button.installEventFilter(self)
        button.clicked.connect(lambda: self._pressed(action_id, button))
        self.addWidget(button)
        self._labels.append(_Label(button, key, name, is_role))
        return button

    def _fit(self) -> None:
        """Say as much as there is room for."""
        for short_roles in (False, True):
            for most in _WIDTHS if short_roles else _WIDTHS[:1]:
                self._say(short_roles=short_roles, most=most)
                if self._needed() <= self.width():
                    return

    def _say(self, *, short_roles: bool, most: int | None) -> None:
        metrics = self.fontMetrics()
        for label in self._labels:
            name = label.name
            if label.is_role and short_roles and label.key:
                name = ""
            elif not label.is_role and most is not None:
                name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, most)
            label.button.setText("  ".join(part for part in (label.key, name) if part))

    def _needed(self) -> int:
        return _MARGIN + sum(label.button.sizeHint().width() + _SPACING for label in self._labels)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _pressed(self, action_id: str, button: QToolButton) -> None:
        if button.isCheckable():
            # What is lit follows the attribution in hand, not the click.
            button.setChecked(not button.isChecked())
        self._actions[action_id].trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            over = event.type() == QEvent.Type.Enter
            self.hovered.emit(str(watched.property("action_id")) if over else "")
        return False

    def light(self, kind: str | None) -> None:
        """Light the kind of the attribution in hand."""
        for kind_id, button in self._buttons.items():
            button.setChecked(kind_id == kind)

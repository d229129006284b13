"""The labels in reach: a button for each kind and role, with its key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

from annotator.core.scheme import LabelScheme
from annotator.qt.support.actions import Actions


class PaletteBar(QToolBar):
    """Buttons that do what the kinds' and roles' keys do; the kind of the attribution in hand is lit.

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

    def show_scheme(self, scheme: LabelScheme) -> None:
        """Have a button for each kind and for each role that has a key."""
        self.clear()
        self._buttons.clear()
        for kind in (one for one in scheme.kinds if not one.hidden):
            self._buttons[kind.id] = self._button(f"kind.{kind.id}", kind.name, checkable=True)
        self.addSeparator()
        for role in scheme.roles:
            if role.key:
                self._button(f"role.{role.id}", role.name, checkable=False)

    def _button(self, action_id: str, name: str, *, checkable: bool) -> QToolButton:
        action = self._actions[action_id]
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button = QToolButton(self)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(action.icon())
        button.setText(f"{key}  {name}" if key else name)
        button.setToolTip(action.toolTip())
        button.setAccessibleName(f"{name}, {key}" if key else name)
        button.setCheckable(checkable)
        # The words stay selected and the article keeps the keyboard while the mouse presses a label.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setProperty("action_id", action_id)
        button.installEventFilter(self)
        button.clicked.connect(lambda: self._pressed(action_id, button))
        self.addWidget(button)
        return button

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

"""Preferences: one row a setting, and every action's keys."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.qt.support.actions import Actions
from annotator.workspace.settings import TABLE, Setting, Settings

_DATA = Qt.ItemDataRole.UserRole
_INDENT = 7
"""Pixels before a number, which stands at the very edge otherwise: style sheets do not reach inside a spin box."""

_SAID = {
    ("theme", "system"): "As the system",
    ("theme", "contrast"): "High contrast",
    ("columns", 0): "As many as fit",
}
"""What choices are called that do not speak for themselves."""


class PreferencesDialog(QDialog):
    """What a user can set; each change holds at once.

    Signals:
        changed(str): the name of a setting that has another value now.
    """

    changed = Signal(str)

    def __init__(self, settings: Settings, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self.setAccessibleName(self.tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 560)
        self._settings = settings
        tabs = QTabWidget(self)
        tabs.setAccessibleName(self.tr("Groups of preferences"))
        tabs.addTab(self._general(), self.tr("General"))
        self.keys = KeysEditor(settings, actions, self)
        tabs.addTab(self.keys, self.tr("Keys"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.addWidget(tabs)

    def _general(self) -> QWidget:
        page = QWidget(self)
        form = QFormLayout(page)
        form.setContentsMargins(16, 16, 16, 16)
        form.setVerticalSpacing(12)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for setting in TABLE:
            if not setting.internal:
                field = self._field(setting)
                field.setAccessibleName(self.tr(setting.words))
                form.addRow(self.tr(setting.words), field)
        return page

    def _field(self, setting: Setting) -> QWidget:
        value = self._settings.get(setting.name)
        if setting.choices:
            box = QComboBox(self)
            for choice in setting.choices:
                words = self.tr(_SAID.get((setting.name, choice), str(choice).capitalize()))
                box.addItem(words, choice)
            box.setCurrentIndex(box.findData(value))
            box.activated.connect(lambda: self._set(setting.name, box.currentData()))
            return box
        if isinstance(setting.default, float):
            decimal = QDoubleSpinBox(self)
            coarse = setting.default > 4
            decimal.setDecimals(1 if coarse else 2)
            decimal.lineEdit().setTextMargins(_INDENT, 0, 0, 0)
            decimal.setSingleStep(0.5 if coarse else 0.05)
            decimal.setRange(*(setting.between or (0.5, 96)))
            decimal.setValue(value)
            decimal.valueChanged.connect(lambda number: self._set(setting.name, number))
            return decimal
        line = QLineEdit(str(value), self)
        if setting.name == "annotator" and not value:
            line.setPlaceholderText(self._settings.annotator_name())
        line.editingFinished.connect(lambda: self._set(setting.name, line.text().strip()))
        return line

    def _set(self, name: str, value: Any) -> None:
        if value != self._settings.get(name):
            self._settings.set(name, value)
            self.changed.emit(name)


class KeysEditor(QWidget):
    """A table of all actions; the key of the chosen one can be changed, never to one that is taken."""

    def __init__(self, settings: Settings, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions = actions
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText(self.tr("Filter actions"))
        self._filter.setAccessibleName(self.tr("Filter actions"))
        self._filter.textChanged.connect(self._show)
        self.table = QTableWidget(0, 2, self)
        self.table.setAccessibleName(self.tr("Actions and keys"))
        self.table.setHorizontalHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.edit = QKeySequenceEdit(self)
        self.edit.setAccessibleName(self.tr("New key"))
        self.edit.setMaximumSequenceLength(1)
        take = QPushButton(self.tr("Set key"), self)
        take.clicked.connect(lambda: self.set_key(self._chosen(), self.edit.keySequence().toString()))
        none = QPushButton(self.tr("No key"), self)
        none.clicked.connect(lambda: self.set_key(self._chosen(), ""))
        back = QPushButton(self.tr("Usual key"), self)
        back.clicked.connect(lambda: self.reset(self._chosen()))
        self.said = QLabel(self)
        self.said.setProperty("role", "muted")
        self.said.setWordWrap(True)
        self.said.setAccessibleName(self.tr("What came of it"))
        row = QHBoxLayout()
        for button in (take, none, back):
            button.setAutoDefault(False)
        row.addWidget(self.edit, 1)
        for widget in (take, none, back):
            row.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(8)
        box.addWidget(self._filter)
        box.addWidget(self.table, 1)
        box.addLayout(row)
        box.addWidget(self.said)
        self._fill()

    def _fill(self) -> None:
        specs = self._actions.specs()
        self.table.setRowCount(len(specs))
        for at, spec in enumerate(specs):
            item = QTableWidgetItem(self._actions[spec.id].text().rstrip("…"))
            item.setData(_DATA, spec.id)
            self.table.setItem(at, 0, item)
            self.table.setItem(at, 1, QTableWidgetItem(", ".join(self._actions.keys(spec.id))))

    def _show(self, typed: str) -> None:
        for at in range(self.table.rowCount()):
            item = self.table.item(at, 0)
            self.table.setRowHidden(at, item is None or typed.casefold() not in item.text().casefold())

    def _chosen(self) -> str:
        item = self.table.item(self.table.currentRow(), 0)
        return str(item.data(_DATA)) if item is not None else ""

    def set_key(self, action_id: str, key: str) -> None:
        """Give an action a key (empty: none); refused when another action has it."""
        if not action_id:
            self.said.setText(self.tr("Choose an action first."))
            return
        taken = self._actions.who_has(key) if key else None
        if taken is not None and taken != action_id:
            words = self._actions[taken].text().rstrip("…")
            self.said.setText(
                self.tr("{0} belongs to “{1}” already; nothing was changed.").format(key, words)
            )
            return
        self._keep(action_id, [key] if key else [])

    def reset(self, action_id: str) -> None:
        """Give an action its usual keys again."""
        if action_id:
            kept = {name: keys for name, keys in self._settings.get("keys").items() if name != action_id}
            self._settings.set("keys", kept)
            self._actions.set_keys(action_id, None)
            self._fill()
            self.said.setText("")

    def _keep(self, action_id: str, keys: list[str]) -> None:
        self._settings.set("keys", {**self._settings.get("keys"), action_id: keys})
        self._actions.set_keys(action_id, keys)
        self._fill()
        native = ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
        self.said.setText(
            self.tr("Key set: {0}").format(native) if keys else self.tr("This action has no key now.")
        )

"""The editor of the project's label scheme: what a change affects is said before it is made."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError, BadInput
from annotator.core.scheme import Feature, Kind, LabelScheme, Role, scheme_from_plain, scheme_to_plain
from annotator.core.writing import new_file
from annotator.qt.dialogs.ordered_rows import OrderedList, OrderedTable, step_buttons
from annotator.qt.dialogs.scheme_kind import KindForm
from annotator.qt.support.actions import Actions
from annotator.qt.support.icons import swatch
from annotator.qt.support.wearing import wear
from annotator.workspace.schemes import Effect, effects, read_plain, written

_SPARE_KEYS = "1234567890"


class SchemeEditor(QDialog):
    """Kinds, roles, features and guidelines, changed as one.

    Signals:
        applied(object, object): the scheme as plain values, and which kind the marks of a removed kind take on.
    """

    applied = Signal(object, object)

    def __init__(self, scheme: LabelScheme, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Label scheme"))
        self.setAccessibleName(self.tr("Label scheme"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(920, 720)
        self._actions = actions
        self._before = scheme
        self._kinds: list[Kind] = []
        self._used: dict[str, int] | None = None
        self._goals: dict[str, QComboBox] = {}
        self.kinds = OrderedList(self.tr("Kinds"), self)
        self.kinds.currentRowChanged.connect(self._show_kind)
        self.kinds.moved.connect(self._kind_moved)
        self.form = KindForm(self)
        self.form.changed.connect(self._kind_changed)
        self.roles = OrderedTable(
            self.tr("Roles"),
            [self.tr("Id"), self.tr("Name"), self.tr("Key"), self.tr("Description")],
            ("new_role", self.tr("New role"), "", ""),
            self,
        )
        self.features = OrderedTable(
            self.tr("Features"),
            [self.tr("Id"), self.tr("Name"), self.tr("Values, separated by commas")],
            ("new_feature", self.tr("New feature"), ""),
            self,
        )
        self.roles.changed.connect(self._look)
        self.features.changed.connect(self._look)
        self.title = QLineEdit(self)
        self.version = QLineEdit(self)
        self.overlap = QCheckBox(self.tr("Two attributions may have the same role on the same words"), self)
        self.overlap.setToolTip(self.tr("If not, marking such words is refused"))
        self.overlap.clicked.connect(lambda _checked: self._look())
        self.guidelines = QPlainTextEdit(self)
        self.affects = QLabel(self)
        self.affects.setWordWrap(True)
        self.affects.setTextFormat(Qt.TextFormat.PlainText)
        self.affects.setAccessibleName(self.tr("What the change affects"))
        self._moves = QFormLayout()
        self.apply = self._button(self.tr("Apply"), self._apply)
        self.apply.setProperty("role", "primary")
        self._lay_out()
        self.show_scheme(scheme)

    def _button(self, words: str, do: object, name: str = "") -> QPushButton:
        button = QPushButton(words, self)
        button.setAccessibleName(name)
        button.setAutoDefault(False)
        button.clicked.connect(do)
        return button

    def _lay_out(self) -> None:
        tabs = QTabWidget(self)
        tabs.setAccessibleName(self.tr("Parts of the scheme"))
        side = QWidget(self)
        side.setFixedWidth(270)
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.kinds, 1)
        row = QHBoxLayout()
        row.addWidget(self._button(self.tr("Add"), self.add_kind, self.tr("Add kind")))
        row.addWidget(self._button(self.tr("Remove"), self.remove_kind, self.tr("Remove kind")))
        for button in step_buttons(self.kinds.move_by, self):
            row.addWidget(button)
        left.addLayout(row)
        page = QWidget(self)
        sides = QHBoxLayout(page)
        sides.addWidget(side)
        sides.addWidget(self.form, 1)
        tabs.addTab(page, self.tr("Kinds"))
        page = QWidget(self)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 8)
        box.addWidget(self.roles, 1)
        law = QHBoxLayout()
        law.setContentsMargins(9, 0, 9, 0)
        law.addWidget(self.overlap)
        box.addLayout(law)
        tabs.addTab(page, self.tr("Roles"))
        tabs.addTab(self.features, self.tr("Features"))
        page = QWidget(self)
        form = QFormLayout(page)
        form.setContentsMargins(12, 12, 12, 12)
        form.setHorizontalSpacing(12)
        for words, field in (
            (self.tr("Title"), self.title),
            (self.tr("Version"), self.version),
            (self.tr("Text"), self.guidelines),
        ):
            field.setAccessibleName(words)
            field.textChanged.connect(self._look)
            form.addRow(words, field)
        tabs.addTab(page, self.tr("Guidelines"))
        foot = QHBoxLayout()
        foot.addWidget(self._button(self.tr("Read from file…"), self._ask_read))
        foot.addWidget(self._button(self.tr("Write to file…"), self._ask_write))
        foot.addStretch(1)
        foot.addWidget(self._button(self.tr("Close"), self.close))
        foot.addWidget(self.apply)
        box = QVBoxLayout(self)
        box.addWidget(tabs, 1)
        box.addWidget(self.affects)
        box.addLayout(self._moves)
        box.addLayout(foot)

    def show_scheme(self, scheme: LabelScheme) -> None:
        """Fill everything from a scheme."""
        self._shown = scheme
        self._kinds = list(scheme.kinds)
        self.title.setText(scheme.title)
        self.version.setText(scheme.guideline_version)
        self.overlap.setChecked(scheme.same_role_may_overlap)
        self.guidelines.setPlainText(scheme.guidelines)
        self.roles.fill([(one.id, one.name, one.key, one.description) for one in scheme.roles])
        self.features.fill([(one.id, one.name, ", ".join(one.values)) for one in scheme.features])
        self._list_kinds(0)

    def show_used(self, used: dict[str, int]) -> None:
        """Take over how many attributions have each kind."""
        self._used = used
        self._look()

    def _list_kinds(self, row: int) -> None:
        self.kinds.blockSignals(True)
        self.kinds.clear()
        for kind in self._kinds:
            item = QListWidgetItem(self.kinds)
            self._dress(item, kind)
        self.kinds.setCurrentRow(row)
        self.kinds.blockSignals(False)
        self._show_kind(row)
        self._look()

    def _dress(self, item: QListWidgetItem, kind: Kind) -> None:
        dark = self.palette().window().color().lightness() < 128
        item.setIcon(swatch(kind.colour_dark if dark else kind.colour, kind.glyph))
        item.setText(self.tr("{0} (hidden)").format(kind.name) if kind.hidden else kind.name)

    def _show_kind(self, row: int) -> None:
        if 0 <= row < len(self._kinds):
            self.form.show_kind(self._kinds[row])

    def _kind_changed(self, kind: Kind) -> None:
        row = self.kinds.currentRow()
        self._kinds[row] = kind
        self._dress(self.kinds.item(row), kind)
        self._look()

    def _kind_moved(self, start: int, to: int) -> None:
        self._kinds.insert(to, self._kinds.pop(start))
        self._look()

    def add_kind(self) -> None:
        """Add a kind with a key that is free."""
        ids, keys = {one.id for one in self._kinds}, {one.key for one in self._kinds}
        at = next(at for at in range(1, len(ids) + 2) if f"kind_{at}" not in ids)
        key = next((one for one in _SPARE_KEYS if one not in keys), "")
        self._kinds.append(Kind(f"kind_{at}", self.tr("New kind"), key))
        self._list_kinds(len(self._kinds) - 1)
        self.form.name.setFocus()
        self.form.name.selectAll()

    def remove_kind(self) -> None:
        """Take the chosen kind out; where marks have it, it is asked below where they go."""
        row = self.kinds.currentRow()
        if row >= 0 and len(self._kinds) > 1:
            del self._kinds[row]
            self._list_kinds(min(row, len(self._kinds) - 1))

    def scheme(self) -> LabelScheme:
        """The scheme as it stands in the editor.

        Raises:
            BadInput: when it contradicts itself, or a key of the program.
        """
        kinds = []
        for kind in self._kinds:
            if not kind.name:
                raise BadInput("Each kind needs a name.")
            known = self._before.kind(kind.id) is not None
            kinds.append(kind if known else replace(kind, id=_id_of(kind.name, kind.id)))
        free = {one.id: one.free for one in self._shown.features}
        built = LabelScheme(
            self._shown.name,
            self.title.text().strip() or self._shown.name,
            tuple(kinds),
            tuple(Role(*row) for row in self.roles.rows()),
            tuple(
                Feature(
                    row[0],
                    row[1],
                    tuple(one.strip() for one in row[2].split(",") if one.strip()),
                    free.get(row[0], False),
                )
                for row in self.features.rows()
            ),
            self.guidelines.toPlainText(),
            self.version.text().strip() or "1",
            self.overlap.isChecked(),
        )
        after = scheme_from_plain(scheme_to_plain(built), built.title)
        labels = [(one.key, one.name) for one in after.kinds if not one.hidden]
        for key, name in (*labels, *((one.key, one.name) for one in after.roles)):
            owner = self._actions.who_has(key) if key else None
            if owner is not None and not owner.startswith(("kind.", "role.")):
                words = self._actions[owner].text()
                raise BadInput(f"The key {key} of {name} belongs to “{words}”; choose another one.")
        return after

    def moved(self) -> dict[str, str]:
        """Which kind the marks of a removed kind take on, as far as it was chosen."""
        return {kind: str(box.currentData()) for kind, box in self._goals.items() if box.currentData()}

    def _look(self) -> None:
        self.form.offer_roles([(row[0], row[1]) for row in self.roles.rows()])
        try:
            after = self.scheme()
        except AnnotatorError as wrong:
            self._say(str(wrong), "danger")
            self.apply.setEnabled(False)
            return
        if self._used is None:
            self._say(self.tr("Counting the attributions of each kind…"), "muted")
            self.apply.setEnabled(False)
            return
        stuck = {one.kind: one for one in effects(self._used, self._before, after, {}) if one.how == "stuck"}
        self._offer_goals(stuck, after)
        found = effects(self._used, self._before, after, self.moved())
        waiting = any(one.how == "stuck" for one in found)
        changed = scheme_to_plain(after) != scheme_to_plain(self._before)
        usual = self.tr("No attribution is affected.") if changed else self.tr("Nothing is changed yet.")
        self._say("\n".join(map(self._worded, found)) or usual, "warning" if waiting else "muted")
        self.apply.setEnabled(changed and not waiting)

    def _worded(self, effect: Effect) -> str:
        words = {
            "moved": self.tr("{1}: {0} attributions have this kind and become {2}."),
            "renamed": self.tr("{1}: {0} attributions have this kind, which is called {2} from now on."),
            "hidden": self.tr("{1}: {0} attributions have this kind and keep it; it is no longer offered."),
            "stuck": self.tr("{1}: {0} attributions have this kind. Say below what they become."),
        }
        return words[effect.how].format(effect.marks, effect.name, effect.to)

    def _say(self, words: str, role: str) -> None:
        self.affects.setText(words)
        wear(self.affects, "role", role)

    def _offer_goals(self, stuck: dict[str, Effect], after: LabelScheme) -> None:
        for kind in [one for one in self._goals if one not in stuck]:
            self._moves.removeRow(self._goals.pop(kind))
        for kind, effect in stuck.items():
            if kind not in self._goals:
                box = QComboBox(self)
                box.setAccessibleName(self.tr("What the attributions of {0} become").format(effect.name))
                box.activated.connect(self._look)
                self._goals[kind] = box
                self._moves.addRow(self.tr("{0} becomes").format(effect.name), box)
            box, chosen = self._goals[kind], self._goals[kind].currentData()
            box.clear()
            box.addItem(self.tr("Choose…"), "")
            for one in after.kinds:
                box.addItem(one.name, one.id)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def _apply(self) -> None:
        self.applied.emit(scheme_to_plain(self.scheme()), self.moved())

    def say(self, words: str) -> None:
        """Say why a change was refused."""
        self._say(words, "danger")

    def read(self, place: str) -> None:
        """Show the scheme of a TOML file; nothing is changed until it is applied."""
        try:
            self.show_scheme(scheme_from_plain(read_plain(place), Path(place).name))
        except AnnotatorError as wrong:
            self.say(str(wrong))

    def write(self, place: str) -> None:
        """Write the scheme to a TOML file."""
        try:
            words = written(scheme_to_plain(self.scheme()))
            with new_file(Path(place)) as file:
                file.write(words.encode())
        except AnnotatorError as wrong:
            self.say(str(wrong))

    def _ask_read(self) -> None:
        place, _ = QFileDialog.getOpenFileName(self, self.tr("Read label scheme"), "", "TOML (*.toml)")
        if place:
            self.read(place)

    def _ask_write(self) -> None:
        usual = f"{self._shown.name}.toml"
        place, _ = QFileDialog.getSaveFileName(self, self.tr("Write label scheme"), usual, "TOML (*.toml)")
        if place:
            self.write(place)


def _id_of(name: str, usual: str) -> str:
    """An id made of a name's letters and digits."""
    made = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:40]
    return made if re.fullmatch(r"[a-z][a-z0-9_]*", made) else usual

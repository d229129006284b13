"""The form of one source: all that is known of it, each change at once on disk."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QSpinBox, QToolButton, QVBoxLayout, QWidget

from annotator.core.sources import Source
from annotator.qt.attributions.fields import Choice, Flag, FreeChoice, Line, NoteBox

_HALF = 0.5


class PerhapsSame(QWidget):
    """Sources that may be the same one, each with how sure that is.

    Signals:
        changed(object): the pairs of a source's id and a certainty from 0 to 1.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = self.tr("Perhaps the same as")
        self.setAccessibleName(self.title)
        self._pairs: tuple[tuple[str, float], ...] = ()
        self._names: dict[str, str] = {}
        self._rows: list[QWidget] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self.more = FreeChoice(self.tr("Add a source that may be the same"), self.tr("Add a source"), self)
        self.more.entered.connect(self._add)
        self._box.addWidget(self.more)
        self.setFocusProxy(self.more)

    def show_value(self, pairs: tuple[tuple[str, float], ...], names: dict[str, str]) -> None:
        """Show the pairs; names are those of all other sources, by id."""
        self.more.offer(sorted(names.values(), key=str.casefold))
        self.more.show_value("")
        if (pairs, names) == (self._pairs, self._names):
            return
        self._pairs, self._names = pairs, dict(names)
        for row in self._rows:
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(at) for at in range(len(pairs))]
        for at, row in enumerate(self._rows):
            self._box.insertWidget(at, row)

    def _row(self, at: int) -> QWidget:
        source_id, sure = self._pairs[at]
        name = self._names.get(source_id, "?")
        row = QWidget(self)
        label = QLabel(name, row)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setToolTip(name)
        label.setMinimumWidth(60)
        spin = QSpinBox(row)
        spin.setRange(0, 100)
        spin.setSuffix(" %")
        spin.lineEdit().setTextMargins(7, 0, 0, 0)
        spin.setValue(round(sure * 100))
        spin.setAccessibleName(self.tr("How sure that it is {0}").format(name))
        spin.setToolTip(spin.accessibleName())
        spin.editingFinished.connect(lambda: self._set(at, spin.value() / 100))
        away = QToolButton(row)
        away.setText("×")
        away.setAutoRaise(True)
        away.setAccessibleName(self.tr("It is not {0}").format(name))
        away.setToolTip(away.accessibleName())
        away.clicked.connect(lambda: self._set(at, None))
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(label, 1)
        box.addWidget(spin)
        box.addWidget(away)
        return row

    def _set(self, at: int, sure: float | None) -> None:
        if sure is None:
            self.changed.emit((*self._pairs[:at], *self._pairs[at + 1 :]))
        elif round(self._pairs[at][1], 2) != round(sure, 2):
            self.changed.emit((*self._pairs[:at], (self._pairs[at][0], sure), *self._pairs[at + 1 :]))

    def _add(self, name: str) -> None:
        found = next((one for one, known in self._names.items() if known.casefold() == name.casefold()), None)
        if found is not None and found not in dict(self._pairs):
            self.changed.emit((*self._pairs, (found, _HALF)))
        else:
            self.more.show_value("")


class SourceForm(QWidget):
    """All fields of one source.

    Signals:
        entered(str, object): the id of a source, and fields with their new values.
    """

    entered = Signal(str, object)

    def __init__(self, words_of_type: dict[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Source"))
        self._source: Source | None = None
        self.name = Line(self.tr("Name"), self.tr("The name by which the project knows it"), self)
        self.type = Choice(self.tr("Type"), self)
        self.type.offer(list(words_of_type.items()))
        self.type.chosen.connect(lambda value: self._tell("type", value))
        self.aliases = NoteBox(self.tr("Aliases"), self)
        self.aliases.setPlaceholderText(self.tr("Other names, one a line"))
        self.aliases.entered.connect(lambda value: self._tell("aliases", _lines(value)))
        self.office = Line(self.tr("Office"), self.tr("Foreign minister, spokesperson …"), self)
        self.organisation = Line(self.tr("Organisation"), "", self)
        self.nationality = Line(self.tr("Nationality"), "", self)
        self.anonymous = Flag(self.tr("Anonymous"), self.tr("the text does not name it"), self)
        self.anonymous.chosen.connect(lambda value: self._tell("anonymous", value))
        self.description = Line(self.tr("Description"), self.tr("How the text describes it"), self)
        self.grounds = Line(self.tr("Grounds"), self.tr("Reason given for anonymity"), self)
        self.outlet_told = FreeChoice(self.tr("Outlet told"), self.tr("The outlet it spoke to"), self)
        self.same = PerhapsSame(self)
        self.same.changed.connect(lambda value: self._tell("perhaps_same", value))
        self.wikidata = Line(self.tr("Wikidata"), self.tr("Q and a number"), self)
        self.note = NoteBox(self.tr("Note"), self)
        self.note.entered.connect(lambda value: self._tell("note", value))
        self._lines = {
            "name": self.name,
            "office": self.office,
            "organisation": self.organisation,
            "nationality": self.nationality,
            "description": self.description,
            "grounds": self.grounds,
            "wikidata": self.wikidata,
        }
        for field, line in self._lines.items():
            line.entered.connect(lambda value, field=field: self._tell(field, value))
        self.outlet_told.entered.connect(lambda value: self._tell("outlet_told", value or None))
        self._lay_out()

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(16, 12, 16, 12)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in (
            self.name,
            self.type,
            self.aliases,
            self.office,
            self.organisation,
            self.nationality,
            self.anonymous,
            self.description,
            self.grounds,
            self.outlet_told,
            self.same,
            self.wikidata,
            self.note,
        ):
            if isinstance(field, Flag):
                form.addRow("", field)
                continue
            label = QLabel(field.title, self)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            form.addRow(label, field)

    def show_source(self, source: Source, others: dict[str, str], outlets: Sequence[str]) -> None:
        """Fill the form; others are the names of the other sources by id, outlets the names of the outlets."""
        self._source = source
        for field, line in self._lines.items():
            line.show_value(str(getattr(source, field)))
        self.type.show_value(source.type)
        self.aliases.show_value("\n".join(source.aliases))
        self.anonymous.show_value(source.anonymous)
        self.outlet_told.offer(list(outlets))
        self.outlet_told.show_value(source.outlet_told or "")
        self.same.show_value(source.perhaps_same, others)
        self.note.show_value(source.note)

    def _tell(self, field: str, value: object) -> None:
        source = self._source
        if source is not None and getattr(source, field) != value:
            self.entered.emit(source.id, {field: value})


def _lines(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))

"""What to export and how: format, whose marks, which articles, spans, and how to cut them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from annotator.core.articles import ZONES
from annotator.core.errors import AnnotatorError
from annotator.core.ports import ExportOptions, Format
from annotator.core.scheme import LabelScheme
from annotator.qt.dialogs.several import Several
from annotator.workspace.choosing import Selection
from annotator.workspace.exporting import ExportWish
from annotator.workspace.splitting import split_wish


class ExportChoice(QWidget):
    """The form at the left of the export dialog.

    Signals:
        changed(): something else was chosen.
    """

    changed = Signal()

    def __init__(
        self,
        formats: list[Format],
        stories: list[str],
        annotators: list[str],
        hand: str,
        scheme: LabelScheme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._formats = formats
        self._format = self._box(self.tr("Format"), [(one.title, one.name) for one in formats], "jsonl")
        whose = [(self.tr("All annotators"), ""), *((one, one) for one in annotators)]
        self._whose = self._box(self.tr("Marks of"), whose, hand)
        told = [(self.tr("All stories"), ""), *((one, one) for one in stories)]
        self._story = self._box(self.tr("Story"), told, "")
        self._finished = self._check(self.tr("Only finished articles"))
        self._since = self._line(self.tr("Published on or after"), self.tr("2026-01-31"))
        self._until = self._line(self.tr("Published on or before"), self.tr("2026-12-31"))
        self._kinds = Several(self.tr("Kinds"), [(one.name, one.id) for one in scheme.kinds], self)
        self._zones = Several(self.tr("Zones"), [(one.capitalize(), one) for one in ZONES], self)
        labels = [
            (self.tr("Role (source)"), "role"),
            (self.tr("Kind (named_official)"), "kind"),
            (self.tr("Kind and role"), "kind/role"),
        ]
        self._label = self._box(self.tr("Span labels"), labels, "role")
        layers = [
            (self.tr("All roles, the longer span first"), ""),
            *((one.name, one.id) for one in scheme.roles),
        ]
        self._layer = self._box(self.tr("Layer"), layers, "")
        self._without = self._check(self.tr("Leave the articles' texts out"))
        self._by_sentence = self._check(self.tr("Cut articles into sentences"))
        self._negatives = QSpinBox(self)
        self._negatives.setRange(0, 100)
        self._negatives.setValue(100)
        self._negatives.setSuffix(" %")
        self._negatives.setAccessibleName(self.tr("Sentences without attributions to keep"))
        self._negatives.valueChanged.connect(lambda _value: self.changed.emit())
        self._each = self._check(self.tr("One file an annotator"))
        cuts = [
            (self.tr("In one piece"), ""),
            (self.tr("By chance, stories and copies together"), "groups"),
            (self.tr("By time, the newest for the test"), "time"),
            (self.tr("By outlet"), "outlet"),
        ]
        self._cut = self._box(self.tr("Cut"), cuts, "")
        self._shares = self._line(self.tr("Parts"), "80/10/10")
        self._shares.setText("80/10/10")
        self._seed = QSpinBox(self)
        self._seed.setRange(0, 999_999)
        self._seed.setAccessibleName(self.tr("Seed"))
        self._seed.setToolTip(self.tr("Decides what chance decides: the same seed writes the same files"))
        self._seed.valueChanged.connect(lambda _value: self.changed.emit())
        self._said = QLabel(self)
        self._said.setProperty("role", "danger")
        self._said.setWordWrap(True)
        self._said.setAccessibleName(self.tr("What is wrong with this choice"))
        self._said.hide()
        self._lay_out()
        for several in (self._kinds, self._zones):
            several.changed.connect(self.changed)
        self.changed.connect(self._show)
        self._show()

    def _box(self, name: str, items: list[tuple[str, str]], chosen: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(20)
        for words, value in items:
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.currentIndexChanged.connect(lambda _at: self.changed.emit())
        return box

    def _line(self, name: str, sample: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setAccessibleName(name)
        line.setPlaceholderText(sample)
        line.textChanged.connect(lambda _words: self.changed.emit())
        return line

    def _check(self, words: str) -> QCheckBox:
        box = QCheckBox(words, self)
        box.toggled.connect(lambda _on: self.changed.emit())
        return box

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 12, 0)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("Format"), self._format)
        form.addRow(self._heading(self.tr("What")))
        form.addRow(self.tr("Marks of"), self._whose)
        form.addRow("", self._finished)
        form.addRow(self.tr("Story"), self._story)
        days = QHBoxLayout()
        days.setSpacing(8)
        days.addWidget(self._since)
        days.addWidget(QLabel(self.tr("to"), self))
        days.addWidget(self._until)
        form.addRow(self.tr("Published"), days)
        form.addRow(self.tr("Kinds"), self._kinds)
        form.addRow(self.tr("Zones"), self._zones)
        form.addRow(self._heading(self.tr("How")))
        form.addRow(self.tr("Span labels"), self._label)
        form.addRow(self.tr("Layer"), self._layer)
        form.addRow("", self._without)
        form.addRow("", self._by_sentence)
        form.addRow(self.tr("Unmarked kept"), self._negatives)
        form.addRow(self._heading(self.tr("Files")))
        form.addRow("", self._each)
        form.addRow(self.tr("Cut"), self._cut)
        form.addRow(self.tr("Parts"), self._shares)
        form.addRow(self.tr("Seed"), self._seed)
        form.addRow("", self._said)

    def _heading(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setProperty("role", "heading")
        label.setContentsMargins(0, 10, 0, 0)
        return label

    def _chosen_format(self) -> Format:
        return self._formats[max(0, self._format.currentIndex())]

    def _show(self) -> None:
        chosen = self._chosen_format()
        self._label.setEnabled(chosen.name not in ("jsonl", "csv"))
        self._layer.setEnabled(chosen.name == "conll")
        self._negatives.setEnabled(self._by_sentence.isChecked())
        cuts = bool(self._cut.currentData())
        self._shares.setEnabled(cuts)
        self._seed.setEnabled(cuts or self._by_sentence.isChecked())
        words = self.refusal()
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def cannot_carry(self) -> tuple[str, ...]:
        """What the chosen format never carries, a phrase each."""
        return self._chosen_format().cannot_carry

    def suffix(self) -> str:
        """How the name of the file ends."""
        return self._chosen_format().suffixes[0]

    def writes_folder(self) -> bool:
        """Whether a folder is written rather than a file."""
        return self._chosen_format().folder or self._each.isChecked() or bool(self._cut.currentData())

    def refusal(self) -> str:
        """What is wrong with the choice; nothing when it can be carried out."""
        try:
            self.wish()
        except AnnotatorError as wrong:
            return str(wrong)
        return ""

    def wish(self) -> ExportWish:
        """What was chosen.

        Raises:
            BadInput: when the parts cannot be read.
        """
        whose = str(self._whose.currentData())
        cut = str(self._cut.currentData())
        seed = self._seed.value()
        return ExportWish(
            self._chosen_format().name,
            Selection(
                str(self._story.currentData()),
                (whose,) if whose else (),
                finished=self._finished.isChecked(),
                since=self._since.text().strip(),
                until=self._until.text().strip(),
                kinds=self._kinds.chosen(),
                zones=self._zones.chosen(),
            ),
            ExportOptions(
                without_text=self._without.isChecked(),
                label=str(self._label.currentData()),
                layer=str(self._layer.currentData()) if self._layer.isEnabled() else "",
                seed=seed,
            ),
            by_sentence=self._by_sentence.isChecked(),
            negatives=self._negatives.value() / 100,
            each=self._each.isChecked(),
            split=split_wish(self._shares.text(), cut, seed) if cut else None,
        )

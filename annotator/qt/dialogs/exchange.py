"""What to ask before files come in, and before a training set goes out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.ports import ExportOptions, Format
from annotator.qt.support.wearing import wear
from annotator.workspace.exchange import Selection

LABELS = ("role", "kind", "kind/role")


@dataclass(frozen=True, slots=True)
class ImportWish:
    """What to import, and what to say about it; empty: what the files say themselves."""

    paths: tuple[Path, ...]
    story: str
    outlet: str
    annotator: str


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What to write, how and where."""

    out: Path
    format_name: str
    selection: Selection
    options: ExportOptions


def _name(words: str, widget: QWidget) -> QWidget:
    widget.setAccessibleName(words)
    return widget


class ImportDialog(QDialog):
    """Ask for the story, the outlet and the annotator of files about to come in."""

    def __init__(self, paths: list[Path], stories: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import"))
        self.setAccessibleName(self.tr("Import"))
        self.setMinimumWidth(480)
        self._paths = tuple(paths)
        names = ", ".join(path.name for path in paths[:4]) + (" …" if len(paths) > 4 else "")
        head = QLabel(self.tr("{0} files: {1}").format(len(paths), names) if len(paths) > 1 else names, self)
        head.setProperty("role", "heading")
        head.setWordWrap(True)
        head.setTextFormat(Qt.TextFormat.PlainText)
        self._story = QComboBox(self)
        self._story.setEditable(True)
        self._story.addItems(["", *stories])
        line = self._story.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.tr("what the files say, or their folder's name"))
        self._outlet = QLineEdit(self)
        self._outlet.setPlaceholderText(self.tr("what the files say"))
        self._annotator = QLineEdit(self)
        self._annotator.setPlaceholderText(self.tr("what the files say; only for files with marks"))
        form = QFormLayout()
        form.addRow(self.tr("Story"), _name(self.tr("Story"), self._story))
        form.addRow(self.tr("Outlet"), _name(self.tr("Outlet"), self._outlet))
        form.addRow(self.tr("Annotator"), _name(self.tr("Annotator"), self._annotator))
        box = QVBoxLayout(self)
        box.setSpacing(14)
        box.addWidget(head)
        box.addLayout(form)
        box.addWidget(_buttons(self, self.tr("Import")))

    def wish(self) -> ImportWish:
        """What was entered."""
        return ImportWish(
            self._paths,
            self._story.currentText().strip(),
            self._outlet.text().strip(),
            self._annotator.text().strip(),
        )


class ExportDialog(QDialog):
    """Ask for the format, the choice and the place of a training set."""

    def __init__(
        self, formats: list[Format], stories: list[str], annotators: list[str], hand: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export training set"))
        self.setAccessibleName(self.tr("Export training set"))
        self.setMinimumWidth(560)
        self._formats = formats
        self._format = QComboBox(self)
        for one in formats:
            self._format.addItem(one.title, one.name)
        jsonl = self._format.findData("jsonl")
        self._format.setCurrentIndex(max(0, jsonl))
        self._format.currentIndexChanged.connect(self._format_chosen)
        self._cannot = QLabel(self)
        self._cannot.setProperty("role", "muted")
        self._cannot.setWordWrap(True)
        self._cannot.setAccessibleName(self.tr("What this format cannot carry"))
        self._story = QComboBox(self)
        self._story.addItem(self.tr("All stories"), "")
        for story in stories:
            self._story.addItem(story, story)
        self._whose = QComboBox(self)
        self._whose.addItem(self.tr("All annotators"), "")
        for annotator in annotators:
            self._whose.addItem(annotator, annotator)
        self._whose.setCurrentIndex(max(0, self._whose.findData(hand)))
        self._label = QComboBox(self)
        for label, words in zip(
            LABELS,
            (self.tr("Role (source)"), self.tr("Kind (named_official)"), self.tr("Kind and role")),
            strict=True,
        ):
            self._label.addItem(words, label)
        self._out = QLineEdit(self)
        self._out.textChanged.connect(self._check)
        choose = QPushButton(self.tr("Choose…"), self)
        choose.setAccessibleName(self.tr("Choose the file to write"))
        choose.clicked.connect(self._choose)
        place = QHBoxLayout()
        place.addWidget(_name(self.tr("File to write"), self._out), 1)
        place.addWidget(choose)
        form = QFormLayout()
        form.addRow(self.tr("Format"), _name(self.tr("Format"), self._format))
        form.addRow("", self._cannot)
        form.addRow(self.tr("Marks of"), _name(self.tr("Marks of"), self._whose))
        form.addRow(self.tr("Story"), _name(self.tr("Story"), self._story))
        form.addRow(self.tr("Span labels"), _name(self.tr("Span labels"), self._label))
        form.addRow(self.tr("File"), place)
        self._buttons = _buttons(self, self.tr("Export"))
        box = QVBoxLayout(self)
        box.setSpacing(14)
        box.addLayout(form)
        box.addWidget(self._buttons)
        self._format_chosen()
        self._check()

    def _format_chosen(self) -> None:
        chosen = self._formats[self._format.currentIndex()]
        missing = "; ".join(chosen.cannot_carry)
        self._cannot.setText(
            self.tr("Cannot carry: {0}.").format(missing) if missing else self.tr("Carries everything.")
        )
        self._label.setEnabled(chosen.name != "jsonl")
        if self._out.text():
            self._out.setText(str(Path(self._out.text()).with_suffix(chosen.suffixes[0])))

    def _choose(self) -> None:
        suffix = self._formats[self._format.currentIndex()].suffixes[0]
        start = self._out.text() or str(Path.home() / f"training{suffix}")
        name, _ = QFileDialog.getSaveFileName(self, self.tr("File to write"), start, f"*{suffix}")
        if name:
            self._out.setText(name)

    def set_out(self, out: Path) -> None:
        """Suggest a file to write."""
        self._out.setText(str(out))

    def _check(self) -> None:
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        if ok is not None:
            ok.setEnabled(bool(self._out.text().strip()))

    def wish(self) -> ExportWish:
        """What was chosen."""
        whose = self._whose.currentData()
        return ExportWish(
            Path(self._out.text().strip()).expanduser(),
            str(self._format.currentData()),
            Selection(str(self._story.currentData()), (whose,) if whose else ()),
            ExportOptions(label=str(self._label.currentData())),
        )


def _buttons(dialog: QDialog, yes: str) -> QDialogButtonBox:
    buttons = QDialogButtonBox(
        QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, dialog
    )
    ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
    if ok is not None:
        ok.setText(yes)
        wear(ok, "role", "primary")
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons

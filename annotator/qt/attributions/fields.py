"""The form's fields: each shows a value in silence and announces what the user enters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLabel, QLineEdit, QPlainTextEdit, QWidget


class Choice(QComboBox):
    """One of a few values.

    Signals:
        chosen(object): the value that the user chose.
    """

    chosen = Signal(object)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = title
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self._offered: list[tuple[str | None, str]] = []
        self.activated.connect(lambda at: self.chosen.emit(self._offered[at][0]))

    def offer(self, options: Sequence[tuple[str | None, str]]) -> None:
        """What there is to choose from: values and their words."""
        if list(options) == self._offered:
            return
        self._offered = list(options)
        self.clear()
        self.addItems([words for _, words in options])

    def offered(self) -> list[tuple[str | None, str]]:
        """What there is to choose from."""
        return self._offered

    def show_value(self, value: str | None) -> None:
        """Show a value without announcing it."""
        at = next((at for at, (one, _) in enumerate(self._offered) if one == value), -1)
        self.setCurrentIndex(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling the form past a field must not change it.
        event.ignore()


class LateChoice(Choice):
    """One of many values, gathered only when the user turns to it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._gather: Callable[[], Sequence[tuple[str | None, str]]] | None = None

    def offer_late(
        self,
        shown: Sequence[tuple[str | None, str]],
        gather: Callable[[], Sequence[tuple[str | None, str]]],
    ) -> None:
        """Offer these for the time being, and what gather() gives as soon as the user looks at the choice."""
        self._gather = gather
        if self.hasFocus():
            self.gather()
        else:
            self.offer(shown)

    def gather(self) -> None:
        """Offer all there is to choose from."""
        if self._gather is None:
            return
        at = self.currentIndex()
        value = self._offered[at][0] if at >= 0 else None
        self.offer(self._gather())
        self._gather = None
        self.show_value(value)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.gather()
        super().focusInEvent(event)

    def showPopup(self) -> None:
        self.gather()
        super().showPopup()


class Line(QLineEdit):
    """A line of text, entered with Enter or by leaving it; Escape takes back what was typed.

    Signals:
        entered(str): what the user entered, trimmed.
    """

    entered = Signal(str)

    def __init__(self, title: str, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = title
        self._shown = ""
        self._hint = hint
        self.setAccessibleName(title)
        self.setPlaceholderText(hint)
        self._names = QStringListModel(self)
        self._offered: list[str] = []
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self._origin = QLabel(self.tr("inherited"), self)
        self._origin.setProperty("role", "muted")
        self._origin.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._origin.hide()
        self.editingFinished.connect(self._tell)

    def offer(self, names: list[str]) -> None:
        """Names to complete what is typed."""
        if names != self._offered:
            self._offered = names
            self._names.setStringList(names)

    def show_value(self, value: str, *, inherited: bool = False) -> None:
        """Show a value without announcing it."""
        self._shown = value
        if self.text() != value:
            self.setText(value)
        self.setCursorPosition(0)
        self.setToolTip(
            self.tr("Taken over from an earlier attribution; type to change it") if inherited else value
        )
        if self._origin.isHidden() == inherited:
            font = self.font()
            font.setItalic(inherited)
            self.setFont(font)
            self._origin.setVisible(inherited)
            self.setTextMargins(0, 0, self._origin.sizeHint().width() + 4 if inherited else 0, 0)
            self.setAccessibleDescription(self._origin.text() if inherited else "")
            self._place_origin()

    def inherited(self) -> bool:
        """Whether the field says that its value was taken over from an earlier attribution."""
        return not self._origin.isHidden()

    def _place_origin(self) -> None:
        size = self._origin.sizeHint()
        self._origin.setGeometry(
            self.width() - size.width() - 8, (self.height() - size.height()) // 2, size.width(), size.height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_origin()

    def _tell(self) -> None:
        typed = self.text().strip()
        if typed != self._shown:
            self._shown = typed
            self.entered.emit(typed)

    def take_back(self) -> None:
        """Show again what was there before the user typed."""
        self.setText(self._shown)


class _EachName(QCompleter):
    """Completes the name after the last comma."""

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        line = self.widget()
        typed = line.text() if isinstance(line, QLineEdit) else ""
        before = typed.rpartition(",")[0].strip()
        chosen = str(index.data())
        return f"{before}, {chosen}" if before else chosen


class Names(Line):
    """A line of several names, separated by commas; each is completed on its own."""

    def __init__(self, title: str, hint: str, parent: QWidget) -> None:
        super().__init__(title, hint, parent)
        each = _EachName(self._names, self)
        each.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        each.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(each)


class FreeChoice(Line):
    """A line that opens the list of names it knows when Down is pressed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.completer() is not None:
            self.completer().setCompletionPrefix(self.text() if self.text() != self._shown else "")
            self.completer().complete()
            return
        super().keyPressEvent(event)


class Flag(QCheckBox):
    """Yes or no.

    Signals:
        chosen(bool): what the user chose.
    """

    chosen = Signal(bool)

    def __init__(self, title: str, hint: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setAccessibleName(title)
        self.setToolTip(hint)
        self.clicked.connect(self.chosen)

    def show_value(self, value: bool) -> None:
        """Show a value without announcing it."""
        self.setChecked(value)


class NoteBox(QPlainTextEdit):
    """A few lines of text, entered by leaving them.

    Signals:
        entered(str): what the user wrote, trimmed.
    """

    entered = Signal(str)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = title
        self._shown = ""
        self.setAccessibleName(title)
        self.setObjectName("note")
        self.setTabChangesFocus(True)
        self.setFixedHeight(64)
        self.installEventFilter(self)

    def show_value(self, value: str) -> None:
        """Show a value without announcing it."""
        if value != self._shown or self.toPlainText() != value:
            self._shown = value
            self.setPlainText(value)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell()

    def _tell(self) -> None:
        typed = self.toPlainText().strip()
        if typed != self._shown:
            self._shown = typed
            self.entered.emit(typed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
                event.modifiers() & Qt.KeyboardModifier.ControlModifier
            ):
                self._tell()
                return True
            if event.key() == Qt.Key.Key_Escape and self.toPlainText() != self._shown:
                self.setPlainText(self._shown)
                return True
        return False

"""The form of one kind of a label scheme, with a picture of how its marks will look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from annotator.core.scheme import GLYPHS, Kind
from annotator.qt.support.glyphs import glyph_path
from annotator.qt.support.icons import swatch

DASHES: dict[tuple[float, ...], str] = {
    (): "Solid",
    (9.0, 4.0): "Wide dashes",
    (7.0, 2.0): "Long dashes",
    (4.0, 2.0): "Short dashes",
    (2.0, 2.0): "Dots",
    (1.0, 3.0): "Fine dots",
    (11.0, 2.0, 2.0, 2.0): "Dash and dot",
}
_LINE = QSize(72, 12)
_BIG = 20
_A_ROW = 5
_GROUNDS = (("#ffffff", "#1c2024"), ("#181b20", "#e8eaed"))


def _line(dash: tuple[float, ...], ink: QColor) -> QIcon:
    """A piece of a line with these dashes."""
    picture = QPixmap(_LINE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    pen = QPen(ink, 2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash:
        pen.setDashPattern([part / 2 for part in dash])
    painter.setPen(pen)
    painter.drawLine(0, _LINE.height() // 2, _LINE.width(), _LINE.height() // 2)
    painter.end()
    return QIcon(picture)


class Preview(QWidget):
    """A marked word on a light and on a dark ground."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("How a mark of this kind looks"))
        self._kind = Kind("", "")
        self.setFixedHeight(52)

    def show_kind(self, kind: Kind) -> None:
        """Show marks of this kind."""
        self._kind = kind
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 52)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = self.width() / 2
        for at, (ground, ink) in enumerate(_GROUNDS):
            area = QRectF(at * half, 0, half, self.height())
            painter.fillRect(area, QColor(ground))
            given = QColor((self._kind.colour, self._kind.colour_dark)[at])
            colour = given if given.isValid() else QColor(ink)
            words = self.tr("the words credited")
            width = painter.fontMetrics().horizontalAdvance(words)
            left, base = area.left() + 40, area.center().y() + 4
            tint = QColor(colour)
            tint.setAlphaF(0.18)
            painter.fillRect(QRectF(left - 2, base - 16, width + 4, 21), tint)
            painter.setPen(QColor(ink))
            painter.drawText(QPointF(left, base), words)
            pen = QPen(colour, 2)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if self._kind.dash:
                pen.setDashPattern([part / 2 for part in self._kind.dash])
            painter.setPen(pen)
            painter.drawLine(QPointF(left, base + 8), QPointF(left + width, base + 8))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawPath(glyph_path(self._kind.glyph, QPointF(left - 16, base - 5), 11))


class _Colour(QWidget):
    """A colour as #rrggbb, with a button to choose one.

    Signals:
        changed(): another colour was typed or chosen.
    """

    changed = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setAccessibleName(title)
        self.line.textEdited.connect(self.changed)
        self._button = QToolButton(self)
        self._button.setObjectName("narrow")
        self._button.setIconSize(QSize(_BIG, _BIG))
        self._button.setAccessibleName(self.tr("Choose: {0}").format(title))
        self._button.setToolTip(self._button.accessibleName())
        self._button.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self._button)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_value(self, value: str) -> None:
        """Show a colour."""
        if self.line.text() != value:
            self.line.setText(value)
        self._button.setIcon(swatch(value if QColor(value).isValid() else "#777777", "square", _BIG))

    def _choose(self) -> None:
        chosen = QColorDialog.getColor(QColor(self.line.text()), self, self.line.accessibleName())
        if chosen.isValid():
            self.line.setText(chosen.name())
            self.changed.emit()


class RequiredRoles(QWidget):
    """A box to check for each role: without those checked, no article is marked as finished.

    Signals:
        changed(): other roles are checked.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._wanted: tuple[str, ...] = ()
        self._offered: list[tuple[str, str]] = []
        self._boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("An article is finished only when its attributions have these roles"))

    def offer(self, roles: Sequence[tuple[str, str]]) -> None:
        """The ids and names of the roles."""
        if list(roles) == self._offered:
            return
        self._offered = list(roles)
        for box in self._boxes.values():
            self._grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {}
        for at, (role, name) in enumerate(roles):
            box = QCheckBox(name, self)
            box.clicked.connect(self.changed)
            self._boxes[role] = box
            self._grid.addWidget(box, at // _A_ROW, at % _A_ROW)
        self._grid.setColumnStretch(_A_ROW, 1)
        self.show_value(self._wanted)

    def show_value(self, wanted: tuple[str, ...]) -> None:
        """Check these roles."""
        self._wanted = wanted
        for role, box in self._boxes.items():
            box.setChecked(role in wanted)

    def value(self) -> tuple[str, ...]:
        """The roles that are checked, in their former order, new ones last."""
        checked = [role for role, box in self._boxes.items() if box.isChecked()]
        unseen = [role for role in self._wanted if role in checked or role not in self._boxes]
        self._wanted = tuple(dict.fromkeys((*unseen, *checked)))
        return self._wanted


class KindForm(QWidget):
    """Everything about one kind.

    Signals:
        changed(object): the kind as it is now.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = Kind("", "")
        self._filling = False
        self.name = QLineEdit(self)
        self.key = QLineEdit(self)
        self.key.setPlaceholderText(self.tr("One letter or digit"))
        self.key.setMaxLength(1)
        self.colour = _Colour(self.tr("Colour on light ground"), self)
        self.colour_dark = _Colour(self.tr("Colour on dark ground"), self)
        self.dash = QComboBox(self)
        self.dash.setIconSize(_LINE)
        for dash in DASHES:
            self._offer_dash(dash)
        self.glyph = QComboBox(self)
        ink = self.palette().text().color().name()
        for glyph in GLYPHS:
            self.glyph.addItem(swatch(ink, glyph), glyph.capitalize(), glyph)
        self.description = QPlainTextEdit(self)
        self.description.setObjectName("note")
        self.description.setFixedHeight(64)
        self.description.setTabChangesFocus(True)
        self.examples = QPlainTextEdit(self)
        self.examples.setObjectName("note")
        self.examples.setFixedHeight(64)
        self.examples.setTabChangesFocus(True)
        self.examples.setPlaceholderText(self.tr("One a line"))
        self.required = RequiredRoles(self)
        self.hidden = QCheckBox(self.tr("Hidden: no longer offered, kept on the marks that have it"), self)
        self.preview = Preview(self)
        form = QFormLayout(self)
        form.setContentsMargins(12, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in (
            (self.tr("Name"), self.name),
            (self.tr("Key"), self.key),
            (self.tr("Colour, light"), self.colour),
            (self.tr("Colour, dark"), self.colour_dark),
            (self.tr("Line"), self.dash),
            (self.tr("Sign"), self.glyph),
            (self.tr("Description"), self.description),
            (self.tr("Examples"), self.examples),
            (self.tr("Required roles"), self.required),
        ):
            label = QLabel(words, self)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            field.setAccessibleName(words)
            form.addRow(label, field)
        form.addRow("", self.hidden)
        form.addRow(self.preview)
        for line in (self.name, self.key):
            line.textEdited.connect(self._tell)
        self.required.changed.connect(self._tell)
        for box in (self.dash, self.glyph):
            box.activated.connect(self._tell)
        for colour in (self.colour, self.colour_dark):
            colour.changed.connect(self._tell)
        for words_box in (self.description, self.examples):
            words_box.textChanged.connect(self._tell)
        self.hidden.clicked.connect(self._tell)

    def offer_roles(self, roles: Sequence[tuple[str, str]]) -> None:
        """The ids and names of the roles that a kind may require."""
        self.required.offer(roles)

    def show_kind(self, kind: Kind) -> None:
        """Fill the form."""
        self._filling = True
        self._kind = kind
        self.name.setText(kind.name)
        self.key.setText(kind.key)
        self.colour.show_value(kind.colour)
        self.colour_dark.show_value(kind.colour_dark)
        if self.dash.findData(list(kind.dash)) < 0:
            self._offer_dash(kind.dash)
        self.dash.setCurrentIndex(self.dash.findData(list(kind.dash)))
        self.glyph.setCurrentIndex(self.glyph.findData(kind.glyph))
        self.description.setPlainText(kind.description)
        self.examples.setPlainText("\n".join(kind.examples))
        self.required.show_value(kind.required_roles)
        self.hidden.setChecked(kind.hidden)
        self.preview.show_kind(kind)
        self._filling = False

    def _offer_dash(self, dash: tuple[float, ...]) -> None:
        ink = self.palette().text().color()
        own = self.tr("Own: {0}").format(" ".join(f"{part:g}" for part in dash))
        words = self.tr(DASHES[dash]) if dash in DASHES else own
        self.dash.addItem(_line(dash, ink), words, list(dash))

    def _tell(self) -> None:
        if self._filling:
            return
        self._kind = replace(
            self._kind,
            name=self.name.text().strip(),
            key=self.key.text().strip().upper(),
            colour=self.colour.line.text().strip(),
            colour_dark=self.colour_dark.line.text().strip(),
            dash=tuple(self.dash.currentData()),
            glyph=str(self.glyph.currentData()),
            description=" ".join(self.description.toPlainText().split()),
            examples=tuple(line.strip() for line in self.examples.toPlainText().splitlines() if line.strip()),
            required_roles=self.required.value(),
            hidden=self.hidden.isChecked(),
        )
        self.colour.show_value(self._kind.colour)
        self.colour_dark.show_value(self._kind.colour_dark)
        self.preview.show_kind(self._kind)
        self.changed.emit(self._kind)

"""A heat map: values in a grid of names, readable by number and by shade; saved as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

_CELL, _NAME, _LINE = 64, 130, 30
_DARK = 0.55


class HeatMap(QWidget):
    """Values between pairs of names; shades run from 0 to the greatest value."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._rows: Sequence[str] = ()
        self._columns: Sequence[str] = ()
        self._values: Mapping[tuple[str, str], float] = {}
        self._form = "{:.2f}"

    def show_values(
        self,
        rows: Sequence[str],
        columns: Sequence[str],
        values: Mapping[tuple[str, str], float],
        form: str = "{:.2f}",
    ) -> None:
        """Show these values, by (row, column); what has none stays empty."""
        self._rows, self._columns, self._values, self._form = rows, columns, values, form
        told = "; ".join(f"{row}, {column}: {form.format(one)}" for (row, column), one in values.items())
        self.setAccessibleDescription(told)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_NAME + _CELL * len(self._columns) + 8, _LINE * (len(self._rows) + 1) + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.draw(painter)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """Paint the grid, in the palette's colours."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, paper = (
            self.palette().color(QPalette.ColorRole.Text),
            self.palette().color(QPalette.ColorRole.Base),
        )
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        most = max(self._values.values(), default=1.0) or 1.0
        metrics = painter.fontMetrics()
        for at, name in enumerate(self._columns):
            box = QRectF(_NAME + at * _CELL, 0, _CELL, _LINE)
            painter.setPen(ink)
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, _CELL - 6)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
        for down, row in enumerate(self._rows):
            top = _LINE * (down + 1)
            painter.setPen(ink)
            shown = metrics.elidedText(row, Qt.TextElideMode.ElideRight, _NAME - 10)
            painter.drawText(
                QRectF(4, top, _NAME - 10, _LINE),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                shown,
            )
            for at, column in enumerate(self._columns):
                value = self._values.get((row, column))
                if value is None:
                    continue
                share = max(0.0, min(1.0, value / most))
                box = QRectF(_NAME + at * _CELL + 1, top + 1, _CELL - 2, _LINE - 2)
                ground = _between(paper, accent, share * 0.85)
                painter.fillRect(box, ground)
                painter.setPen(QColor("white") if ground.lightnessF() < _DARK else QColor("black"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._form.format(value))

    def save(self, path: Path) -> bool:
        """Write the picture as PNG."""
        picture = self.grab()
        return bool(picture.save(str(path), "PNG"))


def _between(one: QColor, other: QColor, share: float) -> QColor:
    pairs = (
        (one.red(), other.red()),
        (one.green(), other.green()),
        (one.blue(), other.blue()),
    )
    return QColor(*(round(left + (right - left) * share) for left, right in pairs))

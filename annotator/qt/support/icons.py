"""The program's own icons, in the theme's ink."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator.qt.support.glyphs import glyph_path
from annotator.workspace.paths import resources


class _Drawing(QIconEngine):
    """An icon that is drawn when, and as large as, a window shows it."""

    def __init__(self, source: str, ink: str, muted: str) -> None:
        super().__init__()
        self._source, self._ink, self._muted = source, ink, muted
        self._drawn: dict[tuple[int, int, bool], QPixmap] = {}

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        muted = bool(self._muted) and mode == QIcon.Mode.Disabled
        key = size.width(), size.height(), muted
        found = self._drawn.get(key)
        if found is None:
            found = self._drawn[key] = _drawn(self._source, self._muted if muted else self._ink, size)
        return found

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.drawPixmap(rect, self.pixmap(rect.size(), mode, state))

    def clone(self) -> QIconEngine:
        return _Drawing(self._source, self._ink, self._muted)


@lru_cache(maxsize=256)
def icon(name: str, ink: str, muted: str = "") -> QIcon:
    """The icon of this name; empty when there is no such file. Drawn only when the window shows it."""
    path = resources("icons", f"{name}.svg")
    if not path.is_file():
        return QIcon()
    return QIcon(_Drawing(path.read_text("utf-8"), ink, muted))


def _drawn(source: str, ink: str, size: QSize) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", ink).encode()))
    picture = QPixmap(size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(QPointF(0, 0), size.toSizeF()))
    painter.end()
    return picture


def app_icon() -> QIcon:
    """The program's icon in all its sizes."""
    found = QIcon()
    for path in sorted(Path(resources("icons")).glob("annotator-*.png")):
        found.addFile(str(path))
    return found


@lru_cache(maxsize=256)
def swatch(colour: str, glyph: str, size: int = 14) -> QIcon:
    """A kind's sign in its colour, for buttons, menus and tables."""
    scale = 3
    picture = QPixmap(size * scale, size * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawPath(glyph_path(glyph, QPointF(size / 2, size / 2), size - 5))
    painter.end()
    found = QIcon(picture)
    # A kind keeps its colour where its row is chosen.
    found.addPixmap(picture, QIcon.Mode.Selected)
    return found

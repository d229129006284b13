"""The program's own icons, in the theme's ink."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from annotator.qt.support.glyphs import glyph_path
from annotator.workspace.paths import resources

_SIZES = (20, 40)


@lru_cache(maxsize=256)
def icon(name: str, ink: str, muted: str = "") -> QIcon:
    """The icon of this name; empty when there is no such file. Drawn only when the window shows it."""
    path = resources("icons", f"{name}.svg")
    if not path.is_file():
        return QIcon()
    drawn = QIcon()
    source = path.read_text("utf-8")
    for size in _SIZES:
        drawn.addPixmap(_drawn(source, ink, size), QIcon.Mode.Normal)
        if muted:
            drawn.addPixmap(_drawn(source, muted, size), QIcon.Mode.Disabled)
    return drawn


def _drawn(source: str, ink: str, size: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", ink).encode()))
    picture = QPixmap(QSize(size, size))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size, size))
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
    return QIcon(picture)

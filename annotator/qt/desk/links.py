"""Lines between columns: who else makes the claim in hand; drawn in the gutters alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPalette, QPen, QRegion
from PySide6.QtWidgets import QSplitter, QWidget

from annotator.qt.article.panel import ArticlePanel

GUTTER = 26
"""Pixels between two columns: room for a curve."""


@dataclass(frozen=True, slots=True)
class Link:
    """A line from an attribution in one column to one in another, in the colour of the claim's kind in hand."""

    left: tuple[str, str]
    right: tuple[str, str]
    strong: bool


class Links(QWidget):
    """A see-through sheet over the splitter, cut down to the gutters, so that drawing a line repaints no text."""

    def __init__(self, splitter: QSplitter, panels: dict[str, ArticlePanel], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Lines between attributions of one claim"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._splitter = splitter
        self._panels = panels
        self._links: list[Link] = []
        self._watched: list[QObject] = []
        splitter.installEventFilter(self)
        self.hide()

    def set_links(self, links: list[Link]) -> None:
        """Draw these lines; both ends must stand in open columns."""
        self._links = links
        self.follow()

    def links(self) -> list[Link]:
        """The lines drawn now."""
        return self._links

    def follow(self) -> None:
        """Stand where the splitter stands, and let only its gutters be drawn on."""
        for at in range(1, self._splitter.count()):
            handle = self._splitter.handle(at)
            if handle not in self._watched:
                handle.installEventFilter(self)
                self._watched.append(handle)
        self.setGeometry(self._splitter.geometry())
        region = QRegion()
        for at in range(1, self._splitter.count()):
            handle = self._splitter.handle(at)
            if handle.isVisible():
                region += handle.geometry()
        if region.isEmpty() or not self._links:
            self.hide()
            return
        self.setMask(region)
        self.show()
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self.follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = self.palette().color(QPalette.ColorRole.Accent)
        for link in self._links:
            self._draw(painter, link, accent)
        painter.end()

    def _end(self, place: tuple[str, str], side: int) -> QPointF | None:
        panel = self._panels.get(place[0])
        if panel is None:
            return None
        anchor = panel.view.anchor_of(place[1], side)
        if anchor is None:
            return None
        top = panel.view.viewport().mapTo(self._splitter, QPoint(0, 0))
        left = panel.mapTo(self._splitter, QPoint(0, 0)).x()
        return QPointF(left + (panel.width() if side > 0 else 0), anchor.y() + top.y())

    def _draw(self, painter: QPainter, link: Link, accent: QColor) -> None:
        start, end = self._end(link.left, 1), self._end(link.right, -1)
        if start is None or end is None:
            return
        height = self.height()
        seen = 0 <= start.y() <= height, 0 <= end.y() <= height
        if not any(seen):
            return
        start.setY(min(max(start.y(), 4), height - 4))
        end.setY(min(max(end.y(), 4), height - 4))
        colour = QColor(accent)
        colour.setAlpha(230 if all(seen) and link.strong else 120)
        painter.setPen(QPen(colour, 2 if link.strong else 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        bend = max(14.0, (end.x() - start.x()) / 2)
        path = QPainterPath(start)
        path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end)
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for point, inside, inwards in ((start, seen[0], 4), (end, seen[1], -4)):
            if inside:
                painter.drawEllipse(point + QPointF(inwards, 0), 3, 3)

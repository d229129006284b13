"""The citation graph: articles at the left, outlets and first voices to the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QGraphicsView,
    QWidget,
)

from annotator.compare.citations import ARTICLE
from annotator.compare.drawing import Drawing, Placed

_WIDE, _HIGH, _ACROSS, _DOWN = 170.0, 26.0, 260.0, 40.0
_KEY = 0
_SMALLEST = 0.6


class GraphView(QGraphicsView):
    """Boxes and arrows; the thicker an arrow, the more attributions say so.

    Signals:
        marksChosen(tuple): the ids of the attributions behind the arrow, or the box, that was pressed.
    """

    marksChosen = Signal(tuple)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Who cites whom"))
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setScene(QGraphicsScene(self))
        self._drawing: Drawing | None = None

    def show_graph(self, drawing: Drawing) -> None:
        """Draw a graph in the palette's colours."""
        self._drawing = drawing
        scene = self.scene()
        scene.clear()
        rows = max(
            (sum(one.layer == layer for one in drawing.nodes) for layer in range(drawing.layers)), default=1
        )
        height = max(1, rows - 1) * _DOWN
        width = max(1, drawing.layers - 1) * _ACROSS
        places = {one.node.id: QPointF(one.x * width, one.y * height) for one in drawing.nodes}
        marks: dict[str, tuple[str, ...]] = {}
        ink = self.palette().color(QPalette.ColorRole.PlaceholderText)
        for edge in drawing.edges:
            path = _arrow(places[edge.citing], places[edge.cited])
            item = QGraphicsPathItem(path)
            item.setPen(QPen(ink, min(5.0, 0.8 + 0.5 * edge.weight)))
            item.setToolTip(self.tr("{0} attributions").format(edge.weight))
            item.setData(_KEY, edge.marks)
            scene.addItem(item)
            for end in (edge.citing, edge.cited):
                marks[end] = (*marks.get(end, ()), *edge.marks)
        for one in drawing.nodes:
            self._add(one, places[one.node.id], tuple(dict.fromkeys(marks.get(one.node.id, ()))))
        scene.setSceneRect(scene.itemsBoundingRect().adjusted(-20, -20, 20, 20))
        self._fit()

    def _add(self, one: Placed, at: QPointF, marks: tuple[str, ...]) -> None:
        box = QGraphicsRectItem(QRectF(at.x() - _WIDE / 2, at.y() - _HIGH / 2, _WIDE, _HIGH))
        article = one.node.kind == ARTICLE
        role = QPalette.ColorRole.AlternateBase if article else QPalette.ColorRole.Base
        box.setBrush(QBrush(self.palette().color(role)))
        edge = QPalette.ColorRole.Highlight if article else QPalette.ColorRole.Mid
        box.setPen(QPen(self.palette().color(edge), 1.4))
        box.setToolTip(one.node.name)
        box.setData(_KEY, marks)
        text = QGraphicsSimpleTextItem(box)
        shown = QFontMetricsF(text.font()).elidedText(one.node.name, Qt.TextElideMode.ElideRight, _WIDE - 14)
        text.setText(shown)
        text.setBrush(QBrush(self.palette().color(QPalette.ColorRole.Text)))
        size = text.boundingRect()
        text.setPos(at.x() - size.width() / 2, at.y() - size.height() / 2)
        self.scene().addItem(box)

    def _fit(self) -> None:
        """As wide as there is room, never larger than life; what is taller is scrolled through."""
        area = self.sceneRect()
        if self._drawing is None or area.width() <= 0:
            return
        scale = min(1.0, max(_SMALLEST, (self.viewport().width() - 4) / area.width()))
        self.resetTransform()
        self.scale(scale, scale)
        self.verticalScrollBar().setValue(self.verticalScrollBar().minimum())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        item = self.itemAt(event.position().toPoint())
        while item is not None and item.parentItem() is not None:
            item = item.parentItem()
        marks = item.data(_KEY) if item is not None else None
        if marks:
            self.marksChosen.emit(tuple(marks))

    def save(self, path: Path) -> None:
        """Write the picture as SVG or PNG, by the name's ending."""
        area = self.sceneRect()
        size = QSize(round(area.width()), round(area.height()))
        if path.suffix.casefold() == ".svg":
            generator = QSvgGenerator()
            generator.setFileName(str(path))
            generator.setSize(size)
            generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
            painter = QPainter(generator)
            self.scene().render(painter)
            painter.end()
            return
        image = QImage(size * 2, QImage.Format.Format_ARGB32)
        image.fill(self.palette().color(QPalette.ColorRole.Window))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.scene().render(painter)
        painter.end()
        image.save(str(path))


def _arrow(start: QPointF, end: QPointF) -> QPainterPath:
    """A curve from one box's right edge to another's left edge, with a head."""
    left, right = QPointF(start.x() + _WIDE / 2, start.y()), QPointF(end.x() - _WIDE / 2, end.y())
    path = QPainterPath(left)
    bend = max(40.0, abs(right.x() - left.x()) / 2)
    path.cubicTo(QPointF(left.x() + bend, left.y()), QPointF(right.x() - bend, right.y()), right)
    path.moveTo(right + QPointF(-7, -4))
    path.lineTo(right)
    path.lineTo(right + QPointF(-7, 4))
    return path

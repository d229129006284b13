"""The small signs that tell kinds apart without colour, drawn rather than taken from a font."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF


def glyph_path(name: str, centre: QPointF, size: float) -> QPainterPath:
    """The outline of a sign, to be filled; an unknown name gives a circle."""
    path = QPainterPath()
    _SHAPES.get(name, _circle)(path, centre, size / 2)
    return path


def _circle(path: QPainterPath, centre: QPointF, radius: float) -> None:
    path.addEllipse(centre, radius, radius)


def _ring(path: QPainterPath, centre: QPointF, radius: float) -> None:
    path.addEllipse(centre, radius, radius)
    path.addEllipse(centre, radius * 0.5, radius * 0.5)


def _square(path: QPainterPath, centre: QPointF, radius: float) -> None:
    side = radius * 0.88
    path.addRect(QRectF(centre.x() - side, centre.y() - side, 2 * side, 2 * side))


def _bar(path: QPainterPath, centre: QPointF, radius: float) -> None:
    path.addRect(QRectF(centre.x() - radius, centre.y() - radius * 0.4, 2 * radius, radius * 0.8))


def _cross(path: QPainterPath, centre: QPointF, radius: float) -> None:
    arm = radius * 0.36
    corners = [(-arm, -radius), (arm, -radius), (arm, -arm), (radius, -arm), (radius, arm), (arm, arm)]
    corners += [(-x, -y) for x, y in corners]
    _close(path, centre, corners)


def _polygon(
    points: int, turned: float, inner: float = 1.0
) -> Callable[[QPainterPath, QPointF, float], None]:
    def draw(path: QPainterPath, centre: QPointF, radius: float) -> None:
        corners = []
        for at in range(points):
            reach = radius * 1.1 * (inner if at % 2 else 1.0)
            angle = turned + 2 * pi * at / points
            corners.append((reach * sin(angle), -reach * cos(angle)))
        _close(path, centre, corners)

    return draw


def _close(path: QPainterPath, centre: QPointF, corners: list[tuple[float, float]]) -> None:
    path.addPolygon(QPolygonF([centre + QPointF(x, y) for x, y in corners]))
    path.closeSubpath()


_SHAPES: dict[str, Callable[[QPainterPath, QPointF, float], None]] = {
    "circle": _circle,
    "ring": _ring,
    "square": _square,
    "bar": _bar,
    "cross": _cross,
    "diamond": _polygon(4, 0.0),
    "triangle": _polygon(3, 0.0),
    "star": _polygon(10, 0.0, 0.45),
}

"""How large a dialog may be that shows much: more where the window has more."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_SHARE = 0.62


def roomy(parent: QWidget, width: int, height: int) -> QSize:
    """At least so many pixels, and most of a large window."""
    return QSize(max(width, int(parent.width() * _SHARE)), max(height, int(parent.height() * _SHARE)))

"""Let a widget wear another part of the style sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

_ANEW = "/* worn anew */"
"""A sheet without rules: setting an empty one would change nothing, and so not have the widget look at its properties."""


def wear(widget: QWidget, name: str, value: object) -> None:
    """Give a widget's property a value by which the style sheet tells its looks, and have it look so."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        # Asking for the widget's style wakes every list of Qt's that has to do with styles; setting its sheet does not.
        widget.setStyleSheet(_ANEW)

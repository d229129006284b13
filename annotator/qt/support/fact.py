"""Fact: a label whose words change often, and which moves nothing around it when they do."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel


class Fact(QLabel):
    """A label as wide as the longest words it ever said, so that the window is not laid out anew for each."""

    def say(self, words: str) -> None:
        """Show these words."""
        if words == self.text():
            return
        self.setText(words)
        wanted = self.sizeHint()
        if wanted.width() > self.minimumWidth() or wanted.height() > self.minimumHeight():
            self.setFixedSize(wanted.expandedTo(self.minimumSize()))

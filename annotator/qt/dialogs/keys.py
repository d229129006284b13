"""All keys at a glance, made from the list of actions."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from annotator.qt.support.action_table import MENUS
from annotator.qt.support.actions import Actions

_READING = (
    ("Arrows", "move by character"),
    ("Ctrl + arrows", "move by word"),
    ("Alt + arrows", "move by sentence"),
    ("Shift with any of these", "select"),
    ("Double click, triple click", "select a word, a sentence"),
    ("Alt while dragging", "select characters instead of whole words"),
    ("Click where marks overlap", "take the next one in hand, outermost first"),
    ("Ctrl + wheel", "zoom"),
)


class KeysDialog(QDialog):
    """The key overview."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setAccessibleName(self.tr("Keys"))
        self.resize(760, 640)
        page = QTextBrowser(self)
        page.setAccessibleName(self.tr("All keys"))
        page.setOpenLinks(False)
        page.document().setDocumentMargin(20)
        page.setHtml(self._html(actions))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(page)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _html(self, actions: Actions) -> str:
        parts = [f"<h3>{escape(self.tr('In an article'))}</h3>", _table(_READING)]
        for menu in MENUS:
            rows = [
                (", ".join(actions.keys(spec.id)) or "–", self.tr(spec.text).rstrip("…"))
                for spec in actions.specs()
                if spec.menu == menu
            ]
            if rows:
                parts += [f"<h3>{escape(menu.replace('/', ' › '))}</h3>", _table(rows)]
        return "".join(parts)


def _table(rows: tuple[tuple[str, str], ...] | list[tuple[str, str]]) -> str:
    lines = "".join(
        f"<tr><td width='230' style='padding:3px 0'><b>{escape(key)}</b></td><td style='padding:3px 0'>{escape(words)}</td></tr>"
        for key, words in rows
    )
    return f"<table>{lines}</table>"

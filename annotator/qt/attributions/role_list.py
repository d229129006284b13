"""The words of the attribution in hand, role by role, each a click from its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.attributions import ROLES, Attribution
from annotator.core.scheme import LabelScheme
from annotator.core.spans import Span

_ALWAYS = ("content", "source", "cue")
_LONGEST = 220


class _Words(QPushButton):
    """The words of a fragment, as many lines as they need."""

    def __init__(self, said: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setObjectName("fragment")
        self._label = QLabel(said, self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label.setAccessibleName(said)
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 3, 6, 3)
        box.addWidget(self._label)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._label.heightForWidth(max(40, width - 12)) + 6


class RoleList(QWidget):
    """Content, source, cue and the further roles that are present.

    Signals:
        placeWanted(object): a span to show.
        fragmentUnwanted(str, object): a role and the fragment to take away.
    """

    placeWanted = Signal(object)
    fragmentUnwanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Words"))
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self._page: QWidget | None = None
        self._shown: object = None

    def show_mark(self, mark: Attribution, text: str, scheme: LabelScheme) -> None:
        """Show the words of an attribution."""
        roles = [
            *_ALWAYS,
            *(role for role in (*ROLES, *mark.more_roles) if role not in _ALWAYS and mark.spans(role)),
        ]
        wanted = (mark.id, [(role, mark.spans(role)) for role in roles])
        if wanted == self._shown:
            return
        self._shown = wanted
        if self._page is not None:
            self._page.setParent(None)
            self._page.deleteLater()
        self._page = QWidget(self)
        box = QVBoxLayout(self._page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        for role in roles:
            known = scheme.role(role)
            name = known.name if known else role.capitalize()
            box.addWidget(self._card(role, name, known.key if known else "", mark, text))
        self._box.addWidget(self._page)

    def _card(self, role: str, name: str, key: str, mark: Attribution, text: str) -> QFrame:
        card = QFrame(self._page)
        card.setProperty("role", "card")
        box = QVBoxLayout(card)
        box.setContentsMargins(8, 5, 5, 5)
        box.setSpacing(1)
        head = QLabel(name, card)
        head.setProperty("role", "muted")
        box.addWidget(head)
        parts = mark.spans(role)
        if not parts:
            empty = QLabel(self.tr("select words, press {0}").format(key) if key else self.tr("none"), card)
            empty.setProperty("role", "muted")
            box.addWidget(empty)
        for part in parts:
            box.addLayout(self._fragment(role, name, part, text, card))
        return card

    def _fragment(self, role: str, name: str, part: Span, text: str, card: QWidget) -> QHBoxLayout:
        said = part.text(text)
        shown = said if len(said) <= _LONGEST else said[: _LONGEST - 60] + " … " + said[-50:]
        words = _Words(shown, card)
        words.setAccessibleName(self.tr("{0}: {1}").format(name, said))
        words.setToolTip(self.tr("Show this place"))
        words.clicked.connect(lambda: self.placeWanted.emit(part))
        away = QToolButton(card)
        away.setText("×")
        away.setAutoRaise(True)
        away.setAccessibleName(self.tr("Remove these words from the {0}").format(name))
        away.setToolTip(away.accessibleName())
        away.clicked.connect(lambda: self.fragmentUnwanted.emit(role, part))
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(words, 1)
        row.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        return row

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
from annotator.core.scheme import LabelScheme, Role
from annotator.core.spans import Fragments, Span

_ALWAYS = ("content", "source", "cue")
_LONGEST = 220


class _Words(QPushButton):
    """The words of a fragment, as many lines as they need."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setObjectName("fragment")
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 3, 6, 3)
        box.addWidget(self._label)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, words: str) -> None:
        """Show these words."""
        self._label.setText(words)
        self._label.setAccessibleName(words)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._label.heightForWidth(max(40, width - 12)) + 6


class _Fragment(QWidget):
    """One fragment's words, and a way to take them away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.place = Span(0, 1)
        self.words = _Words(self)
        self.words.setToolTip(self.tr("Show this place"))
        self.away = QToolButton(self)
        self.away.setText("×")
        self.away.setAutoRaise(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.words, 1)
        row.addWidget(self.away, 0, Qt.AlignmentFlag.AlignTop)

    def show_place(self, role_name: str, place: Span, text: str) -> None:
        """Show the words at a place."""
        said = place.text(text)
        self.place = place
        self.words.say(said if len(said) <= _LONGEST else said[: _LONGEST - 60] + " … " + said[-50:])
        self.words.setAccessibleName(self.tr("{0}: {1}").format(role_name, said))
        self.away.setAccessibleName(self.tr("Remove these words from the {0}").format(role_name))
        self.away.setToolTip(self.away.accessibleName())
        self.show()


class _Card(QFrame):
    """One role: its name, and its fragments or how to give it some.

    Signals:
        placeWanted(object): a span to show.
        fragmentUnwanted(str, object): a role and the fragment to take away.
    """

    placeWanted = Signal(object)
    fragmentUnwanted = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._role = ""
        self._fragments: list[_Fragment] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(8, 5, 5, 5)
        self._box.setSpacing(1)
        self._head = QLabel(self)
        self._hint = QLabel(self)
        for label in (self._head, self._hint):
            label.setProperty("role", "muted")
            self._box.addWidget(label)

    def show_role(self, role: str, known: Role | None, places: Fragments, text: str) -> None:
        """Show where a role stands in the text."""
        self._role = role
        name = known.name if known else role.capitalize()
        key = known.key if known else ""
        self._head.setText(name)
        self._hint.setText(self.tr("select words, press {0}").format(key) if key else self.tr("none"))
        self._hint.setVisible(not places)
        for at, place in enumerate(places):
            if at == len(self._fragments):
                self._make_fragment()
            self._fragments[at].show_place(name, place, text)
        for spare in self._fragments[len(places) :]:
            spare.hide()
        self.show()

    def _make_fragment(self) -> None:
        made = _Fragment(self)
        made.words.clicked.connect(lambda: self.placeWanted.emit(made.place))
        made.away.clicked.connect(lambda: self.fragmentUnwanted.emit(self._role, made.place))
        self._fragments.append(made)
        self._box.addWidget(made)


class RoleList(QWidget):
    """Content, source, cue and the further roles that are present.

    Cards are kept from one attribution to the next: making them anew costs more than all else that a gesture shows.

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
        self._cards: list[_Card] = []
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
        for at, role in enumerate(roles):
            if at == len(self._cards):
                self._make_card()
            self._cards[at].show_role(role, scheme.role(role), mark.spans(role), text)
        for spare in self._cards[len(roles) :]:
            spare.hide()

    def _make_card(self) -> None:
        made = _Card(self)
        made.placeWanted.connect(self.placeWanted)
        made.fragmentUnwanted.connect(self.fragmentUnwanted)
        self._cards.append(made)
        self._box.addWidget(made)

"""The comments on the attribution in hand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.annotators import Annotator
from annotator.core.attributions import Attribution
from annotator.core.comments import Comment
from annotator.qt.support.session import Session
from annotator.workspace.commands.comments import AddComment, RemoveComment, ResolveComment


class CommentsBox(QWidget):
    """What colleagues said about a mark, and a line to answer."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._mark: Attribution | None = None
        self._shown: object = None
        self.setAccessibleName(self.tr("Comments"))
        head = QLabel(self.tr("Comments"), self)
        head.setProperty("role", "heading")
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self._line = QLineEdit(self)
        self._line.setPlaceholderText(self.tr("Write a comment, Enter to keep it"))
        self._line.setAccessibleName(self.tr("New comment"))
        self._line.returnPressed.connect(self._add)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.addWidget(head)
        box.addLayout(self._list)
        box.addWidget(self._line)

    def begin(self) -> None:
        """Put the caret into the line for a new comment."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_for(self, mark: Attribution) -> None:
        """Show the comments on an attribution."""
        self._mark = mark
        comments = self._session.project.comments(mark.id)
        if comments == self._shown:
            return
        self._shown = comments
        while self._list.count():
            item = self._list.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for comment in comments:
            self._list.addWidget(self._card(comment))

    def _card(self, comment: Comment) -> QFrame:
        author = self._session.project.registry.name(Annotator, comment.author)
        card = QFrame(self)
        card.setProperty("role", "card")
        words = QLabel(comment.text, card)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setAccessibleName(self.tr("{0} wrote: {1}").format(author, comment.text))
        who = QLabel(f"{author} · {comment.created[:10]}", card)
        who.setProperty("role", "muted")
        settled = QCheckBox(self.tr("resolved"), card)
        settled.setChecked(comment.resolved)
        settled.setAccessibleName(self.tr("Comment of {0} is resolved").format(author))
        settled.clicked.connect(
            lambda checked: self._session.project.execute(ResolveComment(comment.id, bool(checked)))
        )
        away = QToolButton(card)
        away.setText("×")
        away.setAutoRaise(True)
        away.setAccessibleName(self.tr("Remove comment of {0}").format(author))
        away.clicked.connect(lambda: self._session.project.execute(RemoveComment(comment.id)))
        foot = QHBoxLayout()
        foot.addWidget(who, 1)
        foot.addWidget(settled)
        foot.addWidget(away)
        box = QVBoxLayout(card)
        box.setContentsMargins(10, 6, 6, 4)
        box.setSpacing(2)
        box.addWidget(words)
        box.addLayout(foot)
        return card

    def _add(self) -> None:
        words = self._line.text().strip()
        if words and self._mark is not None:
            project = self._session.project
            project.execute(AddComment(self._mark.id, project.actor, words))
            self._line.clear()

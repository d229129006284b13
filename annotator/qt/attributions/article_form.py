"""What is known of the article in hand: to read, to correct, and a note of one's own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from annotator.core.changes import ChangeSet
from annotator.core.outlets import Outlet
from annotator.qt.attributions.fields import FreeChoice, Line, NoteBox
from annotator.qt.support.session import OpenArticle, Session
from annotator.workspace.commands.articles import EditArticle


class ArticleForm(QWidget):
    """Outlet, title, author, date, address, language and note of the focused article."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Article"))
        self._session = session
        head = QLabel(self.tr("Article"), self)
        head.setProperty("role", "heading")
        self.outlet = FreeChoice(self.tr("Outlet"), self.tr("Who published it"), self)
        self.outlet.entered.connect(lambda words: self._set("outlet", words))
        self._lines: dict[str, Line] = {}
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(12)
        self._row(form, self.outlet, self.outlet.title)
        for name, title, hint in (
            ("title", self.tr("Title"), self.tr("Its headline")),
            ("author", self.tr("Author"), ""),
            ("published", self.tr("Published"), self.tr("2026-03-10 or 2026-03-10T16:40:00Z")),
            ("url", self.tr("Address"), ""),
            ("language", self.tr("Language"), self.tr("en, uk, ar …")),
        ):
            line = Line(title, hint, self)
            line.entered.connect(lambda words, name=name: self._set(name, words))
            self._lines[name] = line
            self._row(form, line, title)
        self.note = NoteBox(self.tr("Note on this article"), self)
        self.note.entered.connect(lambda words: self._set("note", words))
        self._row(form, self.note, self.tr("Note"))
        self._facts = QLabel(self)
        self._facts.setProperty("role", "muted")
        self._facts.setWordWrap(True)
        self._facts.setAccessibleName(self.tr("Length and origin"))
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 4, 14, 14)
        box.setSpacing(10)
        box.addWidget(head)
        box.addLayout(form)
        box.addWidget(self._facts)
        session.focusChanged.connect(self.show_article)
        session.articlesChanged.connect(self.show_article)
        session.changed.connect(self._hear)
        self.show_article()

    def _row(self, form: QFormLayout, field: QWidget, title: str) -> None:
        label = QLabel(title, self)
        label.setProperty("role", "muted")
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        label.setBuddy(field)
        form.addRow(label, field)

    def _opened(self) -> OpenArticle | None:
        return self._session.open.get(self._session.focused)

    def show_article(self) -> None:
        """Fill the form from the focused article."""
        opened = self._opened()
        self.setVisible(opened is not None)
        if opened is None:
            return
        registry = self._session.project.registry
        article = opened.article
        self.outlet.offer([one.name for one in registry.every(Outlet)])
        self.outlet.show_value(registry.name(Outlet, article.outlet_id))
        for name, line in self._lines.items():
            line.show_value(getattr(article, name))
        self.note.show_value(article.note)
        words = self.tr("{0} characters").format(article.length)
        self._facts.setText(
            "  ·  ".join(part for part in (words, article.file_name, article.assumed) if part)
        )

    def _hear(self, news: ChangeSet) -> None:
        opened = self._opened()
        if opened is not None and any(change.thing.id == opened.article.id for change in news.changes):
            self.show_article()

    def _set(self, name: str, words: str) -> None:
        opened = self._opened()
        if opened is not None:
            self._session.check_free()
            self._session.project.execute(EditArticle(opened.article.id, {name: words}))

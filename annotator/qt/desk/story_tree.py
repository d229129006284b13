"""Stories and their articles, with how far the annotator in hand is."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.changes import ChangeSet
from annotator.core.stories import Story
from annotator.qt.support.session import Session

STORY, ARTICLE = 1001, 1002
_ID = Qt.ItemDataRole.UserRole
_SIGNS = {"not_started": "○", "in_progress": "◐", "reopened": "◐", "finished": "●"}


class StoryTree(QWidget):
    """The tree at the left.

    Signals:
        storyChosen(str): a story's id; its articles shall stand on the desk.
        articleChosen(str): an article's id; it shall stand on the desk (or leave it, if it does).
    """

    storyChosen = Signal(str)
    articleChosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tree = QTreeWidget(self)
        self._tree.setAccessibleName(self.tr("Stories and articles"))
        self._tree.setColumnCount(2)
        self._tree.setHeaderHidden(True)
        self._tree.setIndentation(16)
        self._tree.setUniformRowHeights(True)
        self._tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._tree.header().setStretchLastSection(False)
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._tree.itemActivated.connect(self._activated)
        self._tree.itemClicked.connect(self._clicked)
        self._empty = QLabel(
            self.tr("No articles yet: drop files on the window, or import them (Ctrl+I)."), self
        )
        self._empty.setProperty("role", "empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setAccessibleName(self.tr("How to begin"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._empty)
        box.addWidget(self._tree, 1)
        self.setFocusProxy(self._tree)
        session.projectChanged.connect(self.rebuild)
        session.handChanged.connect(self.rebuild)
        session.articlesChanged.connect(self._show_open)
        session.changed.connect(self._hear)

    def rebuild(self) -> None:
        """Read all stories and articles anew."""
        closed = {item.data(0, _ID) for item in self._items(STORY) if not item.isExpanded()}
        self._tree.clear()
        project = self._session.workspace
        if project is None:
            return
        counts = self._counts()
        articles: dict[str, list[Article]] = {}
        for article in project.articles():
            articles.setdefault(article.story_id, []).append(article)
        for story in project.stories():
            own = articles.get(story.id, [])
            done = sum(1 for one in own if counts.get(one.id, ("", 0))[0] == "finished")
            top = QTreeWidgetItem(self._tree, [story.name, f"{done}/{len(own)}"], STORY)
            top.setData(0, _ID, story.id)
            top.setToolTip(0, self.tr("{0}: {1} of {2} articles finished").format(story.name, done, len(own)))
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            for article, name in zip(own, self._names(own), strict=True):
                self._add(top, article, name, *counts.get(article.id, ("not_started", 0)))
            top.setExpanded(story.id not in closed)
        self._empty.setVisible(not articles)
        self._tree.setVisible(bool(articles))
        self._show_open()

    def _counts(self) -> dict[str, tuple[str, int]]:
        return {one.article_id: (one.status, one.attributions) for one in self._session.own_counts()}

    def _names(self, articles: list[Article]) -> list[str]:
        """What tells the articles of a story apart: the outlet, where it has several the title, where need be the day."""
        outlets = [self._session.project.outlet_name(one) for one in articles]
        several = {name for name, count in Counter(outlets).items() if count > 1}
        alone = len(set(outlets)) == 1
        titles = Counter((name, one.title) for name, one in zip(outlets, articles, strict=True))
        found = []
        for name, one in zip(outlets, articles, strict=True):
            words = one.title or one.file_name or one.id
            if one.published and (not one.title or titles[name, one.title] > 1):
                words = f"{one.published[:10]} {words}"
            if name and name not in several:
                words = name
            elif name and not alone:
                words = f"{name}: {words}"
            found.append(words)
        return found

    def _add(self, top: QTreeWidgetItem, article: Article, name: str, status: str, marks: int) -> None:
        item = QTreeWidgetItem(top, [f"{_SIGNS.get(status, '○')}  {name}", str(marks)], ARTICLE)
        item.setData(0, _ID, article.id)
        words = {
            "not_started": self.tr("not started"),
            "in_progress": self.tr("in progress"),
            "reopened": self.tr("reopened"),
            "finished": self.tr("finished"),
        }[status]
        outlet = self._session.project.outlet_name(article)
        facts = " · ".join(part for part in (outlet, article.published[:10], words) if part)
        item.setToolTip(0, f"{article.title}\n{facts}".strip())
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{name}, {words}, {marks}")

    def _items(self, kind: int) -> list[QTreeWidgetItem]:
        tops = [self._tree.topLevelItem(at) for at in range(self._tree.topLevelItemCount())]
        found = [top for top in tops if top is not None]
        if kind == STORY:
            return found
        below = [top.child(at) for top in found for at in range(top.childCount())]
        return [item for item in below if item is not None]

    def _show_open(self) -> None:
        for item in self._items(ARTICLE):
            font = item.font(0)
            font.setBold(item.data(0, _ID) in self._session.open)
            item.setFont(0, font)

    def _hear(self, news: ChangeSet) -> None:
        if any(isinstance(change.thing, Story | Article | AnnotationSet) for change in news.changes):
            self.rebuild()
            return
        if not any(isinstance(change.thing, Attribution) for change in news.changes):
            return
        if len(news.changes) > 1 or not self._session.open:
            counts = self._counts()
            for item in self._items(ARTICLE):
                item.setText(1, str(counts.get(item.data(0, _ID), ("", 0))[1]))
            return
        for item in self._items(ARTICLE):
            opened = self._session.open.get(item.data(0, _ID))
            if opened is not None:
                item.setText(1, str(len(opened.marks)))

    def _activated(self, item: QTreeWidgetItem) -> None:
        signal = self.storyChosen if item.type() == STORY else self.articleChosen
        signal.emit(item.data(0, _ID))

    def _clicked(self, item: QTreeWidgetItem) -> None:
        if not self._tree.style().styleHint(
            self._tree.style().StyleHint.SH_ItemView_ActivateItemOnSingleClick
        ):
            self._activated(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self._tree.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and item is not None:
            self._activated(item)
        else:
            super().keyPressEvent(event)
